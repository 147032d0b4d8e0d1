//! One run of a CI job.

use syndicate_api::Env;

use super::host::Host;

/// The commit that a run was started for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum RunRef {
    /// A branch.
    Branch(String),
    /// A pull request or merge request, with its number if the service names it.
    PullRequest(Option<String>),
    /// A tag.
    Tag(String),
    /// The service names neither.
    Unknown,
}

/// A run of a CI job, as its service describes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CiRun {
    /// The service.
    pub(crate) host: Host,
    /// The commit of the run.
    pub(crate) run_ref: RunRef,
    /// The name of the repository's default branch.
    pub(crate) default_branch: Option<String>,
    /// `true` if the service says that the run's branch is the one that readers see.
    is_production: Option<bool>,
    /// The address of the run's log.
    pub(crate) url: Option<String>,
}

impl CiRun {
    /// Returns a run of `host` of which nothing else is known.
    pub(super) fn of(host: Host) -> Self {
        Self {
            host,
            run_ref: RunRef::Unknown,
            default_branch: None,
            is_production: None,
            url: None,
        }
    }

    /// Returns the run, with the default branch that `look_up` finds if the service does not name it.
    pub(crate) fn or_default_branch(self, look_up: impl FnOnce() -> Option<String>) -> Self {
        if self.is_default_branch().is_some() {
            return self;
        }
        Self {
            default_branch: look_up(),
            ..self
        }
    }

    /// Returns the branch of the run, unless it is for a pull request or a tag.
    pub(crate) fn branch(&self) -> Option<&str> {
        match &self.run_ref {
            RunRef::Branch(name) => Some(name),
            RunRef::PullRequest(_) | RunRef::Tag(_) | RunRef::Unknown => None,
        }
    }

    /// Returns `true` if the run is for the default branch, and `None` without a branch or if the
    /// default branch is not known.
    pub(crate) fn is_default_branch(&self) -> Option<bool> {
        let branch = self.branch()?;
        let by_name = self.default_branch.as_deref().map(|name| name == branch);
        self.is_production.or(by_name)
    }

    pub(super) fn on_branch(self, name: Option<String>) -> Self {
        let run_ref = name.map_or(RunRef::Unknown, RunRef::Branch);
        Self { run_ref, ..self }
    }

    pub(super) fn on_ref(self, run_ref: RunRef) -> Self {
        Self { run_ref, ..self }
    }

    pub(super) fn with_default(self, default_branch: Option<String>) -> Self {
        Self {
            default_branch,
            ..self
        }
    }

    pub(super) fn with_production(self, is_production: Option<bool>) -> Self {
        Self {
            is_production,
            ..self
        }
    }

    pub(super) fn at(self, url: Option<String>) -> Self {
        Self { url, ..self }
    }
}

/// Returns the value of a variable that is not empty.
pub(super) fn var(env: &Env, name: &str) -> Option<String> {
    env.get(name).filter(|value| !value.trim().is_empty())
}
