//! The options of this sink in pipeline.yaml. They are validated without network, password or clock, so mistakes are
//! reported before anything runs.

use schemars::JsonSchema;
use serde::Deserialize;
use syndicate_api::{Diagnostic, Endpoint, PicturePolicy, PlainHttp, PostFormat, Secret};

use crate::identifier::{is_did, is_handle, normalise};
use crate::language::is_language;
use crate::standard_site::StandardSite;

/// The most languages of a post (`app.bsky.feed.post`).
pub(crate) const MAX_LANGS: usize = 3;

/// The options of this sink.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Options {
    /// The handle of the account, such as `jane.bsky.social`, or its DID.
    pub(crate) handle: String,
    /// An app password of the account, resolved only when it is used; `${BLUESKY_APP_PASSWORD}` by default. If the
    /// variable is not set, the login of `profile` is used.
    #[serde(default = "password")]
    pub(crate) password: Secret,
    /// The profile in which `syndicate auth login` stores the login. Use one profile for each account.
    #[serde(default = "profile")]
    pub(crate) profile: String,
    /// The URL of the account's server (PDS); by default the server that the account's DID document names.
    #[serde(default)]
    pub(crate) endpoint: Option<String>,
    /// The URL of the server that looks up handles if `endpoint` is not set; `https://public.api.bsky.app` by default.
    #[serde(default = "resolver")]
    pub(crate) resolver: String,
    /// The URL of the directory of DIDs; `https://plc.directory` by default.
    #[serde(default = "plc")]
    pub(crate) plc: String,
    /// The format of posts whose front matter sets no attachment: an `article` card (the default), `text` only, or
    /// the post's picture as an `image`.
    #[serde(default)]
    pub(crate) post: PostKind,
    /// The policy for a card without a picture: `require` does not send it (the default), `warn` sends it with a
    /// warning, `skip` sends all cards without a picture, `draw` draws the picture that is missing.
    #[serde(default)]
    pub(crate) thumbnail: PicturePolicy,
    /// The languages of posts that have no language of their own, at most three, such as `[en, de-AT]`.
    #[serde(default)]
    pub(crate) langs: Vec<String>,
    /// `true` (the default) if the visible part of long URLs in the text is shortened. The links stay whole.
    #[serde(default = "yes")]
    pub(crate) shorten_links: bool,
    /// `true` (the default) if a post also carries its tags that its text does not contain. Readers do not see them,
    /// but searches find them.
    #[serde(default = "yes")]
    pub(crate) hidden_tags: bool,
    /// `true` if an update changes the card of a published post. Likes and quotes stay with the earlier version, and
    /// some programs keep showing it, so this is `false` by default.
    #[serde(default)]
    pub(crate) update_card: bool,
    /// The publication on standard.site that the posts belong to. Each post then also has a document with its title,
    /// URL, tags and text, and the card on Bluesky shows the name of the site.
    #[serde(default)]
    pub(crate) standard_site: Option<StandardSite>,
}

fn password() -> Secret {
    Secret::new("${BLUESKY_APP_PASSWORD}")
}

fn profile() -> String {
    "default".to_owned()
}

fn resolver() -> String {
    "https://public.api.bsky.app".to_owned()
}

fn plc() -> String {
    "https://plc.directory".to_owned()
}

fn yes() -> bool {
    true
}

/// The format of posts whose front matter sets no attachment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum PostKind {
    /// A link card.
    #[default]
    Article,
    /// Text only.
    Text,
    /// The post's picture.
    Image,
}

impl PostKind {
    /// Returns the corresponding format of the plugin API.
    pub(crate) fn format(self) -> PostFormat {
        match self {
            Self::Article => PostFormat::Card,
            Self::Text => PostFormat::Text,
            Self::Image => PostFormat::Picture,
        }
    }
}

impl Options {
    /// Returns the handle in its usual spelling, or the DID.
    pub(crate) fn account(&self) -> String {
        normalise(&self.handle)
    }

    /// Validates the options.
    pub(crate) fn diagnostics(&self) -> Vec<Diagnostic> {
        let mut diagnostics = Vec::new();
        let account = self.account();
        if !is_handle(&account) && !is_did(&account) {
            let message = format!("invalid handle `{}`", self.handle);
            let hint = "use the name below your display name, such as `jane.bsky.social`";
            diagnostics.push(Diagnostic::option(&["handle"], message).with_hint(hint));
        }
        let endpoint = self.endpoint.as_deref().map(|url| ("endpoint", url));
        let servers = [("resolver", &*self.resolver), ("plc", &*self.plc)];
        for (key, url) in endpoint.into_iter().chain(servers) {
            if let Err(reason) = Endpoint::parse_root(url, PlainHttp::Loopback) {
                let message = format!("`{url}` {reason}");
                let hint = format!("remove `{key}` to use the default");
                diagnostics.push(Diagnostic::option(&[key], message).with_hint(hint));
            }
        }
        let named = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        if self.profile.is_empty() || !self.profile.chars().all(named) {
            let message = format!("invalid profile name `{}`", self.profile);
            let hint = "use letters, digits, `-` and `_`, such as `company`";
            diagnostics.push(Diagnostic::option(&["profile"], message).with_hint(hint));
        }
        if self.langs.len() > MAX_LANGS {
            let message = format!(
                "{} languages, and Bluesky accepts {MAX_LANGS}",
                self.langs.len()
            );
            diagnostics.push(Diagnostic::option(&["langs"], message));
        }
        for lang in self.langs.iter().filter(|lang| !is_language(lang)) {
            let message = format!("invalid language `{lang}`");
            let hint = "use a tag such as `en` or `pt-BR`";
            diagnostics.push(Diagnostic::option(&["langs"], message).with_hint(hint));
        }
        diagnostics.extend(
            self.standard_site
                .iter()
                .flat_map(StandardSite::diagnostics),
        );
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
            json!({"handle": "jane.bsky.social"}),
            json!({"handle": "@Jane.Example", "langs": ["en", "de-AT", "zh-Hans"]}),
            json!({"handle": "did:plc:abc", "endpoint": "http://127.0.0.1:2583"}),
            json!({"handle": "jane.test", "plc": "http://localhost:2582", "post": "image",
                "thumbnail": "warn", "password": "abcd-efgh-ijkl-mnop"}),
        ] {
            assert_eq!(diagnostics(&options), [], "{options}");
        }
    }

    #[test]
    fn invalid_option_names_key() {
        let with = |key: &str, value: Value| {
            let mut options = json!({"handle": "jane.bsky.social"});
            options[key] = value;
            options
        };
        for (options, key) in [
            (with("handle", json!("Jane Doe")), "handle"),
            (with("handle", json!("jane")), "handle"),
            (with("endpoint", json!("http://pds.example")), "endpoint"),
            (
                with("endpoint", json!("https://pds.example/xrpc")),
                "endpoint",
            ),
            (with("resolver", json!("public.api.bsky.app")), "resolver"),
            (with("plc", json!("ftp://plc.directory")), "plc"),
            (with("profile", json!("../x")), "profile"),
            (with("langs", json!(["english"])), "langs"),
            (with("langs", json!(["en", "de", "fr", "it"])), "langs"),
            (with("post", json!("video")), "post"),
            (with("handel", json!("a")), "handel"),
        ] {
            let found = diagnostics(&options);
            assert_eq!(found.len(), 1, "{options}: {found:?}");
            assert_eq!(found[0].keys(), [key], "{options}");
        }
        assert_eq!(diagnostics(&json!({}))[0].message, "missing key `handle`");
    }
}
