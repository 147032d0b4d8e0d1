//! Runs the shell steps of a GitHub workflow, each job in a new clone with a new home, as on GitHub's
//! runners. Actions are imitated: a checkout is a shallow, detached clone, artefacts are folders, and the
//! action of this project adds the program under test to the PATH. Tools are not set up, and the steps of
//! the job that builds the site are not run: the test prepares the pages. Written from GitHub's
//! documentation of contexts, expressions and workflow commands.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Map, Value, json};
use tempfile::TempDir;

use super::job::{JobRun, JobRunner, needs};

/// A workflow, the repository that it runs for, and its secrets.
pub(super) struct Runner {
    /// The bare repository.
    pub(super) origin: PathBuf,
    /// The pages that the job `build` hands on.
    pub(super) pages: PathBuf,
    artefacts: TempDir,
    pub(super) secrets: Map<String, Value>,
    pub(super) environment: BTreeMap<String, String>,
}

/// An event that starts a run.
pub(super) struct WorkflowEvent {
    pub(super) name: &'static str,
    pub(super) reference: String,
    pub(super) inputs: Value,
    pub(super) payload: Value,
}

/// The result of a run.
pub(super) struct WorkflowRun {
    jobs: BTreeMap<String, JobRun>,
}

impl WorkflowEvent {
    pub(super) fn push() -> Self {
        Self::new("push", Value::Null)
    }

    pub(super) fn schedule() -> Self {
        Self::new("schedule", Value::Null)
    }

    /// A run that a person started with these inputs.
    pub(super) fn dispatch(command: &str, arguments: &str) -> Self {
        let inputs = json!({"command": command, "arguments": arguments});
        Self::new("workflow_dispatch", inputs)
    }

    /// A pull request of the branch `branch` from the repository `from`.
    pub(super) fn pull_request(branch: &str, from: &str) -> Self {
        let payload = json!({"repository": {"default_branch": "main"}, "pull_request": {
            "number": 7,
            "head": {"repo": {"full_name": from}},
            "user": {"login": "ann"},
        }});
        Self {
            reference: branch.to_owned(),
            payload,
            ..Self::new("pull_request", Value::Null)
        }
    }

    fn new(name: &'static str, inputs: Value) -> Self {
        Self {
            name,
            reference: "main".to_owned(),
            inputs,
            payload: match name {
                // The event of a schedule has no repository.
                "schedule" => json!({}),
                _ => json!({"repository": {"default_branch": "main"}}),
            },
        }
    }
}

impl WorkflowRun {
    /// Returns the result of a job.
    #[track_caller]
    pub(super) fn job(&self, name: &str) -> &JobRun {
        self.jobs
            .get(name)
            .unwrap_or_else(|| panic!("no job `{name}`"))
    }

    /// Checks the results of jobs.
    #[track_caller]
    pub(super) fn ends(&self, expected: &[(&str, &str)]) -> &Self {
        for (name, result) in expected {
            let job = self.job(name);
            assert_eq!(job.result, *result, "{name}: {}", job.log);
        }
        self
    }
}

impl Runner {
    pub(super) const REPOSITORY: &str = "owner/blog";

    pub(super) fn new(origin: &Path, pages: &Path) -> Self {
        Self {
            origin: origin.to_owned(),
            pages: pages.to_owned(),
            artefacts: tempfile::tempdir().expect("a folder"),
            secrets: Map::new(),
            environment: BTreeMap::new(),
        }
    }

    pub(super) fn secret(mut self, name: &str, value: &str) -> Self {
        self.secrets.insert(name.to_owned(), value.into());
        self
    }

    /// Sets a variable for every step, such as the time.
    pub(super) fn env(mut self, name: &str, value: &str) -> Self {
        self.environment.insert(name.to_owned(), value.to_owned());
        self
    }

    /// Returns the folder of an artefact.
    pub(super) fn artefact(&self, name: &str) -> PathBuf {
        self.artefacts.path().join(name)
    }

    /// Runs the workflow of the event's branch. `between` is called before each job.
    pub(super) fn run(&self, event: &WorkflowEvent, between: &dyn Fn(&str)) -> WorkflowRun {
        let file = format!("{}:.github/workflows/syndicate.yml", event.reference);
        let text = self.git(&["show", &file]);
        let workflow: Value = serde_saphyr::from_str(&text).expect("a workflow");
        let commit = self.git(&["rev-parse", &event.reference]).trim().to_owned();
        let mut run = WorkflowRun {
            jobs: BTreeMap::new(),
        };
        let jobs = workflow["jobs"].as_object().expect("jobs");
        while run.jobs.len() < jobs.len() {
            let is_ready = |(name, job): &(&String, &Value)| {
                !run.jobs.contains_key(*name) && needs(job).all(|need| run.jobs.contains_key(need))
            };
            let (name, job) = jobs.iter().find(is_ready).expect("no cycle");
            between(name);
            let result = JobRunner::new(self, event, &commit, &workflow).run(name, job, &run);
            run.jobs.insert(name.clone(), result);
        }
        run
    }

    fn git(&self, arguments: &[&str]) -> String {
        let mut command = Command::new("git");
        let output = command.arg("-C").arg(&self.origin).args(arguments).output();
        let output = output.expect("git");
        let error = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "git {arguments:?}: {error}");
        String::from_utf8(output.stdout).expect("UTF-8")
    }
}
