//! A token that a platform granted, and what is known about it.

use jiff::Timestamp;
use secrecy::SecretString;

const DAY: i64 = 24 * 60 * 60;

/// A token and what is known about it. `Debug` shows no secret.
#[derive(Clone, Debug)]
pub struct Credential {
    /// The server that granted it ([`crate::Provider::issuer`]).
    pub issuer: String,
    /// The app that it was granted to.
    pub client_id: String,
    /// The token.
    pub access_token: SecretString,
    /// When it was granted.
    pub issued: Timestamp,
    /// When it ends, where the platform said so.
    pub expires: Option<Timestamp>,
    /// What another token can be had with, where the platform gives that out.
    pub refresh_token: Option<SecretString>,
    /// When that ends.
    pub refresh_until: Option<Timestamp>,
    /// What was granted.
    pub scopes: Vec<String>,
    /// The platform's identifier of the author.
    pub account: String,
    /// The author's name.
    pub account_name: String,
}

impl Credential {
    /// Whether this was granted.
    #[must_use]
    pub fn has_scope(&self, scope: &str) -> bool {
        self.scopes.iter().any(|granted| granted == scope)
    }

    /// Whether the token has ended.
    #[must_use]
    pub fn is_expired(&self, now: Timestamp) -> bool {
        self.expires.is_some_and(|end| end <= now)
    }

    /// How many whole days the token has left; none where it is over or no end is known.
    #[must_use]
    pub fn days_left(&self, now: Timestamp) -> Option<i64> {
        let seconds = self.expires?.duration_since(now).as_secs();
        (seconds > 0).then_some(seconds / DAY)
    }

    /// Whether another token can be had without a person.
    #[must_use]
    pub fn is_refreshable(&self, now: Timestamp) -> bool {
        self.refresh_token.is_some() && self.refresh_until.is_none_or(|end| now < end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grant(expires: &str) -> Credential {
        Credential {
            issuer: String::new(),
            client_id: String::new(),
            access_token: SecretString::from("AQX-very-secret"),
            issued: Timestamp::UNIX_EPOCH,
            expires: Some(expires.parse().unwrap()),
            refresh_token: Some(SecretString::from("AQR-very-secret")),
            refresh_until: None,
            scopes: vec!["profile".to_owned()],
            account: String::new(),
            account_name: String::new(),
        }
    }

    #[test]
    fn days_are_whole_and_an_end_is_an_end() {
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
    fn a_refresh_token_has_an_end_of_its_own() {
        let now: Timestamp = "2026-11-22T12:00:00Z".parse().unwrap();
        let mut grant = grant("2026-11-22T12:00:00Z");
        assert!(grant.is_refreshable(now));
        grant.refresh_until = Some(now);
        assert!(!grant.is_refreshable(now));
    }

    #[test]
    fn no_secret_is_printed() {
        assert!(!format!("{:?}", grant("2026-11-22T12:00:00Z")).contains("very"));
    }
}
