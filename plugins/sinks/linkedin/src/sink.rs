//! Implements `Sink` for LinkedIn.

use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;
use syndicate_api::{
    Appearance, Capabilities, CardBy, Code, Context, Diagnostic, Endpoint, FileRules, Finding,
    Limits, Measure, Medium, PageRules, Payload, PlainHttp, Post, Prepared, PublishError,
    PublishErrorKind, Readiness, Ready, Receipt, Repeat, Result, Revision, RichText, Role,
    SecretString, Sender, ServerInfo, SignIn, Sink, Slots, Step, async_trait,
};

use crate::account::resolve_author;
use crate::author::Author;
use crate::client::Client;
use crate::compose::{self, ComposeSettings};
use crate::dialect::Dialect;
use crate::options::{OnUnknown, Options};
use crate::token::{TokenOrigin, renewal};
use crate::{
    appearance, check, check_online, create, edit, locate, media, page_rules, slots, token,
};

/// The LinkedIn sink with its validated options.
pub(crate) struct LinkedIn {
    pub(crate) author: Author,
    endpoint: Endpoint,
    pub(crate) options: Options,
    /// The folder that paths in the options are relative to.
    base: PathBuf,
}

impl LinkedIn {
    /// Creates the sink. Paths in the options are relative to `base`.
    ///
    /// # Errors
    /// Returns an error if the author or the endpoint is invalid.
    pub(crate) fn new(options: &Options, base: &Path) -> Result<Self> {
        let author = Author::parse(&options.author);
        let endpoint = Endpoint::parse(&options.endpoint, PlainHttp::Loopback);
        Ok(Self {
            author: author.map_err(syndicate_api::Error::msg)?,
            endpoint: endpoint.map_err(syndicate_api::Error::msg)?,
            options: options.clone(),
            base: base.to_owned(),
        })
    }

    /// Returns a client with the configured token.
    ///
    /// # Errors
    /// Returns an error if the token is missing or not usable.
    pub(crate) async fn client<'a>(&'a self, cx: &'a Context) -> Result<Client<'a>, PublishError> {
        let token =
            token::get_or_refresh(cx, self, &self.options, &self.author, &self.base).await?;
        let account = token.credential.map(|credential| credential.account);
        Ok(self.client_of(cx, token.secret, &token.origin, account))
    }

    /// Returns a client with this token of `origin`. `account` is the member of the token, if known.
    pub(crate) fn client_of<'a>(
        &'a self,
        cx: &'a Context,
        token: SecretString,
        origin: &TokenOrigin,
        account: Option<String>,
    ) -> Client<'a> {
        let version = self.options.api_version;
        let renewal = renewal::replace(&self.options, &self.author, origin);
        Client::new(cx, &self.endpoint, version, token, account, renewal)
    }
}

#[async_trait]
impl Sink for LinkedIn {
    fn capabilities(&self) -> Capabilities {
        Capabilities {
            card: CardBy::Us,
            edits: self.options.api.edits(),
            // The Posts API deletes the posts of every dialect.
            retracts: true,
            // The tokens that are available to everyone lack the right to read posts.
            finds: false,
            lists: false,
            ..Capabilities::default()
        }
    }

    fn limits(&self, _: &ServerInfo) -> Limits {
        let dialect = self.options.api;
        Limits {
            text: self.options.text_limit,
            picture: self.options.card_pictures(),
            media: media::PICTURES,
            format: self.options.post.form(),
            documents: match dialect {
                Dialect::Posts => media::DOCUMENTS,
                Dialect::Ugc | Dialect::Shares => FileRules::NONE,
            },
            videos: match dialect {
                Dialect::Posts | Dialect::Ugc => media::VIDEOS,
                Dialect::Shares => FileRules::NONE,
            },
        }
    }

    fn appearance(&self) -> Appearance {
        appearance::feed(self.options.api)
    }

    fn page_rules(&self) -> Option<&'static PageRules> {
        Some(&page_rules::RULES)
    }

    fn reaches_readers(&self) -> bool {
        !self.endpoint.is_loopback()
    }

    fn measure(&self, text: &RichText, _: &ServerInfo) -> Vec<Measure> {
        let used = self.options.api.measure(text);
        vec![Measure::new("characters", used, self.options.text_limit)]
    }

    fn compose(&self, post: &Post, _: &ServerInfo) -> Result<Payload, Diagnostic> {
        let settings = ComposeSettings {
            dialect: self.options.api,
            thumbnail: self.options.card_pictures(),
            author: &self.author,
            visibility: self.options.visibility,
            text_limit: self.options.text_limit,
        };
        compose::compose(&settings, post)
    }

    fn check_mention(&self, target: &str) -> Result<(), Diagnostic> {
        compose::check_mention(self.options.api, target)
    }

    async fn prepare(
        &self,
        cx: &Context,
        steps: &[Step],
        media: &[Medium],
    ) -> Result<Readiness, PublishError> {
        let client = self.client(cx).await?;
        let author = resolve_author(&self.author, &client).await?;
        let mut slots = Slots::new();
        // A revision changes the commentary only, so its media are not uploaded again.
        if steps.iter().any(|step| step.role == Role::Create) {
            for (index, medium) in media.iter().enumerate() {
                let urn = media::upload(&client, self.options.api, &author, medium).await?;
                slots.insert(slots::media(index), urn.into());
            }
        }
        if self.author == Author::Me {
            slots.insert(slots::AUTHOR.to_owned(), author.clone().into());
        }
        Ok(Readiness::Ready(Ready {
            slots,
            account: Some(author),
            repeat: Vec::new(),
        }))
    }

    async fn send(
        &self,
        cx: &Context,
        prepared: &Prepared,
        step: usize,
    ) -> Result<Receipt, PublishError> {
        let Some(step) = prepared.steps.get(step) else {
            let message = "the payload has no such step";
            let kind = PublishErrorKind::Rejected;
            return Err(PublishError::new(kind, Code::Rejected, message));
        };
        create::create(&self.client(cx).await?, &step.request).await
    }

    fn repeat(&self, role: Role, sent: Timestamp) -> Repeat {
        if role != Role::Create {
            return Repeat::Never;
        }
        let after = |secs| {
            sent.checked_add(Duration::from_secs(secs))
                .unwrap_or(Timestamp::MAX)
        };
        Repeat::Evidence {
            from: after(self.options.probe_after_secs),
            until: after(self.options.probe_within_secs),
            by_itself: self.options.on_unknown == OnUnknown::Probe,
        }
    }

    async fn account(&self, cx: &Context) -> Result<Option<String>, PublishError> {
        if let Author::Urn(urn) = &self.author {
            return Ok(Some(urn.clone()));
        }
        let client = self.client(cx).await?;
        resolve_author(&self.author, &client).await.map(Some)
    }

    async fn locate(&self, _: &Context, address: &str) -> Result<Receipt, PublishError> {
        locate::locate(address)
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

    async fn retract(&self, cx: &Context, receipt: &Receipt) -> Result<(), PublishError> {
        edit::retract(&self.client(cx).await?, receipt).await
    }

    fn sender(&self, cx: &Context) -> Sender {
        token::sender(cx, &self.options, &self.author)
    }

    fn check(&self, cx: &Context) -> Vec<Finding> {
        let token = token::get(cx, &self.options, &self.author, &self.base);
        check::check(cx, &self.author, &self.options, token)
    }

    async fn check_online(&self, cx: &Context) -> Vec<Finding> {
        match self.client(cx).await {
            Ok(client) => check_online::check(&client, &self.author, &self.options).await,
            // Without a token there is nothing to check online; `check` reports the missing token.
            Err(_) => Vec::new(),
        }
    }

    fn sign_in(&self) -> Option<&dyn SignIn> {
        Some(self)
    }
}
