//! The dialect `generic`: JSON by a template, for receivers of one's own and for automation services.

mod errors;
mod signature;

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use syndicate_api::{
    Appearance, Capabilities, CardBy, Context, Diagnostic, Finding, Limits, Measure, Medium,
    Payload, PicturePolicy, Post, Prepared, PublishError, Readiness, Ready, Receipt, Repeat,
    Request, RichText, Role, Secret, ServerInfo, Sink, Step, async_trait, slot,
};

use url::Url;

use self::signature::{ID_HEADER, SigningKey};
use crate::appearance;
use crate::body::BodyTemplate;
use crate::card::{check_kind, limits, too_long};
use crate::duration::parse_duration;
use crate::findings::{no_identifier, passed_or_failed};
use crate::options::{CardStyle, Dialect, Options, SINK};
use crate::text::sanitize;
use crate::webhook_url::WebhookUrl;

/// The maximum length of the text unless the options say otherwise.
const DEFAULT_TEXT_LIMIT: usize = 10_000;

/// A receiver of JSON.
pub(crate) struct Generic {
    url: WebhookUrl,
    body: BodyTemplate,
    has_own_body: bool,
    secret: Option<Secret>,
    /// The time for which the receiver ignores a repeated id.
    keeps_ids: Option<SignedDuration>,
    text_limit: usize,
    pictures: PicturePolicy,
}

impl Generic {
    /// Creates the sink.
    ///
    /// # Errors
    /// Returns an error if the options were not validated.
    pub(crate) fn new(options: &Options) -> syndicate_api::Result<Self> {
        let default = default_body();
        let body = BodyTemplate::new(&["body"], options.body.as_ref().unwrap_or(&default));
        let body = body.map_err(syndicate_api::Diagnostics)?;
        Ok(Self {
            url: WebhookUrl::new(options.url.as_ref(), options.endpoint.as_ref())?,
            // A picture that the body does not name must not keep a post from being sent.
            pictures: match body.reads_picture() {
                true => options.card_pictures(),
                false => PicturePolicy::Skip,
            },
            body,
            has_own_body: options.body.is_some(),
            secret: options.secret.clone(),
            keeps_ids: options
                .receiver_keeps_ids
                .as_deref()
                .and_then(parse_duration),
            text_limit: options.text_limit.unwrap_or(DEFAULT_TEXT_LIMIT),
        })
    }

    /// Resolves the signing secret, if there is one.
    fn signing_key(&self, cx: &Context) -> Result<Option<SigningKey>, PublishError> {
        let secret = self.secret.as_ref();
        secret
            .map(|secret| SigningKey::resolve(cx, secret))
            .transpose()
    }
}

/// Returns the JSON that is sent unless the options have a `body`.
fn default_body() -> Value {
    json!({
        "description": "{{description}}",
        "image": "{{image.url}}",
        "lang": "{{lang}}",
        "link": "{{link}}",
        "published": "{{published}}",
        "tags": "{{tags}}",
        "text": "{{text}}",
        "title": "{{title}}",
        "url": "{{url}}",
    })
}

/// Returns the receipt of the post at `address`, a URL at the receiver.
///
/// # Errors
/// Returns `Rejected` if it is not a URL, because the receiver returns no identifiers.
fn locate(address: &str) -> Result<Receipt, PublishError> {
    let url = Url::parse(address.trim()).ok();
    let url = url.filter(|url| matches!(url.scheme(), "https" | "http"));
    let url = url.ok_or_else(|| {
        let message = format!("`{}` is not the URL of a post", address.escape_debug());
        no_identifier(&message, "pass the URL of the post at the receiver")
    })?;
    Ok(Receipt::default().with_url(url))
}

#[async_trait]
impl Sink for Generic {
    fn capabilities(&self) -> Capabilities {
        Capabilities {
            card: CardBy::Us,
            omits_id: true,
            reads_article: self.body.reads_article(),
            ..Capabilities::default()
        }
    }

    fn limits(&self, _: &ServerInfo) -> Limits {
        limits(self.text_limit, CardStyle::Own, self.pictures)
    }

    fn measure(&self, text: &RichText, _: &ServerInfo) -> Vec<Measure> {
        // A text that the body does not name must not keep a post from being sent.
        if !self.body.reads_text() {
            return Vec::new();
        }
        let used = sanitize(&text.plain()).chars().count();
        vec![Measure::new("characters", used, self.text_limit)]
    }

    fn appearance(&self) -> Appearance {
        match self.has_own_body {
            true => appearance::own_body(),
            false => appearance::request(),
        }
    }

    fn reaches_readers(&self) -> bool {
        !self.url.is_loopback()
    }

    fn compose(&self, post: &Post, info: &ServerInfo) -> Result<Payload, Diagnostic> {
        check_kind(post)?;
        for Measure { used, limit, .. } in self.measure(&post.text, info) {
            if used > limit {
                return Err(too_long(
                    "text",
                    used,
                    limit,
                    syndicate_api::Code::TextTooLong,
                ));
            }
        }
        let request = Request {
            method: "POST".into(),
            ..Request::default()
        };
        let request = request
            .header(ID_HEADER, slot("key"))
            .json(self.body.render(post)?);
        Ok(Payload {
            dialect: Dialect::Generic.name().into(),
            ..Payload::new(SINK, request)
        })
    }

    async fn prepare(
        &self,
        cx: &Context,
        _: &[Step],
        _: &[Medium],
    ) -> Result<Readiness, PublishError> {
        // A missing secret is reported before the intent.
        self.url.resolve(cx)?;
        self.signing_key(cx)?;
        Ok(Readiness::Ready(Ready::default()))
    }

    async fn send(
        &self,
        cx: &Context,
        prepared: &Prepared,
        step: usize,
    ) -> Result<Receipt, PublishError> {
        let request = &prepared.steps[step].request;
        let mut http = self.url.resolve(cx)?.request(request);
        if let Some(key) = self.signing_key(cx)? {
            http = key.sign(http, request, cx.now());
        }
        errors::check(cx, cx.http.send(http).await)?;
        Ok(Receipt::default())
    }

    async fn locate(&self, _: &Context, address: &str) -> Result<Receipt, PublishError> {
        locate(address)
    }

    async fn retract(&self, _: &Context, _: &Receipt) -> Result<(), PublishError> {
        Err(no_identifier(
            "a webhook has no request that deletes a post",
            "delete the post at the receiver",
        ))
    }

    fn repeat(&self, _: Role, sent: Timestamp) -> Repeat {
        match self.keeps_ids.and_then(|time| sent.checked_add(time).ok()) {
            Some(until) => Repeat::Keyed { from: None, until },
            None => Repeat::Never,
        }
    }

    fn check(&self, cx: &Context) -> Vec<Finding> {
        let url = passed_or_failed(self.url.resolve(cx), |_| {
            "found the webhook's URL".to_owned()
        });
        let key = self.secret.as_ref().map(|secret| {
            let key = SigningKey::resolve(cx, secret);
            passed_or_failed(key, |_| "found the signing secret".to_owned())
        });
        std::iter::once(url).chain(key).collect()
    }
}

#[cfg(test)]
mod tests;
