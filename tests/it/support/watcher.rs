//! A running `watch` process, its events, and the ways to stop it.

use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use serde_json::Value;

use super::Project;
use super::fault::inject_fault;

/// Timeout of the wait for an event.
const EVENT_TIMEOUT: Duration = Duration::from_secs(60);

/// A running `watch` process.
pub(crate) struct Watcher {
    child: Child,
    events: Receiver<Value>,
}

impl Watcher {
    /// Starts `syndicate watch --json` in `project` and waits until it is ready.
    pub(crate) fn start(project: &Project) -> Self {
        let watcher = Self::spawn(project);
        watcher.until("the beginning", |event| event["event"] == "watching");
        watcher
    }

    /// Starts `watch` without waiting for its first read.
    pub(crate) fn spawn(project: &Project) -> Self {
        Self::of(project.command(&["watch", "--json"]))
    }

    /// Starts `watch` with an injected `fault`.
    pub(crate) fn with_fault(project: &Project, fault: &str) -> Self {
        let mut command = project.command(&["watch", "--json"]);
        inject_fault(&mut command, fault);
        Self::of(command)
    }

    /// Starts `watch -v` with the log in this file.
    pub(crate) fn with_log(project: &Project, log: &Path) -> Self {
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
            .expect("cannot run the program");
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

    /// Waits for an event for which `is` returns `true`.
    #[track_caller]
    pub(crate) fn until(&self, what: &str, is: impl Fn(&Value) -> bool) -> Value {
        let start = Instant::now();
        let mut last = Value::Null;
        while let Some(left) = EVENT_TIMEOUT.checked_sub(start.elapsed()) {
            match self.events.recv_timeout(left) {
                Ok(event) if is(&event) => return event,
                Ok(event) => last = event,
                Err(_) => break,
            }
        }
        panic!("no such event: {what}\nthe last event: {last}");
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

    /// Returns the events that have arrived since the last call, without waiting.
    pub(crate) fn drain_events(&self) -> Vec<Value> {
        self.events.try_iter().collect()
    }

    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Sends SIGTERM, as a service manager does, and returns the exit code.
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
        // The process may have exited already.
        self.child.kill().ok();
        self.child.wait().ok();
    }
}
