//! A `watch` process that is started, left running until it is idle, and stopped.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use serde_json::Value;

use super::outcome::{Delivery, Outcome};
use super::workspace::{Workspace, truncate_lines};

/// Time without events after which the process counts as idle.
const IDLE_TIME: Duration = Duration::from_millis(400);

/// Timeout of every wait.
const TIMEOUT: Duration = Duration::from_secs(30);

/// A `watch` process with its events so far.
pub(super) struct WatchProcess {
    child: Child,
    lines: Receiver<String>,
    plan: BTreeMap<Key, Value>,
    events: Events,
}

/// Item id, path and sink of a delivery. The path is needed because two sources may have the same item.
type Key = (String, String, String);

#[derive(Default)]
struct Events {
    /// The complete output, for the report of a failure.
    lines: Vec<String>,
    has_plan: bool,
    /// The outcomes of attempted deliveries, in order.
    tried: Vec<Value>,
    rest: Value,
    notes: Vec<Value>,
    error: Option<String>,
    stopped: bool,
}

impl WatchProcess {
    pub(super) fn start(workspace: &Workspace) -> Result<Self, String> {
        let mut child = workspace
            .program(&["watch", "--json"])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|error| error.to_string())?;
        let stdout = BufReader::new(child.stdout.take().expect("its output"));
        let (sender, lines) = channel();
        std::thread::spawn(move || {
            for line in stdout.lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    return;
                }
            }
        });
        Ok(Self {
            child,
            lines,
            plan: BTreeMap::new(),
            events: Events::default(),
        })
    }

    /// Waits until nothing is left to send and no more events arrive.
    pub(super) fn settle(&mut self) -> Result<(), String> {
        let start = Instant::now();
        loop {
            match self.lines.recv_timeout(IDLE_TIME) {
                Ok(line) => self.take(line),
                // The process has exited.
                Err(RecvTimeoutError::Disconnected) => return Ok(()),
                Err(RecvTimeoutError::Timeout) if self.is_settled() => return Ok(()),
                Err(RecvTimeoutError::Timeout) => {}
            }
            if start.elapsed() > TIMEOUT {
                return Err(format!("`watch` did not settle\n{}", self.log()));
            }
        }
    }

    /// Waits until `is` returns `true` for the events so far.
    fn wait(&mut self, what: &str, is: impl Fn(&Self) -> bool) -> Result<(), String> {
        let start = Instant::now();
        while !is(self) {
            let left = TIMEOUT.saturating_sub(start.elapsed());
            match self.lines.recv_timeout(left) {
                Ok(line) => self.take(line),
                Err(_) => return Err(format!("no such event: {what}\n{}", self.log())),
            }
        }
        Ok(())
    }

    /// Waits until the plan has `code` for a file.
    pub(super) fn wait_for_code(&mut self, path: &str, code: &str) -> Result<(), String> {
        self.wait(&format!("{path} {code}"), |watching| {
            let mut entries = watching.plan.values();
            entries.any(|entry| entry["path"] == path && entry["code"] == code)
        })
    }

    /// Waits until an error with this code is reported.
    pub(super) fn wait_for_error(&mut self, code: &str) -> Result<(), String> {
        self.wait(&format!("error {code}"), |watching| {
            watching.events.error.as_deref() == Some(code)
        })
    }

    /// Sends SIGTERM, as a service manager does, and returns the outcome.
    pub(super) fn stop(mut self) -> Result<Outcome, String> {
        let pid = self.child.id().to_string();
        if self.child.try_wait().ok().flatten().is_none() {
            let killed = Command::new("kill").args(["-TERM", &pid]).status();
            killed.map_err(|error| error.to_string())?;
        }
        while let Ok(line) = self.lines.recv_timeout(TIMEOUT) {
            self.take(line);
        }
        let status = self.child.wait().map_err(|error| error.to_string())?;
        let mut stderr = String::new();
        if let Some(mut stream) = self.child.stderr.take() {
            stream.read_to_string(&mut stderr).ok();
        }
        if self.events.stopped && status.code().is_none() {
            return Err(format!("`watch` ended by {status}\n{}", self.log()));
        }
        Ok(self.outcome(&stderr))
    }

    fn take(&mut self, line: String) {
        let event: Value = serde_json::from_str(&line).unwrap_or_default();
        self.events.lines.push(truncate_lines(&line));
        match event["event"].as_str() {
            Some("plan") => self.take_plan(&event),
            Some("delivery") => self.events.tried.push(event["delivery"].clone()),
            Some("stopped") => self.events.stopped = true,
            // A startup error has no event name.
            Some("error") | None => {
                let code = event["code"].as_str().unwrap_or("an error without a code");
                self.events.error = Some(code.to_owned());
            }
            Some(_) => {}
        }
    }

    fn take_plan(&mut self, event: &Value) {
        self.events.has_plan = true;
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        for gone in event["gone"].as_array().into_iter().flatten() {
            let (item, sink) = (text(&gone["item"]), text(&gone["sink"]));
            self.plan.retain(|key, _| key.0 != item || key.2 != sink);
        }
        for entry in event["plan"].as_array().into_iter().flatten() {
            let key = (
                text(&entry["item"]),
                text(&entry["path"]),
                text(&entry["sink"]),
            );
            self.plan.insert(key, entry.clone());
        }
        let notes = event["notes"].as_array().into_iter().flatten().cloned();
        self.events.notes.extend(notes);
        self.events.rest = event.clone();
    }

    /// Returns `true` after a plan or an error was reported and every due delivery was attempted.
    fn is_settled(&self) -> bool {
        let tried = |entry: &Value| {
            let same = |one: &&Value| one["item"] == entry["item"] && one["sink"] == entry["sink"];
            self.events.tried.iter().any(|one| same(&one))
        };
        let mut entries = self.plan.values();
        let open = entries.any(|entry| {
            matches!(entry["action"].as_str(), Some("send" | "update")) && !tried(entry)
        });
        self.events.error.is_some() || (self.events.has_plan && !open)
    }

    fn outcome(&self, stderr: &str) -> Outcome {
        let mut deliveries: Vec<Delivery> = self.events.tried.iter().map(Delivery::of).collect();
        for entry in self.plan.values().map(Delivery::of) {
            let tried = |one: &Delivery| {
                one.sink == entry.sink && one.path == entry.path && one.title == entry.title
            };
            // An attempted delivery is listed only with its outcome.
            if !deliveries.iter().any(tried) {
                deliveries.push(entry);
            }
        }
        let mut outcome = Outcome {
            deliveries,
            stopped: self.events.error.clone(),
            written: format!("{}--- stderr\n{stderr}", self.log()),
            ..Outcome::default()
        };
        outcome.take_rest(&self.events.rest);
        let notes = self.events.notes.iter().filter_map(Value::as_str);
        outcome.notes = notes.map(str::to_owned).collect();
        outcome
    }

    fn log(&self) -> String {
        let lines = self.events.lines.iter();
        lines.fold("--- events\n".to_owned(), |log, line| log + line)
    }
}

impl Drop for WatchProcess {
    fn drop(&mut self) {
        // The process may have exited already.
        self.child.kill().ok();
        self.child.wait().ok();
    }
}
