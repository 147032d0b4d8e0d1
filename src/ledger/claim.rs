//! Claims: the run that makes an attempt, its deadline, and whether its request may be repeated.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

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

/// Says whether the creating request of an attempt may be repeated, in absolute times.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum RepeatRule {
    /// Must not be repeated: the platform would create a second post.
    Never,
    /// May be repeated: the platform creates one post per idempotency key.
    Keyed,
    /// Between these instants the platform refuses an equal post, which proves that the post exists.
    Evidence {
        /// Time from which the platform certainly detects the first request.
        from: Timestamp,
        /// Time until which the platform certainly refuses an equal post.
        until: Timestamp,
    },
}
