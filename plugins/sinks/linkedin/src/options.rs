//! The options of this sink in pipeline.yaml. What is checked here needs no network, no token and
//! no clock, so that a slip is found before anything runs.

use std::path::PathBuf;

use schemars::JsonSchema;
use serde::Deserialize;
use syndicate_api::{Diagnostic, PicturePolicy, PostFormat, Secret};

use crate::author::{Author, text_or_number};
use crate::dialect::Dialect;
use crate::endpoint::Endpoint;
use crate::urn;
use crate::versions::ApiVersion;

/// The largest limit that LinkedIn's own refusals were seen to name.
const LARGEST_TEXT_LIMIT: usize = 4000;

/// The largest limit of the older interfaces.
const LEGACY_TEXT_LIMIT: usize = 3000;

/// The options, as pipeline.yaml gives them.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Options {
    /// Who posts: `me`, the member that the token belongs to (the default), or a member or page by
    /// its URN, such as `urn:li:organization:2414183`.
    #[serde(deserialize_with = "text_or_number")]
    pub(crate) author: String,
    /// The access token; `${LINKEDIN_ACCESS_TOKEN}` by default, looked up only when it is used. Where
    /// its variable is not set, `token_file` and then the `profile` stand in.
    pub(crate) token: Secret,
    /// A file that holds nothing but the access token, relative to pipeline.yaml.
    pub(crate) token_file: Option<PathBuf>,
    /// The name under which `syndicate auth login linkedin` keeps what was granted; one for each app
    /// and author.
    pub(crate) profile: String,
    /// The client ID of your app, for `syndicate auth`; `${LINKEDIN_CLIENT_ID}` by default.
    pub(crate) client_id: Secret,
    /// The client secret of your app, for `syndicate auth`; `${LINKEDIN_CLIENT_SECRET}` by default.
    pub(crate) client_secret: Secret,
    /// Where LinkedIn's OAuth server is; `https://www.linkedin.com` by default.
    pub(crate) oauth_endpoint: String,
    /// Where LinkedIn's API is; `https://api.linkedin.com` by default.
    pub(crate) endpoint: String,
    /// The monthly version of LinkedIn's API, in six digits; each lives about a year.
    pub(crate) api_version: ApiVersion,
    /// Who may see the posts: `public`, which is the default, or `connections`.
    pub(crate) visibility: Visibility,
    /// Which of LinkedIn's interfaces to speak: `posts`, that of today (the default), `ugc`, the one
    /// before it, or `shares`, that of 2019, which LinkedIn has switched off.
    pub(crate) api: Dialect,
    /// What a post becomes that brings nothing along in its front matter: an `article` card, which is
    /// the default, `text` alone, or its picture as an `image`.
    pub(crate) post: PostKind,
    /// What to do about a card without a picture: `require` does not send it (the default), `warn`
    /// sends it and says so, `skip` leaves all pictures out. With `api: ugc` LinkedIn takes the
    /// picture from the page, and this has no use.
    pub(crate) thumbnail: Option<PicturePolicy>,
    /// The longest commentary, in UTF-16 code units with LinkedIn's escapes; 3000 by default, and
    /// some accounts may go up to 4000.
    pub(crate) text_limit: usize,
    /// What to do when nobody knows whether a post is out: `ask` leaves it to `syndicate settle` (the
    /// default), `probe` repeats the very same request once, which LinkedIn refuses if the post is
    /// there.
    pub(crate) on_unknown: OnUnknown,
    /// How many seconds after the first request to probe, at the earliest.
    pub(crate) probe_after_secs: u64,
    /// How many seconds after the first request to probe, at the latest; LinkedIn forgets what an
    /// equal post was, and a repetition would be a second post.
    pub(crate) probe_within_secs: u64,
}

/// What a post becomes that brings nothing along.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum PostKind {
    /// A link card.
    #[default]
    Article,
    /// Words alone.
    Text,
    /// Its picture.
    Image,
}

impl PostKind {
    /// The contract's word for it.
    pub(crate) fn form(self) -> PostFormat {
        match self {
            Self::Article => PostFormat::Card,
            Self::Text => PostFormat::Text,
            Self::Image => PostFormat::Picture,
        }
    }
}

/// What to do when nobody knows whether a post is out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum OnUnknown {
    /// A person decides.
    #[default]
    Ask,
    /// LinkedIn's refusal of an equal post decides.
    Probe,
}

/// Who may see a post.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Visibility {
    /// Everybody.
    #[default]
    Public,
    /// The author's connections.
    Connections,
}

impl Visibility {
    /// How LinkedIn writes it.
    pub(crate) fn as_api_str(self) -> &'static str {
        match self {
            Self::Public => "PUBLIC",
            Self::Connections => "CONNECTIONS",
        }
    }
}

impl Default for Options {
    fn default() -> Self {
        Self {
            author: "me".to_owned(),
            token: Secret::new("${LINKEDIN_ACCESS_TOKEN}"),
            token_file: None,
            profile: "default".to_owned(),
            client_id: Secret::new("${LINKEDIN_CLIENT_ID}"),
            client_secret: Secret::new("${LINKEDIN_CLIENT_SECRET}"),
            oauth_endpoint: "https://www.linkedin.com".to_owned(),
            endpoint: "https://api.linkedin.com".to_owned(),
            api_version: ApiVersion::DEFAULT,
            visibility: Visibility::default(),
            api: Dialect::default(),
            post: PostKind::default(),
            thumbnail: None,
            text_limit: 3000,
            on_unknown: OnUnknown::default(),
            probe_after_secs: 30,
            probe_within_secs: 600,
        }
    }
}

impl Options {
    /// What to do about a card without a picture.
    pub(crate) fn card_pictures(&self) -> PicturePolicy {
        match self.api {
            Dialect::Posts | Dialect::Shares => self.thumbnail.unwrap_or_default(),
            Dialect::Ugc => PicturePolicy::Skip,
        }
    }

    /// What is wrong with them, as far as it shows without a network, a token or a clock.
    pub(crate) fn faults(&self) -> Vec<Diagnostic> {
        let mut faults = Vec::new();
        match Author::parse(&self.author) {
            Err(hint) => {
                let message = format!("invalid author `{}`", self.author);
                faults.push(Diagnostic::option(&["author"], message).with_hint(hint));
            }
            Ok(Author::Urn(urn)) if urn::is_page(&urn) && self.visibility != Visibility::Public => {
                let message = "a page posts for everybody, not for `connections`";
                let hint = "set `visibility: public`, or let a member be the author";
                faults.push(Diagnostic::option(&["visibility"], message).with_hint(hint));
            }
            Ok(_) => {}
        }
        for (key, address, usual) in [
            ("endpoint", &self.endpoint, "https://api.linkedin.com"),
            (
                "oauth_endpoint",
                &self.oauth_endpoint,
                "https://www.linkedin.com",
            ),
        ] {
            if let Err(fault) = Endpoint::parse(address) {
                let message = format!("`{address}` {fault}");
                let hint = format!("leave it out to use `{usual}`");
                faults.push(Diagnostic::option(&[key], message).with_hint(hint));
            }
        }
        let named = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        if self.profile.is_empty() || !self.profile.chars().all(named) {
            let message = format!("`{}` is no name of a profile", self.profile);
            let hint = "letters, digits, `-` and `_`, such as `company`";
            faults.push(Diagnostic::option(&["profile"], message).with_hint(hint));
        }
        if self.probe_within_secs <= self.probe_after_secs {
            let message = format!(
                "a probe no sooner than {} seconds and no later than {} can never be made",
                self.probe_after_secs, self.probe_within_secs
            );
            let hint = "set `probe_within_secs` above `probe_after_secs`";
            faults.push(Diagnostic::option(&["probe_within_secs"], message).with_hint(hint));
        }
        if !(1..=LARGEST_TEXT_LIMIT).contains(&self.text_limit) {
            let message = format!("`{}` is no text limit", self.text_limit);
            let hint = format!("a number from 1 to {LARGEST_TEXT_LIMIT}");
            faults.push(Diagnostic::option(&["text_limit"], message).with_hint(hint));
            return faults;
        }
        faults.extend(self.dialect_faults());
        faults
    }

    /// What the dialect does not go with.
    fn dialect_faults(&self) -> Vec<Diagnostic> {
        let mut faults = Vec::new();
        let mut fault = |key: &str, message: &str, hint: &str| {
            faults.push(Diagnostic::option(&[key], message).with_hint(hint));
        };
        match self.api {
            Dialect::Posts => {}
            Dialect::Ugc => {
                if matches!(
                    self.thumbnail,
                    Some(PicturePolicy::Require | PicturePolicy::Warn)
                ) {
                    let message = "with `api: ugc` LinkedIn takes a card's picture from the page, \
                        and none can be given to it";
                    let hint = "take `thumbnail` out, or use `api: posts`";
                    fault("thumbnail", message, hint);
                }
            }
            Dialect::Shares => {
                if self.endpoint == Self::default().endpoint {
                    let message = "LinkedIn has switched its Share API off, so `api: shares` has \
                        nobody to speak to";
                    let hint = "use `api: posts`, or set `endpoint` to a gateway that speaks it";
                    fault("api", message, hint);
                }
                if self.visibility != Visibility::Public {
                    let message = "`api: shares` has no word for `connections`";
                    fault("visibility", message, "set `visibility: public`");
                }
                if self.post == PostKind::Image {
                    let message = "`api: shares` cannot make a post of a picture";
                    fault("post", message, "use `api: posts`");
                }
            }
        }
        if self.api != Dialect::Posts && self.text_limit > LEGACY_TEXT_LIMIT {
            let message = format!("`{}` is more than this `api` takes", self.text_limit);
            let hint = format!("a number from 1 to {LEGACY_TEXT_LIMIT}");
            fault("text_limit", &message, &hint);
        }
        faults
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};
    use syndicate_api::Diagnostic;

    use crate::PLUGIN;

    fn faults(options: &Value) -> Vec<Diagnostic> {
        (PLUGIN.load)(options).err().unwrap_or_default()
    }

    #[test]
    fn good_options_load() {
        for options in [
            json!({}),
            json!({"author": "urn:li:organization:2414183", "api_version": 202_608}),
            json!({"visibility": "connections", "thumbnail": "warn", "text_limit": 4000}),
            json!({"endpoint": "http://127.0.0.1:4000", "token": "sandbox"}),
            json!({"oauth_endpoint": "http://127.0.0.1:4000", "profile": "our-page_2"}),
            json!({"token_file": "/run/secrets/linkedin"}),
            json!({"api": "ugc", "post": "image"}),
            json!({"api": "ugc", "thumbnail": "skip"}),
            json!({"api": "shares", "endpoint": "https://gateway.example/li", "post": "text"}),
        ] {
            assert_eq!(faults(&options), [], "{options}");
        }
    }

    #[test]
    fn each_slip_is_named_with_its_remedy() {
        for (options, key, part) in [
            (json!({"author": "Jane"}), "author", "urn:li:person:"),
            (
                json!({"author": "urn:li:company:1"}),
                "author",
                "organization",
            ),
            (
                json!({"author": "urn:li:person:urn:li:person:1"}),
                "author",
                "twice",
            ),
            (
                json!({"author": 2_414_183}),
                "author",
                "`urn:li:organization:2414183`",
            ),
            (json!({"author": "Me"}), "author", "`me`"),
            (
                json!({"author": "https://www.linkedin.com/in/jane"}),
                "author",
                "urn:li:person:",
            ),
            (
                json!({"author": "urn:li:organization:1", "visibility": "connections"}),
                "visibility",
                "public",
            ),
            (
                json!({"endpoint": "http://example.org"}),
                "endpoint",
                "leave it out",
            ),
            (
                json!({"probe_after_secs": 700}),
                "probe_within_secs",
                "`probe_after_secs`",
            ),
            (
                json!({"oauth_endpoint": "http://example.org"}),
                "oauth_endpoint",
                "www.linkedin.com",
            ),
            (json!({"profile": "../x"}), "profile", "letters"),
            (json!({"text_limit": 0}), "text_limit", "4000"),
            (json!({"text_limit": 4001}), "text_limit", "4000"),
            (json!({"visibility": "PUBLIC"}), "visibility", "`public`"),
            (json!({"autor": "me"}), "autor", "`author`"),
            (json!({"post": "video"}), "post", "`article`"),
            (json!({"api": "rest"}), "api", "`posts`"),
            (json!({"api": "shares"}), "api", "`endpoint`"),
            (
                json!({"api": "ugc", "thumbnail": "require"}),
                "thumbnail",
                "`api: posts`",
            ),
            (
                json!({"api": "ugc", "text_limit": 3001}),
                "text_limit",
                "3000",
            ),
            (
                json!({"api": "shares", "endpoint": "http://127.0.0.1:1", "post": "image"}),
                "post",
                "`api: posts`",
            ),
            (
                json!({"api": "shares", "endpoint": "http://127.0.0.1:1",
                    "visibility": "connections"}),
                "visibility",
                "public",
            ),
        ] {
            let found = faults(&options);
            assert_eq!(found.len(), 1, "{options}: {found:?}");
            assert_eq!(found[0].keys(), [key], "{options}");
            let hint = found[0].hint.clone().unwrap_or_default();
            assert!(hint.contains(part), "{options}: {hint}");
        }
    }

    #[test]
    fn an_odd_version_says_what_a_version_looks_like() {
        let found = faults(&json!({"api_version": "latest"}));
        assert_eq!(found[0].keys(), ["api_version"]);
        assert!(found[0].message.contains("six digits"), "{found:?}");
    }
}
