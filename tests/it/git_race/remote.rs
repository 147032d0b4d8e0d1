//! A bare repository that keeps the ledger, and the machines that clone it.

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use serde_json::Value;

use crate::build::pipeline;
use crate::support::git::git;
use crate::support::{Platform, Project, Run};

/// The ref that keeps the ledger.
const LEDGER_REF: &str = "refs/syndicate/ledger";

/// The ways in which a CI host clones a repository, as options of `git clone`.
pub(super) const CLONES: [&[&str]; 4] = [
    &["--depth=1"],
    &[],
    &["--filter=blob:none", "--no-checkout"],
    &["--depth=1", "--single-branch", "--no-tags"],
];

/// A bare repository with a pipeline and no ledger.
pub(super) struct Remote {
    folder: tempfile::TempDir,
}

impl Remote {
    /// Creates the repository with a pipeline whose sink posts to `platform`. `options` are the options of
    /// `ledger`.
    pub(super) fn new(platform: &Platform, options: &str) -> Self {
        let pipeline = pipeline(&platform.url)
            .replace("since:", "max_per_run: 100, since:")
            .replace("token:", "thumbnail: skip, token:");
        let remote = Self {
            folder: tempfile::tempdir().expect("a temporary folder"),
        };
        let seed = Project::with_pipeline(&format!("{pipeline}ledger: {{{options}}}\n"));
        let (url, path) = (remote.url(), remote.path().to_string_lossy());
        git(&seed, &["init", "-q", "--bare", "-b", "main", &path]);
        git(
            &seed,
            &["-C", &path, "config", "uploadpack.allowFilter", "true"],
        );
        git(&seed, &["init", "-q", "-b", "main"]);
        // git has no empty folders, and a missing folder of posts is an error.
        seed.write("posts/.gitkeep", "");
        git(&seed, &["add", "pipeline.yaml", "posts"]);
        git(&seed, &["commit", "-qm", "add the pipeline"]);
        git(&seed, &["push", "-q", &url, "main"]);
        remote
    }

    /// Returns the URL of the repository.
    pub(super) fn url(&self) -> String {
        format!("file://{}", self.path().display())
    }

    /// Returns the path of the repository.
    pub(super) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Installs a hook with this shell script.
    pub(super) fn hook(&self, name: &str, script: &str) {
        use std::os::unix::fs::PermissionsExt as _;
        let path = self.path().join("hooks").join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(&path, format!("#!/bin/sh\n{script}\n")).expect("a hook");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("a mode");
    }

    /// Returns the events of the ledger.
    pub(super) fn events(&self) -> Vec<Value> {
        let tree = self.git(&["ls-tree", "-r", "--name-only", LEDGER_REF]);
        let file = tree.lines().next().expect("a file").to_owned();
        let text = self.git(&["show", &format!("{LEDGER_REF}:{file}")]);
        let parse = |line: &str| serde_json::from_str(line).expect("an event");
        text.lines().map(parse).collect()
    }

    /// Returns the number of attempts with an intent and without an outcome.
    pub(super) fn open_attempts(&self) -> usize {
        let events = self.events();
        let of = |kind: &str| {
            let events = events.iter().filter(move |event| event["kind"] == kind);
            events.map(|event| &event["attempt"]).collect::<Vec<_>>()
        };
        let outcomes: Vec<&Value> = ["sent", "failed", "unknown", "settled"]
            .iter()
            .flat_map(|kind| of(kind))
            .collect();
        of("intent")
            .iter()
            .filter(|attempt| !outcomes.contains(attempt))
            .count()
    }

    fn git(&self, arguments: &[&str]) -> String {
        let output = Command::new("git")
            .arg("--git-dir")
            .arg(self.path())
            .args(arguments)
            .output()
            .expect("git is installed, as these tests need it");
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "git {arguments:?}: {stderr}");
        String::from_utf8(output.stdout).expect("UTF-8")
    }
}

/// A clone with a journal of its own, like a machine of its own.
pub(super) struct Machine {
    pub(super) project: Project,
}

impl Machine {
    /// Clones `remote` with these options of `git clone`.
    pub(super) fn clone(remote: &Remote, options: &[&str]) -> Self {
        let project = Project::new();
        let url = remote.url();
        git(
            &project,
            &[&["clone", "-q"], options, &[&url, "."]].concat(),
        );
        git(&project, &["checkout", "-q", "--detach", "origin/main"]);
        let trace = project.path(".git/trace");
        fs::create_dir_all(&trace).expect("a folder");
        let path = std::env::var("PATH").expect("a PATH");
        let project = project
            .env("PATH", &path)
            .env("GIT_TRACE2_EVENT", trace.to_str().expect("UTF-8"))
            .env("CI", "true");
        Self { project }
    }

    /// Writes `count` posts, numbered from `first`.
    pub(super) fn write_posts(&self, first: usize, count: usize) {
        for post in first..first + count {
            let front = format!("title: Post {post}\ndate: 2026-11-20");
            let text = format!("---\n{front}\n---\n\nThe body of post {post}.\n");
            self.project.write(&format!("posts/{post}.md"), text);
        }
    }

    /// Starts `syndicate build`.
    pub(super) fn start_build(&self) -> Child {
        let mut command = self.project.command(&["build", "--json"]);
        command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts")
    }

    /// Waits until a started build ends.
    pub(super) fn finished(&self, child: Child) -> Run {
        let output = child.wait_with_output().expect("the program ends");
        Run::of(&["build", "--json"], output)
    }

    /// Sets the clock of later commands to this number of minutes after the tests' instant.
    pub(super) fn set_minutes(&mut self, minutes: i64) {
        let now: jiff::Timestamp = crate::support::NOW.parse().expect("an instant");
        let now = now + jiff::SignedDuration::from_mins(minutes);
        self.project.set_env("SYNDICATE_NOW", &now.to_string());
    }

    /// Returns the number of pushes that failed, as git itself traced them.
    pub(super) fn rejected_pushes(&self) -> usize {
        let files = fs::read_dir(self.project.path(".git/trace")).expect("traces");
        let texts = files.filter_map(|file| fs::read_to_string(file.ok()?.path()).ok());
        let is_rejected = |text: &String| {
            let events = text
                .lines()
                .filter_map(|line| serde_json::from_str(line).ok());
            let events: Vec<Value> = events.collect();
            let is_push = |event: &Value| event["event"] == "cmd_name" && event["name"] == "push";
            let failed = |event: &Value| event["event"] == "exit" && event["code"] != 0;
            events.iter().any(is_push) && events.iter().any(failed)
        };
        texts.filter(is_rejected).count()
    }
}
