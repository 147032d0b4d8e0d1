//! The result of one `build` or `watch` run in a common form, and its comparison with the expectations of
//! a row.

use std::fmt::Write as _;

use serde_json::Value;
use syndicate_api::nfc;

use super::parse::{Step, words};

/// The final state of one delivery.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Delivery {
    pub(super) path: Option<String>,
    pub(super) title: String,
    pub(super) sink: String,
    pub(super) action: String,
    pub(super) code: String,
    pub(super) reason: String,
    /// The outcome of this run's attempt, such as `sent`; `None` without an attempt.
    pub(super) outcome: Option<String>,
}

/// The result of a run.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    /// The exit code; `None` for `watch`, whose exit code does not matter.
    pub(super) exit: Option<i32>,
    pub(super) deliveries: Vec<Delivery>,
    /// The paths of unreadable files, each with its error.
    pub(super) faults: Vec<(String, String)>,
    pub(super) notes: Vec<String>,
    /// The code of the error that stopped the run before it sent anything.
    pub(super) stopped: Option<String>,
    /// The complete output, for the report of a failure.
    pub(super) written: String,
}

impl Delivery {
    /// Reads an entry of a plan.
    pub(super) fn of(entry: &Value) -> Self {
        let text = |name: &str| entry[name].as_str().unwrap_or_default().to_owned();
        Self {
            path: entry["path"].as_str().map(str::to_owned),
            title: text("title"),
            sink: text("sink"),
            action: text("action"),
            code: text("code"),
            reason: text("reason"),
            outcome: entry["outcome"].as_str().map(str::to_owned),
        }
    }

    /// Returns `true` if `name` in a row refers to this delivery: its path, or `~TITLE` for a feed entry, which
    /// has no path.
    fn is(&self, name: &str, sink: Option<&str>) -> bool {
        let named = match name.strip_prefix('~') {
            Some(title) => self.path.is_none() && self.title == title,
            // Both Unicode forms of a name are equal.
            None => self
                .path
                .as_deref()
                .is_some_and(|path| nfc(path) == nfc(name)),
        };
        named && sink.is_none_or(|sink| sink == self.sink)
    }

    /// Returns the result in one word: `sends`, `updates`, `fails`, `unknown` or `has`.
    fn word(&self) -> &'static str {
        match self.outcome.as_deref() {
            Some("sent") => "sends",
            Some("updated") => "updates",
            Some("failed") => "fails",
            Some("unknown") => "unknown",
            _ => "has",
        }
    }

    /// Returns the table line that expects this delivery.
    fn line(&self) -> String {
        let name = match &self.path {
            Some(path) => path.clone(),
            None => format!("~{}", self.title),
        };
        let code = match self.word() {
            "has" | "fails" => format!(" {}", self.code),
            _ => String::new(),
        };
        let (word, sink, action) = (self.word(), &self.sink, &self.action);
        format!("{word} {name}{code} {sink}   ({action}: {})", self.reason)
    }
}

/// Returns the action that an entry with this code must have.
fn action_of(code: &str) -> Option<&'static str> {
    Some(match code {
        "renamed" | "copy" | "replaced" | "changed_back" | "new_sink" | "new_source"
        | "duplicate" | "outcome_unknown" | "not_approved" => "ask",
        "claimed" | "max_per_run" | "spacing" | "scheduled" | "throttled" => "wait",
        "same_post" | "already_sent" | "adopted" | "draft" | "before_since" | "too_old"
        | "no_date" | "opted_out" | "future" | "url_not_public" => "skip",
        _ => return None,
    })
}

impl Outcome {
    /// Parses the output of `build --json` or `preview --json`.
    pub(super) fn of_plan(exit: Option<i32>, stdout: &str, written: String) -> Self {
        let mut outcome = Self {
            exit,
            written,
            ..Self::default()
        };
        let Ok(json) = serde_json::from_str::<Value>(stdout) else {
            return outcome;
        };
        outcome.stopped = json["code"].as_str().map(str::to_owned);
        let entries = json["plan"].as_array().into_iter().flatten();
        outcome.deliveries = entries.map(Delivery::of).collect();
        outcome.take_rest(&json);
        outcome
    }

    /// Adds the faults and notes of a plan.
    pub(super) fn take_rest(&mut self, json: &Value) {
        let list = |name: &str| json[name].as_array().cloned().unwrap_or_default();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        self.faults = list("faults")
            .iter()
            .map(|fault| (text(&fault["path"]), text(&fault["error"])))
            .collect();
        for note in list("notes").iter().map(text) {
            if !self.notes.contains(&note) {
                self.notes.push(note);
            }
        }
    }

    /// Compares the outcome with the lines below a step. Returns every difference.
    pub(super) fn differences(&self, step: &Step) -> Vec<String> {
        let mut check = Check {
            outcome: self,
            met: vec![false; self.deliveries.len()],
            faults: vec![false; self.faults.len()],
            exits: vec![0],
            stops: None,
            wrong: Vec::new(),
        };
        for line in step.block.iter().filter(|line| !line.is_empty()) {
            let words = words(line).unwrap_or_default();
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            check.expect(line, &words);
        }
        check.finish()
    }

    /// Returns the outcome as lines of a table.
    pub(super) fn lines(&self) -> String {
        let mut lines = String::new();
        for delivery in &self.deliveries {
            writeln!(lines, "    {}", delivery.line()).ok();
        }
        for (path, error) in &self.faults {
            writeln!(lines, "    fault {path}   ({error})").ok();
        }
        for note in &self.notes {
            writeln!(lines, "    note {note}").ok();
        }
        if let Some(code) = &self.stopped {
            writeln!(lines, "    stops {code}").ok();
        }
        if let Some(exit) = self.exit {
            writeln!(lines, "    exit {exit}").ok();
        }
        lines
    }
}

/// State of a comparison.
struct Check<'a> {
    outcome: &'a Outcome,
    /// `true` for each delivery that a line expects.
    met: Vec<bool>,
    faults: Vec<bool>,
    exits: Vec<i32>,
    stops: Option<String>,
    wrong: Vec<String>,
}

impl Check<'_> {
    fn expect(&mut self, line: &str, words: &[&str]) {
        match words {
            ["exit", codes] => {
                let codes = codes.split('|').map(|code| code.parse());
                self.exits = codes.collect::<Result<_, _>>().expect("exit codes");
            }
            ["stops", code] => {
                self.exits = vec![1];
                self.stops = Some((*code).to_owned());
            }
            ["note", parts @ ..] => {
                let has = |part: &&str| self.outcome.notes.iter().any(|note| note.contains(*part));
                if !parts.iter().all(has) {
                    self.wrong.push(format!("missing: {line}"));
                }
            }
            ["reason", name, parts @ ..] => {
                let found = self
                    .outcome
                    .deliveries
                    .iter()
                    .find(|one| one.is(name, None));
                let reason = found.map(|one| one.reason.as_str()).unwrap_or_default();
                if !parts.iter().all(|part| reason.contains(part)) {
                    self.wrong.push(format!("missing: {line}"));
                }
            }
            ["fault", path] => self.fault(line, path),
            [word @ ("sends" | "updates" | "unknown"), name, sink @ ..] => {
                self.delivery(line, word, name, None, sink.first().copied());
            }
            [word @ ("fails" | "has" | "gets"), name, code, sink @ ..] => {
                self.delivery(line, word, name, Some(code), sink.first().copied());
            }
            _ => self.wrong.push(format!("this line says nothing: {line}")),
        }
    }

    fn fault(&mut self, line: &str, path: &str) {
        let mut faults = self.outcome.faults.iter();
        match faults.position(|(of, _)| of == path) {
            Some(index) => self.faults[index] = true,
            None => self.wrong.push(format!("missing: {line}")),
        }
    }

    fn delivery(
        &mut self,
        line: &str,
        word: &str,
        name: &str,
        code: Option<&str>,
        sink: Option<&str>,
    ) {
        let mut found = false;
        for (index, one) in self.outcome.deliveries.iter().enumerate() {
            // `gets` accepts both an outcome of this run and an earlier one.
            let is_word = one.word() == word || (word == "gets" && one.word() != "sends");
            if !one.is(name, sink) || !is_word || self.met[index] {
                continue;
            }
            if code.is_some_and(|code| code != one.code) {
                continue;
            }
            self.met[index] = true;
            found = true;
            let action = code.filter(|_| word == "has").and_then(action_of);
            if action.is_some_and(|action| action != one.action) {
                self.wrong.push(format!("wrong action: {}", one.line()));
            }
            break;
        }
        if !found {
            self.wrong.push(format!("missing: {line}"));
        }
    }

    fn finish(mut self) -> Vec<String> {
        for (one, met) in self.outcome.deliveries.iter().zip(&self.met) {
            // A run that sends nothing may show the deliveries that it would send otherwise.
            let idle = self.stops.is_some() && one.outcome.is_none();
            if !met && !idle && (one.word() != "has" || one.action != "skip") {
                self.wrong.push(format!("not expected: {}", one.line()));
            }
        }
        for ((path, error), met) in self.outcome.faults.iter().zip(&self.faults) {
            if !met {
                self.wrong
                    .push(format!("not expected: fault {path} ({error})"));
            }
        }
        let stopped = self.outcome.stopped.as_deref();
        if stopped != self.stops.as_deref() {
            let (is, should) = (stopped.unwrap_or("nothing"), self.stops.as_deref());
            let should = should.unwrap_or("nothing");
            self.wrong.push(format!("stopped by {is}, not by {should}"));
        }
        if let Some(exit) = self.outcome.exit
            && !self.exits.contains(&exit)
        {
            self.wrong
                .push(format!("exit code {exit}, not {:?}", self.exits));
        }
        self.wrong
    }
}
