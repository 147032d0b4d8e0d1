//! Sinks publish posts. A sink encodes a post (`compose`, pure), uploads media (`prepare`, repeatable and
//! invisible to readers), fixes time and key (`seal`, local) and sends exactly one creating request (`send`). The
//! engine records the intent between `seal` and `send`.

mod capabilities;
mod finding;
mod limits;
mod revision;

use async_trait::async_trait;
use jiff::Timestamp;

pub use self::capabilities::{Capabilities, CardBy, Shape};
pub use self::finding::Finding;
pub use self::limits::{Limits, Measure, MediaRules, PicturePolicy};
pub use self::revision::Revision;
use crate::{
    Appearance, Article, Code, Context, Diagnostic, Found, ListPage, Medium, PageLink, PageRules,
    Payload, Post, Prepared, PublishError, PublishErrorKind, Readiness, Ready, Receipt, Repeat,
    RichText, Role, Sender, ServerInfo, SignIn, SiteFile, Sought, Stamp, Step,
};

/// The template of sinks without one of their own: the description and the hashtags. The link is in the card.
pub const DEFAULT_TEMPLATE: &str = include_str!("default.hbs");

/// Publishes posts on one platform.
#[async_trait]
pub trait Sink: Send + Sync {
    /// Returns the abilities of the sink. The default is a post without a card.
    fn capabilities(&self) -> Capabilities {
        Capabilities::default()
    }

    /// Returns the texts and files that the platform accepts.
    fn limits(&self, server_info: &ServerInfo) -> Limits;

    /// Returns the length of `text` by each rule of the platform. A text fits if every measure fits. The first one
    /// is shown to the user and is the budget of templates. The default counts Unicode code points.
    fn measure(&self, text: &RichText, server_info: &ServerInfo) -> Vec<Measure> {
        let (used, limit) = (text.plain().chars().count(), self.limits(server_info).text);
        vec![Measure::new("characters", used, limit)]
    }

    /// Returns the built-in template. It must contain the link if the platform makes the card from it.
    fn template(&self) -> &str {
        DEFAULT_TEMPLATE
    }

    /// Returns the look of a post in the platform's feed, for previews.
    fn appearance(&self) -> Appearance {
        Appearance::default()
    }

    /// Returns the text by which a post shows `link`, for previews. Override it if the payload has another text than the
    /// URL.
    fn visible_link(&self, link: &str) -> String {
        link.to_owned()
    }

    /// Returns `article` as readers will see it, for previews. Override it if the platform limits its parts, such as
    /// the tags.
    fn shown_article(&self, article: &Article) -> Article {
        article.clone()
    }

    /// Encodes `post`. Pure: the same post always becomes the same payload.
    ///
    /// # Errors
    /// Returns a [`Diagnostic`] if the platform cannot accept the post.
    fn compose(&self, post: &Post, server_info: &ServerInfo) -> Result<Payload, Diagnostic>;

    /// Returns the rules by which the platform's crawler reads the page of a post, for previews and `syndicate check`.
    /// By default they are not known, or the platform has no
    /// crawler.
    fn page_rules(&self) -> Option<&'static PageRules> {
        None
    }

    /// Returns the links that the page of a post contains, which are known before the post is sent. `key` is that of
    /// its [`Article`](crate::Article). Pure.
    ///
    /// # Errors
    /// Returns a [`Diagnostic`] if the account is not known.
    fn page_links(&self, key: &str, server_info: &ServerInfo) -> Result<Vec<PageLink>, Diagnostic> {
        let _ = (key, server_info);
        Ok(Vec::new())
    }

    /// Returns the files that the site serves for this sink. Pure.
    ///
    /// # Errors
    /// Returns a [`Diagnostic`] if the account is not known.
    fn site_files(&self, server_info: &ServerInfo) -> Result<Vec<SiteFile>, Diagnostic> {
        let _ = server_info;
        Ok(Vec::new())
    }

    /// Checks the identifier of an account that templates may mention. Pure.
    ///
    /// # Errors
    /// Returns a [`Diagnostic`] if the platform has no such identifiers.
    fn check_mention(&self, target: &str) -> Result<(), Diagnostic> {
        let _ = target;
        Ok(())
    }

    /// Returns the name under which the server's values are cached: endpoint and account, without a secret. `None`
    /// if there is nothing to discover.
    fn server(&self) -> Option<String> {
        None
    }

    /// Reads limits, software and account from the server. The engine calls it when a plan is made, and caches the
    /// result under [`Sink::server`].
    ///
    /// # Errors
    /// Returns any kind but `Unknown`.
    async fn discover(&self, cx: &Context) -> Result<ServerInfo, PublishError> {
        let _ = cx;
        Ok(ServerInfo::default())
    }

    /// Looks up the account and uploads media, and returns the values of the slots. It creates nothing that
    /// readers can see, so it may run again. It serves a creation and a revision alike. The default is for steps
    /// without slots of the platform.
    ///
    /// # Errors
    /// Returns any kind but `Unknown`.
    async fn prepare(
        &self,
        cx: &Context,
        steps: &[Step],
        media: &[Medium],
    ) -> Result<Readiness, PublishError> {
        let _ = (cx, steps, media);
        Ok(Readiness::Ready(Ready::default()))
    }

    /// Fills the slots of `ready`, `now` and `key`, without the network. Override it for slots that are computed from
    /// those, such as a record key or a signature.
    ///
    /// # Errors
    /// Returns `Rejected` if a slot has no value.
    fn seal(
        &self,
        cx: &Context,
        steps: &[Step],
        ready: Ready,
        stamp: &Stamp,
    ) -> Result<Prepared, PublishError> {
        let _ = cx;
        let mut ready = ready;
        ready.slots.extend(stamp.slots());
        if ready.repeat.is_empty() {
            let rules = steps.iter().map(|step| self.repeat(step.role, stamp.now));
            ready.repeat = rules.collect();
        }
        Prepared::fill(steps, ready).map_err(|error| {
            let message = "the payload was not composed by this sink";
            PublishError::new(PublishErrorKind::Rejected, Code::Rejected, message)
                .caused_by(error.to_string())
        })
    }

    /// Sends the step with this index once. [`ErrorTable`](crate::ErrorTable) maps its response.
    ///
    /// # Errors
    /// Returns `Unknown` whenever the platform may have accepted a creating request.
    async fn send(
        &self,
        cx: &Context,
        prepared: &Prepared,
        step: usize,
    ) -> Result<Receipt, PublishError>;

    /// Returns `true` if readers can see the posts, so that links must be public. Return `false` if the endpoint is
    /// this machine.
    fn reaches_readers(&self) -> bool {
        true
    }

    /// Returns the rule for repeating a step of this role that is first sent at the time `sent`. A rule that depends on
    /// the server is [`Ready::repeat`] instead.
    fn repeat(&self, role: Role, sent: Timestamp) -> Repeat {
        let _ = (role, sent);
        Repeat::Never
    }

    /// Looks for a post whose delivery is unknown.
    ///
    /// # Errors
    /// Returns any kind but `Unknown`.
    async fn find(&self, cx: &Context, sought: &Sought<'_>) -> Result<Found, PublishError> {
        let _ = (cx, sought);
        Ok(Found::Unclear(
            "this sink cannot search its platform".to_owned(),
        ))
    }

    /// Lists the posts of the account, a page at a time. `from` is the position after an earlier page.
    ///
    /// # Errors
    /// Returns any kind but `Unknown`.
    async fn list(&self, cx: &Context, from: Option<&str>) -> Result<ListPage, PublishError> {
        let _ = (cx, from);
        Err(unsupported(
            "this sink cannot list the posts of its platform",
        ))
    }

    /// Returns the changes that `payload` allows to a post made from an earlier payload. Returns `None` if the
    /// platform allows no change. Pure.
    fn revise(&self, payload: &Payload) -> Option<Revision> {
        let _ = payload;
        None
    }

    /// Changes the post of `receipt` and returns its new receipt. The slots of `change` are filled, also those of the
    /// receipt. It must be safe to repeat.
    ///
    /// # Errors
    /// Returns `Conflict` if the post was changed on the platform since `receipt`, and any other kind but `Unknown`,
    /// because the same change may be made again.
    async fn update(
        &self,
        cx: &Context,
        receipt: &Receipt,
        change: &Prepared,
    ) -> Result<Receipt, PublishError> {
        let _ = (cx, receipt, change);
        Err(unsupported("this sink cannot change a published post"))
    }

    /// Requests the account of the current token, by the platform's identifier. Returns `None` if the sink has no
    /// account. Before a post is changed, retracted or repeated, it is compared with the account that created the
    /// post.
    ///
    /// # Errors
    /// Returns any kind but `Unknown`.
    async fn account(&self, cx: &Context) -> Result<Option<String>, PublishError> {
        let _ = cx;
        Ok(None)
    }

    /// Returns the receipt of the post at `address`: an identifier of the platform, or a URL that a user copied
    /// from it.
    ///
    /// # Errors
    /// Returns `Rejected` if `address` is not a post of this platform, and other kinds if the platform does not
    /// answer.
    async fn locate(&self, cx: &Context, address: &str) -> Result<Receipt, PublishError> {
        let _ = cx;
        let id = address.trim();
        if id.is_empty() || id.contains(|c: char| c.is_whitespace() || c.is_control()) {
            let message = format!("invalid identifier `{}`", address.escape_debug());
            return Err(PublishError::new(
                PublishErrorKind::Rejected,
                Code::Unsupported,
                message,
            ));
        }
        Ok(Receipt::new(id))
    }

    /// Deletes the post of `receipt`. Succeeds if the post does not exist.
    ///
    /// # Errors
    /// Returns any kind but `Unknown`, because the request may be repeated.
    async fn retract(&self, cx: &Context, receipt: &Receipt) -> Result<(), PublishError> {
        let _ = (cx, receipt);
        Err(unsupported("this sink cannot retract a post"))
    }

    /// Returns the account that the posts are sent as, as far as options and stored credentials name it. It makes no
    /// request and needs no token. Plans and previews show it beside each delivery.
    fn sender(&self, cx: &Context) -> Sender {
        let _ = cx;
        Sender::default()
    }

    /// Checks options and credentials without the network, for `syndicate check`.
    fn check(&self, cx: &Context) -> Vec<Finding> {
        // Most sinks have nothing to check.
        let _ = cx;
        Vec::new()
    }

    /// Checks what only the platform knows, for `syndicate check`. It creates nothing that readers can see.
    async fn check_online(&self, cx: &Context) -> Vec<Finding> {
        let _ = cx;
        Vec::new()
    }

    /// Returns the platform's sign-in. Returns `None` if users get a token in another way.
    fn sign_in(&self) -> Option<&dyn SignIn> {
        None
    }
}

fn unsupported(message: &str) -> PublishError {
    PublishError::new(PublishErrorKind::Rejected, Code::Unsupported, message)
        .with_hint("do it on the platform itself")
}
