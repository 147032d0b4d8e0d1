//! What `watch` says: an event a line for programs; for people what was sent, what is wrong, and on a
//! terminal one line that says what it waits for.

use std::collections::BTreeSet;
use std::io::IsTerminal as _;
use std::path::PathBuf;
use std::time::Duration;

use indicatif::ProgressBar;
use serde_json::{Value, json};
use tokio::time::Instant;

use super::SECOND;
use super::desk::{Resting, Status};
use super::news::News;
use crate::cli::build::told;
use crate::cli::{Failure, print};
use crate::engine::{Action, Entry, Plan};
use crate::preview::{entry_json, entry_line, summary_lines};

/// The voice.
pub(super) struct Voice {
    json: bool,
    /// The line of what it waits for, on a terminal.
    line: Option<ProgressBar>,
    /// What was last told to programs about the plan.
    news: News,
    /// What was last said to people; nothing was before the first plan.
    said: Option<BTreeSet<String>>,
    /// What was last told to programs about what counts down.
    resting: Vec<Resting>,
    /// Whether anything counts down that somebody sees.
    counting: bool,
}

impl Voice {
    /// A voice for programs or people.
    pub(super) fn new(json: bool) -> Self {
        let line = (!json && std::io::stderr().is_terminal()).then(ProgressBar::new_spinner);
        Self {
            json,
            line,
            news: News::default(),
            said: None,
            resting: Vec::new(),
            counting: false,
        }
    }

    /// How long nothing needs to be said.
    pub(super) fn breath(&self) -> Duration {
        if self.counting {
            SECOND
        } else {
            Duration::MAX / 4
        }
    }

    pub(super) fn watching(
        &mut self,
        roots: &[PathBuf],
        sandbox: Option<&str>,
    ) -> Result<(), Failure> {
        if self.json {
            let roots: Vec<String> = roots
                .iter()
                .map(|root| root.display().to_string())
                .collect();
            return event("watching", json!({"roots": roots, "sandbox": sandbox}));
        }
        if let Some(url) = sandbox {
            self.talk(&format!("a LinkedIn is running at {url}"))?;
        }
        self.talk("watching; stop with Ctrl-C")
    }

    /// What is to be done now, if that is news.
    pub(super) fn plan(&mut self, plan: &Plan) -> Result<(), Failure> {
        if self.json {
            return match self.news.of(plan) {
                Some(news) => event("plan", news),
                None => Ok(()),
            };
        }
        // A site has thousands of posts that merely stay.
        let worth_saying = |entry: &&Entry| entry.problem.is_some() || entry.action != Action::Skip;
        let entries = plan.entries.iter().filter(worth_saying);
        let lines: Vec<String> = entries.map(entry_line).collect();
        let faults = plan.faults.iter().map(|fault| format!("error: {fault}"));
        let notes = plan.notes.iter().map(|note| format!("note: {note}"));
        let remarks: Vec<String> = faults.chain(notes).collect();
        let before = self.said.take();
        let is_news = |line: &&String| before.as_ref().is_none_or(|said| !said.contains(*line));
        for line in lines.iter().filter(is_news) {
            self.data(line)?;
        }
        for line in remarks.iter().filter(is_news) {
            self.talk(line)?;
        }
        if before.is_none() {
            self.talk(&summary_lines(plan))?;
        }
        self.said = Some(lines.into_iter().chain(remarks).collect());
        Ok(())
    }

    /// What came of a delivery. That must not be lost for a terminal that went away.
    pub(super) fn delivery(&mut self, entry: &Entry, rehearsed: bool) {
        drop(if self.json {
            event("delivery", json!({"delivery": entry_json(entry)}))
        } else {
            self.data(&told(entry, rehearsed))
        });
    }

    pub(super) fn error(&mut self, failure: &Failure) -> Result<(), Failure> {
        if self.json {
            return event("error", failure.json());
        }
        self.talk(&failure.message())
    }

    pub(super) fn remark(&mut self, text: &str) -> Result<(), Failure> {
        if self.json {
            return Ok(());
        }
        self.talk(text)
    }

    pub(super) fn held_back(&mut self, count: usize) -> Result<(), Failure> {
        match count {
            0 => self.remark("nothing counts down"),
            count => self.remark(&format!("{count} held back until saved again")),
        }
    }

    pub(super) fn stopped(&mut self) -> Result<(), Failure> {
        if let Some(line) = self.line.take() {
            line.finish_and_clear();
        }
        if self.json {
            return event("stopped", json!({}));
        }
        self.talk("stopped")
    }

    /// Says on a terminal what it waits for, and to programs what counts down.
    pub(super) fn status(&mut self, status: Status) -> Result<(), Failure> {
        self.counting = self.line.is_some() && !status.resting.is_empty();
        if let Some(line) = &self.line {
            line.set_message(status_line(&status, Instant::now()));
            line.tick();
        }
        if !self.json || self.resting == status.resting {
            return Ok(());
        }
        self.resting = status.resting;
        let now = Instant::now();
        let resting = self.resting.iter().map(|resting| {
            json!({"item": resting.item, "sink": resting.sink, "seconds": seconds(resting, now)})
        });
        event("resting", json!({"resting": resting.collect::<Vec<_>>()}))
    }

    fn data(&self, text: &str) -> Result<(), Failure> {
        match &self.line {
            Some(line) => line.suspend(|| print::data(text)),
            None => print::data(text),
        }
    }

    fn talk(&self, text: &str) -> Result<(), Failure> {
        match &self.line {
            Some(line) => line.suspend(|| print::talk(text)),
            None => print::talk(text),
        }
    }
}

fn event(name: &str, value: Value) -> Result<(), Failure> {
    let mut event = json!({"v": 1, "event": name});
    if let (Value::Object(event), Value::Object(value)) = (&mut event, value) {
        event.extend(value);
    }
    print::data(&event.to_string())
}

/// How many seconds are left, the begun one included.
fn seconds(resting: &Resting, now: Instant) -> u128 {
    let left = resting.end.saturating_duration_since(now);
    left.as_millis().div_ceil(1000)
}

/// What it waits for, in one line.
fn status_line(status: &Status, now: Instant) -> String {
    let mut parts = Vec::new();
    if let Some(next) = status.resting.first() {
        let Resting { label, sink, .. } = next;
        let seconds = seconds(next, now);
        let more = match status.resting.len() - 1 {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        parts.push(format!(
            "{label} → {sink} goes out in {seconds} s{more} (Enter holds back)"
        ));
    }
    if status.held > 0 {
        parts.push(format!("{} held back", status.held));
    }
    if let Some(why) = &status.why {
        parts.push(format!("{} waiting ({why})", status.waiting));
    }
    if status.asks > 0 {
        parts.push(format!("{} to be decided", status.asks));
    }
    if parts.is_empty() {
        parts.push("waiting for a save".to_owned());
    }
    parts.join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_line_says_what_it_waits_for() {
        let now = Instant::now();
        let status = |resting, held, waiting: usize| Status {
            resting,
            held,
            waiting,
            why: (waiting > 0).then(|| "quiet until 07:00".to_owned()),
            asks: 0,
        };
        assert_eq!(
            status_line(&status(Vec::new(), 0, 0), now),
            "waiting for a save"
        );
        let next = Resting {
            item: "https://example.org/a".to_owned(),
            label: "a.md".to_owned(),
            sink: "linkedin".to_owned(),
            end: now + Duration::from_millis(11_200),
        };
        assert_eq!(
            status_line(&status(vec![next], 1, 2), now),
            "a.md → linkedin goes out in 12 s (Enter holds back); 1 held back; \
             2 waiting (quiet until 07:00)"
        );
    }
}
