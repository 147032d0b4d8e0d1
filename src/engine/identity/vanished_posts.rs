//! Finds the vanished posts that agree with an item in their title, day or text.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use jiff::civil::Date;
use syndicate_api::ItemEvidence;

use crate::ledger::{GroupId, LedgerState};

/// A value that many posts can share, such as the day of an import.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum SharedValue {
    Title(String),
    Day(Date),
}

/// The vanished posts with each value that was looked up so far. Without them, a thousand new posts of one day would each
/// be compared with a thousand recorded posts of that day.
#[derive(Default)]
pub(super) struct VanishedPosts {
    found: RefCell<HashMap<SharedValue, Rc<[GroupId]>>>,
}

impl VanishedPosts {
    /// Returns the groups that have vanished and have a version of which any value agrees with `evidence`.
    pub(super) fn alike(
        &self,
        ledger_state: &LedgerState,
        evidence: &ItemEvidence,
        has_vanished: impl Fn(GroupId) -> bool,
    ) -> BTreeSet<GroupId> {
        let title = evidence.title.clone().map(SharedValue::Title);
        let values = title.into_iter().chain(evidence.day.map(SharedValue::Day));
        let mut alike = BTreeSet::new();
        for value in values {
            alike.extend(&*self.with(ledger_state, value, &has_vanished));
        }
        if let Some(text) = &evidence.text {
            let groups = ledger_state.groups_with_text(text).into_iter();
            alike.extend(groups.filter(|group| has_vanished(*group)));
        }
        alike
    }

    fn with(
        &self,
        ledger_state: &LedgerState,
        value: SharedValue,
        has_vanished: impl Fn(GroupId) -> bool,
    ) -> Rc<[GroupId]> {
        if let Some(found) = self.found.borrow().get(&value) {
            return Rc::clone(found);
        }
        let groups = match &value {
            SharedValue::Title(title) => ledger_state.groups_with_title(title),
            SharedValue::Day(day) => ledger_state.groups_with_day(*day),
        };
        let groups = groups.into_iter().filter(|group| has_vanished(*group));
        let found: Rc<[GroupId]> = groups.collect();
        self.found.borrow_mut().insert(value, Rc::clone(&found));
        found
    }
}
