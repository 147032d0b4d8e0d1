//! A plan whose deliveries several workers divide among themselves. Their events are read with each write; most of them
//! are steps of other deliveries and do not change the plan, which would otherwise be made again after each delivery.

use std::collections::HashSet;

use jiff::Timestamp;

use super::plan::guard::SkipReason;
use super::plan::waits_now;
use super::{PlanEntry, Planning};
use crate::ledger::{Event, LedgerState, StateVersion};

/// The knowledge about a plan while it is carried out.
pub(super) struct SharedPlan<'a> {
    planning: Planning<'a>,
    /// The keys of all items.
    known: HashSet<&'a str>,
    /// The deliveries with events since the plan was made, each as a sink and a key.
    touched: HashSet<(String, String)>,
    /// The last version of the ledger that was compared with the plan.
    checked: StateVersion,
    is_outdated: bool,
}

/// The decision about a delivery that the plan sends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It is sent.
    Send,
    /// It waits, because of what other workers have sent meanwhile.
    Wait(SkipReason),
    /// It has to be planned again.
    Outdated,
}

impl<'a> SharedPlan<'a> {
    /// Returns the knowledge about a plan made from `ledger_state`.
    pub(super) fn new(planning: Planning<'a>, ledger_state: &LedgerState) -> Self {
        let items = planning.scanned.items.iter();
        Self {
            planning,
            known: items
                .flat_map(|(_, item)| item.keys.iter().map(String::as_str))
                .collect(),
            touched: HashSet::new(),
            checked: ledger_state.version(),
            is_outdated: false,
        }
    }

    /// Takes in the events since the last call. Returns `true` if the whole plan has to be made again.
    pub(super) fn take_in(&mut self, ledger_state: &LedgerState) -> bool {
        match ledger_state.appended_since(self.checked) {
            None => self.is_outdated = true,
            Some(events) => {
                for event in events {
                    match self.step(event) {
                        Some(keys) => self.touched.extend(keys),
                        None => self.is_outdated = true,
                    }
                }
            }
        }
        self.checked = ledger_state.version();
        self.is_outdated
    }

    /// Decides about `entry` on the state of all workers, at the time `now` of the store.
    pub(super) fn decide(
        &self,
        entry: &PlanEntry,
        ledger_state: &LedgerState,
        now: Timestamp,
    ) -> Verdict {
        if !self.is_current(entry, ledger_state) {
            return Verdict::Outdated;
        }
        match waits_now(&self.planning, entry, ledger_state, now) {
            Some(reason) => Verdict::Wait(reason),
            None => Verdict::Send,
        }
    }

    /// Returns `true` if no event since the plan was made can change what it says about `entry`, except the limits of its
    /// sink.
    pub(super) fn is_current(&self, entry: &PlanEntry, ledger_state: &LedgerState) -> bool {
        let Some(newer) = ledger_state.appended_since(self.checked) else {
            return false;
        };
        let own = |key: &String| (entry.sink.clone(), key.clone());
        let own: HashSet<(String, String)> = entry.item.keys.iter().map(own).collect();
        let is_harmless = |event: &&Event| {
            let keys = self.step(event);
            keys.is_some_and(|keys| keys.iter().all(|key| !own.contains(key)))
        };
        !self.is_outdated && own.is_disjoint(&self.touched) && newer.iter().all(is_harmless)
    }

    /// Returns the delivery of `event` as sink and keys, if it is a step of a delivery of a known item. Other events can
    /// change which items are known posts.
    fn step(&self, event: &Event) -> Option<Vec<(String, String)>> {
        let attempt = event.kind.attempt()?;
        if !event.kind.is_delivery_step() {
            return None;
        }
        let keys = attempt.keys.iter();
        let is_known = keys.clone().any(|key| self.known.contains(key.as_str()));
        is_known.then(|| {
            keys.map(|key| (attempt.sink.clone(), key.clone()))
                .collect()
        })
    }
}
