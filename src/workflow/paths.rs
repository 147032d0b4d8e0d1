//! The paths of the CI configurations.

/// The path of the GitHub workflow, relative to the repository's root.
pub(crate) const GITHUB_FILE: &str = ".github/workflows/syndicate.yml";

/// The path of the GitLab pipeline, relative to the repository's root.
pub(crate) const GITLAB_FILE: &str = ".gitlab-ci.yml";

/// The path of the GitLab pipeline if the repository has one already, which includes this file.
pub(crate) const GITLAB_INCLUDED_FILE: &str = ".gitlab/syndicate.gitlab-ci.yml";
