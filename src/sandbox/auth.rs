//! Who asks. Every token is good, so that nobody needs an account to rehearse; the words that a
//! token begins with rehearse what goes wrong with real ones: `expired`, `revoked`, `invalid`, and
//! `noscope` for one that may sign in but not post. `member-ID` speaks for the member `ID`, every
//! other token for one demo member; `sandbox`, the token of a rehearsal, may act for any member, as
//! a rehearsal has no way to know whose token the real run will bring.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};

use super::App;
use super::errors::Refusal;

/// The demo member's identifier.
const DEMO_SUB: &str = "s4ndb0xQ";

/// The token of a rehearsal.
const REHEARSAL: &str = "sandbox";

/// The demo member's name.
const DEMO_NAME: [&str; 2] = ["Robin", "Sandbox"];

/// The member that a token speaks for.
#[derive(Clone, Debug)]
pub(super) struct Member {
    /// The identifier that userinfo shows as `sub`.
    pub(super) sub: String,
    /// Whether the token has `w_member_social`.
    may_post: bool,
    /// Whether the token may act for any other member too.
    for_anyone: bool,
}

impl Member {
    /// The member's URN.
    pub(super) fn urn(&self) -> String {
        format!("urn:li:person:{}", self.sub)
    }

    /// Given name and family name.
    pub(super) fn name(&self) -> [&str; 2] {
        member_name(&self.sub)
    }

    /// Refuses a token without the scope that `resource` needs, as the gateway does.
    pub(super) fn must_post(&self, resource: &str, version: &str) -> Result<(), Refusal> {
        if self.may_post {
            return Ok(());
        }
        Err(Refusal::no_access(resource, version))
    }

    /// Whether the member may act for `urn`: for itself, and here for every organization.
    pub(super) fn acts_for(&self, urn: &str) -> bool {
        let person = urn.strip_prefix("urn:li:person:");
        let own = urn == self.urn() || (self.for_anyone && person.is_some_and(is_id));
        own || urn.strip_prefix("urn:li:organization:").is_some_and(is_id)
    }

    fn of(headers: &HeaderMap) -> Result<Self, Refusal> {
        let token = bearer(headers)?;
        if let Some(bad) = BAD_TOKENS.iter().find(|bad| token.starts_with(bad.word)) {
            return Err(bad.refusal());
        }
        let sub = token.strip_prefix("member-").filter(|sub| is_id(sub));
        Ok(Self {
            sub: sub.unwrap_or(DEMO_SUB).to_owned(),
            may_post: !token.starts_with("noscope"),
            for_anyone: token == REHEARSAL,
        })
    }
}

/// A kind of token that is refused, and how.
struct BadToken {
    word: &'static str,
    service_error_code: u32,
    code: &'static str,
    message: &'static str,
}

const INVALID: BadToken = BadToken {
    word: "invalid",
    service_error_code: 65600,
    code: "INVALID_ACCESS_TOKEN",
    message: "Invalid access token",
};

const EMPTY: BadToken = BadToken {
    word: "",
    service_error_code: 65604,
    code: "EMPTY_ACCESS_TOKEN",
    message: "Empty oauth2 access token",
};

/// The kinds that the word at a token's start tells.
const BAD_TOKENS: &[BadToken] = &[
    INVALID,
    BadToken {
        word: "revoked",
        service_error_code: 65601,
        code: "REVOKED_ACCESS_TOKEN",
        message: "The token used in the request has been revoked by the user",
    },
    BadToken {
        word: "expired",
        service_error_code: 65602,
        code: "EXPIRED_ACCESS_TOKEN",
        message: "The token used in the request has expired",
    },
];

impl BadToken {
    fn refusal(&self) -> Refusal {
        Refusal::service(
            StatusCode::UNAUTHORIZED,
            self.service_error_code,
            self.code,
            self.message,
        )
    }
}

/// The token that a request brings.
fn bearer(headers: &HeaderMap) -> Result<&str, Refusal> {
    let authorization = headers
        .get(header::AUTHORIZATION)
        .ok_or_else(|| EMPTY.refusal())?;
    let token = authorization.to_str().ok().and_then(|value| {
        let (scheme, token) = value.split_once(' ')?;
        let token = token.trim();
        (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty()).then_some(token)
    });
    token.ok_or_else(|| INVALID.refusal())
}

impl FromRequestParts<App> for Member {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Refusal> {
        Self::of(&parts.headers)
    }
}

/// The demo member's whole name.
pub(super) fn demo_name() -> String {
    DEMO_NAME.join(" ")
}

/// The name that readers see for an author.
pub(super) fn name_of(author: &str) -> String {
    match author.rsplit_once(':') {
        Some(("urn:li:person", sub)) => member_name(sub).join(" "),
        Some(("urn:li:organization", id)) => format!("Organization {id}"),
        _ => author.to_owned(),
    }
}

fn member_name(sub: &str) -> [&str; 2] {
    if sub == DEMO_SUB {
        DEMO_NAME
    } else {
        ["Member", sub]
    }
}

/// Whether `id` may stand at the end of the URN of a member or an organization.
pub(super) fn is_id(id: &str) -> bool {
    !id.is_empty()
        && id
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}
