//! `watch` says once why a post waits, and which command answers a question.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use super::{post, project};
use crate::crash::titles;
use crate::support::{Platform, Project, Watcher};

/// Timeout of the wait for a line.
const LINE_TIMEOUT: Duration = Duration::from_secs(60);

/// Makes the site's host one that cannot exist: a label of this length is not valid in DNS, so no query leaves this
/// machine.
fn unreachable_site(project: &Project) {
    let host = format!("https://{}.org", "a".repeat(64));
    let pipeline = project.read("pipeline.yaml");
    let pipeline = pipeline
        .replace("https://blog.example.org", &host)
        .replace("since:", "live_check: true, since:");
    project.write("pipeline.yaml", pipeline);
}

#[test]
fn unreachable_page_is_reported_once() {
    let platform = Platform::start();
    let project = project(&platform, "grace: 0s");
    unreachable_site(&project);
    let watcher = Watcher::start(&project);
    watcher.until_code("posts/one.md", "draft");
    project.write("posts/one.md", post("One", false, "Text."));
    let waits = watcher.until("it waits", |event| event["event"] == "delivery");
    let delivery = &waits["delivery"];
    assert_eq!(delivery["action"], "wait", "{delivery}");
    assert_eq!(delivery["code"], "not_live", "{delivery}");
    assert!(delivery["outcome"].is_null(), "{delivery}");
    watcher.until("it counts down to the next attempt", |event| {
        event["resting"][0]["retry"] == true
    });
    assert_eq!(watcher.stop(), Some(0));
    assert_eq!(titles(&platform).len(), 0);
}

/// A running `watch` process without `--json`, and the lines that it writes to standard error.
struct TextWatcher {
    child: Child,
    lines: Receiver<String>,
}

impl TextWatcher {
    fn start(project: &Project) -> Self {
        let mut child = project
            .command(&["watch"])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let stderr = BufReader::new(child.stderr.take().unwrap());
        let (sender, lines) = channel();
        std::thread::spawn(move || {
            for line in stderr.lines().map_while(Result::ok) {
                // The test may have ended already.
                sender.send(line).ok();
            }
        });
        Self { child, lines }
    }

    /// Waits for a line that contains `part`.
    #[track_caller]
    fn until(&self, part: &str) -> String {
        self.until_with(part, |_| {})
    }

    /// Waits for a line that contains `part`, and calls `read` with each line before it.
    #[track_caller]
    fn until_with(&self, part: &str, mut read: impl FnMut(&str)) -> String {
        let start = Instant::now();
        loop {
            let left = LINE_TIMEOUT.saturating_sub(start.elapsed());
            match self.lines.recv_timeout(left) {
                Ok(line) if line.contains(part) => return line,
                Ok(line) => read(&line),
                Err(error) => panic!("no line with `{part}`: {error}"),
            }
        }
    }

    /// Sends SIGTERM, and returns the remaining lines.
    fn stop(mut self) -> Vec<String> {
        let killed = Command::new("kill")
            .args(["-TERM", &self.child.id().to_string()])
            .status();
        assert!(killed.unwrap().success());
        assert!(self.child.wait().unwrap().success());
        self.lines.iter().collect()
    }
}

impl Drop for TextWatcher {
    fn drop(&mut self) {
        // The process may have exited already.
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

#[test]
fn question_has_command_once() {
    let platform = Platform::start();
    let project = project(&platform, "grace: 0s, approve: true");
    project.write("posts/one.md", post("One", false, "Text."));
    let watcher = TextWatcher::start(&project);
    let next = watcher.until("next:");
    assert!(
        next.starts_with("next: posts/one.md → linkedin: `syndicate approve sha256:"),
        "{next}"
    );
    project.write("posts/bad.md", "---\ntitle: [\n---\n");
    watcher.until("posts/bad.md");
    let rest = watcher.stop();
    assert!(
        !rest.iter().any(|line| line.starts_with("next:")),
        "{rest:?}"
    );
}

/// A pull can leave git's conflict markers in the ledger.
#[test]
fn ledger_conflict_is_reported_once() {
    let platform = Platform::start();
    let project = project(&platform, "grace: 0s");
    let watcher = TextWatcher::start(&project);
    watcher.until("watching");
    let ledger = project.read("syndicate.ledger.jsonl");
    // A file that is written in place can be read while it is empty, which is another state.
    let replace = |text: String| {
        project.write(".new", text);
        let ledger = project.path("syndicate.ledger.jsonl");
        std::fs::rename(project.path(".new"), ledger).unwrap();
    };
    replace(format!(
        "<<<<<<< HEAD\n{ledger}=======\n{ledger}>>>>>>> main\n"
    ));
    watcher.until("[ledger_damaged]");
    watcher.until("paused: nothing is sent until the ledger can be used");
    replace(format!("<<<<<<< HEAD\n{ledger}=======\n>>>>>>> main\n"));
    replace(ledger);
    let mut repeated = Vec::new();
    watcher.until_with("the ledger can be used again", |line| {
        repeated.extend(line.contains("[ledger_damaged]").then(|| line.to_owned()));
    });
    assert!(repeated.is_empty(), "{repeated:?}");
    watcher.stop();
}
