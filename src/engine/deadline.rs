//! Enforces the end of a claim in the process that made it. After that time another run may take over
//! the delivery. The deadline also covers time in which the machine slept or its clock was changed.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use syndicate_api::http::HttpRequest;
use syndicate_api::{Clock, Code, PublishError, PublishErrorKind};

use crate::ledger::Claim;

/// The time until which a creating request may be sent.
#[derive(Clone, Copy, Debug)]
pub(super) struct Deadline {
    clock: Clock,
    by_wall: Option<Timestamp>,
    by_uptime: Option<Duration>,
}

impl Deadline {
    /// Returns the end of `claim`, which starts now, minus the longest duration of the request.
    pub(super) fn of(claim: &Claim, clock: Clock) -> Self {
        let spare = SignedDuration::try_from(HttpRequest::TIMEOUT).unwrap_or(SignedDuration::ZERO);
        let by_wall = claim.deadline.and_then(|end| end.checked_sub(spare).ok());
        let left = by_wall.map(|end| end.duration_since(clock.now()));
        let left = left.and_then(|left| Duration::try_from(left).ok());
        Self {
            clock,
            by_wall,
            by_uptime: left.map(|left| clock.uptime() + left),
        }
    }

    /// Returns the earlier of this deadline and `time` from now.
    pub(super) fn within(self, time: Duration) -> Self {
        let by_wall = SignedDuration::try_from(time).ok();
        let by_wall = by_wall.and_then(|time| self.clock.now().checked_add(time).ok());
        let by_uptime = self.clock.uptime().checked_add(time);
        Self {
            by_wall: self.by_wall.into_iter().chain(by_wall).min(),
            by_uptime: self.by_uptime.into_iter().chain(by_uptime).min(),
            ..self
        }
    }

    /// Checks that a creating request may still be sent.
    ///
    /// # Errors
    /// [`Code::ClaimExpired`] if the deadline has passed; the request was not sent.
    pub(super) fn check(&self) -> Result<(), PublishError> {
        let is_over = self.by_wall.is_some_and(|end| self.clock.now() >= end)
            || self.by_uptime.is_some_and(|end| self.clock.uptime() >= end);
        if !is_over {
            return Ok(());
        }
        let message = "its claim is over, so that another run may be sending it";
        Err(PublishError::new(
            PublishErrorKind::Rejected,
            Code::ClaimExpired,
            message,
        ))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU64, Ordering};

    use super::*;

    #[test]
    fn request_leaves_only_within_its_claim() {
        static PASSED: AtomicU64 = AtomicU64::new(0);
        let clock = Clock::manual(Timestamp::UNIX_EPOCH, &PASSED);
        let deadline = Deadline::of(&Claim::new("run", clock.now()), clock);
        for (seconds, may_leave) in [(0, true), (569, true), (570, false), (6000, false)] {
            PASSED.store(seconds, Ordering::SeqCst);
            assert_eq!(deadline.check().is_ok(), may_leave, "{seconds}");
        }
        PASSED.store(0, Ordering::SeqCst);
        let deadline = Deadline::of(&Claim::new("run", clock.now()), clock);
        let (short, long) = (Duration::from_secs(30), Duration::MAX);
        for (time, seconds, may_leave) in [
            (short, 29, true),
            (short, 30, false),
            (long, 569, true),
            (long, 570, false),
        ] {
            PASSED.store(0, Ordering::SeqCst);
            let deadline = deadline.within(time);
            PASSED.store(seconds, Ordering::SeqCst);
            assert_eq!(deadline.check().is_ok(), may_leave, "{time:?} {seconds}");
        }
        let unlimited = Deadline::of(&Claim::default(), clock);
        assert!(unlimited.check().is_ok());
    }
}
