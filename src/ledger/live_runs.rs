//! Runs that may still be active. An intent without an outcome is *claimed* while its run may still
//! send the request, and unknown afterwards.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::claim::Claim;
use super::delivery_state::DeliveryState;

/// Other runs that may still be active.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum LiveRuns {
    /// Only this run is active, because the ledger exists only in this process.
    #[default]
    OnlyThis,
    /// The runs of this machine, and whether one of them holds the lock now.
    Machine {
        /// The runs of this machine.
        runs: BTreeSet<String>,
        /// `true` if a run of this machine holds the lock.
        is_held: bool,
    },
}

impl LiveRuns {
    /// Returns the time until which the run of `claim` may still send its request, or `None` if it cannot.
    #[must_use]
    pub(crate) fn claimed_until(&self, claim: &Claim, now: Timestamp) -> Option<Timestamp> {
        let Self::Machine { is_held, .. } = self else {
            return None;
        };
        let end = claim.end()?;
        let may_send = if self.is_own(claim) {
            *is_held
        } else {
            now < end
        };
        may_send.then_some(end)
    }

    /// Returns `true` if the run of `claim` was one of this machine.
    #[must_use]
    pub(crate) fn is_own(&self, claim: &Claim) -> bool {
        match self {
            Self::OnlyThis => true,
            Self::Machine { runs, .. } => claim.run.as_ref().is_some_and(|run| runs.contains(run)),
        }
    }

    /// Returns the time until which another run may still send a delivery in this state.
    #[must_use]
    pub(crate) fn state_claimed_until(
        &self,
        state: &DeliveryState,
        now: Timestamp,
    ) -> Option<Timestamp> {
        match state {
            DeliveryState::Unknown {
                claim: Some(claim), ..
            } => self.claimed_until(claim, now),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::*;

    #[test]
    fn claim_ends_with_its_lock_or_deadline() {
        let now = Timestamp::UNIX_EPOCH;
        let minutes = |minutes| now + SignedDuration::from_mins(minutes);
        let claim = Claim::new("a", now);
        let live = |run: &str, is_held| LiveRuns::Machine {
            runs: BTreeSet::from([run.to_owned()]),
            is_held,
        };
        let until = |live: LiveRuns, at| live.claimed_until(&claim, at);
        assert_eq!(until(LiveRuns::OnlyThis, now), None);
        assert_eq!(until(live("a", true), now), Some(minutes(15)));
        assert_eq!(until(live("a", false), now), None);
        assert_eq!(until(live("b", false), minutes(14)), Some(minutes(15)));
        assert_eq!(until(live("b", true), minutes(15)), None);
        let of_0_1_0 = Claim::default();
        assert_eq!(live("b", true).claimed_until(&of_0_1_0, now), None);
    }
}
