//! The state of a server and its settings.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use crate::answer::Answer;
use crate::mastodon::idempotency::{IdempotencyKeys, KnownKeys};
use crate::mastodon::limits::Limits;
use crate::mastodon::records::{Access, App, AuthorizationCode, Medium, ScheduledStatus, Status};
use crate::params::Params;

/// The token of `@alice` that is valid from the start. It has all scopes.
pub const TOKEN: &str = "alice-token";

/// A Mastodon server.
#[derive(Debug)]
pub struct Mastodon {
    pub(super) settings: Settings,
    pub(super) access: BTreeMap<String, Access>,
    pub(super) apps: Vec<App>,
    pub(super) codes: BTreeMap<String, AuthorizationCode>,
    pub(super) statuses: Vec<Status>,
    pub(super) scheduled: Vec<ScheduledStatus>,
    pub(super) media: Vec<Medium>,
    pub(super) keys: KnownKeys,
    pub(super) limits: Limits,
    /// The number of identifiers given out.
    sequence: u64,
    /// The number of codes given out.
    codes_issued: usize,
    /// The number of tokens given out.
    tokens_issued: usize,
}

/// The settings of a server.
#[derive(Debug)]
pub(super) struct Settings {
    pub(super) software: String,
    pub(super) version: String,
    pub(super) max_characters: usize,
    pub(super) characters_reserved_per_url: usize,
    pub(super) has_instance_v2: bool,
    pub(super) keys: IdempotencyKeys,
    pub(super) media_processing: SignedDuration,
    pub(super) denies_consent: bool,
    pub(super) allows_unknown: bool,
    pub(super) has_no_limits: bool,
}

impl Default for Mastodon {
    fn default() -> Self {
        Self::new()
    }
}

impl Mastodon {
    /// Creates a server with the limits of a new Mastodon.
    #[must_use]
    pub fn new() -> Self {
        let settings = Settings {
            software: "mastodon".to_owned(),
            version: "4.5.1".to_owned(),
            max_characters: 500,
            characters_reserved_per_url: 23,
            has_instance_v2: true,
            keys: IdempotencyKeys::Honoured,
            media_processing: SignedDuration::ZERO,
            denies_consent: false,
            allows_unknown: false,
            has_no_limits: false,
        };
        Self {
            settings,
            access: BTreeMap::from([(TOKEN.to_owned(), Access::of_user("read write follow push"))]),
            apps: Vec::new(),
            codes: BTreeMap::new(),
            statuses: Vec::new(),
            scheduled: Vec::new(),
            media: Vec::new(),
            keys: KnownKeys::default(),
            limits: Limits::new(),
            sequence: 0,
            codes_issued: 0,
            tokens_issued: 0,
        }
    }

    /// Sets the name and the version that `nodeinfo` and the instance report.
    #[must_use]
    pub fn with_software(mut self, name: &str, version: &str) -> Self {
        name.clone_into(&mut self.settings.software);
        version.clone_into(&mut self.settings.version);
        self
    }

    /// Sets the largest number of characters of a post, and the number that each URL counts.
    #[must_use]
    pub fn with_limits(mut self, max_characters: usize, per_url: usize) -> Self {
        self.settings.max_characters = max_characters;
        self.settings.characters_reserved_per_url = per_url;
        self
    }

    /// Answers 404 for `/api/v2/instance`, as servers do that have only the older version.
    #[must_use]
    pub fn without_instance_v2(mut self) -> Self {
        self.settings.has_instance_v2 = false;
        self
    }

    /// Sets the handling of `Idempotency-Key`.
    #[must_use]
    pub fn with_idempotency_keys(mut self, keys: IdempotencyKeys) -> Self {
        self.settings.keys = keys;
        self
    }

    /// Processes uploads for this duration of the fake's clock: they are answered with 202.
    #[must_use]
    pub fn with_media_processing(mut self, duration: SignedDuration) -> Self {
        self.settings.media_processing = duration;
        self
    }

    /// Adds a token of `@alice` with these scopes, separated by spaces.
    #[must_use]
    pub fn with_token(mut self, token: &str, scopes: &str) -> Self {
        self.access
            .insert(token.to_owned(), Access::of_user(scopes));
        self
    }

    /// Lets the user deny an app that asks for access.
    #[must_use]
    pub fn with_denied_consent(mut self) -> Self {
        self.settings.denies_consent = true;
        self
    }

    /// Accepts any number of requests, for clocks that do not move.
    #[must_use]
    pub fn without_limits(mut self) -> Self {
        self.settings.has_no_limits = true;
        self
    }

    /// Ignores parameters that it does not know, as Mastodon does.
    #[must_use]
    pub fn with_unknown_parameters(mut self) -> Self {
        self.settings.allows_unknown = true;
        self
    }

    /// Returns the number of a new code.
    pub(super) fn next_code(&mut self) -> usize {
        self.codes_issued += 1;
        self.codes_issued
    }

    /// Returns a new token.
    pub(super) fn next_token(&mut self) -> String {
        self.tokens_issued += 1;
        format!("token-{}", self.tokens_issued)
    }

    /// Returns a new identifier. It grows with the time, as Mastodon's do.
    pub(super) fn next_id(&mut self, now: Timestamp) -> String {
        self.sequence += 1;
        let millis = u64::try_from(now.as_millisecond()).unwrap_or_default();
        ((millis << 16) + self.sequence).to_string()
    }

    /// Refuses parameters that Mastodon ignores because it does not know them.
    pub(super) fn check_parameters(&self, params: &Params, known: &[&str]) -> Result<(), Answer> {
        let unknown = params.unknown(known);
        if unknown.is_empty() || self.settings.allows_unknown {
            return Ok(());
        }
        Err(Answer::strict(&format!(
            "Mastodon ignores these parameters, or the fake lacks them: {}",
            unknown.join(", ")
        )))
    }
}
