//! The comparison of a journal with the ledger, remembered because both change little between two runs of one
//! process.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::ledger::{Event, LedgerState, StateVersion};

/// A remembered comparison.
#[derive(Debug, Default)]
pub(super) struct Comparison(Mutex<Known>);

#[derive(Clone, Debug, Default)]
struct Known {
    /// The version of the ledger, and the acknowledged events that it lacks.
    lacking: Option<(StateVersion, Vec<Arc<Event>>)>,
    /// The version of a ledger of which the journal has all events.
    complete: Option<StateVersion>,
}

impl Comparison {
    fn known(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns those of `events`, the acknowledged ones, that `ledger_state` lacks.
    pub(super) fn lacking<'e, E: Iterator<Item = &'e Arc<Event>>>(
        &self,
        ledger_state: &LedgerState,
        events: impl FnOnce() -> E,
    ) -> Vec<Arc<Event>> {
        let version = ledger_state.version();
        let mut known = self.known();
        if let Some((of, lacking)) = &known.lacking
            && *of == version
        {
            return lacking.clone();
        }
        let lacking = events().filter(|event| !ledger_state.has(&event.id));
        let lacking: Vec<Arc<Event>> = lacking.cloned().collect();
        known.lacking = Some((version, lacking.clone()));
        lacking
    }

    /// Returns the events of `ledger_state` whose ids `has` does not accept, in time order.
    pub(super) fn unknown(
        &self,
        ledger_state: &LedgerState,
        has: impl Fn(&str) -> bool,
    ) -> Vec<Arc<Event>> {
        let version = ledger_state.version();
        let mut known = self.known();
        if known.complete == Some(version) {
            return Vec::new();
        }
        let unknown = ledger_state.unknown_events(has);
        if unknown.is_empty() {
            known.complete = Some(version);
        }
        unknown
    }

    /// Returns the comparison with `ledger_state` after the journal got all events that the ledger has more than
    /// in its previous version.
    pub(super) fn after(self, ledger_state: &LedgerState) -> Self {
        let is_known = |version: StateVersion| {
            version == ledger_state.version() || version == ledger_state.previous_version()
        };
        let mut known = self.known().clone();
        known.lacking = known.lacking.filter(|(version, _)| is_known(*version));
        if let Some((version, lacking)) = &mut known.lacking {
            *version = ledger_state.version();
            lacking.retain(|event| !ledger_state.has(&event.id));
        }
        let is_complete = known.complete.is_some_and(is_known);
        known.complete = is_complete.then(|| ledger_state.version());
        Self(Mutex::new(known))
    }
}

impl Clone for Comparison {
    fn clone(&self) -> Self {
        Self(Mutex::new(self.known().clone()))
    }
}
