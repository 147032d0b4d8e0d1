//! Implements `Sink` for Mastodon.

use syndicate_api::{
    Appearance, Capabilities, CardBy, Code, Context, Diagnostic, Endpoint, FileRules, Finding,
    Found, Limits, ListPage, Measure, Medium, PageRules, Payload, PicturePolicy, PlainHttp, Post,
    Prepared, PublishError, PublishErrorKind, Readiness, Ready, Receipt, Repeat, Result, Revision,
    RichText, Role, Sender, ServerInfo, Shape, SignIn, Sink, Sought, Stamp, Step, async_trait,
};

use crate::client::Client;
use crate::errors::ERRORS;
use crate::options::Options;
use crate::server_limits::ServerLimits;
use crate::status::Status;
use crate::{
    account, appearance, check, compose, discover, edit, find, listing, locate, page_rules,
    retract, software, text, token, upload,
};

/// The built-in text: title, description as far as it fits, link and hashtags. The link is last but for the
/// hashtags, and the server makes the card from it.
const TEMPLATE: &str = include_str!("default.hbs");

/// The Mastodon sink with its validated options.
pub(crate) struct Mastodon {
    pub(crate) options: Options,
    pub(crate) endpoint: Endpoint,
    /// The name of the component, which distinguishes two accounts of one server.
    name: String,
}

impl Mastodon {
    /// Creates the sink.
    ///
    /// # Errors
    /// Returns an error if the endpoint is invalid.
    pub(crate) fn new(options: &Options, name: &str) -> Result<Self> {
        let endpoint = Endpoint::parse_root(&options.endpoint, PlainHttp::Loopback);
        Ok(Self {
            options: options.clone(),
            endpoint: endpoint.map_err(syndicate_api::Error::msg)?,
            name: name.to_owned(),
        })
    }

    /// Returns a client with the token.
    ///
    /// # Errors
    /// Returns `Unauthorized` without a token.
    async fn client<'a>(&'a self, cx: &'a Context) -> Result<Client<'a>, PublishError> {
        let token = token::get(cx, self, &self.options).await?;
        Ok(Client::new(cx, &self.endpoint, token))
    }

    fn warning(&self) -> &str {
        self.options.content_warning.as_deref().unwrap_or_default()
    }
}

#[async_trait]
impl Sink for Mastodon {
    fn capabilities(&self) -> Capabilities {
        // The website shows no card below a content warning.
        let has_card = self.warning().is_empty();
        let by_server = CardBy::Platform { reads_text: true };
        Capabilities {
            shape: Shape::Post,
            card: if has_card { by_server } else { CardBy::None },
            edits: true,
            retracts: true,
            finds: true,
            lists: true,
            ..Capabilities::default()
        }
    }

    fn limits(&self, server_info: &ServerInfo) -> Limits {
        let limits = ServerLimits::of(server_info);
        Limits {
            text: limits.max_characters,
            picture: PicturePolicy::Skip,
            media: limits.pictures(),
            format: self.options.post.format(),
            documents: FileRules::NONE,
            videos: limits.videos(),
        }
    }

    fn measure(&self, text: &RichText, server_info: &ServerInfo) -> Vec<Measure> {
        let limits = ServerLimits::of(server_info);
        let text = text::encode(text);
        let length = text::length(&text, self.warning(), limits.url_length);
        let mut measures = vec![Measure::new("characters", length, limits.max_characters)];
        if limits.counts_code_points {
            let length = text::code_points(&text, self.warning());
            measures.push(Measure::new("code points", length, limits.max_characters));
        }
        measures
    }

    fn template(&self) -> &str {
        TEMPLATE
    }

    fn appearance(&self) -> Appearance {
        appearance::website()
    }

    fn page_rules(&self) -> Option<&'static PageRules> {
        let has_card = self.capabilities().card != CardBy::None;
        has_card.then_some(&page_rules::RULES)
    }

    fn reaches_readers(&self) -> bool {
        !self.endpoint.is_loopback()
    }

    fn compose(&self, post: &Post, server_info: &ServerInfo) -> Result<Payload, Diagnostic> {
        compose::compose(&self.options, &ServerLimits::of(server_info), post)
    }

    fn check_mention(&self, target: &str) -> Result<(), Diagnostic> {
        compose::check_mention(target)
    }

    fn server(&self) -> Option<String> {
        Some(format!("mastodon {} {}", self.endpoint.as_str(), self.name))
    }

    async fn discover(&self, cx: &Context) -> Result<ServerInfo, PublishError> {
        let token = token::get(cx, self, &self.options).await.ok();
        discover::discover(&Client::new(cx, &self.endpoint, token)).await
    }

    async fn prepare(
        &self,
        cx: &Context,
        steps: &[Step],
        media: &[Medium],
    ) -> Result<Readiness, PublishError> {
        let client = self.client(cx).await?;
        let account = account::account(&client).await?;
        let mut slots = upload::upload_all(&client, steps, media).await?;
        let mut repeat = vec![Repeat::Never; steps.len()];
        if let Some(create) = steps.iter().position(|step| step.role == Role::Create) {
            let software = software::fetch(&client).await;
            let is_keyed = software.is_some_and(|software| software::is_keyed(&software.name));
            repeat[create] = software::repeat(is_keyed, cx.now());
            slots.extend(find::slots(&steps[create].request));
        }
        Ok(Readiness::Ready(Ready {
            slots,
            repeat,
            account: Some(account.id),
        }))
    }

    fn seal(
        &self,
        _: &Context,
        steps: &[Step],
        mut ready: Ready,
        stamp: &Stamp,
    ) -> Result<Prepared, PublishError> {
        ready.slots.extend(stamp.slots());
        // The server counts from the first request, which follows now.
        for rule in &mut ready.repeat {
            *rule = software::repeat(matches!(rule, Repeat::Keyed { .. }), stamp.now);
        }
        Prepared::fill(steps, ready).map_err(|error| {
            let message = "the payload was not composed by this sink";
            PublishError::new(PublishErrorKind::Rejected, Code::Rejected, message)
                .caused_by(error.to_string())
        })
    }

    async fn send(
        &self,
        cx: &Context,
        prepared: &Prepared,
        step: usize,
    ) -> Result<Receipt, PublishError> {
        let client = self.client(cx).await?;
        let Some(step) = prepared.steps.get(step) else {
            let message = format!("the payload has no step {step}");
            let kind = PublishErrorKind::Rejected;
            return Err(PublishError::new(kind, Code::Rejected, message));
        };
        let response = ERRORS.check_create(cx, client.send(&step.request).await)?;
        let receipt = ERRORS.receipt(&response, "/id", "/url")?;
        let status = Status::parse(&response.json());
        Ok(status.map_or(receipt, |status| status.receipt()))
    }

    async fn find(&self, cx: &Context, sought: &Sought<'_>) -> Result<Found, PublishError> {
        find::find(&self.client(cx).await?, sought).await
    }

    async fn list(&self, cx: &Context, from: Option<&str>) -> Result<ListPage, PublishError> {
        listing::list(&self.client(cx).await?, from).await
    }

    fn revise(&self, payload: &Payload) -> Option<Revision> {
        edit::revise(payload)
    }

    async fn update(
        &self,
        cx: &Context,
        receipt: &Receipt,
        change: &Prepared,
    ) -> Result<Receipt, PublishError> {
        edit::update(&self.client(cx).await?, receipt, change).await
    }

    async fn account(&self, cx: &Context) -> Result<Option<String>, PublishError> {
        let account = account::account(&self.client(cx).await?).await?;
        Ok(Some(account.id))
    }

    async fn locate(&self, cx: &Context, address: &str) -> Result<Receipt, PublishError> {
        locate::locate(&self.client(cx).await?, address).await
    }

    async fn retract(&self, cx: &Context, receipt: &Receipt) -> Result<(), PublishError> {
        retract::retract(&self.client(cx).await?, receipt).await
    }

    fn sender(&self, cx: &Context) -> Sender {
        let known = match token::configured(cx, &self.options) {
            Ok(Some(token)) => account::cached(&Client::new(cx, &self.endpoint, token)),
            _ => token::stored(cx, self, &self.options).ok(),
        };
        known.map_or_else(Sender::default, |account| Sender {
            name: Some(account.name),
            id: Some(account.id),
            profile: None,
        })
    }

    fn check(&self, cx: &Context) -> Vec<Finding> {
        let token = match token::configured(cx, &self.options) {
            Ok(Some(_)) => Ok(None),
            Ok(None) => token::stored(cx, self, &self.options).map(Some),
            Err(error) => Err(error),
        };
        check::check(&self.options, &self.endpoint, token)
    }

    async fn check_online(&self, cx: &Context) -> Vec<Finding> {
        match self.client(cx).await {
            Ok(client) => check::check_online(&client).await,
            // `check` reports the missing token.
            Err(_) => Vec::new(),
        }
    }

    fn sign_in(&self) -> Option<&dyn SignIn> {
        Some(self)
    }
}
