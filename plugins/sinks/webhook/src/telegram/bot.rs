//! Implements `Sink` for a bot of Telegram. The token is part of every path, so paths are kept out of the log and the
//! payload has only the method's name.

use serde_json::{Map, Value, json};
use syndicate_api::http::HttpRequest;
use syndicate_api::{
    Appearance, Capabilities, Code, Context, Diagnostic, Endpoint, ExposeSecret as _, Finding,
    Limits, Measure, Medium, PageRules, Payload, Post, Prepared, PublishError, PublishErrorKind,
    Readiness, Ready, Receipt, Request, Revision, RichText, Role, Secret, SecretString, Sender,
    ServerInfo, Sink, Step, async_trait, register_secret, slot,
};

use super::chat;
use super::entities::{EntityText, encode, is_mention};
use super::errors::{check_create, check_repeatable};
use crate::card::{check_kind, too_long};
use crate::endpoint::endpoint_or;
use crate::findings::passed_or_failed;
use crate::options::{CardStyle, Dialect, Options, SINK};
use crate::text::{utf16_len, web_url};
use crate::{appearance, names, page_rules};

/// The maximum length of a message, in UTF-16 code units.
const MAX_TEXT: usize = 4096;

/// A bot with its chat.
pub(crate) struct Telegram {
    endpoint: Endpoint,
    token: Secret,
    chat: String,
    card: CardStyle,
}

impl Telegram {
    /// Creates the sink.
    ///
    /// # Errors
    /// Returns an error if the options were not validated.
    pub(crate) fn new(options: &Options) -> syndicate_api::Result<Self> {
        let token = options.token.clone();
        Ok(Self {
            endpoint: endpoint_or(options.endpoint.as_ref(), "https://api.telegram.org")?,
            token: token.ok_or_else(|| syndicate_api::Error::msg("missing key `token`"))?,
            chat: options.chat_id.clone().unwrap_or_default(),
            card: options.card.unwrap_or(CardStyle::Platform),
        })
    }

    /// Returns the token and the bot's number, which is public.
    fn token(&self, cx: &Context) -> Result<(SecretString, String), PublishError> {
        let token = self.token.reveal(&cx.env)?;
        let parts = token.expose_secret().split_once(':');
        let is_key = |key: &str| {
            !key.is_empty()
                && key
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
        };
        let is_number = |id: &str| !id.is_empty() && id.bytes().all(|b| b.is_ascii_digit());
        let id = parts
            .filter(|(id, key)| is_number(id) && is_key(key))
            .map(|(id, key)| {
                // The key alone must not be shown either.
                register_secret(key);
                id.to_owned()
            });
        match id {
            Some(id) => Ok((token, id)),
            None => {
                let message = "the bot's token is not a number, a colon and a key";
                let kind = PublishErrorKind::Unauthorized;
                Err(PublishError::new(kind, Code::Unauthorized, message).with_hint(
                    "get the token from @BotFather with `/token`, and put it into the variable that `token` names",
                ))
            }
        }
    }

    fn http(&self, cx: &Context, request: &Request) -> Result<HttpRequest, PublishError> {
        let (token, _) = self.token(cx)?;
        let base = format!("{}/bot{}", self.endpoint.as_str(), token.expose_secret());
        Ok(request.to_http(&base).secret_path())
    }

    /// Sends `request`, which may be repeated, and returns its result.
    async fn call(&self, cx: &Context, request: &Request) -> Result<Value, PublishError> {
        let http = self.http(cx, request)?;
        check_repeatable(cx, cx.http.send(http).await)
    }

    /// Reads the bot's name.
    async fn get_me(&self, cx: &Context) -> Result<String, PublishError> {
        let (_, id) = self.token(cx)?;
        let me = self.call(cx, &Request::post("/getMe")).await?;
        let name = me["username"].as_str().unwrap_or_default();
        let name = format!("@{name} in {}", self.chat);
        Ok(names::remember(cx, &self.server_name(&id), &name))
    }

    /// Returns the name under which the name of the bot `id` in this chat is cached.
    fn server_name(&self, id: &str) -> String {
        format!("telegram {id} {}", self.chat)
    }

    /// Reads the chat's title.
    async fn get_chat(&self, cx: &Context) -> Result<String, PublishError> {
        let request = Request::post("/getChat").json(json!({"chat_id": chat::to_json(&self.chat)}));
        let found = self.call(cx, &request).await?;
        let title = found["title"].as_str().or(found["first_name"].as_str());
        Ok(syndicate_api::text::excerpt(
            title.unwrap_or("without a title"),
            80,
        ))
    }

    /// Returns `link_preview_options`: the preview of the item's link, even if the text has other links.
    fn link_preview(&self, post: &Post) -> Value {
        let url = post.card.as_ref().and_then(|card| web_url(&card.url));
        match (self.card, url) {
            (CardStyle::Platform | CardStyle::Own, Some(url)) => {
                json!({"is_disabled": false, "prefer_large_media": true, "url": url})
            }
            _ => json!({"is_disabled": true}),
        }
    }
}

#[async_trait]
impl Sink for Telegram {
    fn capabilities(&self) -> Capabilities {
        Capabilities {
            card: self.card.card_by(false),
            edits: true,
            retracts: true,
            ..Capabilities::default()
        }
    }

    fn limits(&self, _: &ServerInfo) -> Limits {
        Limits::text(MAX_TEXT)
    }

    fn measure(&self, text: &RichText, _: &ServerInfo) -> Vec<Measure> {
        let used = utf16_len(&encode(text).text);
        vec![Measure::new("UTF-16 units", used, MAX_TEXT)]
    }

    fn template(&self) -> &str {
        include_str!("telegram.hbs")
    }

    fn appearance(&self) -> Appearance {
        appearance::telegram()
    }

    fn page_rules(&self) -> Option<&'static PageRules> {
        page_rules::of(self.card, &page_rules::TELEGRAM)
    }

    fn reaches_readers(&self) -> bool {
        !self.endpoint.is_loopback()
    }

    fn compose(&self, post: &Post, _: &ServerInfo) -> Result<Payload, Diagnostic> {
        check_kind(post)?;
        let EntityText { text, entities } = encode(&post.text);
        let length = utf16_len(&text);
        if length > MAX_TEXT {
            return Err(too_long("text", length, MAX_TEXT, Code::TextTooLong));
        }
        if text.is_empty() {
            return Err(Diagnostic::new(Code::TextEmpty, "the text is empty"));
        }
        let body = json!({
            "chat_id": chat::to_json(&self.chat),
            "text": text,
            "entities": entities,
            "link_preview_options": self.link_preview(post),
        });
        let payload = Payload::post(SINK, "/sendMessage", body);
        Ok(Payload {
            dialect: Dialect::Telegram.name().into(),
            ..payload
        })
    }

    fn check_mention(&self, target: &str) -> Result<(), Diagnostic> {
        if is_mention(target) {
            return Ok(());
        }
        let message = format!("`{target}` is neither `@name` nor the number of a user of Telegram");
        Err(Diagnostic::new(Code::MentionInvalid, message))
    }

    async fn prepare(
        &self,
        cx: &Context,
        _: &[Step],
        _: &[Medium],
    ) -> Result<Readiness, PublishError> {
        // A missing token is reported before the intent.
        let (_, id) = self.token(cx)?;
        Ok(Readiness::Ready(Ready {
            account: Some(id),
            ..Ready::default()
        }))
    }

    async fn send(
        &self,
        cx: &Context,
        prepared: &Prepared,
        step: usize,
    ) -> Result<Receipt, PublishError> {
        let http = self.http(cx, &prepared.steps[step].request)?;
        let response = check_create(cx, cx.http.send(http).await)?;
        chat::receipt(&response.json()["result"]).ok_or_else(|| {
            let message = "Telegram accepted the post but did not return its identifier";
            PublishError::new(PublishErrorKind::Unknown, Code::OutcomeUnknown, message)
        })
    }

    async fn account(&self, cx: &Context) -> Result<Option<String>, PublishError> {
        Ok(Some(self.token(cx)?.1))
    }

    async fn locate(&self, _: &Context, address: &str) -> Result<Receipt, PublishError> {
        chat::locate(address, &self.chat)
    }

    fn revise(&self, payload: &Payload) -> Option<Revision> {
        let body = payload.create()?.body.as_json().as_object()?;
        let mut editable = body.clone();
        let chat = editable.remove("chat_id");
        let mut change: Map<String, Value> = editable.clone();
        change.insert("chat_id".to_owned(), slot("receipt:/extra/chat_id"));
        change.insert("message_id".to_owned(), slot("receipt:/extra/message_id"));
        let request = Request::post("/editMessageText").json(change.into());
        Some(Revision {
            steps: vec![Step::new("update", Role::FollowUp, request)],
            editable: editable.into(),
            fixed: json!({"chat_id": chat}),
            changes: "the message".into(),
            keeps: "the chat".into(),
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
        let value = |key: &str| receipt.extra.get(key).cloned();
        let body = json!({
            "chat_id": value("chat_id").unwrap_or_else(|| chat::to_json(&self.chat)),
            "message_id": value("message_id"),
        });
        match self
            .call(cx, &Request::post("/deleteMessage").json(body))
            .await
        {
            Err(error) if error.code == Code::PostGone => Ok(()),
            outcome => outcome.map(drop),
        }
    }

    fn sender(&self, cx: &Context) -> Sender {
        match self.token(cx) {
            Ok((_, id)) => names::sender(cx, &self.server_name(&id), Some(&self.chat)),
            Err(_) => Sender {
                id: Some(self.chat.clone()),
                ..Sender::default()
            },
        }
    }

    fn check(&self, cx: &Context) -> Vec<Finding> {
        vec![passed_or_failed(self.token(cx), |(_, id)| {
            format!("found the token of bot `{id}`")
        })]
    }

    async fn check_online(&self, cx: &Context) -> Vec<Finding> {
        if self.token(cx).is_err() {
            // `check` reports it.
            return Vec::new();
        }
        let me = self.get_me(cx).await;
        let chat = self.get_chat(cx).await;
        vec![
            passed_or_failed(me, |name| {
                format!("Telegram reports that the token belongs to {name}")
            }),
            passed_or_failed(chat, |title| format!("the bot can read the chat `{title}`")),
        ]
    }
}
