//! Who asks. A token that the sandbox issued is held to what was granted. Every other token is good,
//! so that nobody needs an account to rehearse; the words that it begins with rehearse what goes
//! wrong with real ones: `expired`, `revoked`, `invalid`, and `noscope` for one that may sign in but
//! not post. `member-ID` speaks for the member `ID`, any other for one demo member; `sandbox`, the
//! token of a rehearsal, may act for any member, as a rehearsal has no way to know whose token the
//! real run will bring.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};

use crate::app::App;
use crate::errors::Refusal;
use crate::members::{DEMO_SUB, PAGES, is_id, member_name, organization_in, person, sub_in};
use crate::state::grants::TokenStatus;
use crate::state::scopes::Scopes;

/// The token of a rehearsal.
const REHEARSAL: &str = "sandbox";

/// The member that a token speaks for.
#[derive(Clone, Debug)]
pub(crate) struct Member {
    /// The identifier that userinfo shows as `sub`.
    pub(crate) sub: String,
    rights: Rights,
}

/// What a token may do.
#[derive(Clone, Debug)]
enum Rights {
    /// What was granted for it.
    Granted(Scopes),
    /// Everything but reading posts, as nobody gets that by himself.
    Rehearsed {
        /// Whether it has the right to post at all.
        may_post: bool,
        /// Whether it may act for any other member too.
        for_anyone: bool,
    },
}

impl Member {
    /// The member's URN.
    pub(crate) fn urn(&self) -> String {
        person(&self.sub)
    }

    /// Given name and family name.
    pub(crate) fn name(&self) -> [&str; 2] {
        member_name(&self.sub)
    }

    /// Whether the token has one of `scopes`.
    pub(crate) fn has(&self, scopes: &[&str]) -> bool {
        match &self.rights {
            Rights::Granted(granted) => scopes.iter().any(|scope| granted.has(scope)),
            Rights::Rehearsed { may_post, .. } => scopes.iter().any(|scope| match *scope {
                "openid" | "profile" => true,
                "email" | "r_basicprofile" | "r_member_social" | "r_organization_social" => false,
                _ => *may_post,
            }),
        }
    }

    /// Whether the member may act for `urn`: for itself, and for its pages; a token that nobody
    /// issued is good for every organization.
    pub(crate) fn acts_for(&self, urn: &str) -> bool {
        let page = organization_in(urn);
        match &self.rights {
            Rights::Granted(granted) => match page {
                Some(id) => granted.has("w_organization_social") && PAGES.contains(&id),
                None => granted.has("w_member_social") && urn == self.urn(),
            },
            Rights::Rehearsed { for_anyone, .. } => {
                page.is_some() || urn == self.urn() || (*for_anyone && sub_in(urn).is_some())
            }
        }
    }

    fn of(headers: &HeaderMap, app: &App) -> Result<Self, Refusal> {
        let token = bearer(headers)?;
        let now = app.now();
        if let Some(standing) = app.state().grants.use_token(token, now) {
            return match standing {
                TokenStatus::Good { sub, scopes } => Ok(Self {
                    sub,
                    rights: Rights::Granted(scopes),
                }),
                TokenStatus::Revoked => Err(REVOKED.refusal()),
                TokenStatus::Expired => Err(EXPIRED.refusal()),
            };
        }
        if let Some(bad) = BAD_TOKENS.iter().find(|bad| token.starts_with(bad.word)) {
            return Err(bad.refusal());
        }
        let sub = token.strip_prefix("member-").filter(|sub| is_id(sub));
        Ok(Self {
            sub: sub.unwrap_or(DEMO_SUB).to_owned(),
            rights: Rights::Rehearsed {
                may_post: !token.starts_with("noscope"),
                for_anyone: token == REHEARSAL,
            },
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

const REVOKED: BadToken = BadToken {
    word: "revoked",
    service_error_code: 65601,
    code: "REVOKED_ACCESS_TOKEN",
    message: "The token used in the request has been revoked by the user",
};

const EXPIRED: BadToken = BadToken {
    word: "expired",
    service_error_code: 65602,
    code: "EXPIRED_ACCESS_TOKEN",
    message: "The token used in the request has expired",
};

/// The kinds that the word at a token's start tells.
const BAD_TOKENS: &[BadToken] = &[INVALID, REVOKED, EXPIRED];

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

/// The refusal of a token by its code.
pub(crate) fn refusal(service_error_code: u32) -> Refusal {
    let mut kinds = BAD_TOKENS.iter();
    let kind = kinds.find(|kind| kind.service_error_code == service_error_code);
    kind.unwrap_or(&INVALID).refusal()
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

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Refusal> {
        Self::of(&parts.headers, app)
    }
}
