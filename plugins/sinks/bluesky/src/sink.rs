//! Implements `Sink` for Bluesky.

use jiff::Timestamp;
use syndicate_api::{
    Appearance, Capabilities, CardBy, Context, Diagnostic, Finding, Found, Limits, ListPage,
    Measure, Medium, PageLink, PageRules, Payload, Post, Prepared, PublishError, Readiness, Ready,
    Receipt, Repeat, Revision, RichText, Role, Sender, ServerInfo, Shape, SignIn, Sink, SiteFile,
    Sought, Stamp, Step, async_trait, url_is_loopback,
};

use crate::client::Client;
use crate::identifier::is_did;
use crate::options::Options;
use crate::rich_text::{self, MAX_BYTES, MAX_GRAPHEMES};
use crate::{
    appearance, check, compose, create, edit, find, locate, page_rules, prepare, seal, server,
    standard_site,
};

/// The Bluesky sink with its validated options.
#[derive(Debug)]
pub(crate) struct Bluesky {
    client: Client,
}

impl Bluesky {
    /// Creates the sink.
    pub(crate) fn new(options: &Options) -> Self {
        Self {
            client: Client::new(options.clone()),
        }
    }
}

#[async_trait]
impl Sink for Bluesky {
    fn capabilities(&self) -> Capabilities {
        Capabilities {
            shape: Shape::Post,
            card: CardBy::Us,
            edits: self.client.options.update_card || self.client.options.standard_site.is_some(),
            retracts: true,
            finds: true,
            lists: true,
            reads_article: self.client.options.standard_site.is_some(),
            page_links: self.client.options.standard_site.is_some(),
            ..Capabilities::default()
        }
    }

    fn limits(&self, server_info: &ServerInfo) -> Limits {
        Limits {
            picture: self.client.options.thumbnail,
            media: server::pictures(server_info),
            format: self.client.options.post.format(),
            ..Limits::text(MAX_GRAPHEMES)
        }
    }

    fn measure(&self, text: &RichText, _: &ServerInfo) -> Vec<Measure> {
        let encoded = rich_text::encode(text, self.client.options.shorten_links);
        vec![
            Measure::new("graphemes", encoded.graphemes(), MAX_GRAPHEMES),
            Measure::new("bytes", encoded.text.len(), MAX_BYTES),
        ]
    }

    fn visible_link(&self, link: &str) -> String {
        rich_text::visible_link(link, self.client.options.shorten_links)
    }

    fn appearance(&self) -> Appearance {
        appearance::feed()
    }

    fn page_rules(&self) -> Option<&'static PageRules> {
        Some(&page_rules::RULES)
    }

    fn compose(&self, post: &Post, _: &ServerInfo) -> Result<Payload, Diagnostic> {
        compose::compose(&self.client.options, post)
    }

    fn page_links(&self, key: &str, server_info: &ServerInfo) -> Result<Vec<PageLink>, Diagnostic> {
        let options = &self.client.options;
        match &options.standard_site {
            Some(site) => standard_site::page_links(site, &options.account(), key, server_info),
            None => Ok(Vec::new()),
        }
    }

    fn site_files(&self, server_info: &ServerInfo) -> Result<Vec<SiteFile>, Diagnostic> {
        let options = &self.client.options;
        match &options.standard_site {
            Some(site) => standard_site::site_files(site, &options.account(), server_info),
            None => Ok(Vec::new()),
        }
    }

    fn check_mention(&self, target: &str) -> Result<(), Diagnostic> {
        compose::check_mention(target)
    }

    fn server(&self) -> Option<String> {
        let options = &self.client.options;
        let server = options.endpoint.as_deref().unwrap_or(&options.plc);
        Some(format!(
            "{} {}",
            server.trim_end_matches('/'),
            options.account()
        ))
    }

    async fn discover(&self, cx: &Context) -> Result<ServerInfo, PublishError> {
        server::discover(cx, &self.client).await
    }

    async fn prepare(
        &self,
        cx: &Context,
        steps: &[Step],
        media: &[Medium],
    ) -> Result<Readiness, PublishError> {
        let ready = prepare::prepare(cx, &self.client, steps, media).await?;
        Ok(Readiness::Ready(ready))
    }

    fn seal(
        &self,
        _: &Context,
        steps: &[Step],
        ready: Ready,
        stamp: &Stamp,
    ) -> Result<Prepared, PublishError> {
        seal::seal(steps, ready, stamp)
    }

    async fn send(
        &self,
        cx: &Context,
        prepared: &Prepared,
        step: usize,
    ) -> Result<Receipt, PublishError> {
        create::send(cx, &self.client, prepared, step).await
    }

    fn reaches_readers(&self) -> bool {
        let endpoint = self.client.options.endpoint.as_deref();
        !url_is_loopback(endpoint.unwrap_or(&self.client.options.plc))
    }

    fn repeat(&self, _: Role, _: Timestamp) -> Repeat {
        // Every step is a `putRecord` with a key of its own.
        Repeat::ALWAYS
    }

    async fn find(&self, cx: &Context, sought: &Sought<'_>) -> Result<Found, PublishError> {
        find::find(cx, &self.client, sought).await
    }

    async fn list(&self, cx: &Context, from: Option<&str>) -> Result<ListPage, PublishError> {
        find::list(cx, &self.client, from).await
    }

    fn revise(&self, payload: &Payload) -> Option<Revision> {
        edit::revise(&self.client.options, payload)
    }

    async fn update(
        &self,
        cx: &Context,
        receipt: &Receipt,
        change: &Prepared,
    ) -> Result<Receipt, PublishError> {
        edit::update(cx, &self.client, receipt, change).await
    }

    async fn account(&self, cx: &Context) -> Result<Option<String>, PublishError> {
        Ok(Some(self.client.session(cx).await?.account))
    }

    async fn locate(&self, cx: &Context, address: &str) -> Result<Receipt, PublishError> {
        locate::locate(cx, &self.client, address).await
    }

    async fn retract(&self, cx: &Context, receipt: &Receipt) -> Result<(), PublishError> {
        edit::retract(cx, &self.client, receipt).await
    }

    fn sender(&self, cx: &Context) -> Sender {
        let (password, account) = (self.client.password(cx), self.client.options.account());
        let provider = self.client.source(&account, password.as_ref()).provider();
        let stored = cx.credentials.account(&provider);
        let is_handle = !is_did(&account);
        Sender {
            name: is_handle.then(|| format!("@{account}")),
            id: stored
                .map(|stored| stored.id)
                .or((!is_handle).then_some(account)),
            profile: None,
        }
    }

    fn check(&self, cx: &Context) -> Vec<Finding> {
        check::check(cx, &self.client)
    }

    async fn check_online(&self, cx: &Context) -> Vec<Finding> {
        check::check_online(cx, &self.client).await
    }

    fn sign_in(&self) -> Option<&dyn SignIn> {
        Some(&self.client)
    }
}
