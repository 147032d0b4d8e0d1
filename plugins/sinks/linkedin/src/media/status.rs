//! Waiting until LinkedIn is done with what was uploaded: it is asked as far as the token may ask, and
//! given some time where it does not tell.

use std::time::Duration;

use crate::client::{Client, json_body};
use crate::{errors, urn};

/// How patient to be with media of one kind.
pub(super) struct Patience {
    /// How often LinkedIn is asked.
    looks: usize,
    /// The pause between.
    pause: Duration,
    /// How long the medium is given where LinkedIn does not tell.
    grace: Duration,
}

/// Pictures and documents may be named by a post while they are still being processed.
pub(super) const PICTURES: Patience = Patience {
    looks: 16,
    pause: Duration::from_millis(500),
    grace: Duration::from_secs(1),
};

/// A quarter of an hour.
pub(super) const VIDEOS: Patience = Patience {
    looks: 450,
    pause: Duration::from_secs(2),
    grace: Duration::from_secs(20),
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
}

/// What it says about `urn`, which the interface at `path` knows.
pub(super) async fn state(client: &Client<'_>, path: &str, urn: &str) -> State {
    let path = format!("{path}/{}", urn::in_path(urn));
    let Ok(answer) = client.get(&path).await else {
        return State::Untold;
    };
    let body = json_body(&answer);
    match body["status"].as_str() {
        Some("AVAILABLE") => State::Ready,
        Some("PROCESSING_FAILED") => {
            let reason = body["processingFailureReason"].as_str();
            State::Failed(reason.map(|reason| errors::line(client, reason)))
        }
        Some("PROCESSING" | "WAITING_UPLOAD") => State::Processing,
        _ => State::Untold,
    }
}

/// Waits until LinkedIn is done, or patience ends.
pub(super) async fn wait<F: Future<Output = State>>(
    patience: &Patience,
    look: impl Fn() -> F,
) -> State {
    for _ in 0..patience.looks {
        match look().await {
            State::Processing => tokio::time::sleep(patience.pause).await,
            State::Untold => {
                tokio::time::sleep(patience.grace).await;
                return State::Untold;
            }
            done => return done,
        }
    }
    State::Processing
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use tokio::time::Instant;

    use super::*;

    /// How a wait ends on these states, and how long it takes.
    async fn wait_on(patience: &Patience, states: &[State]) -> (State, Duration) {
        let next = Cell::new(0);
        let start = Instant::now();
        let state = wait(patience, async || {
            let index = next.replace(next.get() + 1).min(states.len() - 1);
            states[index].clone()
        });
        (state.await, start.elapsed())
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
