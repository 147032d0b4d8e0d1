//! An access token with its metadata.

use std::collections::BTreeMap;

use jiff::Timestamp;
use secrecy::SecretString;

use crate::Account;

const DAY: i64 = 24 * 60 * 60;

/// An access token, or a key in its place, with its metadata. `Debug` shows no secret.
#[derive(Clone, Debug)]
pub struct Credential {
    /// The server that issued the token ([`crate::Provider::issuer`]).
    pub issuer: String,
    /// The identifier of the OAuth app that the token was issued to. Empty if there is none.
    pub client_id: String,
    /// The access token.
    pub access_token: SecretString,
    /// The time of issue.
    pub issued: Timestamp,
    /// The time of expiry, if the platform names one.
    pub expires: Option<Timestamp>,
    /// The refresh token, if the platform issues one.
    pub refresh_token: Option<SecretString>,
    /// The time at which the refresh token expires, if it is known.
    pub refresh_until: Option<Timestamp>,
    /// The granted scopes.
    pub scopes: Vec<String>,
    /// The platform's identifier of the account.
    pub account: String,
    /// The display name of the account.
    pub account_name: String,
    /// Values of the platform that a later request needs, such as the address of the account's server. No secrets.
    pub extra: BTreeMap<String, String>,
}

impl Credential {
    /// Returns a credential without expiry, refresh token and scopes.
    #[must_use]
    pub fn new(
        issuer: impl Into<String>,
        access_token: SecretString,
        issued: Timestamp,
        owner: Account,
    ) -> Self {
        Self {
            issuer: issuer.into(),
            client_id: String::new(),
            access_token,
            issued,
            expires: None,
            refresh_token: None,
            refresh_until: None,
            scopes: Vec::new(),
            account: owner.id,
            account_name: owner.name,
            extra: BTreeMap::new(),
        }
    }

    /// Returns the account that the token belongs to.
    #[must_use]
    pub fn owner(&self) -> Account {
        Account {
            id: self.account.clone(),
            name: self.account_name.clone(),
        }
    }

    /// Returns `true` if `scope` was granted.
    #[must_use]
    pub fn has_scope(&self, scope: &str) -> bool {
        self.scopes.iter().any(|granted| granted == scope)
    }

    /// Returns `true` if the access token has expired.
    #[must_use]
    pub fn is_expired(&self, now: Timestamp) -> bool {
        self.expires.is_some_and(|end| end <= now)
    }

    /// Returns the number of whole days until the token expires, or `None` if it has expired or never expires.
    #[must_use]
    pub fn days_left(&self, now: Timestamp) -> Option<i64> {
        let seconds = self.expires?.duration_since(now).as_secs();
        (seconds > 0).then_some(seconds / DAY)
    }

    /// Returns `true` if a refresh token exists and has not expired.
    #[must_use]
    pub fn is_refreshable(&self, now: Timestamp) -> bool {
        self.refresh_token.is_some() && self.refresh_until.is_none_or(|end| now < end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grant(expires: &str) -> Credential {
        let owner = Account {
            id: String::new(),
            name: String::new(),
        };
        let token = SecretString::from("AQX-very-secret");
        Credential {
            expires: Some(expires.parse().unwrap()),
            refresh_token: Some(SecretString::from("AQR-very-secret")),
            scopes: vec!["profile".to_owned()],
            ..Credential::new("", token, Timestamp::UNIX_EPOCH, owner)
        }
    }

    #[test]
    fn days_left_counts_whole_days() {
        let now: Timestamp = "2026-11-22T12:00:00Z".parse().unwrap();
        for (expires, days, over) in [
            ("2026-11-24T11:59:59Z", Some(1), false),
            ("2026-11-22T12:00:01Z", Some(0), false),
            ("2026-11-22T12:00:00Z", None, true),
            ("2026-11-21T12:00:00Z", None, true),
        ] {
            let grant = grant(expires);
            assert_eq!(
                (grant.days_left(now), grant.is_expired(now)),
                (days, over),
                "{expires}"
            );
        }
    }

    #[test]
    fn refresh_token_expires_separately() {
        let now: Timestamp = "2026-11-22T12:00:00Z".parse().unwrap();
        let mut grant = grant("2026-11-22T12:00:00Z");
        assert!(grant.is_refreshable(now));
        grant.refresh_until = Some(now);
        assert!(!grant.is_refreshable(now));
    }

    #[test]
    fn debug_hides_tokens() {
        assert!(!format!("{:?}", grant("2026-11-22T12:00:00Z")).contains("very"));
    }
}
