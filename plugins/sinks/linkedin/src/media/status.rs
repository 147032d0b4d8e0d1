//! Waits until LinkedIn has processed an upload. The status is polled if the token has the right to
//! read it; otherwise a fixed time is waited.

use std::time::Duration;

use syndicate_api::{PublishError, PublishErrorKind};

use crate::client::{Client, json_body};
use crate::errors::{self, Step};
use crate::urn;

/// Polling intervals and timeouts for one kind of media.
pub(super) struct PollPolicy {
    /// The pause after the first poll.
    first_pause: Duration,
    /// The maximum pause. Each pause is twice as long as the one before.
    max_pause: Duration,
    /// The total time of polling.
    timeout: Duration,
    /// Time to wait before the post is created if the processing status cannot be read.
    fallback_wait: Duration,
    /// `true` if a post may use the medium only after it was processed. A failed poll is then
    /// repeated.
    must_be_ready: bool,
}

/// The policy for pictures and documents. A post may use them while they are being processed.
pub(super) const PICTURE_POLLING: PollPolicy = PollPolicy {
    first_pause: Duration::from_millis(500),
    max_pause: Duration::from_millis(500),
    timeout: Duration::from_secs(8),
    fallback_wait: Duration::from_secs(1),
    must_be_ready: false,
};

/// The policy for videos. Processing takes minutes, and each poll counts as one of the 150 requests
/// that LinkedIn allows a member per day.
pub(super) const VIDEO_POLLING: PollPolicy = PollPolicy {
    first_pause: Duration::from_secs(2),
    max_pause: Duration::from_secs(60),
    timeout: Duration::from_secs(15 * 60),
    fallback_wait: Duration::from_secs(20),
    must_be_ready: true,
};

/// The processing status of an upload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum MediaStatus {
    Ready,
    Processing,
    /// Processing failed, with LinkedIn's reason if it gives one.
    Failed(Option<String>),
    /// The response has no status. Tokens for members may lack the right to read it.
    Unknown,
    /// No response or a server error. Another poll may succeed.
    NoAnswer,
    /// A rate limit is reached.
    Throttled(PublishError),
}

/// Fetches the status of the medium `urn` from the API at `path`. `noun` is its name in messages.
pub(super) async fn fetch_status(
    client: &Client<'_>,
    noun: &'static str,
    path: &str,
    urn: &str,
) -> MediaStatus {
    let path = format!("{path}/{}", urn::encode_for_path(urn));
    let answer = match client.get(&path).await {
        Ok(answer) if answer.status < 500 => answer,
        Ok(_) | Err(_) => return MediaStatus::NoAnswer,
    };
    let body = json_body(&answer);
    match body["status"].as_str() {
        Some("AVAILABLE") => MediaStatus::Ready,
        Some("PROCESSING_FAILED") => {
            let reason = body["processingFailureReason"].as_str();
            MediaStatus::Failed(reason.map(errors::quote))
        }
        Some("PROCESSING" | "WAITING_UPLOAD") => MediaStatus::Processing,
        _ => match errors::require_success(client, Step::Upload(noun), Ok(answer)) {
            Err(error) if matches!(error.kind, PublishErrorKind::Throttled { .. }) => {
                MediaStatus::Throttled(error)
            }
            Ok(_) | Err(_) => MediaStatus::Unknown,
        },
    }
}

/// Polls until the medium is processed or the timeout of `policy` is reached.
pub(super) async fn wait_until_ready<F: Future<Output = MediaStatus>>(
    policy: &PollPolicy,
    poll: impl Fn() -> F,
) -> MediaStatus {
    let mut left = policy.timeout;
    let mut pause = policy.first_pause;
    while !left.is_zero() {
        match poll().await {
            MediaStatus::Processing => {}
            MediaStatus::NoAnswer if policy.must_be_ready => {}
            MediaStatus::Throttled(error) if policy.must_be_ready => {
                return MediaStatus::Throttled(error);
            }
            MediaStatus::Unknown | MediaStatus::NoAnswer | MediaStatus::Throttled(_) => {
                tokio::time::sleep(policy.fallback_wait).await;
                return MediaStatus::Unknown;
            }
            done @ (MediaStatus::Ready | MediaStatus::Failed(_)) => return done,
        }
        let next = pause.min(left);
        tokio::time::sleep(next).await;
        left -= next;
        pause = pause.saturating_mul(2).min(policy.max_pause);
    }
    MediaStatus::Processing
}

#[cfg(test)]
mod tests {
    use std::cell::{Cell, RefCell};

    use tokio::time::Instant;

    use super::*;

    /// Returns the result and the duration of a wait during which these statuses are returned.
    async fn wait_on(policy: &PollPolicy, states: &[MediaStatus]) -> (MediaStatus, Duration) {
        let (state, polls) = polls_on(policy, states).await;
        (state, polls.last().copied().unwrap_or_default())
    }

    /// Returns the result of a wait and the times of its polls. The last time is the end of the
    /// wait.
    async fn polls_on(policy: &PollPolicy, states: &[MediaStatus]) -> (MediaStatus, Vec<Duration>) {
        let next = Cell::new(0);
        let start = Instant::now();
        let polls = RefCell::new(Vec::new());
        let state = wait_until_ready(policy, async || {
            polls.borrow_mut().push(start.elapsed());
            let index = next.replace(next.get() + 1).min(states.len() - 1);
            states[index].clone()
        });
        let state = state.await;
        let mut polls = polls.into_inner();
        polls.push(start.elapsed());
        (state, polls)
    }

    fn throttled() -> MediaStatus {
        let kind = PublishErrorKind::Throttled { until: None };
        MediaStatus::Throttled(PublishError::new(kind, syndicate_api::Code::Throttled, "M"))
    }

    #[tokio::test(start_paused = true)]
    async fn video_poll_intervals_grow() {
        let (state, polls) = polls_on(&VIDEO_POLLING, &[MediaStatus::Processing]).await;
        assert_eq!(state, MediaStatus::Processing);
        let seconds: Vec<u64> = polls.iter().map(Duration::as_secs).collect();
        assert_eq!(seconds[..8], [0, 2, 6, 14, 30, 62, 122, 182]);
        assert_eq!(seconds.last(), Some(&900));
        assert!(seconds.len() < 25, "{seconds:?}");
    }

    #[tokio::test(start_paused = true)]
    async fn video_wait_ends_on_throttle() {
        use MediaStatus::{NoAnswer, Processing, Ready, Unknown};
        for (states, end) in [
            (vec![NoAnswer, NoAnswer, Ready], Ready),
            (vec![Processing, throttled(), Ready], throttled()),
            (vec![throttled()], throttled()),
            (vec![Unknown], Unknown),
        ] {
            assert_eq!(wait_on(&VIDEO_POLLING, &states).await.0, end, "{states:?}");
        }
        for states in [vec![NoAnswer, Ready], vec![throttled(), Ready]] {
            assert_eq!(
                wait_on(&PICTURE_POLLING, &states).await.0,
                Unknown,
                "{states:?}"
            );
        }
    }

    #[tokio::test(start_paused = true)]
    async fn picture_wait_has_timeout() {
        use MediaStatus::{Failed, Processing, Ready, Unknown};
        let failed = Failed(None);
        for (policy, states, end, millis) in [
            (&PICTURE_POLLING, vec![Ready], Ready, 0),
            (
                &PICTURE_POLLING,
                vec![Processing, Processing, Ready],
                Ready,
                1000,
            ),
            (
                &PICTURE_POLLING,
                vec![Processing, failed.clone()],
                failed,
                500,
            ),
            (&PICTURE_POLLING, vec![Unknown, Ready], Unknown, 1000),
            (&PICTURE_POLLING, vec![Processing], Processing, 8000),
            (&VIDEO_POLLING, vec![Processing, Ready], Ready, 2000),
            (&VIDEO_POLLING, vec![Processing], Processing, 900_000),
        ] {
            let (state, took) = wait_on(policy, &states).await;
            assert_eq!(state, end, "{states:?}");
            assert_eq!(took.as_millis(), millis, "{states:?}");
        }
    }
}
