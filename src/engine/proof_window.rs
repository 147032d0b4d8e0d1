//! The period in which a repetition of a creating request is conclusive. It must not be too early, because the
//! platform may not have indexed the post yet, and not too late, because the platform would no longer detect the
//! duplicate or the key and would create a second post.

use std::time::Duration;

use jiff::Timestamp;
use syndicate_api::Repeat;

/// The period in which a repetition is conclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ProofWindow {
    /// The time of the intent.
    first: Timestamp,
    /// The shortest time between two requests.
    after: Duration,
    until: Timestamp,
}

impl ProofWindow {
    /// Returns the window of an attempt whose intent at `first` has this rule; `None` if a repetition never proves
    /// anything.
    pub(super) fn of(rule: Repeat, first: Timestamp) -> Option<Self> {
        let (after, until) = match rule {
            Repeat::Never => return None,
            Repeat::Keyed { from, until } => (from.unwrap_or(first), until),
            Repeat::Evidence { from, until, .. } => (from, until),
        };
        let after = Duration::try_from(after.duration_since(first));
        let after = after.unwrap_or_default();
        Some(Self {
            first,
            after,
            until,
        })
    }

    /// Returns the window if a run may repeat the request without being asked to.
    pub(super) fn automatic(rule: Repeat, first: Timestamp) -> Option<Self> {
        match rule {
            Repeat::Evidence {
                by_itself: false, ..
            } => None,
            rule => Self::of(rule, first),
        }
    }

    /// Returns `true` if a repetition may be sent as soon as the first request has ended.
    pub(super) fn is_immediate(self) -> bool {
        self.after.is_zero()
    }

    /// Returns how long to wait before repeating a request that was last sent at `last`. Returns `None` if it would
    /// be too late then.
    pub(super) fn wait(self, last: Timestamp, now: Timestamp) -> Option<Duration> {
        let left = self.left(now)?;
        let since = Duration::try_from(now.duration_since(last)).unwrap_or_default();
        let wait = self.after.saturating_sub(since);
        (wait <= left).then_some(wait)
    }

    /// Returns how much longer a repetition is conclusive, or `None` if the window is over. It is also over if `now`
    /// is before the first request, since the clock was set back.
    pub(super) fn left(self, now: Timestamp) -> Option<Duration> {
        if now < self.first {
            return None;
        }
        Duration::try_from(self.until.duration_since(now)).ok()
    }

    /// Returns the end of the window.
    pub(super) fn until(self) -> Timestamp {
        self.until
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn keyed(from: Option<Timestamp>) -> Repeat {
        let until = at(3300);
        Repeat::Keyed { from, until }
    }

    fn evidence(first: i64, by_itself: bool) -> Repeat {
        Repeat::Evidence {
            from: at(first + 30),
            until: at(first + 600),
            by_itself,
        }
    }

    #[test]
    fn repetition_is_neither_too_early_nor_too_late() {
        let wait = |first, last, now| {
            let window = ProofWindow::of(evidence(first, true), at(first)).unwrap();
            window.wait(at(last), at(now)).map(|wait| wait.as_secs())
        };
        assert_eq!(wait(0, 0, 0), Some(30));
        assert_eq!(wait(0, 0, 29), Some(1));
        assert_eq!(wait(0, 0, 31), Some(0));
        assert_eq!(wait(0, 0, 600), Some(0));
        assert_eq!(wait(0, 0, 601), None);
        // A second repetition keeps its distance from the last one; the end of the window still counts from
        // the first request.
        assert_eq!(wait(0, 100, 110), Some(20));
        assert_eq!(wait(0, 590, 595), None);
        // After the clock was set back, the age of the first request is unknown.
        assert_eq!(wait(100, 100, 0), None);
        assert_eq!(wait(0, 100, 50), Some(30));
    }

    #[test]
    fn key_expires() {
        let window = ProofWindow::automatic(keyed(None), at(0)).unwrap();
        assert!(window.is_immediate());
        assert_eq!(window.wait(at(0), at(1)), Some(Duration::ZERO));
        assert_eq!(window.wait(at(0), at(3300)), Some(Duration::ZERO));
        assert_eq!(window.wait(at(0), at(3301)), None);
    }

    #[test]
    fn key_may_be_known_late() {
        let window = ProofWindow::automatic(keyed(Some(at(60))), at(0)).unwrap();
        assert!(!window.is_immediate());
        assert_eq!(window.wait(at(0), at(1)), Some(Duration::from_secs(59)));
        assert_eq!(window.wait(at(50), at(70)), Some(Duration::from_secs(40)));
        assert_eq!(window.wait(at(0), at(60)), Some(Duration::ZERO));
        assert_eq!(window.wait(at(3290), at(3291)), None);
    }

    #[test]
    fn only_permitted_evidence_is_automatic() {
        assert!(ProofWindow::automatic(evidence(0, true), at(0)).is_some());
        assert!(ProofWindow::automatic(evidence(0, false), at(0)).is_none());
        assert!(ProofWindow::automatic(Repeat::Never, at(0)).is_none());
        assert!(ProofWindow::of(evidence(0, false), at(0)).is_some());
    }
}
