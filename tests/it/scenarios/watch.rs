//! A stay of `watch`: started, left alone until it has nothing more to do, and stopped.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use serde_json::Value;

use super::outcome::{Delivery, Outcome};
use super::workspace::{Workspace, shortened};

/// How long it must be quiet before nothing more is expected.
const QUIET: Duration = Duration::from_millis(400);

/// How long anything is waited for.
const LONGEST: Duration = Duration::from_secs(30);

/// `watch`, with the events so far.
pub(super) struct WatchProcess {
    child: Child,
    lines: Receiver<String>,
    plan: BTreeMap<Key, Value>,
    events: Events,
}

/// An item's id, path and sink: two sources may have one post.
type Key = (String, String, String);

#[derive(Default)]
struct Events {
    /// Everything, for people who look at a failure.
    lines: Vec<String>,
    has_plan: bool,
    /// The outcomes of the deliveries that were tried, in their order.
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

    /// Waits until nothing is left to send and no event comes any more.
    pub(super) fn settle(&mut self) -> Result<(), String> {
        let start = Instant::now();
        loop {
            match self.lines.recv_timeout(QUIET) {
                Ok(line) => self.take(line),
                // It has ended by itself.
                Err(RecvTimeoutError::Disconnected) => return Ok(()),
                Err(RecvTimeoutError::Timeout) if self.is_settled() => return Ok(()),
                Err(RecvTimeoutError::Timeout) => {}
            }
            if start.elapsed() > LONGEST {
                return Err(format!("`watch` did not settle\n{}", self.log()));
            }
        }
    }

    /// Waits until `is` holds of the events so far.
    fn wait(&mut self, what: &str, is: impl Fn(&Self) -> bool) -> Result<(), String> {
        let start = Instant::now();
        while !is(self) {
            let left = LONGEST.saturating_sub(start.elapsed());
            match self.lines.recv_timeout(left) {
                Ok(line) => self.take(line),
                Err(_) => return Err(format!("never came: {what}\n{}", self.log())),
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

    /// Waits until an error with this code was reported.
    pub(super) fn wait_for_error(&mut self, code: &str) -> Result<(), String> {
        self.wait(&format!("error {code}"), |watching| {
            watching.events.error.as_deref() == Some(code)
        })
    }

    /// Stops it as a service manager would, and returns what it came to.
    pub(super) fn stop(mut self) -> Result<Outcome, String> {
        let pid = self.child.id().to_string();
        if self.child.try_wait().ok().flatten().is_none() {
            let killed = Command::new("kill").args(["-TERM", &pid]).status();
            killed.map_err(|error| error.to_string())?;
        }
        while let Ok(line) = self.lines.recv_timeout(LONGEST) {
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
        self.events.lines.push(shortened(&line));
        match event["event"].as_str() {
            Some("plan") => self.take_plan(&event),
            Some("delivery") => self.events.tried.push(event["delivery"].clone()),
            Some("stopped") => self.events.stopped = true,
            // An error that kept it from beginning has no name.
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

    /// Returns whether it has made a plan, or reported why not, and has tried all that is to be sent.
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
            // A delivery that was tried is listed with its outcome alone.
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
        // It may have ended already.
        self.child.kill().ok();
        self.child.wait().ok();
    }
}
