//! Repeats failed requests. A request is repeated if it was certainly not accepted, or if the platform
//! accepts it again soon. A request that may have been accepted is repeated only with an idempotency
//! key.

use std::time::Duration;

use backon::{BackoffBuilder, ExponentialBuilder};
use jiff::Timestamp;
use syndicate_api::{Context, PublishError, PublishErrorKind, Repeat};
use tokio_util::sync::CancellationToken;
use tracing::{Span, info, info_span};

/// The maximum number of repetitions of a request.
const REPETITIONS: usize = 3;

/// The first pause. Each later pause is twice as long, plus a random part.
const FIRST_PAUSE: Duration = Duration::from_secs(1);

/// The longest pause that a run accepts from a platform. It does not wait for a daily limit.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// The maximum number of repetitions after other runs appended to the ledger first.
const RACES: usize = 10;

/// The first and the longest pause after a lost race, before the random part is added.
const RACE_PAUSES: (Duration, Duration) = (Duration::from_millis(100), Duration::from_secs(2));

/// Returns the pauses of a run that was overtaken by others, with a random part, so that the runs do not
/// meet again.
pub(super) fn race_pauses() -> impl Iterator<Item = Duration> + Send {
    let (first, longest) = RACE_PAUSES;
    let pauses = ExponentialBuilder::new()
        .with_min_delay(first)
        .with_max_delay(longest)
        .with_max_times(RACES)
        .with_jitter();
    pauses.build()
}

/// The remaining pauses for one request.
pub(super) struct RetryPolicy {
    pauses: Box<dyn Iterator<Item = Duration> + Send>,
    keyed: bool,
    /// Number of requests made.
    requests: usize,
}

impl RetryPolicy {
    /// Returns the retry policy for a request; `repeat` says whether it is idempotent.
    pub(super) fn of(repeat: Repeat) -> Self {
        let pauses = ExponentialBuilder::new()
            .with_min_delay(FIRST_PAUSE)
            .with_max_delay(LONGEST_PAUSE)
            .with_max_times(REPETITIONS)
            .with_jitter();
        Self {
            pauses: Box::new(pauses.build()),
            keyed: matches!(repeat, Repeat::Keyed { .. }),
            requests: 0,
        }
    }

    /// Counts the next request and returns its tracing span.
    pub(super) fn next_step(&mut self, role: &'static str) -> Span {
        self.requests += 1;
        info_span!("step", role, attempt = self.requests)
    }

    /// Waits before a repetition. Returns `false` if the request must not be repeated, or the run was
    /// cancelled during the wait.
    pub(super) async fn waits(
        &mut self,
        error: &PublishError,
        cx: &Context,
        stop: &CancellationToken,
    ) -> bool {
        let Some(pause) = self.pause(error, cx.now()) else {
            return false;
        };
        let pause_ms = pause.as_millis();
        info!(code = %error.code, pause_ms, "waiting to repeat the request: {error}");
        tokio::select! {
            biased;
            () = stop.cancelled() => false,
            () = cx.clock.sleep(pause) => true,
        }
    }

    fn pause(&mut self, error: &PublishError, now: Timestamp) -> Option<Duration> {
        let least = match error.kind {
            PublishErrorKind::Unavailable => Duration::ZERO,
            PublishErrorKind::Unknown if self.keyed => Duration::ZERO,
            PublishErrorKind::Throttled { until: Some(until) } => {
                let wait = Duration::try_from(until.duration_since(now)).unwrap_or_default();
                (wait <= LONGEST_PAUSE).then_some(wait)?
            }
            PublishErrorKind::Throttled { until: None }
            | PublishErrorKind::Rejected
            | PublishErrorKind::Conflict
            | PublishErrorKind::Unauthorized
            | PublishErrorKind::Unknown => return None,
        };
        Some(self.pauses.next()?.max(least))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use syndicate_api::Code;

    fn pauses(kind: PublishErrorKind) -> usize {
        pauses_of(kind, Repeat::Never)
    }

    fn pauses_of(kind: PublishErrorKind, repeat: Repeat) -> usize {
        let mut patience = RetryPolicy::of(repeat);
        let error = PublishError::new(kind, Code::Unavailable, "test");
        let now = Timestamp::UNIX_EPOCH;
        (0..10)
            .take_while(|_| patience.pause(&error, now).is_some())
            .count()
    }

    fn throttled(seconds: i64) -> PublishErrorKind {
        let until = Timestamp::from_second(seconds).unwrap();
        PublishErrorKind::Throttled { until: Some(until) }
    }

    #[test]
    fn only_certain_failure_is_repeated() {
        assert_eq!(pauses(PublishErrorKind::Unavailable), REPETITIONS);
        assert_eq!(pauses(throttled(30)), REPETITIONS);
        assert_eq!(pauses(throttled(61)), 0);
        assert_eq!(pauses(PublishErrorKind::Throttled { until: None }), 0);
        assert_eq!(pauses(PublishErrorKind::Unknown), 0);
        assert_eq!(pauses(PublishErrorKind::Rejected), 0);
        assert_eq!(pauses(PublishErrorKind::Unauthorized), 0);
    }

    #[test]
    fn unknown_outcome_is_repeated_with_key_only() {
        let unknown = PublishErrorKind::Unknown;
        let evidence = Repeat::Evidence {
            from: Timestamp::MIN,
            until: Timestamp::MAX,
            by_itself: true,
        };
        assert_eq!(pauses_of(unknown, Repeat::ALWAYS), REPETITIONS);
        assert_eq!(pauses_of(unknown, evidence), 0);
    }

    #[test]
    fn pause_is_not_shorter_than_requested() {
        let mut patience = RetryPolicy::of(Repeat::Never);
        let error = PublishError::new(throttled(30), Code::Throttled, "test");
        let pause = patience.pause(&error, Timestamp::UNIX_EPOCH).unwrap();
        assert!(pause >= Duration::from_secs(30), "{pause:?}");
    }
}
