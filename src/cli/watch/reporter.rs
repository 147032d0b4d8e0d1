//! What `watch` prints: an event a line for programs; for people what was sent, what is wrong, and on a
//! terminal one line with what it waits for.

use std::path::PathBuf;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::Instant;

use super::lines::PlanLines;
use super::plan_changes::PlanChanges;
use super::status_line::{format_status, seconds};
use super::waiting_line::WaitingLine;
use crate::cli::failure::CliError;
use crate::cli::output::{format_delivery, print_json, warn_upcoming};
use crate::engine::watch::{PendingDelivery, Waiting, WatchEvent, WatchObserver};
use crate::engine::{Plan, PlanEntry};
use crate::preview::entry_json;
use crate::session::SessionError;

/// How often a countdown is shown.
const SECOND: Duration = Duration::from_secs(1);

/// What comes of it that files cannot be watched.
const POLLING: &str = "so the files are looked at every 2 seconds";

/// Prints what the watch loop reports.
pub(super) struct Reporter {
    is_json: bool,
    is_sandbox: bool,
    line: WaitingLine,
    /// What programs know of the plan.
    changes: PlanChanges,
    /// What people know of the plan.
    lines: PlanLines,
    /// What programs know of the deliveries that count down.
    resting: Vec<PendingDelivery>,
    /// Whether a countdown is shown.
    is_counting: bool,
}

impl Reporter {
    /// Returns a reporter for programs or for people.
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
            self.line
                .eprint_lines(&format!("a LinkedIn is running at {url}"))?;
        }
        self.line.eprint_lines("watching; stop with Ctrl-C")
    }

    /// Prints that the loop has ended.
    pub(super) fn stopped(&mut self) -> anyhow::Result<()> {
        self.line.clear();
        if self.is_json {
            return print_event("stopped", json!({}));
        }
        self.line.eprint_lines("stopped")
    }

    /// Prints what is new in the plan.
    fn plan(&mut self, plan: &Plan) -> anyhow::Result<()> {
        if self.is_json {
            return match self.changes.take_new(plan) {
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

    fn error(&self, failure: &CliError) -> anyhow::Result<()> {
        if self.is_json {
            return print_event("error", failure.json());
        }
        self.line.eprint_lines(&failure.message())
    }

    /// Prints a remark, which programs do not need.
    fn remark(&self, text: &str) -> anyhow::Result<()> {
        if self.is_json {
            return Ok(());
        }
        self.line.eprint_lines(text)
    }

    /// Prints a note for people and programs.
    fn note(&self, text: &str) -> anyhow::Result<()> {
        if self.is_json {
            return print_event("note", json!({"note": text}));
        }
        self.line.eprint_lines(&format!("note: {text}"))
    }

    /// Shows on a terminal what is waited for, and prints for programs what counts down.
    fn waiting(&mut self, waiting: Waiting) -> anyhow::Result<()> {
        let now = Instant::now();
        let is_shown = self.line.show(|| format_status(&waiting, now));
        self.is_counting = is_shown && !waiting.pending.is_empty();
        if !self.is_json || self.resting == waiting.pending {
            return Ok(());
        }
        self.resting = waiting.pending;
        let resting = self.resting.iter().map(|resting| {
            json!({"item": resting.item, "sink": resting.sink, "seconds": seconds(resting, now)})
        });
        print_event("resting", json!({"resting": resting.collect::<Vec<_>>()}))
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
                    Err(error) => CliError::Other(error),
                })?;
                self.remark("the pipeline stays as it was until that is mended")
            }
            WatchEvent::Loaded if self.is_json => print_event("loaded", json!({})),
            WatchEvent::Loaded => self.remark("the pipeline can be read again"),
            WatchEvent::Polling(reason) => self.note(&format!("{reason}; {POLLING}")),
            WatchEvent::ScanFailed(error) => self.error(&CliError::Other(error)),
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
