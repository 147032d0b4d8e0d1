//! The receiver: its checks, and the deliveries that it accepted.

use axum::http::Method;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::{SignedDuration, Timestamp};

use crate::answer::Answer;
use crate::request::Request;

/// The largest difference between the timestamp and the clock.
const TOLERANCE: SignedDuration = SignedDuration::from_mins(5);

/// The length of a signature of HMAC-SHA256, in bytes.
const SIGNATURE_BYTES: usize = 32;

/// A receiver of webhooks at every path.
#[derive(Debug)]
pub struct Receiver {
    pub(super) deliveries: Vec<Delivery>,
    answer: Answer,
    is_signed: bool,
    kept: Option<SignedDuration>,
}

/// A delivery that was accepted.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Delivery {
    /// The value of `webhook-id`; empty if the receiver takes unsigned deliveries.
    pub id: String,
    /// The request as it came.
    pub request: Request,
    /// The time by the receiver's clock.
    pub received_at: Timestamp,
    /// `true` if the receiver knew the identifier already. Such a delivery has no effect.
    pub is_repeat: bool,
}

impl Default for Receiver {
    fn default() -> Self {
        Self::new()
    }
}

impl Receiver {
    /// Creates a receiver of signed deliveries. It does not remember their identifiers.
    #[must_use]
    pub fn new() -> Self {
        Self {
            deliveries: Vec::new(),
            answer: Answer::empty(204),
            is_signed: true,
            kept: None,
        }
    }

    /// Takes deliveries without the headers of a signature.
    #[must_use]
    pub fn unsigned(mut self) -> Self {
        self.is_signed = false;
        self
    }

    /// Remembers identifiers for this time, so that a repeat has no effect.
    #[must_use]
    pub fn with_ids_kept(mut self, time: SignedDuration) -> Self {
        self.kept = Some(time);
        self
    }

    /// Sets the answer to an accepted delivery. By default it has status 204.
    #[must_use]
    pub fn with_answer(mut self, answer: Answer) -> Self {
        self.answer = answer;
        self
    }

    /// Handles a request.
    pub(super) fn receive(&mut self, request: &Request, now: Timestamp) -> Answer {
        if request.method != Method::POST {
            return Answer::text(405, "a webhook is a POST").with("allow", "POST");
        }
        if request.media_type().is_none() {
            return Answer::text(415, "the delivery has no Content-Type");
        }
        let is_json = request.media_type().as_deref() == Some("application/json");
        if is_json && serde_json::from_slice::<serde_json::Value>(&request.body).is_err() {
            return Answer::text(400, "the delivery is not JSON");
        }
        let id = if self.is_signed {
            match signed_id(request, now) {
                Ok(id) => id,
                Err(reason) => return Answer::text(400, reason),
            }
        } else {
            String::new()
        };
        let is_repeat = self.kept.is_some_and(|kept| {
            let mut known = self.deliveries.iter();
            known.any(|known| known.id == id && !known.is_repeat && now < known.received_at + kept)
        });
        self.deliveries.push(Delivery {
            id,
            request: request.clone(),
            received_at: now,
            is_repeat,
        });
        self.answer.clone()
    }
}

/// Returns the identifier of a delivery whose three headers have the right form.
fn signed_id(request: &Request, now: Timestamp) -> Result<String, &'static str> {
    let id = request.header("webhook-id").unwrap_or_default();
    if id.is_empty() {
        return Err("webhook-id is missing");
    }
    if id.contains('.') {
        return Err("webhook-id must not contain a full stop");
    }
    let timestamp = request.header("webhook-timestamp");
    let timestamp = timestamp.ok_or("webhook-timestamp is missing")?;
    let seconds: i64 = timestamp
        .parse()
        .map_err(|_| "webhook-timestamp must be seconds since 1970")?;
    let time = Timestamp::from_second(seconds).map_err(|_| "webhook-timestamp is out of range")?;
    if time.duration_since(now).abs() > TOLERANCE {
        return Err("webhook-timestamp differs from the time by more than five minutes");
    }
    let signatures = request.header("webhook-signature");
    let signatures = signatures.ok_or("webhook-signature is missing")?;
    let is_signature = |text: &str| {
        let signature = text.strip_prefix("v1,");
        let bytes = signature.and_then(|signature| STANDARD.decode(signature).ok());
        bytes.is_some_and(|bytes| bytes.len() == SIGNATURE_BYTES)
    };
    if !signatures.split(' ').all(is_signature) {
        return Err("webhook-signature must be a list of `v1,` and 32 bytes in Base64");
    }
    Ok(id.to_owned())
}
