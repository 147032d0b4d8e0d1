//! Implements `Sink` for a webhook of Discord.

use serde_json::{Map, Value, json};
use syndicate_api::{
    Appearance, Capabilities, Code, Context, Diagnostic, Finding, Limits, Measure, Medium,
    PageRules, Payload, PicturePolicy, Post, Prepared, PublishError, PublishErrorKind, Readiness,
    Ready, Receipt, Request, Revision, RichText, Role, Sender, ServerInfo, Sink, Step, async_trait,
    slot,
};

use super::errors::{check_create, check_repeatable};
use super::locate::{parse, receipt};
use super::markdown::is_user_id;
use super::message::{MAX_CONTENT, MessageSettings, measure, message};
use crate::body::BodyTemplate;
use crate::card::{LINK_TEMPLATE, OWN_CARD_TEMPLATE, limits};
use crate::findings::passed_or_failed;
use crate::options::{CardStyle, Dialect, Options, SINK};
use crate::webhook_url::{ResolvedUrl, WebhookUrl};
use crate::{appearance, gone, names, page_rules};

/// The slot with the ID of the server, from which the link of a message is made.
const GUILD: &str = "guild";

/// The value of the receipt with the thread that a message opened.
const THREAD: &str = "thread_id";

/// A webhook of Discord.
pub(crate) struct Discord {
    url: WebhookUrl,
    card: CardStyle,
    pictures: PicturePolicy,
    thread_name: Option<BodyTemplate>,
}

/// The resolved URL of the webhook with the webhook's ID, which is public.
struct Hook {
    url: ResolvedUrl,
    id: String,
}

/// The answer of Discord about the webhook.
struct HookInfo {
    name: String,
    /// The ID of the server.
    guild: Option<String>,
}

impl Discord {
    /// Creates the sink.
    ///
    /// # Errors
    /// Returns an error if the options were not validated.
    pub(crate) fn new(options: &Options) -> syndicate_api::Result<Self> {
        let template = |name: &String| BodyTemplate::new(&["thread_name"], &name.as_str().into());
        let thread_name = options.thread_name.as_ref().map(template).transpose();
        Ok(Self {
            url: WebhookUrl::new(options.url.as_ref(), options.endpoint.as_ref())?,
            card: options.card.unwrap_or(CardStyle::Own),
            pictures: options.card_pictures(),
            thread_name: thread_name.map_err(syndicate_api::Diagnostics)?,
        })
    }

    fn hook(&self, cx: &Context) -> Result<Hook, PublishError> {
        let url = self.url.resolve(cx)?;
        let id = match url.segments()[..] {
            [.., "webhooks", id, _] if is_user_id(id) => id.to_owned(),
            _ => {
                let message = "the webhook's URL is not one of Discord";
                let kind = PublishErrorKind::Unauthorized;
                return Err(PublishError::new(kind, Code::Unauthorized, message).with_hint(
                    "copy the URL from the channel's settings, without `/slack` or `/github` at its end",
                ));
            }
        };
        Ok(Hook { url, id })
    }

    /// Reads the webhook. It sends no message.
    async fn read(&self, cx: &Context, hook: &Hook) -> Result<HookInfo, PublishError> {
        let request = Request {
            method: "GET".into(),
            ..Request::default()
        };
        let outcome = hook.url.send(cx, &request).await;
        let body = check_repeatable(cx, &hook.url, outcome)?.json();
        if body["id"].as_str().is_none() {
            let message = "Discord's answer does not describe the webhook";
            let kind = PublishErrorKind::Unavailable;
            return Err(PublishError::new(kind, Code::Unavailable, message));
        }
        gone::forget(cx, &hook.url);
        let name = body["name"].as_str().unwrap_or_default();
        let guild = body["guild_id"].as_str().filter(|id| is_user_id(id));
        Ok(HookInfo {
            name: names::remember(cx, &server_name(&hook.id), name),
            guild: guild.map(str::to_owned),
        })
    }
}

/// Returns a request for the message with this `id`, in `thread` if it opened one.
fn message_request(method: &'static str, id: Value, thread: Option<Value>) -> Request {
    let request = Request {
        method: method.into(),
        ..Request::default()
    };
    let request = request.segment("messages").segment(id);
    match thread {
        Some(thread) => request.query(THREAD, thread),
        None => request,
    }
}

/// Returns the name under which the webhook's name is cached.
fn server_name(id: &str) -> String {
    format!("discord {id}")
}

#[async_trait]
impl Sink for Discord {
    fn capabilities(&self) -> Capabilities {
        Capabilities {
            card: self.card.card_by(true),
            reads_article: self
                .thread_name
                .as_ref()
                .is_some_and(BodyTemplate::reads_article),
            edits: true,
            retracts: true,
            ..Capabilities::default()
        }
    }

    fn limits(&self, _: &ServerInfo) -> Limits {
        limits(MAX_CONTENT, self.card, self.pictures)
    }

    fn measure(&self, text: &RichText, _: &ServerInfo) -> Vec<Measure> {
        vec![measure(text)]
    }

    fn template(&self) -> &str {
        match self.card {
            CardStyle::Own => OWN_CARD_TEMPLATE,
            CardStyle::Platform | CardStyle::None => LINK_TEMPLATE,
        }
    }

    fn appearance(&self) -> Appearance {
        appearance::discord(self.card)
    }

    fn page_rules(&self) -> Option<&'static PageRules> {
        page_rules::of(self.card, &page_rules::DISCORD)
    }

    fn reaches_readers(&self) -> bool {
        !self.url.is_loopback()
    }

    fn compose(&self, post: &Post, _: &ServerInfo) -> Result<Payload, Diagnostic> {
        let settings = MessageSettings {
            card: self.card,
            pictures: self.pictures,
            thread_name: self.thread_name.as_ref(),
        };
        let body = message(post, &settings)?;
        // Without `wait`, Discord reports success for a message that it does not save.
        let request = Request {
            method: "POST".into(),
            ..Request::default()
        };
        let payload = Payload::new(SINK, request.query("wait", "true").json(body.into()));
        Ok(Payload {
            dialect: Dialect::Discord.name().into(),
            ..payload
        })
    }

    fn check_mention(&self, target: &str) -> Result<(), Diagnostic> {
        if is_user_id(target) {
            return Ok(());
        }
        let message =
            format!("`{target}` is not the ID of a member of Discord, a number of 17 to 20 digits");
        Err(Diagnostic::new(Code::MentionInvalid, message))
    }

    async fn prepare(
        &self,
        cx: &Context,
        _: &[Step],
        _: &[Medium],
    ) -> Result<Readiness, PublishError> {
        let hook = self.hook(cx)?;
        gone::check(cx, &hook.url)?;
        let guild = self.read(cx, &hook).await?.guild;
        let guild = guild.map(|guild| (GUILD.to_owned(), guild.into()));
        Ok(Readiness::Ready(Ready {
            slots: guild.into_iter().collect(),
            account: Some(hook.id),
            ..Ready::default()
        }))
    }

    async fn send(
        &self,
        cx: &Context,
        prepared: &Prepared,
        step: usize,
    ) -> Result<Receipt, PublishError> {
        let hook = self.hook(cx)?;
        let request = &prepared.steps[step].request;
        let response = check_create(cx, &hook.url, hook.url.send(cx, request).await)?;
        let guild = prepared.slots.get(GUILD).and_then(Value::as_str);
        let is_thread = request.body.as_json().get("thread_name").is_some();
        receipt(&response.json(), guild, is_thread).ok_or_else(|| {
            let message = "Discord accepted the post but did not return its identifier";
            PublishError::new(PublishErrorKind::Unknown, Code::OutcomeUnknown, message)
        })
    }

    async fn account(&self, cx: &Context) -> Result<Option<String>, PublishError> {
        Ok(Some(self.hook(cx)?.id))
    }

    async fn locate(&self, cx: &Context, address: &str) -> Result<Receipt, PublishError> {
        let address = parse(address)?;
        let hook = self.hook(cx)?;
        // The thread of a forum post has the ID of its first message.
        let is_thread = self.thread_name.is_some();
        let thread = is_thread.then(|| {
            address
                .channel
                .as_ref()
                .unwrap_or(&address.id)
                .as_str()
                .into()
        });
        let request = message_request("GET", address.id.as_str().into(), thread);
        let outcome = hook.url.send(cx, &request).await;
        let response = match check_repeatable(cx, &hook.url, outcome) {
            Err(error) if error.code == Code::PostGone => {
                let message = format!("`{}` is not a message of this webhook", address.id);
                return Err(PublishError::new(
                    PublishErrorKind::Rejected,
                    Code::Unsupported,
                    message,
                ));
            }
            outcome => outcome?,
        };
        let guild = self.read(cx, &hook).await?.guild;
        receipt(&response.json(), guild.as_deref(), is_thread).ok_or_else(|| {
            let message = "Discord's answer does not describe the message";
            PublishError::new(PublishErrorKind::Unavailable, Code::Unavailable, message)
        })
    }

    fn revise(&self, payload: &Payload) -> Option<Revision> {
        let body = payload.create()?.body.as_json().as_object()?;
        let mut change = body.clone();
        let thread = change.remove("thread_name");
        let editable: Map<String, Value> = change.clone();
        let slot_of_thread = thread
            .as_ref()
            .map(|_| slot(&format!("receipt:/extra/{THREAD}")));
        let request = message_request("PATCH", slot("receipt:/id"), slot_of_thread);
        Some(Revision {
            steps: vec![Step::new(
                "update",
                Role::FollowUp,
                request.json(change.into()),
            )],
            editable: editable.into(),
            fixed: json!({"thread_name": thread}),
            changes: "the message".into(),
            keeps: "the title of the forum post".into(),
        })
    }

    async fn update(
        &self,
        cx: &Context,
        receipt: &Receipt,
        change: &Prepared,
    ) -> Result<Receipt, PublishError> {
        let hook = self.hook(cx)?;
        for step in &change.steps {
            let outcome = hook.url.send(cx, &step.request).await;
            check_repeatable(cx, &hook.url, outcome)?;
        }
        Ok(receipt.clone())
    }

    async fn retract(&self, cx: &Context, receipt: &Receipt) -> Result<(), PublishError> {
        let Some(id) = receipt.id.clone() else {
            let message = "the receipt has no identifier of a message";
            return Err(PublishError::new(
                PublishErrorKind::Rejected,
                Code::Unsupported,
                message,
            ));
        };
        let hook = self.hook(cx)?;
        let request = message_request("DELETE", id.into(), receipt.extra.get(THREAD).cloned());
        let outcome = hook.url.send(cx, &request).await;
        match check_repeatable(cx, &hook.url, outcome) {
            Err(error) if error.code == Code::PostGone => Ok(()),
            outcome => outcome.map(drop),
        }
    }

    fn sender(&self, cx: &Context) -> Sender {
        match self.hook(cx) {
            Ok(hook) => names::sender(cx, &server_name(&hook.id), Some(&hook.id)),
            Err(_) => Sender::default(),
        }
    }

    fn check(&self, cx: &Context) -> Vec<Finding> {
        vec![passed_or_failed(self.hook(cx), |hook| {
            format!("found the URL of webhook `{}`", hook.id)
        })]
    }

    async fn check_online(&self, cx: &Context) -> Vec<Finding> {
        let Ok(hook) = self.hook(cx) else {
            // `check` reports it.
            return Vec::new();
        };
        vec![passed_or_failed(self.read(cx, &hook).await, |info| {
            format!("Discord reports the webhook `{}`", info.name)
        })]
    }
}
