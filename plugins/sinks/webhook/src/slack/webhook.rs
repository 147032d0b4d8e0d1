//! An incoming webhook of Slack. It answers `ok` without an identifier, so its posts can be neither updated nor
//! retracted.

use syndicate_api::{
    Appearance, Capabilities, Context, Diagnostic, Finding, Limits, Measure, Medium, PageRules,
    Payload, PicturePolicy, Post, Prepared, PublishError, Readiness, Ready, Receipt, Request,
    RichText, ServerInfo, Sink, Step, async_trait,
};

use super::errors::check_webhook;
use super::message::{measure, message, text_limit};
use super::{locate, mrkdwn, template};
use crate::card::limits;
use crate::findings::{no_identifier, passed_or_failed};
use crate::options::{CardStyle, Dialect, Options, SINK};
use crate::webhook_url::WebhookUrl;
use crate::{appearance, page_rules};

/// An incoming webhook.
pub(crate) struct IncomingWebhook {
    url: WebhookUrl,
    card: CardStyle,
    pictures: PicturePolicy,
}

impl IncomingWebhook {
    /// Creates the sink.
    ///
    /// # Errors
    /// Returns an error if the options were not validated.
    pub(crate) fn new(options: &Options) -> syndicate_api::Result<Self> {
        Ok(Self {
            url: WebhookUrl::new(options.url.as_ref(), options.endpoint.as_ref())?,
            card: options.card.unwrap_or(CardStyle::Own),
            pictures: options.card_pictures(),
        })
    }
}

#[async_trait]
impl Sink for IncomingWebhook {
    fn capabilities(&self) -> Capabilities {
        Capabilities {
            card: self.card.card_by(true),
            omits_id: true,
            ..Capabilities::default()
        }
    }

    fn limits(&self, _: &ServerInfo) -> Limits {
        limits(text_limit(self.card), self.card, self.pictures)
    }

    fn measure(&self, text: &RichText, _: &ServerInfo) -> Vec<Measure> {
        vec![measure(text, self.card)]
    }

    fn template(&self) -> &str {
        template(self.card)
    }

    fn appearance(&self) -> Appearance {
        appearance::slack(self.card)
    }

    fn page_rules(&self) -> Option<&'static PageRules> {
        page_rules::of(self.card, &page_rules::SLACK)
    }

    fn reaches_readers(&self) -> bool {
        !self.url.is_loopback()
    }

    fn compose(&self, post: &Post, _: &ServerInfo) -> Result<Payload, Diagnostic> {
        let body = message(post, self.card, self.pictures)?;
        let request = Request {
            method: "POST".into(),
            ..Request::default()
        };
        let payload = Payload::new(SINK, request.json(body.into()));
        Ok(Payload {
            dialect: Dialect::Slack.name().into(),
            ..payload
        })
    }

    fn check_mention(&self, target: &str) -> Result<(), Diagnostic> {
        mrkdwn::check_mention(target)
    }

    async fn prepare(
        &self,
        cx: &Context,
        _: &[Step],
        _: &[Medium],
    ) -> Result<Readiness, PublishError> {
        // A missing URL is reported before the intent.
        self.url.resolve(cx)?;
        Ok(Readiness::Ready(Ready::default()))
    }

    async fn send(
        &self,
        cx: &Context,
        prepared: &Prepared,
        step: usize,
    ) -> Result<Receipt, PublishError> {
        let url = self.url.resolve(cx)?;
        check_webhook(cx, url.send(cx, &prepared.steps[step].request).await)?;
        Ok(Receipt::default())
    }

    async fn retract(&self, _: &Context, _: &Receipt) -> Result<(), PublishError> {
        Err(no_identifier(
            "an incoming webhook of Slack returns no identifier, so its posts cannot be deleted",
            "delete the message in Slack; with a `token`, the sink can retract posts",
        ))
    }

    async fn locate(&self, _: &Context, address: &str) -> Result<Receipt, PublishError> {
        locate::locate(address, None)
    }

    fn check(&self, cx: &Context) -> Vec<Finding> {
        vec![passed_or_failed(self.url.resolve(cx), |_| {
            "found the webhook's URL".to_owned()
        })]
    }
}
