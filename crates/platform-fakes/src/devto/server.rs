//! The state of the server and its settings.

use jiff::Timestamp;
use serde_json::Value;

use crate::devto::article::Article;
use crate::throttle::Throttle;

/// The key of the author `alice`.
pub const API_KEY: &str = "alice-key";

/// The key of a moderator, who can unpublish articles of others.
pub const MODERATOR_KEY: &str = "moderator-key";

/// A Forem such as dev.to.
#[derive(Debug)]
pub struct Devto {
    pub(super) articles: Vec<Article>,
    pub(super) settings: Settings,
    pub(super) reads: Throttle,
    pub(super) writes: Throttle,
    next_id: u64,
}

/// The settings of a server.
#[derive(Debug, Default)]
pub(super) struct Settings {
    pub(super) is_lenient: bool,
    pub(super) has_unique_drafts: bool,
    pub(super) has_no_limits: bool,
    pub(super) organizations: Vec<u64>,
}

impl Default for Devto {
    fn default() -> Self {
        Self::new()
    }
}

impl Devto {
    /// Creates a server without articles.
    #[must_use]
    pub fn new() -> Self {
        Self {
            articles: Vec::new(),
            settings: Settings::default(),
            reads: Throttle::new(3, 1),
            writes: Throttle::new(1, 1),
            next_id: 100,
        }
    }

    /// Accepts what Forem accepts although it does something else than was meant: unknown fields,
    /// another `Accept` header, and Liquid syntax errors.
    #[must_use]
    pub fn with_lenience(mut self) -> Self {
        self.settings.is_lenient = true;
        self
    }

    /// Refuses a canonical URL that another article has even if one of both is a draft, as Forem did
    /// before 2021.
    #[must_use]
    pub fn with_unique_drafts(mut self) -> Self {
        self.settings.has_unique_drafts = true;
        self
    }

    /// Accepts any number of requests in a second, for clocks that do not move.
    #[must_use]
    pub fn without_limits(mut self) -> Self {
        self.settings.has_no_limits = true;
        self
    }

    /// Makes `alice` a member of an organization.
    #[must_use]
    pub fn with_organization(mut self, id: u64) -> Self {
        self.settings.organizations.push(id);
        self
    }

    /// Adds a published article of another author with this canonical URL.
    #[must_use]
    pub fn with_article_of_another(self, title: &str, canonical_url: &str) -> Self {
        self.with_published("bob", title, Some(canonical_url))
    }

    /// Adds a published article of `alice` without a canonical URL.
    #[must_use]
    pub fn with_earlier_article(self, title: &str) -> Self {
        self.with_published("alice", title, None)
    }

    fn with_published(mut self, author: &str, title: &str, canonical_url: Option<&str>) -> Self {
        let id = self.next_id();
        self.articles.push(Article {
            id,
            author: author.to_owned(),
            title: title.to_owned(),
            body_markdown: String::new(),
            liquid_error: None,
            published: true,
            tags: Vec::new(),
            canonical_url: canonical_url.map(str::to_owned),
            description: String::new(),
            main_image: None,
            series: None,
            organization_id: None,
            slug: format!("article-{id}"),
            created_at: Timestamp::UNIX_EPOCH,
            published_at: Some(Timestamp::UNIX_EPOCH),
            edited_at: None,
        });
        self
    }

    /// Returns `true` for `null` and for an organization of `alice`.
    pub(super) fn knows_organization(&self, id: &Value) -> bool {
        let known = |id| self.settings.organizations.contains(&id);
        id.as_u64().is_none_or(known)
    }

    /// Returns a new identifier.
    pub(super) fn next_id(&mut self) -> u64 {
        self.next_id += 1;
        self.next_id
    }
}
