//! What members granted: consents, the codes and tokens that came of them, and how those end.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use super::opaque_id::opaque_id;
use super::scopes::Scopes;

/// How long a code can be exchanged.
pub(crate) const CODE_LIFETIME: SignedDuration = SignedDuration::from_mins(30);

/// How long a token lives.
pub(crate) const TOKEN_LIFETIME: SignedDuration = SignedDuration::from_hours(60 * 24);

/// How long a refresh token lives, counted from the consent.
pub(crate) const REFRESH_LIFETIME: SignedDuration = SignedDuration::from_hours(365 * 24);

/// How long tokens are, about as long as real ones.
const TOKEN_LENGTH: usize = 500;

/// One consent: who lets which app do what.
#[derive(Clone, Debug)]
pub(crate) struct Grant {
    pub(crate) client: String,
    pub(crate) sub: String,
    pub(crate) scopes: Scopes,
    /// When the member consented.
    pub(crate) authorized: Timestamp,
}

/// A code, to be exchanged once.
#[derive(Clone, Debug)]
pub(crate) struct Code {
    pub(crate) grant: Grant,
    pub(crate) redirect_uri: String,
    pub(crate) issued: Timestamp,
}

/// A token.
#[derive(Clone, Debug)]
pub(crate) struct Token {
    pub(crate) grant: Grant,
    pub(crate) created: Timestamp,
    pub(crate) revoked: bool,
    /// Whether the next call finds that the token has not spread yet.
    late: bool,
}

/// How a token stands that was issued here.
#[derive(Debug)]
pub(crate) enum TokenStatus {
    /// It speaks for this member.
    Good {
        /// The member's identifier.
        sub: String,
        /// What it may do.
        scopes: Scopes,
    },
    /// It was taken back, or has not spread yet.
    Revoked,
    /// It is too old.
    Expired,
}

/// All that was granted.
#[derive(Debug, Default)]
pub(crate) struct Grants {
    pub(crate) tokens: BTreeMap<String, Token>,
    pub(crate) refresh_tokens: BTreeMap<String, Grant>,
    codes: BTreeMap<String, Code>,
    /// Who consented last, and so is still signed in in the browser.
    pub(crate) signed_in: Option<String>,
    made: usize,
}

impl Token {
    /// When it ends.
    pub(crate) fn expires(&self) -> Timestamp {
        self.created + TOKEN_LIFETIME
    }
}

impl Grants {
    /// Something unguessable of `length` characters, behind `prefix`.
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

    /// Takes a consent down; gives the code. Another set of scopes ends all that this member has
    /// granted this app before.
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

    /// The code, which is used up by that.
    pub(crate) fn take_code(&mut self, code: &str) -> Option<Code> {
        self.codes.remove(code)
    }

    /// A new token for `grant`.
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

    /// How the token stands that a call brings, if it was issued here.
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

    /// Whether `sub` has a living token of `client` for just these scopes, so that nobody needs to
    /// be asked again.
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
