//! Uploads the media of a post, which readers see only as a part of the post, and waits until the server has processed
//! them.

use std::time::Duration;

use syndicate_api::http::HttpRequest;
use syndicate_api::{Code, Medium, PublishError, PublishErrorKind, Request, Role, Slots, Step};

use crate::client::Client;
use crate::compose::media_slot;

/// The slowest upload, in bytes per second, that ends before the timeout.
const MIN_UPLOAD_RATE: u64 = 64 * 1024;

/// The pause before the first poll. Each pause is twice as long as the one before.
const FIRST_PAUSE: Duration = Duration::from_millis(500);

/// The longest pause between two polls.
const MAX_PAUSE: Duration = Duration::from_secs(10);

/// The time for which a medium is polled.
const MAX_WAIT: Duration = Duration::from_secs(300);

/// Sends the uploads among `steps` and returns the slots with the identifiers of the media.
///
/// # Errors
/// Returns any kind but `Unknown`. `Rejected` means that the server does not accept a medium.
pub(crate) async fn upload_all(
    client: &Client<'_>,
    steps: &[Step],
    media: &[Medium],
) -> Result<Slots, PublishError> {
    let uploads = steps.iter().filter(|step| step.role == Role::Prepare);
    let mut slots = Slots::new();
    for (index, step) in uploads.enumerate() {
        let bytes = media.get(index).map_or(0, |medium| medium.bytes.length());
        let id = upload(client, &step.request, media, bytes).await?;
        slots.insert(media_slot(index), id.into());
    }
    Ok(slots)
}

async fn upload(
    client: &Client<'_>,
    request: &Request,
    media: &[Medium],
    bytes: u64,
) -> Result<String, PublishError> {
    let timeout = HttpRequest::TIMEOUT + Duration::from_secs(bytes / MIN_UPLOAD_RATE);
    let response = client.upload(request, media, timeout).await?;
    let body = response.json();
    let id = body["id"].as_str().filter(|id| !id.is_empty());
    let id =
        id.ok_or_else(|| unavailable("the server did not return the identifier of a medium"))?;
    if response.status == 202 || body["url"].is_null() {
        wait(client, id).await?;
    }
    Ok(id.to_owned())
}

/// Waits until the server has processed the medium `id`. A response with status 206, or without a URL, means that it
/// has not.
async fn wait(client: &Client<'_>, id: &str) -> Result<(), PublishError> {
    let request = Request::new("GET", "/api/v1/media").segment(id);
    let mut waited = Duration::ZERO;
    let mut pause = FIRST_PAUSE;
    while waited < MAX_WAIT {
        client.cx.clock.sleep(pause).await;
        waited += pause;
        pause = MAX_PAUSE.min(pause * 2);
        let response = client.call(&request).await?;
        if response.status == 200 && response.json()["url"].is_string() {
            return Ok(());
        }
    }
    Err(unavailable("the server is still processing a medium"))
}

fn unavailable(message: &str) -> PublishError {
    PublishError::new(PublishErrorKind::Unavailable, Code::Unavailable, message)
}
