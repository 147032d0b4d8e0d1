//! Runs one job of a GitHub workflow on a machine of its own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Map, Value, json};
use tempfile::TempDir;

use super::expression::{as_text, evaluate, interpolate, is_true};
use super::runner::{Runner, WorkflowEvent, WorkflowRun};

/// The job whose steps are replaced by prepared pages.
const BUILD_JOB: &str = "build";

/// The result of a job.
pub(super) struct JobRun {
    /// `success`, `failure` or `skipped`.
    pub(super) result: &'static str,
    pub(super) outputs: Map<String, Value>,
    /// The outputs of the steps, and the job summary.
    pub(super) log: String,
}

/// Returns the jobs that must end before `job`.
pub(super) fn needs(job: &Value) -> impl Iterator<Item = &str> {
    let list = match &job["needs"] {
        Value::Array(names) => names.as_slice(),
        Value::Null => &[],
        name => std::slice::from_ref(name),
    };
    list.iter().map(|name| name.as_str().expect("a name"))
}

/// One job on a new machine.
pub(super) struct JobRunner<'a> {
    runner: &'a Runner,
    event: &'a WorkflowEvent,
    workflow: &'a Value,
    commit: &'a str,
    machine: TempDir,
    context: Value,
    is_installed: bool,
    log: String,
}

impl<'a> JobRunner<'a> {
    pub(super) fn new(
        runner: &'a Runner,
        event: &'a WorkflowEvent,
        commit: &'a str,
        workflow: &'a Value,
    ) -> Self {
        let machine = tempfile::tempdir().expect("a folder");
        for folder in ["home", "temp", "work"] {
            fs::create_dir(machine.path().join(folder)).expect("a new folder");
        }
        Self {
            runner,
            event,
            workflow,
            commit,
            machine,
            context: Value::Null,
            is_installed: false,
            log: String::new(),
        }
    }

    pub(super) fn run(mut self, name: &str, job: &Value, run: &WorkflowRun) -> JobRun {
        self.context = self.context_of(job, run);
        let condition = job["if"].as_str().unwrap_or("success()");
        let condition = condition.trim_start_matches("${{").trim_end_matches("}}");
        // A condition that asks for no state applies only if every needed job succeeded.
        let asks = condition.contains("cancelled()") || condition.contains("success()");
        let is_failed = is_true(&self.context["failed"]);
        if !is_true(&evaluate(condition, &self.context)) || !asks && is_failed {
            return JobRun {
                result: "skipped",
                outputs: Map::new(),
                log: self.log,
            };
        }
        let mut result = "success";
        for step in job["steps"].as_array().expect("steps") {
            let condition = step["if"].as_str().unwrap_or("success()");
            self.context["failed"] = (result == "failure").into();
            let condition = condition.trim_start_matches("${{").trim_end_matches("}}");
            if is_true(&evaluate(condition, &self.context)) && !self.step(name, job, step) {
                result = "failure";
            }
        }
        let outputs = job["outputs"].as_object().cloned().unwrap_or_default();
        let outputs = outputs.into_iter().map(|(name, value)| {
            let value = interpolate(value.as_str().expect("an expression"), &self.context);
            (name, value)
        });
        JobRun {
            result,
            outputs: outputs.collect(),
            log: self.log,
        }
    }

    fn context_of(&self, job: &Value, run: &WorkflowRun) -> Value {
        let needed: Map<String, Value> = needs(job)
            .map(|name| {
                let JobRun {
                    result, outputs, ..
                } = run.job(name);
                (
                    name.to_owned(),
                    json!({"result": result, "outputs": outputs}),
                )
            })
            .collect();
        let is_failed = needed.values().any(|job| job["result"] != "success");
        json!({
            "github": {
                "event": self.event.payload,
                "event_name": self.event.name,
                "ref": self.reference(),
                "repository": Runner::REPOSITORY,
                "run_id": 1,
                "token": "ghs-never-to-be-seen",
            },
            "inputs": self.event.inputs,
            "needs": needed,
            "runner": {"temp": self.path("temp")},
            "secrets": if job["environment"] == "syndicate" { json!(self.runner.secrets) } else { json!({}) },
            "steps": {},
            "vars": {},
            "failed": is_failed,
        })
    }

    fn reference(&self) -> String {
        match self.event.name {
            "pull_request" => "refs/pull/7/merge".to_owned(),
            _ => format!("refs/heads/{}", self.event.reference),
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.machine.path().join(name)
    }

    /// Runs a step. Returns `false` if it failed.
    fn step(&mut self, job_name: &str, job: &Value, step: &Value) -> bool {
        if let Some(uses) = step["uses"].as_str() {
            let with = step["with"].as_object().cloned().unwrap_or_default();
            let with = |name: &str| {
                as_text(&interpolate(
                    &as_text(with.get(name).unwrap_or(&Value::Null)),
                    &self.context,
                ))
            };
            let (action, _) = uses.split_once('@').expect("a pinned action");
            match action {
                "actions/checkout" => {
                    assert_eq!(with("persist-credentials"), "false");
                    self.check_out();
                }
                "actions/upload-artifact" if job_name == BUILD_JOB => {
                    copy(&self.runner.pages, &self.runner.artefact(&with("name")));
                }
                "actions/upload-artifact" => {
                    let path = self.path("work").join(with("path"));
                    copy(&path, &self.runner.artefact(&with("name")));
                }
                "actions/download-artifact" => {
                    let path = self.path("work").join(with("path"));
                    copy(&self.runner.artefact(&with("name")), &path);
                }
                "owner/syndicate" => self.is_installed = true,
                action => assert!(
                    [
                        "actions/setup-node",
                        "actions/upload-pages-artifact",
                        "actions/deploy-pages"
                    ]
                    .contains(&action),
                    "unknown action `{action}`"
                ),
            }
            return true;
        }
        if job_name == BUILD_JOB {
            return true;
        }
        self.run_script(job, step)
    }

    /// Clones the repository like `actions/checkout`: one commit, detached.
    fn check_out(&self) {
        let work = self.path("work");
        let git = |arguments: &[&str]| {
            let output = Command::new("git")
                .arg("-C")
                .arg(&work)
                .args(arguments)
                .output();
            let output = output.expect("git");
            let error = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "git {arguments:?}: {error}");
        };
        let url = format!("file://{}", self.runner.origin.display());
        git(&["init", "--quiet"]);
        git(&["remote", "add", "origin", &url]);
        git(&[
            "fetch",
            "--quiet",
            "--no-tags",
            "--depth=1",
            "origin",
            self.commit,
        ]);
        git(&["checkout", "--quiet", "--detach", "FETCH_HEAD"]);
    }

    fn run_script(&mut self, job: &Value, step: &Value) -> bool {
        let id = step["id"].as_str().unwrap_or("unnamed");
        let (output_file, summary) = (self.path("temp/output"), self.path("temp/summary"));
        let event_file = self.path("temp/event.json");
        fs::write(&output_file, "").expect("a new file");
        fs::write(&summary, "").expect("a new file");
        fs::write(&event_file, self.event.payload.to_string()).expect("a new file");
        let script = step["run"].as_str().expect("a script");
        assert!(
            !script.contains("${{"),
            "an expression in a script: {script}"
        );
        let folder = job["defaults"]["run"]["working-directory"]
            .as_str()
            .unwrap_or(".");
        let program = Path::new(env!("CARGO_BIN_EXE_syndicate"))
            .parent()
            .expect("a folder");
        let system = std::env::var("PATH").unwrap_or_default();
        let path = match self.is_installed {
            true => format!("{}:{system}", program.display()),
            false => system,
        };
        let mut command = Command::new("bash");
        command
            .args(["-e", "-c", script])
            .current_dir(self.path("work").join(folder))
            .env_clear()
            .env("PATH", path)
            .env("HOME", self.path("home"))
            .envs(&self.runner.environment)
            .envs([
                ("CI", "true"),
                ("GITHUB_ACTIONS", "true"),
                ("GITHUB_EVENT_NAME", self.event.name),
                ("GITHUB_REF", &self.reference()),
                (
                    "GITHUB_REF_NAME",
                    self.reference().trim_start_matches("refs/heads/"),
                ),
                ("GITHUB_REPOSITORY", Runner::REPOSITORY),
                ("GITHUB_RUN_ID", "1"),
                ("GITHUB_SERVER_URL", "https://github.com"),
                ("GITHUB_SHA", self.commit),
                ("GITHUB_WORKFLOW", "Publish posts"),
            ])
            .env("GITHUB_EVENT_PATH", &event_file)
            .env("GITHUB_OUTPUT", &output_file)
            .env("GITHUB_STEP_SUMMARY", &summary)
            .env("GITHUB_WORKSPACE", self.path("work"))
            .env("RUNNER_TEMP", self.path("temp"));
        for env in [&self.workflow["env"], &job["env"], &step["env"]] {
            for (name, value) in env.as_object().into_iter().flatten() {
                let value = interpolate(value.as_str().unwrap_or_default(), &self.context);
                command.env(name, as_text(&value));
            }
        }
        let output = command.output().expect("bash");
        for bytes in [
            &output.stdout,
            &output.stderr,
            &fs::read(&summary).expect("a summary"),
        ] {
            self.log.push_str(&String::from_utf8_lossy(bytes));
        }
        let outputs = read_outputs(&fs::read_to_string(&output_file).expect("outputs"));
        self.context["steps"][id] = json!({"outputs": outputs});
        output.status.success()
    }
}

/// Parses the file of `GITHUB_OUTPUT`: `name=value`, or `name<<END` and lines until `END`.
fn read_outputs(text: &str) -> Map<String, Value> {
    let mut outputs = Map::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if let Some((name, end)) = line
            .split_once("<<")
            .filter(|(name, _)| !name.contains('='))
        {
            let value: Vec<&str> = lines.by_ref().take_while(|line| *line != end).collect();
            outputs.insert(name.to_owned(), value.join("\n").into());
        } else if let Some((name, value)) = line.split_once('=') {
            outputs.insert(name.to_owned(), value.into());
        } else {
            panic!("invalid output `{line}`");
        }
    }
    outputs
}

/// Copies a folder.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).unwrap_or_else(|error| panic!("{}: {error}", from.display())) {
        let entry = entry.expect("an entry");
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), &to).expect("a copy");
        }
    }
}
