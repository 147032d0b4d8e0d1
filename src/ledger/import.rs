//! Imports lines into a ledger: outcomes that a run could not record and printed instead, or an export.
//!
//! An import must not free a delivery for sending again, except where a line says that an open attempt
//! created nothing. Lines without the `created` line of this ledger could be from another one, so they must
//! be about attempts, and a failure must be about an attempt that the ledger has.

use std::collections::BTreeSet;

use syndicate_api::{Code, Diagnostic, Diagnostics, FileSpan};

use super::wire::{LineError, parse};
use super::{DeliveryState, Event, EventKind, LedgerState, Settlement};

/// An event with the number of its line, starting at 1.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct NumberedEvent {
    pub line: usize,
    pub event: Event,
}

/// The events of an import, by what happens to them.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Import {
    /// The events to append.
    pub new: Vec<Event>,
    /// Number of events that the ledger has.
    pub known: usize,
    /// Number of `closed` events, which only a move of the ledger may append.
    pub closed: usize,
}

/// Reads the lines of `text` from the file `name`. Empty lines are skipped.
///
/// # Errors
/// Every line that is not an event.
pub(crate) fn read_lines(name: &str, text: &[u8]) -> Result<Vec<NumberedEvent>, Diagnostics> {
    let mut events = Vec::new();
    let mut faults = Vec::new();
    for (index, line) in text.split(|byte| *byte == b'\n').enumerate() {
        let line = line.trim_ascii();
        match parse(line) {
            _ if line.is_empty() => {}
            Ok(event) => events.push(NumberedEvent {
                line: index + 1,
                event,
            }),
            Err(LineError::Broken(message) | LineError::Wrong(message)) => {
                let fault = Diagnostic::new(Code::LedgerDamaged, message)
                    .with_hint("import whole lines, as they were printed or exported");
                faults.push(at(fault, name, index + 1));
            }
        }
    }
    match faults.is_empty() {
        true => Ok(events),
        false => Err(Diagnostics(faults)),
    }
}

/// Decides which of `events`, read from the file `name`, are appended to `ledger_state`.
///
/// # Errors
/// Every line that must not be imported. Nothing is imported then.
pub(crate) fn plan_import(
    name: &str,
    events: &[NumberedEvent],
    ledger_state: &LedgerState,
) -> Result<Import, Diagnostics> {
    let own = ledger_state.ledger_ids();
    let is_own_export = events.iter().any(|NumberedEvent { event, .. }| {
        matches!(event.kind, EventKind::Created { .. }) && own.contains(&event.id.as_str())
    });
    let rules = Rules {
        ledger_state,
        intents: intents(events, ledger_state),
        sinks: sinks(ledger_state),
        is_own_export,
    };
    let mut import = Import::default();
    let mut faults = Vec::new();
    for NumberedEvent { line, event } in events {
        if ledger_state.has_exactly(event) || import.new.contains(event) {
            import.known += 1;
        } else if matches!(event.kind, EventKind::Closed { .. }) {
            import.closed += 1;
        } else if let Some(fault) = rules.refuse(event) {
            faults.push(at(fault, name, *line));
        } else {
            import.new.push(event.clone());
        }
    }
    if faults.is_empty() {
        faults.extend(freed(ledger_state, &import.new));
    }
    match faults.is_empty() {
        true => Ok(import),
        false => Err(Diagnostics(faults)),
    }
}

/// The facts that decide whether a line may be imported.
struct Rules<'a> {
    ledger_state: &'a LedgerState,
    /// The attempts whose intent is in the ledger or in the import.
    intents: BTreeSet<&'a str>,
    /// The sinks in the ledger.
    sinks: BTreeSet<String>,
    /// `true` if the import has the `created` line of this ledger.
    is_own_export: bool,
}

impl Rules<'_> {
    /// Returns the reason why `event` must not be imported, if there is one.
    fn refuse(&self, event: &Event) -> Option<Diagnostic> {
        if self.ledger_state.has(&event.id) {
            let message = format!("the ledger has another line with the id `{}`", event.id);
            let hint = "import the line as it was printed or exported, without changes";
            return Some(Diagnostic::new(Code::LedgerDamaged, message).with_hint(hint));
        }
        if matches!(event.kind, EventKind::Created { .. }) {
            let id = self.ledger_state.ledger_ids().first().copied();
            let message = format!(
                "the line is from the ledger `{}`, and this one is `{}`",
                event.id,
                id.unwrap_or_default()
            );
            let hint = "import into the ledger that the lines are from";
            return Some(Diagnostic::new(Code::LedgerForeign, message).with_hint(hint));
        }
        let Some(attempt) = event.kind.attempt() else {
            let message = format!(
                "a line `{}` is imported only together with the line `created` of this ledger",
                event.kind.name()
            );
            let hint = "import the whole output of `syndicate ledger export`";
            let fault = Diagnostic::new(Code::LedgerForeign, message).with_hint(hint);
            return (!self.is_own_export).then_some(fault);
        };
        if is_denial(&event.kind) && !self.intents.contains(attempt.id.as_str()) {
            let message = format!(
                "the ledger does not have the attempt `{}` that this line ends",
                attempt.id
            );
            let hint = "import it into the ledger that has the line `intent` of the attempt";
            return Some(Diagnostic::new(Code::LedgerForeign, message).with_hint(hint));
        }
        let is_foreign = !self.is_own_export
            && !self.intents.contains(attempt.id.as_str())
            && !self.sinks.contains(&attempt.sink);
        is_foreign.then(|| {
            let message = format!("the ledger does not have the sink `{}`", attempt.sink);
            let hint = "import into the ledger that the lines are from";
            Diagnostic::new(Code::LedgerForeign, message).with_hint(hint)
        })
    }
}

/// Returns `true` if the event says that an attempt created nothing.
fn is_denial(kind: &EventKind) -> bool {
    match kind {
        EventKind::Failed { .. } => true,
        EventKind::Settled { settlement, .. } => *settlement == Settlement::NotSent,
        _ => false,
    }
}

fn intents<'a>(events: &'a [NumberedEvent], ledger_state: &'a LedgerState) -> BTreeSet<&'a str> {
    let imported = events.iter().map(|numbered| &numbered.event);
    let all = ledger_state.events().into_iter().chain(imported);
    let intent = |event: &'a Event| match &event.kind {
        EventKind::Intent { attempt, .. } => Some(attempt.id.as_str()),
        _ => None,
    };
    all.filter_map(intent).collect()
}

fn sinks(ledger_state: &LedgerState) -> BTreeSet<String> {
    let events = ledger_state.events();
    let named = events.iter().filter_map(|event| event.sink());
    let known = ledger_state.seen().sinks.clone().unwrap_or_default();
    named.map(str::to_owned).chain(known).collect()
}

/// Returns an error for each delivery that `new` would free, unless one of the events ends its open
/// attempt.
fn freed(ledger_state: &LedgerState, new: &[Event]) -> Vec<Diagnostic> {
    let mut after = ledger_state.clone();
    after.extend(new.iter().cloned());
    let sinks = sinks(&after);
    let denied: BTreeSet<&str> = new
        .iter()
        .filter(|event| is_denial(&event.kind))
        .filter_map(|event| Some(event.kind.attempt()?.id.as_str()))
        .collect();
    let mut faults = Vec::new();
    for history in ledger_state.histories() {
        let keys: Vec<String> = history.keys.iter().map(|key| (*key).to_owned()).collect();
        for sink in &sinks {
            let before = ledger_state.state(&keys, sink);
            let ends_open = match &before {
                DeliveryState::Unknown { attempt, .. }
                | DeliveryState::Duplicate { attempt, .. } => denied.contains(attempt.id.as_str()),
                _ => false,
            };
            if after.state(&keys, sink).is_freer_than(&before) && !ends_open {
                let message = format!(
                    "the import would free `{}` for being sent to `{sink}` again",
                    history.item
                );
                let hint = "leave out the lines about it; `syndicate settle` records that a post does \
                            not exist";
                faults.push(Diagnostic::new(Code::CommandFailed, message).with_hint(hint));
            }
        }
    }
    faults
}

fn at(fault: Diagnostic, name: &str, line: usize) -> Diagnostic {
    fault.in_file(name).at(Some(FileSpan::at(line, 1)))
}
