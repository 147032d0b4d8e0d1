//! `syndicate sandbox`: its options, and a pipeline's reaction to its faults.

use std::process::Child;

use crate::build::pipeline;
use crate::support::{Project, announced};

/// A running sandbox, which is stopped when dropped.
pub(crate) struct Running {
    pub(crate) url: String,
    child: Child,
}

impl Running {
    /// Starts `syndicate sandbox` with these arguments on a free port.
    pub(crate) fn with(project: &Project, arguments: &[&str]) -> Self {
        let own = ["sandbox", "--port", "0", "--json"];
        let (child, url) = announced(project, &[&own, arguments].concat());
        Self { url, child }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

fn project(url: &str) -> Project {
    Project::with_pipeline(&pipeline(url))
        .with_ledger()
        .picture("posts/a.png", 60, 31)
        .post("posts/one.md", "title: One\ndate: 2026-11-20\nimage: a.png")
}

#[test]
fn unknown_fault_lists_all_faults() {
    let project = Project::new();
    let run = project.run("sandbox --fault create:lots").exits(2);
    let page = include_str!("../../docs/sandbox.md");
    let all = run.stderr.split_once("expected").unwrap().1;
    let words = all.split(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, ':' | '-'));
    let words = words.filter(|word| word.contains(':') || word.parse::<u16>().is_ok());
    for word in words.filter(|word| !word.ends_with(':') && !word.starts_with("PLACE")) {
        let known = word.strip_prefix("create:").unwrap_or(word);
        assert!(
            page.contains(&format!("`{known}`")),
            "`{word}` is not in docs/sandbox.md"
        );
    }
    run.says(&["`create:lots`", "504-after", "media:failed"]);
}

#[test]
fn lost_response_is_unknown_outcome() {
    let elsewhere = Project::new();
    let sandbox = Running::with(&elsewhere, &["--fault", "create:lost@1"]);
    let project = project(&sandbox.url);
    project.run("build").exits(4).says(&["unknown"]);
    project.run("build").exits(4).says(&["outcome_unknown"]);
}

#[test]
fn sandbox_simulates_daily_limit() {
    let elsewhere = Project::new();
    let sandbox = Running::with(&elsewhere, &["--daily-limit", "1"]);
    let project = project(&sandbox.url);
    let run = project.run("build").exits(0);
    run.says(&["throttled", "2026-11-23 00:00 UTC"]);
}
