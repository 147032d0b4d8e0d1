//! Prints the output of `watch`: in JSON one event per line, as text the sent posts and the errors.
//! On a terminal a status line shows pending deliveries.

use std::path::PathBuf;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::Instant;

use super::lines::PlanLines;
use super::plan_changes::PlanChanges;
use super::status_line::{format_status, seconds};
use super::waiting_line::WaitingLine;
use crate::cli::failure::CliError;
use crate::cli::output::{format_delivery, format_unrecorded, print_json, warn_upcoming};
use crate::engine::watch::{PendingDelivery, Waiting, WatchEvent, WatchObserver};
use crate::engine::{Plan, PlanEntry, PlanUpdate};
use crate::preview::entry_json;
use crate::session::SessionError;

/// Interval at which a countdown is redrawn.
const SECOND: Duration = Duration::from_secs(1);

/// The consequence of missing file notifications.
const POLLING: &str = "so files are checked every 2 seconds";

/// Prints the events of the watch loop.
pub(super) struct Reporter {
    is_json: bool,
    is_sandbox: bool,
    line: WaitingLine,
    /// The plan as last printed in JSON.
    changes: PlanChanges,
    /// The plan as last printed as text.
    lines: PlanLines,
    /// The countdowns as last printed in JSON.
    resting: Vec<PendingDelivery>,
    /// `true` while a countdown is shown.
    is_counting: bool,
}

impl Reporter {
    /// Returns a reporter for JSON or for text.
    pub(super) fn new(is_json: bool, is_sandbox: bool) -> Self {
        Self {
            is_json,
            is_sandbox,
            line: WaitingLine::new(!is_json),
            changes: PlanChanges::default(),
            lines: PlanLines::default(),
            resting: Vec::new(),
            is_counting: false,
        }
    }

    /// Prints the watched folders.
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
            self.line
                .eprint_lines(&format!("LinkedIn sandbox running at {url}"))?;
        }
        self.line.eprint_lines("watching; stop with Ctrl-C")
    }

    /// Prints that the watch loop has ended.
    pub(super) fn stopped(&mut self) -> anyhow::Result<()> {
        self.line.clear();
        if self.is_json {
            return print_event("stopped", json!({}));
        }
        self.line.eprint_lines("stopped")
    }

    /// Prints the changes of the plan. Without an `update` the whole plan may have changed.
    fn plan(&mut self, plan: &Plan, update: Option<&PlanUpdate>) -> anyhow::Result<()> {
        if self.is_json {
            let changes = match update {
                Some(update) => self.changes.take_updated(plan, update),
                None => self.changes.take_new(plan),
            };
            return match changes {
                Some(changes) => print_event("plan", changes),
                None => Ok(()),
            };
        }
        let new = self.lines.take_new(plan);
        for line in &new.results {
            self.line.print_lines(line)?;
        }
        for line in &new.remarks {
            self.line.eprint_lines(line)?;
        }
        Ok(())
    }

    fn delivery(&self, entry: &PlanEntry) -> anyhow::Result<()> {
        if self.is_json {
            return print_event("delivery", json!({"delivery": entry_json(entry)}));
        }
        self.line
            .print_lines(&format_delivery(entry, self.is_sandbox))
    }

    /// Prints the lines of the ledger that could not be written.
    fn unrecorded(&self, lines: &[String]) -> anyhow::Result<()> {
        if self.is_json {
            let lines: Vec<&str> = lines.iter().map(|line| line.trim_end()).collect();
            return print_event("unrecorded", json!({"lines": lines}));
        }
        match format_unrecorded(lines) {
            Some(text) => self.line.eprint_lines(&text),
            None => Ok(()),
        }
    }

    fn error(&self, failure: &CliError) -> anyhow::Result<()> {
        if self.is_json {
            return print_event("error", failure.json());
        }
        self.line.eprint_lines(&failure.message())
    }

    /// Prints a remark, in text mode only.
    fn remark(&self, text: &str) -> anyhow::Result<()> {
        if self.is_json {
            return Ok(());
        }
        self.line.eprint_lines(text)
    }

    /// Prints a note, as text and in JSON.
    fn note(&self, text: &str) -> anyhow::Result<()> {
        if self.is_json {
            return print_event("note", json!({"note": text}));
        }
        self.line.eprint_lines(&format!("note: {text}"))
    }

    /// Updates the status line, or prints the countdowns in JSON.
    fn waiting(&mut self, waiting: Waiting) -> anyhow::Result<()> {
        let now = Instant::now();
        let is_shown = self.line.show(|| format_status(&waiting, now));
        self.is_counting = is_shown && !waiting.pending.is_empty();
        if !self.is_json || self.resting == waiting.pending {
            return Ok(());
        }
        self.resting = waiting.pending;
        let resting = self.resting.iter().map(|resting| {
            json!({
                "item": resting.item,
                "sink": resting.sink,
                "seconds": seconds(resting, now),
                "retry": resting.is_retry,
            })
        });
        print_event("resting", json!({"resting": resting.collect::<Vec<_>>()}))
    }
}

impl WatchObserver for Reporter {
    fn report(&mut self, event: WatchEvent<'_>) -> anyhow::Result<()> {
        match event {
            WatchEvent::Planned(plan) => self.plan(plan, None),
            WatchEvent::Replanned(plan, update) => self.plan(plan, Some(update)),
            WatchEvent::Delivered(entry) | WatchEvent::NotLive(entry) => self.delivery(entry),
            WatchEvent::Unrecorded(lines) => self.unrecorded(lines),
            WatchEvent::LoadFailed(error) => {
                self.error(&match error.downcast::<SessionError>() {
                    Ok(error) => error.into(),
                    Err(error) => CliError::Other(error),
                })?;
                self.remark("the previous pipeline stays in use until this is fixed")
            }
            WatchEvent::Loaded if self.is_json => print_event("loaded", json!({})),
            WatchEvent::Loaded => self.remark("the pipeline is valid again"),
            WatchEvent::Polling(reason) => self.note(&format!("{reason}; {POLLING}")),
            WatchEvent::ScanFailed(error) => self.error(&CliError::Other(error)),
            WatchEvent::LedgerFailed(error) => self.error(&error.into()),
            WatchEvent::Paused(error) => {
                self.error(&error.into())?;
                self.remark("paused: nothing is sent until the ledger can be used")
            }
            WatchEvent::Resumed => self.remark("the ledger can be used again; resuming"),
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
