//! Claims: which run is making an attempt, until when, and whether its request may be repeated.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// How long after its intent a run may send the creating request.
const CLAIM: SignedDuration = SignedDuration::from_mins(10);

/// How long after its deadline another machine's claim is still respected, as clocks differ.
const TOLERANCE: SignedDuration = SignedDuration::from_mins(5);

/// Which run makes an attempt, and until when. Lines of 0.1.0 say neither.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Claim {
    /// The random id of the run.
    pub run: Option<String>,
    /// When the run sends no more.
    pub deadline: Option<Timestamp>,
}

impl Claim {
    /// Returns the claim of `run` on an attempt that begins `now`.
    #[must_use]
    pub(crate) fn new(run: &str, now: Timestamp) -> Self {
        Self {
            run: Some(run.to_owned()),
            deadline: now.checked_add(CLAIM).ok(),
        }
    }

    /// Returns when a run of which nothing else is known has surely ended; `None` without a deadline.
    #[must_use]
    pub(crate) fn end(&self) -> Option<Timestamp> {
        self.deadline?.checked_add(TOLERANCE).ok()
    }
}

/// Whether the creating request of an attempt may be repeated, in absolute times.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum RepeatRule {
    /// It may not: the platform would create a second post.
    Never,
    /// It may: the platform creates one post per key.
    Keyed,
    /// The platform refuses an equal post between these instants, which proves that it is there.
    Evidence {
        /// From when on it surely knows of the first request.
        from: Timestamp,
        /// Until when it surely refuses an equal one.
        until: Timestamp,
    },
}
