//! Claims: the run that makes an attempt, and its deadline.

use jiff::{SignedDuration, Timestamp};

/// Time after its intent within which a run may send the creating request.
const CLAIM: SignedDuration = SignedDuration::from_mins(10);

/// Time after the deadline of another machine's claim in which the claim is still respected, since clocks
/// differ.
const TOLERANCE: SignedDuration = SignedDuration::from_mins(5);

/// The run that makes an attempt, and its deadline. Lines written by 0.1.0 have neither.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Claim {
    /// The random id of the run.
    pub run: Option<String>,
    /// The time after which the run sends nothing more.
    pub deadline: Option<Timestamp>,
}

impl Claim {
    /// Returns the claim of `run` on an attempt that starts at `now`.
    #[must_use]
    pub(crate) fn new(run: &str, now: Timestamp) -> Self {
        Self {
            run: Some(run.to_owned()),
            deadline: now.checked_add(CLAIM).ok(),
        }
    }

    /// Returns the time after which the run has certainly ended, or `None` without a deadline.
    #[must_use]
    pub(crate) fn end(&self) -> Option<Timestamp> {
        self.deadline?.checked_add(TOLERANCE).ok()
    }
}
