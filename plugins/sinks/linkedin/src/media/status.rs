//! Waiting until LinkedIn is done with what was uploaded: it is asked as far as the token may ask, and
//! given some time where it does not tell.

use std::time::Duration;

use syndicate_api::{PublishError, PublishErrorKind};

use crate::client::{Client, json_body};
use crate::errors::{self, Step};
use crate::urn;

/// How patient to be with media of one kind.
pub(super) struct Patience {
    /// The first pause between two looks.
    first: Duration,
    /// The longest pause; each is twice as long as the one before until then.
    longest: Duration,
    /// How long LinkedIn is asked in all.
    total: Duration,
    /// How long the medium is given where LinkedIn does not tell.
    grace: Duration,
    /// Whether it has to be ready before a post names it, so that no answer is not enough.
    must_be_ready: bool,
}

/// Pictures and documents may be named by a post while they are still being processed.
pub(super) const PICTURES: Patience = Patience {
    first: Duration::from_millis(500),
    longest: Duration::from_millis(500),
    total: Duration::from_secs(8),
    grace: Duration::from_secs(1),
    must_be_ready: false,
};

/// A quarter of an hour. Videos take minutes, and each look counts as one of the 150 requests that
/// LinkedIn grants a member on a day.
pub(super) const VIDEOS: Patience = Patience {
    first: Duration::from_secs(2),
    longest: Duration::from_secs(60),
    total: Duration::from_secs(15 * 60),
    grace: Duration::from_secs(20),
    must_be_ready: true,
};

/// What LinkedIn says about an upload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum State {
    Ready,
    Processing,
    /// With its reason, where it gives one.
    Failed(Option<String>),
    /// It does not say: tokens for members may lack the right to look.
    Untold,
    /// It did not answer, or failed; another look may do.
    Unanswered,
    /// It takes no more requests for now.
    Throttled(PublishError),
}

/// What it says about `urn`, which the interface at `path` knows and which is called `noun`.
pub(super) async fn state(client: &Client<'_>, noun: &'static str, path: &str, urn: &str) -> State {
    let path = format!("{path}/{}", urn::in_path(urn));
    let answer = match client.get(&path).await {
        Ok(answer) if answer.status < 500 => answer,
        Ok(_) | Err(_) => return State::Unanswered,
    };
    let body = json_body(&answer);
    match body["status"].as_str() {
        Some("AVAILABLE") => State::Ready,
        Some("PROCESSING_FAILED") => {
            let reason = body["processingFailureReason"].as_str();
            State::Failed(reason.map(|reason| errors::line(client, reason)))
        }
        Some("PROCESSING" | "WAITING_UPLOAD") => State::Processing,
        _ => match errors::accepted(client, Step::Upload(noun), Ok(answer)) {
            Err(error) if matches!(error.kind, PublishErrorKind::Throttled { .. }) => {
                State::Throttled(error)
            }
            Ok(_) | Err(_) => State::Untold,
        },
    }
}

/// Waits until LinkedIn is done, or patience ends.
pub(super) async fn wait<F: Future<Output = State>>(
    patience: &Patience,
    look: impl Fn() -> F,
) -> State {
    let mut left = patience.total;
    let mut pause = patience.first;
    while !left.is_zero() {
        match look().await {
            State::Processing => {}
            State::Unanswered if patience.must_be_ready => {}
            State::Throttled(error) if patience.must_be_ready => return State::Throttled(error),
            State::Untold | State::Unanswered | State::Throttled(_) => {
                tokio::time::sleep(patience.grace).await;
                return State::Untold;
            }
            done @ (State::Ready | State::Failed(_)) => return done,
        }
        let next = pause.min(left);
        tokio::time::sleep(next).await;
        left -= next;
        pause = pause.saturating_mul(2).min(patience.longest);
    }
    State::Processing
}

#[cfg(test)]
mod tests {
    use std::cell::{Cell, RefCell};

    use tokio::time::Instant;

    use super::*;

    /// How a wait ends on these states, and how long it takes.
    async fn wait_on(patience: &Patience, states: &[State]) -> (State, Duration) {
        let (state, looks) = looks_on(patience, states).await;
        (state, looks.last().copied().unwrap_or_default())
    }

    /// How a wait ends on these states, and when LinkedIn was asked; the last instant is the end.
    async fn looks_on(patience: &Patience, states: &[State]) -> (State, Vec<Duration>) {
        let next = Cell::new(0);
        let start = Instant::now();
        let looks = RefCell::new(Vec::new());
        let state = wait(patience, async || {
            looks.borrow_mut().push(start.elapsed());
            let index = next.replace(next.get() + 1).min(states.len() - 1);
            states[index].clone()
        });
        let state = state.await;
        let mut looks = looks.into_inner();
        looks.push(start.elapsed());
        (state, looks)
    }

    fn throttled() -> State {
        let kind = PublishErrorKind::Throttled { until: None };
        State::Throttled(PublishError::new(kind, syndicate_api::Code::Throttled, "M"))
    }

    #[tokio::test(start_paused = true)]
    async fn video_is_asked_about_ever_more_seldom() {
        let (state, looks) = looks_on(&VIDEOS, &[State::Processing]).await;
        assert_eq!(state, State::Processing);
        let seconds: Vec<u64> = looks.iter().map(Duration::as_secs).collect();
        assert_eq!(seconds[..8], [0, 2, 6, 14, 30, 62, 122, 182]);
        assert_eq!(seconds.last(), Some(&900));
        assert!(seconds.len() < 25, "{seconds:?}");
    }

    #[tokio::test(start_paused = true)]
    async fn video_waits_through_failures_but_not_a_throttle() {
        use State::{Processing, Ready, Unanswered, Untold};
        for (states, end) in [
            (vec![Unanswered, Unanswered, Ready], Ready),
            (vec![Processing, throttled(), Ready], throttled()),
            (vec![throttled()], throttled()),
            (vec![Untold], Untold),
        ] {
            assert_eq!(wait_on(&VIDEOS, &states).await.0, end, "{states:?}");
        }
        for states in [vec![Unanswered, Ready], vec![throttled(), Ready]] {
            assert_eq!(wait_on(&PICTURES, &states).await.0, Untold, "{states:?}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_picture_is_waited_for_but_not_for_ever() {
        use State::{Failed, Processing, Ready, Untold};
        let failed = Failed(None);
        for (patience, states, end, millis) in [
            (&PICTURES, vec![Ready], Ready, 0),
            (&PICTURES, vec![Processing, Processing, Ready], Ready, 1000),
            (&PICTURES, vec![Processing, failed.clone()], failed, 500),
            (&PICTURES, vec![Untold, Ready], Untold, 1000),
            (&PICTURES, vec![Processing], Processing, 8000),
            (&VIDEOS, vec![Processing, Ready], Ready, 2000),
            (&VIDEOS, vec![Processing], Processing, 900_000),
        ] {
            let (state, took) = wait_on(patience, &states).await;
            assert_eq!(state, end, "{states:?}");
            assert_eq!(took.as_millis(), millis, "{states:?}");
        }
    }
}
