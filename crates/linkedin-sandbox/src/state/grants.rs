//! The consents of members, with their codes, tokens and lifetimes.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use super::opaque_id::opaque_id;
use super::scopes::Scopes;

/// The lifetime of an authorization code.
pub(crate) const CODE_LIFETIME: SignedDuration = SignedDuration::from_mins(30);

/// The lifetime of an access token.
pub(crate) const TOKEN_LIFETIME: SignedDuration = SignedDuration::from_hours(60 * 24);

/// The lifetime of a refresh token, counted from the consent.
pub(crate) const REFRESH_LIFETIME: SignedDuration = SignedDuration::from_hours(365 * 24);

/// The length of access tokens, which is about that of real ones.
const TOKEN_LENGTH: usize = 500;

/// A member's consent for an app.
#[derive(Clone, Debug)]
pub(crate) struct Grant {
    pub(crate) client: String,
    pub(crate) sub: String,
    pub(crate) scopes: Scopes,
    /// The time of the consent.
    pub(crate) authorized: Timestamp,
}

/// An authorization code, which can be exchanged once.
#[derive(Clone, Debug)]
pub(crate) struct Code {
    pub(crate) grant: Grant,
    pub(crate) redirect_uri: String,
    pub(crate) issued: Timestamp,
}

/// An access token.
#[derive(Clone, Debug)]
pub(crate) struct Token {
    pub(crate) grant: Grant,
    pub(crate) created: Timestamp,
    pub(crate) revoked: bool,
    /// `true` if the next call is refused, as if the token was not yet known to all servers.
    late: bool,
}

/// The status of a token that was issued here.
#[derive(Debug)]
pub(crate) enum TokenStatus {
    /// The token is valid for this member.
    Good {
        /// The member's identifier.
        sub: String,
        /// The granted scopes.
        scopes: Scopes,
    },
    /// The token was revoked, or not all servers know it yet.
    Revoked,
    /// The lifetime of the token has ended.
    Expired,
}

/// All consents, codes and tokens.
#[derive(Debug, Default)]
pub(crate) struct Grants {
    pub(crate) tokens: BTreeMap<String, Token>,
    pub(crate) refresh_tokens: BTreeMap<String, Grant>,
    codes: BTreeMap<String, Code>,
    /// The member who consented last, and so is signed in in the browser.
    pub(crate) signed_in: Option<String>,
    made: usize,
}

impl Token {
    /// Returns the end of the lifetime.
    pub(crate) fn expires(&self) -> Timestamp {
        self.created + TOKEN_LIFETIME
    }
}

impl Grants {
    /// Generates an identifier of `length` characters, beginning with `prefix`.
    pub(crate) fn generate(&mut self, prefix: &str, length: usize) -> String {
        self.made += 1;
        let mut made = prefix.to_owned();
        for part in 0.. {
            let missing = length.saturating_sub(made.len());
            if missing == 0 {
                break;
            }
            made.push_str(&opaque_id(
                &format!("{prefix}{part}"),
                self.made,
                missing.min(32),
            ));
        }
        made
    }

    /// Stores a consent and returns its code. If the scopes differ from those of an earlier consent of
    /// the same member and app, the earlier tokens are revoked.
    pub(crate) fn consent(&mut self, grant: Grant, redirect_uri: &str) -> String {
        let same_pair = |other: &Grant| other.client == grant.client && other.sub == grant.sub;
        let ended = |other: &Grant| same_pair(other) && other.scopes != grant.scopes;
        for token in self.tokens.values_mut() {
            token.revoked |= ended(&token.grant);
        }
        self.refresh_tokens.retain(|_, other| !ended(other));
        self.signed_in = Some(grant.sub.clone());
        let code = self.generate("AQT", 110);
        let issued = grant.authorized;
        let redirect_uri = redirect_uri.to_owned();
        self.codes.insert(
            code.clone(),
            Code {
                grant,
                redirect_uri,
                issued,
            },
        );
        code
    }

    /// Removes and returns a code, which can be used only once.
    pub(crate) fn take_code(&mut self, code: &str) -> Option<Code> {
        self.codes.remove(code)
    }

    /// Issues an access token for `grant`.
    pub(crate) fn issue(&mut self, grant: Grant, now: Timestamp, late: bool) -> String {
        let text = self.generate("AQX", TOKEN_LENGTH);
        let token = Token {
            grant,
            created: now,
            revoked: false,
            late,
        };
        self.tokens.insert(text.clone(), token);
        text
    }

    /// Returns the status of a token for a call, or `None` if it was not issued here.
    pub(crate) fn use_token(&mut self, text: &str, now: Timestamp) -> Option<TokenStatus> {
        let token = self.tokens.get_mut(text)?;
        if std::mem::take(&mut token.late) || token.revoked {
            return Some(TokenStatus::Revoked);
        }
        if now >= token.expires() {
            return Some(TokenStatus::Expired);
        }
        Some(TokenStatus::Good {
            sub: token.grant.sub.clone(),
            scopes: token.grant.scopes.clone(),
        })
    }

    /// Returns `true` if `sub` has a valid token of `client` for exactly these scopes, so that consent
    /// is not needed again.
    pub(crate) fn has_consented(
        &self,
        client: &str,
        sub: &str,
        scopes: &Scopes,
        now: Timestamp,
    ) -> bool {
        self.tokens.values().any(|token| {
            let grant = &token.grant;
            grant.client == client
                && grant.sub == sub
                && grant.scopes == *scopes
                && !token.revoked
                && now < token.expires()
        })
    }
}
