//! The program while it watches: its events, one after the other, and how it is ended.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use serde_json::Value;

use super::Project;

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
        let mut child = project
            .command(&["watch", "--json"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
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

    /// Waits until the plan has `code` for the post of this file.
    #[track_caller]
    pub(crate) fn until_code(&self, path: &str, code: &str) {
        self.until(&format!("{path} {code}"), |event| {
            let entries = event["plan"].as_array();
            entries.is_some_and(|entries| {
                entries
                    .iter()
                    .any(|entry| entry["path"] == path && entry["code"] == code)
            })
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

impl Drop for Watcher {
    fn drop(&mut self) {
        // It may have ended already.
        self.child.kill().ok();
        self.child.wait().ok();
    }
}
