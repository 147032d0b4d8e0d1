//! What `watch` prints: an event a line for programs; for people what was sent, what is wrong, and on a
//! terminal one line with what it waits for.

use std::collections::BTreeSet;
use std::io::IsTerminal as _;
use std::path::PathBuf;
use std::time::Duration;

use indicatif::ProgressBar;
use serde_json::{Value, json};
use tokio::time::Instant;

use super::news::News;
use super::status_line::{format_status, seconds};
use crate::cli::failure::Failure;
use crate::cli::output::{eprint_status, format_delivery, print_json, print_result, warn_upcoming};
use crate::engine::watch::{Resting, Waiting, WatchEvent, WatchObserver};
use crate::engine::{Action, Entry, Plan};
use crate::preview::{entry_json, entry_line, summary_lines};
use crate::session::SessionError;

/// How often a countdown is shown.
const SECOND: Duration = Duration::from_secs(1);

/// Prints what the watch loop reports.
pub(super) struct Reporter {
    is_json: bool,
    is_sandbox: bool,
    /// The line with what is waited for, on a terminal.
    line: Option<ProgressBar>,
    /// What programs know of the plan.
    news: News,
    /// The last lines of the plan for people; `None` before the first plan.
    lines: Option<BTreeSet<String>>,
    /// What programs know of the deliveries that count down.
    resting: Vec<Resting>,
    /// Whether a countdown is shown.
    is_counting: bool,
}

impl Reporter {
    /// Returns a reporter for programs or for people.
    pub(super) fn new(is_json: bool, is_sandbox: bool) -> Self {
        let has_line = !is_json && std::io::stderr().is_terminal();
        Self {
            is_json,
            is_sandbox,
            line: has_line.then(ProgressBar::new_spinner),
            news: News::default(),
            lines: None,
            resting: Vec::new(),
            is_counting: false,
        }
    }

    /// Prints that `roots` are watched now.
    pub(super) fn watching(
        &mut self,
        roots: &[PathBuf],
        sandbox: Option<&str>,
    ) -> anyhow::Result<()> {
        if self.is_json {
            let roots: Vec<String> = roots
                .iter()
                .map(|root| root.display().to_string())
                .collect();
            return print_event("watching", json!({"roots": roots, "sandbox": sandbox}));
        }
        if let Some(url) = sandbox {
            self.eprint_status(&format!("a LinkedIn is running at {url}"))?;
        }
        self.eprint_status("watching; stop with Ctrl-C")
    }

    /// Prints that the loop has ended.
    pub(super) fn stopped(&mut self) -> anyhow::Result<()> {
        if let Some(line) = self.line.take() {
            line.finish_and_clear();
        }
        if self.is_json {
            return print_event("stopped", json!({}));
        }
        self.eprint_status("stopped")
    }

    /// Prints what is new in the plan.
    fn plan(&mut self, plan: &Plan) -> anyhow::Result<()> {
        if self.is_json {
            return match self.news.of(plan) {
                Some(news) => print_event("plan", news),
                None => Ok(()),
            };
        }
        // A site has thousands of posts that merely stay.
        let is_worth_a_line =
            |entry: &&Entry| entry.problem.is_some() || entry.action != Action::Skip;
        let entries = plan.entries.iter().filter(is_worth_a_line);
        let lines: Vec<String> = entries.map(entry_line).collect();
        let faults = plan.faults.iter().map(|fault| format!("error: {fault}"));
        let notes = plan.notes.iter().map(|note| format!("note: {note}"));
        let remarks: Vec<String> = faults.chain(notes).collect();
        let before = self.lines.take();
        let is_news = |line: &&String| before.as_ref().is_none_or(|before| !before.contains(*line));
        for line in lines.iter().filter(is_news) {
            self.print_result(line)?;
        }
        for line in remarks.iter().filter(is_news) {
            self.eprint_status(line)?;
        }
        if before.is_none() {
            self.eprint_status(&summary_lines(plan))?;
        }
        self.lines = Some(lines.into_iter().chain(remarks).collect());
        Ok(())
    }

    fn delivery(&self, entry: &Entry) -> anyhow::Result<()> {
        if self.is_json {
            return print_event("delivery", json!({"delivery": entry_json(entry)}));
        }
        self.print_result(&format_delivery(entry, self.is_sandbox))
    }

    fn error(&self, failure: &Failure) -> anyhow::Result<()> {
        if self.is_json {
            return print_event("error", failure.json());
        }
        self.eprint_status(&failure.message())
    }

    /// Prints a remark, which programs do not need.
    fn remark(&self, text: &str) -> anyhow::Result<()> {
        if self.is_json {
            return Ok(());
        }
        self.eprint_status(text)
    }

    /// Shows on a terminal what is waited for, and prints for programs what counts down.
    fn waiting(&mut self, waiting: Waiting) -> anyhow::Result<()> {
        self.is_counting = self.line.is_some() && !waiting.resting.is_empty();
        let now = Instant::now();
        if let Some(line) = &self.line {
            line.set_message(format_status(&waiting, now));
            line.tick();
        }
        if !self.is_json || self.resting == waiting.resting {
            return Ok(());
        }
        self.resting = waiting.resting;
        let resting = self.resting.iter().map(|resting| {
            json!({"item": resting.item, "sink": resting.sink, "seconds": seconds(resting, now)})
        });
        print_event("resting", json!({"resting": resting.collect::<Vec<_>>()}))
    }

    fn print_result(&self, text: &str) -> anyhow::Result<()> {
        match &self.line {
            Some(line) => line.suspend(|| print_result(text)),
            None => print_result(text),
        }
    }

    fn eprint_status(&self, text: &str) -> anyhow::Result<()> {
        match &self.line {
            Some(line) => line.suspend(|| eprint_status(text)),
            None => eprint_status(text),
        }
    }
}

impl WatchObserver for Reporter {
    fn report(&mut self, event: WatchEvent<'_>) -> anyhow::Result<()> {
        match event {
            WatchEvent::Planned(plan) => self.plan(plan),
            WatchEvent::Delivered(entry) => self.delivery(entry),
            WatchEvent::LoadFailed(error) => {
                self.error(&match error.downcast::<SessionError>() {
                    Ok(error) => error.into(),
                    Err(error) => Failure::Other(error),
                })?;
                self.remark("the pipeline stays as it was until that is mended")
            }
            WatchEvent::ScanFailed(error) => self.error(&Failure::Other(error)),
            WatchEvent::LedgerFailed(error) => self.error(&error.into()),
            WatchEvent::Paused(error) => {
                self.error(&error.into())?;
                self.remark("paused: nothing is sent until the ledger is whole")
            }
            WatchEvent::Resumed => self.remark("the ledger is whole again; resuming"),
            WatchEvent::Warnings(warnings) => warn_upcoming(&warnings),
            WatchEvent::HeldBack(0) => self.remark("nothing counts down"),
            WatchEvent::HeldBack(count) => {
                self.remark(&format!("{count} held back until saved again"))
            }
            WatchEvent::Waiting(waiting) => self.waiting(waiting),
        }
    }

    fn refresh_after(&self) -> Duration {
        if self.is_counting {
            SECOND
        } else {
            Duration::MAX / 4
        }
    }
}

fn print_event(name: &str, value: Value) -> anyhow::Result<()> {
    let mut event = json!({"v": 1, "event": name});
    if let (Value::Object(event), Value::Object(value)) = (&mut event, value) {
        event.extend(value);
    }
    print_json(&event)
}
