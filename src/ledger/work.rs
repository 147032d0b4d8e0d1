//! The division of a plan's deliveries among workers.

use jiff::Timestamp;

use super::LedgerState;

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
