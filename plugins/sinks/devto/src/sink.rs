//! Implements `Sink` for Forem sites.

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use syndicate_api::{
    Appearance, Article, Capabilities, CardBy, Context, Diagnostic, Endpoint, Finding, Found,
    Limits, ListPage, Measure, Medium, Payload, PlainHttp, Post, PostLayout, Prepared,
    PublishError, Readiness, Ready, Receipt, Repeat, Result, Revision, RichText, Role, Sender,
    ServerInfo, Shape, ShownValue, Sink, Sought, Step, async_trait,
};

use crate::client::{Client, Paces};
use crate::compose::{self, DESCRIPTION_LIMIT};
use crate::options::Options;
use crate::{account, check, create, edit, search};

/// The built-in template. Its text is the description of the article.
const TEMPLATE: &str = "{{#if description}}{{fit description}}{{else}}{{title}}{{/if}}";

/// The time from which a repeat finds the first article. Forem stores an article before it answers.
const EVIDENCE_FROM: SignedDuration = SignedDuration::from_secs(30);

/// The time until which a repeat is refused: an account cannot use a title twice within five minutes. The canonical
/// URL must be unique only among published articles.
const EVIDENCE_UNTIL: SignedDuration = SignedDuration::from_mins(4);

/// The sink with its validated options.
pub(crate) struct DevTo {
    endpoint: Endpoint,
    options: Options,
    paces: Paces,
}

impl DevTo {
    /// Creates the sink.
    ///
    /// # Errors
    /// Returns an error if the endpoint is invalid.
    pub(crate) fn new(options: &Options) -> Result<Self> {
        let endpoint = Endpoint::parse(&options.endpoint, PlainHttp::Loopback);
        Ok(Self {
            endpoint: endpoint.map_err(syndicate_api::Error::msg)?,
            options: options.clone(),
            paces: Paces::default(),
        })
    }

    fn client<'a>(&'a self, cx: &'a Context) -> Result<Client<'a>, PublishError> {
        Client::new(cx, &self.endpoint, &self.options, &self.paces)
    }
}

/// The values that the site shows with an article. The description is in lists, in searches and on the article's own
/// cards, and is what the author edits as the commentary.
const VALUES: &[ShownValue] = &[
    ShownValue {
        label: "description",
        pointer: "/article/description",
        default: "",
    },
    ShownValue {
        label: "series",
        pointer: "/article/series",
        default: "",
    },
    ShownValue {
        label: "organization",
        pointer: "/article/organization_id",
        default: "",
    },
];

#[async_trait]
impl Sink for DevTo {
    fn capabilities(&self) -> Capabilities {
        Capabilities {
            shape: Shape::Article,
            // Title, description and cover are sent; the cover by its URL, so that no picture is uploaded.
            card: CardBy::Us,
            edits: true,
            retracts: true,
            finds: true,
            lists: true,
            ..Capabilities::default()
        }
    }

    fn limits(&self, _: &ServerInfo) -> Limits {
        Limits::text(DESCRIPTION_LIMIT)
    }

    /// The commentary is the description of the article.
    fn measure(&self, text: &RichText, _: &ServerInfo) -> Vec<Measure> {
        let used = text.plain().chars().count();
        vec![Measure::new(
            "characters of the description",
            used,
            DESCRIPTION_LIMIT,
        )]
    }

    fn template(&self) -> &str {
        TEMPLATE
    }

    /// The cover is sent as a URL, so that nothing is known about the size of its picture.
    fn appearance(&self) -> Appearance {
        Appearance {
            platform: "dev.to".into(),
            layout: PostLayout::Article,
            badge: (!self.options.publish).then_some("draft".into()),
            values: VALUES,
            ..Appearance::default()
        }
    }

    fn shown_article(&self, article: &Article) -> Article {
        compose::shown(article)
    }

    fn reaches_readers(&self) -> bool {
        !self.endpoint.is_loopback()
    }

    fn compose(&self, post: &Post, _: &ServerInfo) -> Result<Payload, Diagnostic> {
        compose::compose(post, &self.options)
    }

    async fn prepare(
        &self,
        cx: &Context,
        steps: &[Step],
        _: &[Medium],
    ) -> Result<Readiness, PublishError> {
        let client = self.client(cx)?;
        let account = account::get(&client).await?;
        let create = steps.iter().find(|step| step.role == Role::Create);
        let body = create.map(|step| step.request.body.as_json());
        let url = body.and_then(|body| body.pointer("/article/canonical_url"));
        if let Some(url) = url.and_then(Value::as_str)
            && let Some(receipt) = search::by_canonical(&client, url).await?
        {
            return Ok(Readiness::Exists(receipt));
        }
        Ok(Readiness::Ready(Ready {
            account: Some(account.id),
            ..Ready::default()
        }))
    }

    async fn send(
        &self,
        cx: &Context,
        prepared: &Prepared,
        step: usize,
    ) -> Result<Receipt, PublishError> {
        create::create(&self.client(cx)?, &prepared.steps[step].request).await
    }

    fn repeat(&self, _: Role, sent: Timestamp) -> Repeat {
        Repeat::Evidence {
            from: sent.saturating_add(EVIDENCE_FROM).unwrap_or(Timestamp::MAX),
            until: sent
                .saturating_add(EVIDENCE_UNTIL)
                .unwrap_or(Timestamp::MAX),
            by_itself: false,
        }
    }

    async fn find(&self, cx: &Context, sought: &Sought<'_>) -> Result<Found, PublishError> {
        search::find(&self.client(cx)?, sought).await
    }

    async fn list(&self, cx: &Context, from: Option<&str>) -> Result<ListPage, PublishError> {
        search::list(&self.client(cx)?, from).await
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
        edit::update(&self.client(cx)?, receipt, change).await
    }

    async fn account(&self, cx: &Context) -> Result<Option<String>, PublishError> {
        let account = account::get(&self.client(cx)?).await?;
        Ok(Some(account.id))
    }

    async fn locate(&self, cx: &Context, address: &str) -> Result<Receipt, PublishError> {
        search::locate(&self.client(cx)?, &self.endpoint, address).await
    }

    async fn retract(&self, cx: &Context, receipt: &Receipt) -> Result<(), PublishError> {
        edit::retract(&self.client(cx)?, receipt).await
    }

    fn sender(&self, cx: &Context) -> Sender {
        let client = self.client(cx);
        client.map_or_else(|_| Sender::default(), |client| account::sender(&client))
    }

    fn check(&self, cx: &Context) -> Vec<Finding> {
        check::check(self.client(cx), &self.options)
    }

    async fn check_online(&self, cx: &Context) -> Vec<Finding> {
        match self.client(cx) {
            Ok(client) => check::check_online(&client).await,
            // Without a key there is nothing to check online; `check` reports the missing key.
            Err(_) => Vec::new(),
        }
    }
}
