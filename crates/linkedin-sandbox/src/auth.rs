//! Authenticates requests. A token that the sandbox issued has the scopes that were granted. Any
//! other token is accepted too, so that no account is needed. Its prefix simulates a real token's
//! failure: `expired`, `revoked`, `invalid`, and `noscope` for a token that can sign in but not post.
//! `member-ID` is a token of the member `ID`, any other one of the demo member. The token `sandbox`
//! can act for every member, because `--sandbox` does not know the member of the real token.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};

use crate::app::AppState;
use crate::errors::ErrorResponse;
use crate::members::{DEMO_SUB, PAGES, is_id, member_name, organization_id, person_id, person_urn};
use crate::state::grants::TokenStatus;
use crate::state::scopes::Scopes;

/// The token that `syndicate` sends with `--sandbox`.
const SANDBOX_TOKEN: &str = "sandbox";

/// The member that a token belongs to.
#[derive(Clone, Debug)]
pub(crate) struct Member {
    /// The member's identifier, which userinfo returns as `sub`.
    pub(crate) sub: String,
    rights: TokenRights,
}

/// The permissions of a token.
#[derive(Clone, Debug)]
enum TokenRights {
    /// The scopes granted to the token.
    Granted(Scopes),
    /// All permissions but reading posts, which only vetted apps get.
    Simulated {
        /// `true` if the token can create posts.
        may_post: bool,
        /// `true` if the token can also act for members other than its own.
        any_member: bool,
    },
}

impl Member {
    /// Returns the member's URN.
    pub(crate) fn urn(&self) -> String {
        person_urn(&self.sub)
    }

    /// Returns the given name and the family name.
    pub(crate) fn name(&self) -> [&str; 2] {
        member_name(&self.sub)
    }

    /// Returns `true` if the token has one of `scopes`.
    pub(crate) fn has(&self, scopes: &[&str]) -> bool {
        match &self.rights {
            TokenRights::Granted(granted) => scopes.iter().any(|scope| granted.has(scope)),
            TokenRights::Simulated { may_post, .. } => scopes.iter().any(|scope| match *scope {
                "openid" | "profile" => true,
                "email" | "r_basicprofile" | "r_member_social" | "r_organization_social" => false,
                _ => *may_post,
            }),
        }
    }

    /// Returns `true` if the token can act for the author `urn`: for the member itself or its pages. A
    /// token that was not issued here can act for every organization.
    pub(crate) fn acts_for(&self, urn: &str) -> bool {
        let page = organization_id(urn);
        match &self.rights {
            TokenRights::Granted(granted) => match page {
                Some(id) => granted.has("w_organization_social") && PAGES.contains(&id),
                None => granted.has("w_member_social") && urn == self.urn(),
            },
            TokenRights::Simulated { any_member, .. } => {
                page.is_some() || urn == self.urn() || (*any_member && person_id(urn).is_some())
            }
        }
    }

    fn of(headers: &HeaderMap, app: &AppState) -> Result<Self, ErrorResponse> {
        let token = bearer(headers)?;
        let now = app.now();
        if let Some(status) = app.state().grants.use_token(token, now) {
            return match status {
                TokenStatus::Good { sub, scopes } => Ok(Self {
                    sub,
                    rights: TokenRights::Granted(scopes),
                }),
                TokenStatus::Revoked => Err(REVOKED.error_response()),
                TokenStatus::Expired => Err(EXPIRED.error_response()),
            };
        }
        if let Some(rejected) = REJECTED_TOKENS
            .iter()
            .find(|rejected| token.starts_with(rejected.word))
        {
            return Err(rejected.error_response());
        }
        let sub = token.strip_prefix("member-").filter(|sub| is_id(sub));
        Ok(Self {
            sub: sub.unwrap_or(DEMO_SUB).to_owned(),
            rights: TokenRights::Simulated {
                may_post: !token.starts_with("noscope"),
                any_member: token == SANDBOX_TOKEN,
            },
        })
    }
}

/// A kind of token that is rejected, and the error for it.
struct RejectedToken {
    word: &'static str,
    service_error_code: u32,
    code: &'static str,
    message: &'static str,
}

const INVALID: RejectedToken = RejectedToken {
    word: "invalid",
    service_error_code: 65600,
    code: "INVALID_ACCESS_TOKEN",
    message: "Invalid access token",
};

const EMPTY: RejectedToken = RejectedToken {
    word: "",
    service_error_code: 65604,
    code: "EMPTY_ACCESS_TOKEN",
    message: "Empty oauth2 access token",
};

const REVOKED: RejectedToken = RejectedToken {
    word: "revoked",
    service_error_code: 65601,
    code: "REVOKED_ACCESS_TOKEN",
    message: "The token used in the request has been revoked by the user",
};

const EXPIRED: RejectedToken = RejectedToken {
    word: "expired",
    service_error_code: 65602,
    code: "EXPIRED_ACCESS_TOKEN",
    message: "The token used in the request has expired",
};

/// The kinds of rejected tokens that a prefix selects.
const REJECTED_TOKENS: &[RejectedToken] = &[INVALID, REVOKED, EXPIRED];

impl RejectedToken {
    fn error_response(&self) -> ErrorResponse {
        ErrorResponse::service(
            StatusCode::UNAUTHORIZED,
            self.service_error_code,
            self.code,
            self.message,
        )
    }
}

/// Returns the error response for a rejected token with this code.
pub(crate) fn error_response(service_error_code: u32) -> ErrorResponse {
    let mut kinds = REJECTED_TOKENS.iter();
    let kind = kinds.find(|kind| kind.service_error_code == service_error_code);
    kind.unwrap_or(&INVALID).error_response()
}

/// Returns the bearer token of a request.
fn bearer(headers: &HeaderMap) -> Result<&str, ErrorResponse> {
    let authorization = headers
        .get(header::AUTHORIZATION)
        .ok_or_else(|| EMPTY.error_response())?;
    let token = authorization.to_str().ok().and_then(|value| {
        let (scheme, token) = value.split_once(' ')?;
        let token = token.trim();
        (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty()).then_some(token)
    });
    token.ok_or_else(|| INVALID.error_response())
}

impl FromRequestParts<AppState> for Member {
    type Rejection = ErrorResponse;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<Self, ErrorResponse> {
        Self::of(&parts.headers, app)
    }
}
