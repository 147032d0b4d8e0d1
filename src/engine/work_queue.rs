//! The deliveries of a plan that are left to try, in order. If workers divide them, each one is claimed first.

use std::collections::VecDeque;

use super::{Action, Plan};
use crate::ledger::{LedgerError, LedgerSession, OfferedDelivery};

/// Number of deliveries that are offered at once.
const OFFERED: usize = 256;

/// The deliveries that are left to try.
pub(super) struct WorkQueue {
    /// The indices of their entries.
    open: VecDeque<usize>,
    /// `true` once another worker has finished one of them, which the plan does not know.
    pub(super) has_finished_elsewhere: bool,
}

impl WorkQueue {
    /// Returns the deliveries of `plan` that have no outcome.
    pub(super) fn of(plan: &Plan) -> Self {
        let entries = plan.entries.iter().enumerate();
        let open = entries.filter(|(_, entry)| {
            matches!(entry.action, Action::Send | Action::Update) && entry.outcome.is_none()
        });
        Self {
            open: open.map(|(index, _)| index).collect(),
            has_finished_elsewhere: false,
        }
    }

    /// Returns the deliveries that are left.
    pub(super) fn into_open(self) -> impl Iterator<Item = usize> {
        self.open.into_iter()
    }

    /// Returns the first delivery that is left.
    pub(super) fn first(&self) -> Option<usize> {
        self.open.front().copied()
    }

    /// Takes the first delivery for which `is_settled` is `true`: it needs no claim, because nothing is sent.
    pub(super) fn take_settled(&mut self, is_settled: impl Fn(usize) -> bool) -> Option<usize> {
        let place = self.open.iter().position(|index| is_settled(*index))?;
        self.open.remove(place)
    }

    /// Takes the next delivery that no other worker has, and claims it for `run`.
    ///
    /// # Errors
    /// If it cannot be claimed.
    pub(super) async fn claim_next(
        &mut self,
        plan: &Plan,
        run: &str,
        session: &mut dyn LedgerSession,
    ) -> Result<Option<usize>, LedgerError> {
        if !session.shares_work() {
            return Ok(self.open.pop_front());
        }
        let mut held = 0;
        loop {
            let next = self.open.iter().skip(held).take(OFFERED);
            let offered: Vec<OfferedDelivery<'_>> = next
                .map(|index| OfferedDelivery {
                    item: plan.entries[*index].item.id(),
                    sink: &plan.entries[*index].sink,
                })
                .collect();
            if offered.is_empty() {
                return Ok(None);
            }
            let work = session.claim(run, &offered).await?;
            let taken = work.taken.map(|place| self.open[held + place]);
            let mut gone = work.finished;
            self.has_finished_elsewhere |= !gone.is_empty();
            let left = offered.len() - gone.len();
            gone.extend(work.taken);
            gone.sort_unstable();
            for place in gone.into_iter().rev() {
                self.open.remove(held + place);
            }
            if taken.is_some() {
                return Ok(taken);
            }
            held += left;
        }
    }
}
