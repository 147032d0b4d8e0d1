//! The part of `hello` that only sinks have.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::sink_login::{OAuth2Rule, SessionRule, authorization, bearer};

/// The description of a sink, beside what every plugin says about itself.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema, PartialEq, Serialize)]
#[serde(default)]
pub struct SinkManifest {
    /// The base URL of all requests, such as `https://api.example.org/v1` or `{site}` for the value of the option
    /// `site`. The key `endpoint` in pipeline.yaml replaces it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub endpoint: Option<String>,
    /// The credentials that the host adds to requests.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub auth: Vec<AuthRule>,
    /// The abilities of the sink.
    #[serde(skip_serializing_if = "is_default")]
    pub capabilities: SinkCapabilities,
    /// The built-in template of the commentary.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub template: Option<String>,
    /// The name of the platform in previews.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub platform: Option<String>,
}

/// The abilities of a sink. A request that needs an ability is sent only to sinks that have it.
#[derive(Clone, Debug, Default, Deserialize, Eq, JsonSchema, PartialEq, Serialize)]
#[serde(default)]
pub struct SinkCapabilities {
    /// The shape of the posts.
    #[serde(skip_serializing_if = "is_default")]
    pub shape: PostShape,
    /// The part of the system that makes the link card.
    #[serde(skip_serializing_if = "is_default")]
    pub card: CardMaker,
    /// `true` if the platform has accounts, which `account` returns.
    #[serde(skip_serializing_if = "is_default")]
    pub account: bool,
    /// `true` if the server has limits or other values of its own, which `discover` returns.
    #[serde(skip_serializing_if = "is_default")]
    pub discovers: bool,
    /// `true` if uploads or look-ups come before the creating request, in `prepare`.
    #[serde(skip_serializing_if = "is_default")]
    pub prepares: bool,
    /// `true` if slots are computed from the time or the key of the attempt, in `seal`.
    #[serde(skip_serializing_if = "is_default")]
    pub seals: bool,
    /// `true` if `find` reads the platform.
    #[serde(skip_serializing_if = "is_default")]
    pub finds: bool,
    /// `true` if `list` reads the platform.
    #[serde(skip_serializing_if = "is_default")]
    pub lists: bool,
    /// `true` if `locate` reads the platform.
    #[serde(skip_serializing_if = "is_default")]
    pub locates: bool,
    /// `true` if published posts can be changed by `update`.
    #[serde(skip_serializing_if = "is_default")]
    pub edits: bool,
    /// `true` if published posts can be deleted by `retract`.
    #[serde(skip_serializing_if = "is_default")]
    pub retracts: bool,
    /// `true` if each delivery needs an approval unless the pipeline says otherwise.
    #[serde(skip_serializing_if = "is_default")]
    pub approve_by_default: bool,
}

/// The shape of the posts of a sink.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PostShape {
    /// A commentary with a link card.
    #[default]
    Post,
    /// The whole text of the item.
    Article,
}

/// The part of the system that makes the link card of a post.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CardMaker {
    /// The sink sends title, description and picture.
    Us,
    /// The platform reads the page behind the link, which the sink sends in a field of its own.
    Platform,
    /// The platform reads the page behind the first link in the text.
    PlatformFromText,
    /// The platform shows no cards.
    #[default]
    None,
}

/// A credential that the host adds to each request to certain hosts.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
pub struct AuthRule {
    /// The hosts; by default those that the secret is bound to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hosts: Vec<String>,
    /// The form of the credential.
    #[serde(flatten)]
    pub kind: AuthKind,
}

/// The form of a credential. `secret` names a secret of `wants.secrets`.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum AuthKind {
    /// The header `Authorization: Bearer SECRET`.
    Bearer {
        /// The secret.
        secret: String,
    },
    /// The header `Authorization: Basic …` of RFC 7617.
    Basic {
        /// The user name, such as `{username}` for the value of an option.
        user: String,
        /// The secret.
        secret: String,
    },
    /// A header of its own.
    Header {
        /// The name of the header.
        name: String,
        /// The secret.
        secret: String,
        /// The text before the secret.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        prefix: String,
    },
    /// A parameter of the query.
    Query {
        /// The name of the parameter.
        name: String,
        /// The secret.
        secret: String,
    },
    /// A part of the base URL, or all of it.
    Base {
        /// The secret.
        secret: String,
        /// The segment of the path after the endpoint, in which `{secret}` is replaced. Without it, the secret is
        /// itself the URL of the creating request, and `path` of the request must be empty.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        path: Option<String>,
    },
    /// A JSON Web Token that is signed for each request with HMAC-SHA256 (HS256).
    Jwt(JwtRule),
    /// A signature by Standard Webhooks. The request needs the header `webhook-id`.
    Hmac {
        /// The secret: `whsec_` and Base64.
        secret: String,
    },
    /// The token of a session.
    Session(Box<SessionRule>),
    /// An access token of OAuth 2.0.
    #[serde(rename = "oauth2")]
    OAuth2(Box<OAuth2Rule>),
}

/// The rule for a JSON Web Token.
#[derive(Clone, Debug, Deserialize, Eq, JsonSchema, PartialEq, Serialize)]
pub struct JwtRule {
    /// The secret.
    pub secret: String,
    /// The text that separates the parts of the secret.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub split: Option<String>,
    /// The number of the part with the id of the key, from 0. It becomes `kid` of the token's header.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kid: Option<usize>,
    /// The number of the part with the key, from 0.
    #[serde(default)]
    pub key: usize,
    /// The encoding of the key.
    #[serde(default)]
    pub key_as: KeyEncoding,
    /// The claims. The host adds `iat` and `exp`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub claims: BTreeMap<String, Value>,
    /// The lifetime of a token in seconds.
    #[serde(default = "default_ttl")]
    pub ttl: u32,
    /// The header with the token.
    #[serde(default = "authorization")]
    pub header: String,
    /// The text before the token.
    #[serde(default = "bearer")]
    pub prefix: String,
}

/// The encoding of a key.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyEncoding {
    /// The bytes of the text.
    #[default]
    Text,
    /// Hexadecimal digits.
    Hex,
    /// Base64 with or without padding.
    Base64,
}

impl AuthKind {
    /// Returns the names of the secrets.
    #[must_use]
    pub fn secrets(&self) -> Vec<&str> {
        match self {
            Self::Bearer { secret }
            | Self::Basic { secret, .. }
            | Self::Header { secret, .. }
            | Self::Query { secret, .. }
            | Self::Base { secret, .. }
            | Self::Jwt(JwtRule { secret, .. })
            | Self::Hmac { secret } => vec![secret],
            Self::Session(rule) => vec![&rule.secret],
            Self::OAuth2(rule) => vec![&rule.client_id, &rule.client_secret],
        }
    }
}

fn default_ttl() -> u32 {
    300
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
