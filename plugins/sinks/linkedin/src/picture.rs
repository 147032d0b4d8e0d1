//! Pictures: LinkedIn names an address, takes the bytes there in one go, and works on them for a
//! while ("Images API" of its documentation). Nothing of it is visible to readers, so all of it may
//! be done again.

use std::time::Duration;

use bytes::Bytes;
use serde_json::{Value, json};
use syndicate_api::{Code, MediaRules, Medium, PublishError, PublishErrorKind, canonical_json};

use crate::client::Client;
use crate::errors::{self, Step};
use crate::urn;

/// What LinkedIn takes: fewer than 36,152,320 pixels and at most 250 frames. It documents no limit
/// in bytes; eight mebibytes are ample for a card and pass a slow line within the time limit.
pub(crate) const RULES: MediaRules = MediaRules {
    types: &["image/jpeg", "image/png", "image/gif"],
    max_pixels: 36_152_319,
    max_bytes: 8 * 1024 * 1024,
    max_frames: 250,
};

/// How often LinkedIn is asked whether it is done with a picture, and the pause between.
const LOOKS: usize = 16;
const PAUSE: Duration = Duration::from_millis(500);
/// How long a picture is given where LinkedIn does not tell.
const GRACE: Duration = Duration::from_secs(1);

/// The slot of the URN of the medium with this index.
pub(crate) fn media_slot(index: usize) -> String {
    format!("media:{index}")
}

/// Uploads `medium` for `owner`, which has to be the author of the post, and returns its URN.
///
/// # Errors
/// When LinkedIn does not take it.
pub(crate) async fn upload(
    client: &Client<'_>,
    owner: &str,
    medium: &Medium,
) -> Result<String, PublishError> {
    let (address, image) = initialize(client, owner).await?;
    let answer = client.upload(&address, medium).await.map_err(|host| {
        let message =
            format!("the picture is not uploaded to `{host}`, as the token goes to LinkedIn only");
        PublishError::new(PublishErrorKind::Rejected, Code::Rejected, message)
            .hinted("does the sink's `endpoint` lead to LinkedIn's API?")
    })?;
    errors::accepted(client, Step::Upload, answer)?;
    match wait(|| state(client, &image)).await {
        State::Failed => Err(failed(medium)),
        State::Ready | State::Processing | State::Untold => Ok(image),
    }
}

/// The address for the bytes, and the URN of the picture that they will be.
async fn initialize(client: &Client<'_>, owner: &str) -> Result<(String, String), PublishError> {
    let body = canonical_json(&json!({"initializeUploadRequest": {"owner": owner}}));
    let path = "/rest/images?action=initializeUpload";
    let answer = client.send("POST", path, Bytes::from(body)).await;
    let answer = errors::accepted(client, Step::Upload, answer)?;
    let body: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
    let value = |key| body["value"][key].as_str().map(str::to_owned);
    // Of the URNs that older interfaces give, such as that of a `digitalmediaAsset`, no post may
    // make use.
    let image = value("image").filter(|urn| urn.starts_with("urn:li:image:"));
    value("uploadUrl").zip(image).ok_or_else(|| {
        let message = "cannot upload the picture: the answer names no address or URN for it";
        PublishError::new(PublishErrorKind::Unavailable, Code::Unavailable, message)
    })
}

fn failed(medium: &Medium) -> PublishError {
    let file = medium.file.as_deref().unwrap_or("the picture");
    let message = format!("LinkedIn took `{file}` but could not process it");
    PublishError::new(PublishErrorKind::Rejected, Code::ImageFormat, message)
        .hinted("save the picture again as JPEG or PNG")
}

/// What LinkedIn says about an uploaded picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Ready,
    Processing,
    Failed,
    /// It does not say: tokens for members may lack the right to look.
    Untold,
}

async fn state(client: &Client<'_>, image: &str) -> State {
    let path = format!("/rest/images/{}", urn::in_path(image));
    let Ok(answer) = client.get(&path).await else {
        return State::Untold;
    };
    let body: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
    match body["status"].as_str() {
        Some("AVAILABLE") => State::Ready,
        Some("PROCESSING_FAILED") => State::Failed,
        Some("PROCESSING" | "WAITING_UPLOAD") => State::Processing,
        _ => State::Untold,
    }
}

/// Waits until LinkedIn is done, for some seconds at most: a post may name a picture that is still
/// being processed, but shows nothing at all should that fail.
async fn wait<F: Future<Output = State>>(look: impl Fn() -> F) -> State {
    for _ in 0..LOOKS {
        match look().await {
            State::Processing => tokio::time::sleep(PAUSE).await,
            State::Untold => {
                tokio::time::sleep(GRACE).await;
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
    async fn wait_on(states: &[State]) -> (State, Duration) {
        let next = Cell::new(0);
        let start = Instant::now();
        let state = wait(async || {
            let index = next.replace(next.get() + 1).min(states.len() - 1);
            states[index]
        });
        (state.await, start.elapsed())
    }

    #[tokio::test(start_paused = true)]
    async fn a_picture_is_waited_for_but_not_for_ever() {
        use State::{Failed, Processing, Ready, Untold};
        for (states, end, millis) in [
            (&[Ready][..], Ready, 0),
            (&[Processing, Processing, Ready], Ready, 1000),
            (&[Processing, Failed], Failed, 500),
            (&[Untold, Ready], Untold, 1000),
            (&[Processing], Processing, 8000),
        ] {
            let (state, took) = wait_on(states).await;
            assert_eq!(state, end, "{states:?}");
            assert_eq!(took.as_millis(), millis, "{states:?}");
        }
    }
}
