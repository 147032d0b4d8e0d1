//! The division of a plan's deliveries among workers.

use jiff::Timestamp;

use super::{EventKind, LedgerState};

/// A delivery that a worker can claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct OfferedDelivery<'a> {
    /// The id of the item.
    pub item: &'a str,
    /// The name of the sink.
    pub sink: &'a str,
}

/// The result of claiming one of several deliveries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ClaimedWork {
    /// The index of the claimed delivery; `None` if other workers have all that are left.
    pub taken: Option<usize>,
    /// The indices of deliveries that other workers have finished since the plan was made, as far as that was noticed.
    pub finished: Vec<usize>,
}

/// Decides about a claim again, on the state that has the events of all workers, at the store's time. Returns `false` if
/// nothing may be sent.
pub(crate) type Decide<'a> = &'a (dyn Fn(&LedgerState, Timestamp) -> bool + Send + Sync);

impl EventKind {
    /// Returns `true` for a step of one delivery that a run makes: it changes what is known of that delivery, and of
    /// others only their limits.
    #[must_use]
    pub(crate) fn is_delivery_step(&self) -> bool {
        matches!(
            self,
            Self::Intent { .. }
                | Self::Sent { .. }
                | Self::Failed { .. }
                | Self::Unknown { .. }
                | Self::Probed { .. }
                | Self::FollowedUp { .. }
                | Self::Updated { .. }
        )
    }
}
