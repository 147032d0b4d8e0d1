//! The options of this sink in pipeline.yaml. They are validated without network, token or clock,
//! so mistakes are reported before anything runs.

use std::path::PathBuf;

use schemars::JsonSchema;
use serde::Deserialize;
use syndicate_api::{Diagnostic, Endpoint, PicturePolicy, PlainHttp, PostFormat, Secret};

use crate::author::{Author, text_or_number};
use crate::dialect::Dialect;
use crate::urn;
use crate::versions::ApiVersion;

/// The highest text limit in LinkedIn's refusals that users have reported.
const LARGEST_TEXT_LIMIT: usize = 4000;

/// The highest text limit of the older APIs.
const LEGACY_TEXT_LIMIT: usize = 3000;

/// The profile of a sink that names none.
pub(crate) const DEFAULT_PROFILE: &str = "default";

/// The options of this sink.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Options {
    /// The author: `me` for the member of the token (the default), or the URN of a member or page,
    /// such as `urn:li:organization:2414183`.
    #[serde(deserialize_with = "text_or_number")]
    pub(crate) author: String,
    /// The access token, resolved only when it is used; by default `${LINKEDIN_ACCESS_TOKEN}`, and
    /// with `profile: jane` `${LINKEDIN_ACCESS_TOKEN_JANE}`. If the variable is not set,
    /// `token_file` is used, then `profile`.
    pub(crate) token: Option<Secret>,
    /// A file that contains only the access token, relative to pipeline.yaml.
    pub(crate) token_file: Option<PathBuf>,
    /// The profile in which `syndicate auth login linkedin` stores the token. Use one profile for
    /// each app and author.
    pub(crate) profile: String,
    /// The client ID of your app, for `syndicate auth`; `${LINKEDIN_CLIENT_ID}` by default.
    pub(crate) client_id: Secret,
    /// The client secret of your app, for `syndicate auth`; `${LINKEDIN_CLIENT_SECRET}` by default.
    pub(crate) client_secret: Secret,
    /// The URL of LinkedIn's OAuth server; `https://www.linkedin.com` by default.
    pub(crate) oauth_endpoint: String,
    /// The URL of LinkedIn's API; `https://api.linkedin.com` by default.
    pub(crate) endpoint: String,
    /// The monthly version of LinkedIn's API, in six digits. A version expires after about a year.
    pub(crate) api_version: ApiVersion,
    /// The audience of the posts: `public` (the default) or `connections`.
    pub(crate) visibility: Visibility,
    /// LinkedIn's API to use: `posts`, the current one (the default); `ugc`, its predecessor; or
    /// `shares`, the API of 2019, which LinkedIn has switched off.
    pub(crate) api: Dialect,
    /// The format of posts whose front matter sets no attachment: an `article` card (the default),
    /// `text` only, or the post's picture as an `image`.
    pub(crate) post: PostKind,
    /// The policy for a card without a picture: `require` does not send it (the default), `warn`
    /// sends it with a warning, `skip` sends all cards without a picture, `draw` draws the picture
    /// that is missing. Has no effect with `api: ugc`, because LinkedIn then takes the picture from
    /// the page.
    pub(crate) thumbnail: Option<PicturePolicy>,
    /// The maximum length of the commentary in UTF-16 code units, including LinkedIn's escapes;
    /// 3000 by default. LinkedIn accepts up to 4000 from some accounts.
    pub(crate) text_limit: usize,
    /// The action if it is unknown whether a post was created: `ask` waits for `syndicate settle`
    /// (the default), `probe` repeats the identical request once. LinkedIn refuses the repetition
    /// if the post exists.
    pub(crate) on_unknown: OnUnknown,
    /// The earliest time of a probe, in seconds after the first request.
    pub(crate) probe_after_secs: u64,
    /// The latest time of a probe, in seconds after the first request. A later repetition could
    /// create a second post, because LinkedIn recognizes duplicates only for a limited time.
    pub(crate) probe_within_secs: u64,
}

/// The format of posts whose front matter sets no attachment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum PostKind {
    /// A link card.
    #[default]
    Article,
    /// Commentary only.
    Text,
    /// The post's picture.
    Image,
}

impl PostKind {
    /// Returns the corresponding format of the plugin API.
    pub(crate) fn form(self) -> PostFormat {
        match self {
            Self::Article => PostFormat::Card,
            Self::Text => PostFormat::Text,
            Self::Image => PostFormat::Picture,
        }
    }
}

/// The action if it is unknown whether a post was created.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum OnUnknown {
    /// The user decides.
    #[default]
    Ask,
    /// The identical request is repeated; LinkedIn refuses it as a duplicate if the post exists.
    Probe,
}

/// The audience of a post.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Visibility {
    /// Everyone.
    #[default]
    Public,
    /// The author's connections.
    Connections,
}

impl Visibility {
    /// Returns LinkedIn's constant for it.
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
            token: None,
            token_file: None,
            profile: DEFAULT_PROFILE.to_owned(),
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
    /// Returns the policy for a card without a picture.
    pub(crate) fn card_pictures(&self) -> PicturePolicy {
        match self.api {
            Dialect::Posts | Dialect::Shares => self.thumbnail.unwrap_or_default(),
            Dialect::Ugc => PicturePolicy::Skip,
        }
    }

    /// Validates the options. Returns all problems that are visible without network, token or
    /// clock.
    pub(crate) fn diagnostics(&self) -> Vec<Diagnostic> {
        let mut diagnostics = Vec::new();
        match Author::parse(&self.author) {
            Err(hint) => {
                let message = format!("invalid author `{}`", self.author);
                diagnostics.push(Diagnostic::option(&["author"], message).with_hint(hint));
            }
            Ok(Author::Urn(urn)) if urn::is_page(&urn) && self.visibility != Visibility::Public => {
                let message = "invalid visibility `connections`: posts of a page are always public";
                let hint = "set `visibility: public`, or set `author` to a member";
                diagnostics.push(Diagnostic::option(&["visibility"], message).with_hint(hint));
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
            if let Err(reason) = Endpoint::parse(address, PlainHttp::Loopback) {
                let message = format!("`{address}` {reason}");
                let hint = format!("remove it to use the default `{usual}`");
                diagnostics.push(Diagnostic::option(&[key], message).with_hint(hint));
            }
        }
        let named = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        if self.profile.is_empty() || !self.profile.chars().all(named) {
            let message = format!("invalid profile name `{}`", self.profile);
            let hint = "use letters, digits, `-` and `_`, such as `company`";
            diagnostics.push(Diagnostic::option(&["profile"], message).with_hint(hint));
        }
        if self.probe_within_secs <= self.probe_after_secs {
            let message = format!(
                "`probe_after_secs` is {}, and `probe_within_secs` is not greater: {}",
                self.probe_after_secs, self.probe_within_secs
            );
            let hint = "set `probe_within_secs` above `probe_after_secs`";
            diagnostics.push(Diagnostic::option(&["probe_within_secs"], message).with_hint(hint));
        }
        if !(1..=LARGEST_TEXT_LIMIT).contains(&self.text_limit) {
            let message = format!("invalid text limit `{}`", self.text_limit);
            let hint = format!("set a number from 1 to {LARGEST_TEXT_LIMIT}");
            diagnostics.push(Diagnostic::option(&["text_limit"], message).with_hint(hint));
            return diagnostics;
        }
        diagnostics.extend(self.dialect_diagnostics());
        diagnostics
    }

    /// Returns the options that the selected dialect does not support.
    fn dialect_diagnostics(&self) -> Vec<Diagnostic> {
        let mut diagnostics = Vec::new();
        let mut add = |key: &str, message: &str, hint: &str| {
            diagnostics.push(Diagnostic::option(&[key], message).with_hint(hint));
        };
        match self.api {
            Dialect::Posts => {}
            Dialect::Ugc => {
                if matches!(
                    self.thumbnail,
                    Some(PicturePolicy::Require | PicturePolicy::Warn | PicturePolicy::Draw)
                ) {
                    let message = "with `api: ugc` LinkedIn takes the card's picture from the page, so \
                        `thumbnail` has no effect";
                    let hint = "remove `thumbnail`, or set `api: posts`";
                    add("thumbnail", message, hint);
                }
            }
            Dialect::Shares => {
                if self.endpoint == Self::default().endpoint {
                    let message = "LinkedIn has switched off its Share API, so `api: shares` needs a \
                        gateway";
                    let hint = "set `api: posts`, or set `endpoint` to a gateway that supports it";
                    add("api", message, hint);
                }
                if self.visibility != Visibility::Public {
                    let message = "`api: shares` does not support `connections`";
                    add("visibility", message, "set `visibility: public`");
                }
                if self.thumbnail == Some(PicturePolicy::Draw) {
                    let message = "with `api: shares` LinkedIn fetches the card's picture from the site, which a drawn \
                        card is not part of";
                    let hint = "set `thumbnail: warn`, or set `api: posts`";
                    add("thumbnail", message, hint);
                }
                if self.post == PostKind::Image {
                    let message = "`api: shares` does not support posts with a picture";
                    add("post", message, "set `api: posts`");
                }
            }
        }
        if self.api != Dialect::Posts && self.text_limit > LEGACY_TEXT_LIMIT {
            let message = format!("invalid text limit `{}` for this `api`", self.text_limit);
            let hint = format!("set a number from 1 to {LEGACY_TEXT_LIMIT}");
            add("text_limit", &message, &hint);
        }
        diagnostics
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};
    use syndicate_api::Diagnostic;

    use crate::PLUGIN;

    fn diagnostics(options: &Value) -> Vec<Diagnostic> {
        (PLUGIN.load)(options).err().unwrap_or_default()
    }

    #[test]
    fn valid_options_load() {
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
            assert_eq!(diagnostics(&options), [], "{options}");
        }
    }

    #[test]
    fn invalid_option_names_key_and_hint() {
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
                "remove it",
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
            let found = diagnostics(&options);
            assert_eq!(found.len(), 1, "{options}: {found:?}");
            assert_eq!(found[0].keys(), [key], "{options}");
            let hint = found[0].hint.clone().unwrap_or_default();
            assert!(hint.contains(part), "{options}: {hint}");
        }
    }

    #[test]
    fn invalid_version_names_expected_format() {
        let found = diagnostics(&json!({"api_version": "latest"}));
        assert_eq!(found[0].keys(), ["api_version"]);
        assert!(found[0].message.contains("six digits"), "{found:?}");
    }
}
