//! The program while it watches: its events, one after the other, and how it is ended.

use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use serde_json::Value;

use super::Project;
use super::fault::suffers;

/// How long an event is waited for.
const LONG: Duration = Duration::from_secs(60);

/// A program that watches.
pub(crate) struct Watcher {
    child: Child,
    events: Receiver<Value>,
}

impl Watcher {
    /// `syndicate watch --json` in `project`, once it has begun.
    pub(crate) fn start(project: &Project) -> Self {
        let watcher = Self::spawn(project);
        watcher.until("the beginning", |event| event["event"] == "watching");
        watcher
    }

    /// The same, which may still read everything for the first time.
    pub(crate) fn spawn(project: &Project) -> Self {
        Self::of(project.command(&["watch", "--json"]))
    }

    /// The same, under a system that fails as `fault` says.
    pub(crate) fn suffering(project: &Project, fault: &str) -> Self {
        let mut command = project.command(&["watch", "--json"]);
        suffers(&mut command, fault);
        Self::of(command)
    }

    /// The same with `-v` and the log in this file.
    pub(crate) fn logging(project: &Project, log: &Path) -> Self {
        let log = File::create(log).expect("a file");
        let command = project.command(&["watch", "--json", "-v"]);
        Self::with_stderr(command, log.into())
    }

    fn of(command: Command) -> Self {
        Self::with_stderr(command, Stdio::null())
    }

    fn with_stderr(mut command: Command, stderr: Stdio) -> Self {
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(stderr)
            .spawn()
            .expect("the program runs");
        let lines = BufReader::new(child.stdout.take().expect("its output")).lines();
        let (tell, events) = channel();
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                let event = serde_json::from_str(&line).expect("an event a line");
                if tell.send(event).is_err() {
                    return;
                }
            }
        });
        Self { child, events }
    }

    /// Waits for an event.
    #[track_caller]
    pub(crate) fn until(&self, what: &str, is: impl Fn(&Value) -> bool) -> Value {
        let start = Instant::now();
        let mut last = Value::Null;
        while let Some(left) = LONG.checked_sub(start.elapsed()) {
            match self.events.recv_timeout(left) {
                Ok(event) if is(&event) => return event,
                Ok(event) => last = event,
                Err(_) => break,
            }
        }
        panic!("never came: {what}\nthe last event: {last}");
    }

    /// Waits until the plan has `code` for the post of this file, and returns all events until then.
    #[track_caller]
    pub(crate) fn until_code_with(&self, path: &str, code: &str) -> Vec<Value> {
        let events = std::cell::RefCell::new(Vec::new());
        self.until(&format!("{path} {code}"), |event| {
            events.borrow_mut().push(event.clone());
            has_code(event, path, code)
        });
        events.into_inner()
    }

    /// Waits until the plan has `code` for the post of this file.
    #[track_caller]
    pub(crate) fn until_code(&self, path: &str, code: &str) {
        self.until(&format!("{path} {code}"), |event| {
            has_code(event, path, code)
        });
    }

    /// What was told since, without waiting.
    pub(crate) fn told(&self) -> Vec<Value> {
        self.events.try_iter().collect()
    }

    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Ends it as a service manager would, and returns its exit code.
    pub(crate) fn stop(mut self) -> Option<i32> {
        let killed = Command::new("kill")
            .args(["-TERM", &self.child.id().to_string()])
            .status();
        assert!(killed.expect("kill runs").success());
        self.until("the end", |event| event["event"] == "stopped");
        self.child.wait().expect("it ends").code()
    }
}

fn has_code(event: &Value, path: &str, code: &str) -> bool {
    let entries = event["plan"].as_array();
    let is = |entry: &Value| entry["path"] == path && entry["code"] == code;
    entries.is_some_and(|entries| entries.iter().any(is))
}

impl Drop for Watcher {
    fn drop(&mut self) {
        // It may have ended already.
        self.child.kill().ok();
        self.child.wait().ok();
    }
}
