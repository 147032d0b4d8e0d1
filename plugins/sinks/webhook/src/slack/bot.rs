//! A bot of Slack, which posts by `chat.postMessage`. Its posts have an identifier, so they can be updated and
//! retracted.

use serde_json::{Map, Value, json};
use syndicate_api::{
    Appearance, Capabilities, Code, Context, Diagnostic, Endpoint, ExposeSecret as _, Finding,
    Limits, Measure, Medium, Name, PageRules, Payload, PicturePolicy, Post, Prepared, PublishError,
    PublishErrorKind, Readiness, Ready, Receipt, Request, Revision, RichText, Role, Secret,
    SecretString, Sender, ServerInfo, Sink, Step, async_trait, sha256_hex, slot,
};

use super::errors::BOT;
use super::message::{measure, message, text_limit};
use super::{locate, mrkdwn, template};
use crate::card::limits;
use crate::endpoint::endpoint_or;
use crate::findings::passed_or_failed;
use crate::options::{CardStyle, Options, SINK};
use crate::{appearance, names, page_rules};

/// The slot with the URL of the workspace, from which the permalink of a message is made.
const WORKSPACE: &str = "workspace";

/// The dialect of payloads, which differ from those of a webhook.
const DIALECT: Name = Name::Borrowed("slack_bot");

/// A bot with its channel.
pub(crate) struct Bot {
    endpoint: Endpoint,
    token: Secret,
    channel: String,
    card: CardStyle,
    pictures: PicturePolicy,
}

/// The answer of `auth.test`.
struct Identity {
    account: String,
    name: String,
    workspace: Option<String>,
}

impl Bot {
    /// Creates the sink.
    ///
    /// # Errors
    /// Returns an error if the options were not validated.
    pub(crate) fn new(options: &Options, token: &Secret) -> syndicate_api::Result<Self> {
        Ok(Self {
            endpoint: endpoint_or(options.endpoint.as_ref(), "https://slack.com")?,
            token: token.clone(),
            channel: options.channel.clone().unwrap_or_default(),
            card: options.card.unwrap_or(CardStyle::Own),
            pictures: options.card_pictures(),
        })
    }

    fn token(&self, cx: &Context) -> Result<SecretString, PublishError> {
        let token = self.token.reveal(&cx.env)?;
        let is_token =
            |token: &str| !token.is_empty() && token.bytes().all(|b| b.is_ascii_graphic());
        if is_token(token.expose_secret()) {
            return Ok(token);
        }
        let message = "the token of the Slack bot is empty or has invalid characters";
        let kind = PublishErrorKind::Unauthorized;
        Err(PublishError::new(kind, Code::Unauthorized, message)
            .with_hint("put the app's bot token (`xoxb-…`) into the variable that `token` names"))
    }

    /// Sends `request`, which may be repeated.
    async fn call(&self, cx: &Context, request: &Request) -> Result<Value, PublishError> {
        let http = request
            .to_http(self.endpoint.as_str())
            .bearer(&self.token(cx)?);
        let response = BOT.check_repeatable(cx, cx.http.send(http).await)?;
        Ok(response.json())
    }

    async fn identify(&self, cx: &Context) -> Result<Identity, PublishError> {
        let answer = self.call(cx, &Request::post("/api/auth.test")).await?;
        let text = |key: &str| answer[key].as_str();
        let (Some(team), Some(user)) = (text("team_id"), text("user_id")) else {
            let message = "Slack's answer to `auth.test` has no account";
            let kind = PublishErrorKind::Unavailable;
            return Err(PublishError::new(kind, Code::Unavailable, message));
        };
        let name = format!(
            "{} in {}",
            text("user").unwrap_or(user),
            text("team").unwrap_or(team)
        );
        let name = names::remember(cx, &self.server_name(cx), &name);
        let workspace = text("url").filter(|url| url.starts_with("https://") && url.ends_with('/'));
        Ok(Identity {
            account: format!("{team}/{user}"),
            name,
            workspace: workspace.map(str::to_owned),
        })
    }

    /// Returns the name under which the bot's name is cached. A digest of a token reveals nothing about it.
    fn server_name(&self, cx: &Context) -> String {
        let token = self.token(cx);
        let digest = token.map(|token| sha256_hex(token.expose_secret().as_bytes()));
        format!("slack {}", digest.unwrap_or_default())
    }
}

#[async_trait]
impl Sink for Bot {
    fn capabilities(&self) -> Capabilities {
        Capabilities {
            card: self.card.card_by(true),
            edits: true,
            retracts: true,
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
        !self.endpoint.is_loopback()
    }

    fn compose(&self, post: &Post, _: &ServerInfo) -> Result<Payload, Diagnostic> {
        let mut body = message(post, self.card, self.pictures)?;
        body.insert("channel".to_owned(), self.channel.as_str().into());
        let payload = Payload::post(SINK, "/api/chat.postMessage", body.into());
        Ok(Payload {
            dialect: DIALECT,
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
        let identity = self.identify(cx).await?;
        let workspace = identity
            .workspace
            .map(|url| (WORKSPACE.to_owned(), url.into()));
        Ok(Readiness::Ready(Ready {
            slots: workspace.into_iter().collect(),
            account: Some(identity.account),
            ..Ready::default()
        }))
    }

    async fn send(
        &self,
        cx: &Context,
        prepared: &Prepared,
        step: usize,
    ) -> Result<Receipt, PublishError> {
        let request = prepared.steps[step].request.to_http(self.endpoint.as_str());
        let request = request.bearer(&self.token(cx)?);
        let response = BOT.check_create(cx, cx.http.send(request).await)?;
        let receipt = BOT.receipt(&response, "/ts", "")?;
        let channel = response.json()["channel"].as_str().map(str::to_owned);
        let ts = receipt.id.unwrap_or_default();
        let workspace = prepared.slots.get(WORKSPACE).and_then(Value::as_str);
        let url = workspace.zip(channel.as_deref());
        let url = url.map(|(workspace, channel)| locate::permalink_of(workspace, channel, &ts));
        Ok(locate::receipt(ts, channel, url))
    }

    async fn account(&self, cx: &Context) -> Result<Option<String>, PublishError> {
        Ok(Some(self.identify(cx).await?.account))
    }

    async fn locate(&self, _: &Context, address: &str) -> Result<Receipt, PublishError> {
        locate::locate(address, Some(&self.channel))
    }

    fn revise(&self, payload: &Payload) -> Option<Revision> {
        let body = payload.create()?.body.as_json().as_object()?;
        let mut editable = Map::new();
        editable.insert(
            "text".to_owned(),
            body.get("text").cloned().unwrap_or_default(),
        );
        // Without `blocks`, Slack keeps those of the message.
        let blocks = body.get("blocks").cloned();
        editable.insert("blocks".to_owned(), blocks.unwrap_or_else(|| json!([])));
        let mut change = editable.clone();
        change.insert("channel".to_owned(), slot("receipt:/extra/channel"));
        change.insert("ts".to_owned(), slot("receipt:/id"));
        let request = Request::post("/api/chat.update").json(change.into());
        Some(Revision {
            steps: vec![Step::new("update", Role::FollowUp, request)],
            editable: editable.into(),
            fixed: json!({"channel": body.get("channel")}),
            changes: "the message".into(),
            keeps: "the channel".into(),
        })
    }

    async fn update(
        &self,
        cx: &Context,
        receipt: &Receipt,
        change: &Prepared,
    ) -> Result<Receipt, PublishError> {
        for step in &change.steps {
            self.call(cx, &step.request).await?;
        }
        Ok(receipt.clone())
    }

    async fn retract(&self, cx: &Context, receipt: &Receipt) -> Result<(), PublishError> {
        let channel = receipt.extra.get("channel").and_then(Value::as_str);
        let body = json!({"channel": channel.unwrap_or(&self.channel), "ts": receipt.id});
        match self
            .call(cx, &Request::post("/api/chat.delete").json(body))
            .await
        {
            Err(error) if error.code == Code::PostGone => Ok(()),
            outcome => outcome.map(drop),
        }
    }

    fn sender(&self, cx: &Context) -> Sender {
        names::sender(cx, &self.server_name(cx), Some(&self.channel))
    }

    fn check(&self, cx: &Context) -> Vec<Finding> {
        vec![passed_or_failed(self.token(cx), |_| {
            "found the bot's token".to_owned()
        })]
    }

    async fn check_online(&self, cx: &Context) -> Vec<Finding> {
        if self.token(cx).is_err() {
            // `check` reports it.
            return Vec::new();
        }
        vec![passed_or_failed(self.identify(cx).await, |identity| {
            format!("Slack reports that the token belongs to {}", identity.name)
        })]
    }
}
