//! The options of this sink in pipeline.yaml. They are validated without network and token.

use schemars::JsonSchema;
use serde::Deserialize;
use syndicate_api::{Diagnostic, Endpoint, PlainHttp, PostFormat, Secret};

/// The profile of a sink that names none.
pub(crate) const DEFAULT_PROFILE: &str = "default";

/// The options of this sink.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Options {
    /// The URL of your server, such as `https://mastodon.social`.
    pub(crate) endpoint: String,
    /// The access token of the account, resolved only when it is used; `${MASTODON_TOKEN}` by default. If the variable
    /// is not set, `profile` is used.
    #[serde(default = "default_token")]
    pub(crate) token: Secret,
    /// The profile in which `syndicate auth login mastodon` stores the token; `default` by default. Use one profile for
    /// each account.
    #[serde(default = "default_profile")]
    pub(crate) profile: String,
    /// The audience of the posts: `public` (the default), `unlisted` (public, but in no timeline of the server),
    /// `private` (followers only) or `direct` (mentioned accounts only).
    #[serde(default)]
    pub(crate) visibility: Visibility,
    /// The language of the posts as an ISO 639 code, such as `de`. By default it is the language of each post.
    #[serde(default)]
    pub(crate) language: Option<String>,
    /// A text that is shown instead of each post until readers open it. It counts as a part of the post's text, and
    /// such posts have no card.
    #[serde(default)]
    pub(crate) content_warning: Option<String>,
    /// Hides attached pictures and videos until readers open them; `false` by default.
    #[serde(default)]
    pub(crate) sensitive: bool,
    /// The format of posts whose front matter sets no attachment: an `article`, whose card the server makes from the
    /// page (the default), or the post's picture as an attached `image`, which has no card.
    #[serde(default)]
    pub(crate) post: PostKind,
}

/// The audience of a post.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Visibility {
    /// Everyone.
    #[default]
    Public,
    /// Everyone, but the post is in no timeline of the server.
    Unlisted,
    /// The followers of the account.
    Private,
    /// The mentioned accounts.
    Direct,
}

impl Visibility {
    /// Returns the value of the API.
    pub(crate) fn as_api_str(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Unlisted => "unlisted",
            Self::Private => "private",
            Self::Direct => "direct",
        }
    }
}

/// The format of posts whose front matter sets no attachment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum PostKind {
    /// A text with a link, from which the server makes the card.
    #[default]
    Article,
    /// A text with the post's picture.
    Image,
}

impl PostKind {
    /// Returns the corresponding format of the plugin API.
    pub(crate) fn format(self) -> PostFormat {
        match self {
            Self::Article => PostFormat::Card,
            Self::Image => PostFormat::Picture,
        }
    }
}

impl Options {
    /// Returns the errors that the types cannot express.
    pub(crate) fn diagnostics(&self) -> Vec<Diagnostic> {
        let mut faults = Vec::new();
        if let Err(reason) = Endpoint::parse_root(&self.endpoint, PlainHttp::Loopback) {
            let message = format!("`{}` {reason}", self.endpoint.escape_debug());
            let hint = "set the URL of the server, such as `https://mastodon.social`";
            faults.push(Diagnostic::option(&["endpoint"], message).with_hint(hint));
        }
        if let Some(language) = self.language.as_deref().filter(|code| !is_language(code)) {
            let message = format!("invalid language `{}`", language.escape_debug());
            let hint = "set an ISO 639 code of two or three letters, such as `de`";
            faults.push(Diagnostic::option(&["language"], message).with_hint(hint));
        }
        let warning = self.content_warning.as_deref();
        if warning.is_some_and(|text| text.trim().is_empty() || text.contains(char::is_control)) {
            let message = "the content warning is not one line of text";
            let hint = "write one line, or remove the option";
            faults.push(Diagnostic::option(&["content_warning"], message).with_hint(hint));
        }
        faults
    }
}

/// Returns `true` if `code` has the form of an ISO 639 code.
pub(crate) fn is_language(code: &str) -> bool {
    matches!(code.len(), 2 | 3) && code.bytes().all(|byte| byte.is_ascii_lowercase())
}

fn default_token() -> Secret {
    Secret::new("${MASTODON_TOKEN}")
}

fn default_profile() -> String {
    DEFAULT_PROFILE.to_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};
    use syndicate_api::SinkPlugin;

    #[test]
    fn invalid_options_name_keys() {
        const PLUGIN: SinkPlugin = crate::PLUGIN;
        let load = |options: Value| (PLUGIN.load)(&options).err().unwrap_or_default();
        assert!(load(json!({"endpoint": "https://example.social"})).is_empty());
        for (key, value) in [
            ("endpoint", "example.social"),
            ("language", "English"),
            ("language", "pt-BR"),
            ("content_warning", " "),
            ("content_warning", "a\nb"),
            ("visibility", "friends"),
            ("post", "text"),
        ] {
            let mut options = json!({"endpoint": "https://example.social"});
            options[key] = value.into();
            let faults = load(options);
            assert_eq!(faults.len(), 1, "{key}: {faults:?}");
            assert_eq!(faults[0].keys(), [key]);
        }
    }
}
