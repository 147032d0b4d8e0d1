//! Reads the CI service, the branch, the default branch and the address of the run from variables.
//!
//! | service | marker | branch | no branch | default branch | address | source |
//! |---|---|---|---|---|---|---|
//! | GitHub Actions | `GITHUB_ACTIONS` | `GITHUB_REF` | `GITHUB_EVENT_NAME`, `GITHUB_HEAD_REF` | `.repository.default_branch` in `GITHUB_EVENT_PATH`; `GITHUB_REF` of a scheduled run | `GITHUB_SERVER_URL`, `GITHUB_REPOSITORY`, `GITHUB_RUN_ID` | docs.github.com/en/actions/reference/workflows-and-actions/variables |
//! | Forgejo, Gitea | `FORGEJO_ACTIONS`, `GITEA_ACTIONS` | as GitHub | as GitHub | as GitHub | as GitHub | forgejo.org/docs/latest/user/actions/reference, docs.gitea.com/usage/actions/actions-variables |
//! | GitLab CI/CD | `GITLAB_CI` | `CI_COMMIT_BRANCH` | `CI_MERGE_REQUEST_IID`, `CI_EXTERNAL_PULL_REQUEST_IID`, `CI_COMMIT_TAG` | `CI_DEFAULT_BRANCH` | `CI_JOB_URL` | docs.gitlab.com/ci/variables/predefined_variables |
//! | Netlify | `NETLIFY` | `BRANCH` | `PULL_REQUEST`, `REVIEW_ID` | `CONTEXT` is `production` | `SITE_NAME`, `DEPLOY_ID` | docs.netlify.com/configure-builds/environment-variables |
//! | Cloudflare Pages | `CF_PAGES` | `CF_PAGES_BRANCH` | | | | developers.cloudflare.com/pages/configuration/build-configuration |
//! | Cloudflare Workers Builds | `WORKERS_CI` | `WORKERS_CI_BRANCH` | | | | developers.cloudflare.com/changelog/2025-06-10-default-env-vars |
//! | Vercel | `VERCEL` | `VERCEL_GIT_COMMIT_REF` | `VERCEL_GIT_PULL_REQUEST_ID` | `VERCEL_ENV` is `production` | | vercel.com/docs/environment-variables/system-environment-variables |
//! | CircleCI | `CIRCLECI` | `CIRCLE_BRANCH` | `CIRCLE_PR_NUMBER`, `CIRCLE_TAG` | | `CIRCLE_BUILD_URL` | circleci.com/docs/reference/variables |
//! | Travis CI | `TRAVIS` | `TRAVIS_BRANCH` | `TRAVIS_PULL_REQUEST`, `TRAVIS_TAG` | | `TRAVIS_BUILD_WEB_URL` | docs.travis-ci.com/user/environment-variables |
//! | Azure Pipelines | `TF_BUILD` | `BUILD_SOURCEBRANCH` | `SYSTEM_PULLREQUEST_PULLREQUESTID` | | `SYSTEM_COLLECTIONURI`, `SYSTEM_TEAMPROJECT`, `BUILD_BUILDID` | learn.microsoft.com/azure/devops/pipelines/build/variables |
//! | Bitbucket Pipelines | `BITBUCKET_BUILD_NUMBER` | `BITBUCKET_BRANCH` | `BITBUCKET_PR_ID`, `BITBUCKET_TAG` | | | support.atlassian.com/bitbucket-cloud/docs/variables-and-secrets |
//! | Jenkins | `JENKINS_URL` | `BRANCH_NAME` of a multibranch project | `CHANGE_ID`, `TAG_NAME` | `BRANCH_IS_PRIMARY` | `BUILD_URL` | `JENKINS_URL/env-vars.html` of each installation |
//! | Woodpecker | `CI` is `woodpecker` | `CI_COMMIT_BRANCH` | `CI_PIPELINE_EVENT`, `CI_COMMIT_TAG` | `CI_REPO_DEFAULT_BRANCH` | `CI_PIPELINE_URL` | woodpecker-ci.org/docs/usage/environment |
//! | Drone | `DRONE` | `DRONE_BRANCH` | `DRONE_BUILD_EVENT`, `DRONE_TAG` | `DRONE_REPO_BRANCH` | `DRONE_BUILD_LINK` | docs.drone.io/pipeline/environment/reference |
//! | Buildkite | `BUILDKITE` | `BUILDKITE_BRANCH` | `BUILDKITE_PULL_REQUEST`, `BUILDKITE_TAG` | `BUILDKITE_PIPELINE_DEFAULT_BRANCH` | `BUILDKITE_BUILD_URL` | buildkite.com/docs/pipelines/configure/environment-variables |
//!
//! If the service does not name the default branch, the clone does: `git clone` sets
//! `refs/remotes/REMOTE/HEAD`, for a clone of a single branch only if it is the default branch. That
//! look-up is the caller's, see [`CiRun::or_default_branch`].
//!
//! Two cases are easy to get wrong. A pull request of GitHub that runs with `pull_request_target` has
//! the name of the *target* branch in `GITHUB_REF`, so the event decides. The event of a scheduled
//! run has no `repository`, but GitHub runs schedules only on the default branch.

mod github;
pub(crate) mod host;
mod read;
mod run;
mod services;

pub(crate) use self::host::runs_in_ci;
pub(crate) use self::read::detect_run;
pub(crate) use self::run::{CiRun, RunRef};
