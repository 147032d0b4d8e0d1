//! The one callback that a login expects. It is identified by `state`, a random value that only the
//! browser we redirected can return (RFC 6749, section 10.12). A callback without that value is
//! forged and ignored, and a valid one is accepted once.

use std::sync::{Mutex, PoisonError};

use syndicate_api::{ExposeSecret as _, OAuthError, OAuthRequest, SecretString, sha256_hex};
use url::form_urlencoded;

/// Maximum length in characters of a text from a server.
const MAX_SERVER_TEXT: usize = 300;

/// The expected callback of a login.
#[derive(Debug)]
pub(crate) struct Pending {
    state: Mutex<Option<SecretString>>,
}

/// A parsed redirect.
#[derive(Debug)]
pub(super) enum Callback {
    /// The authorization code, to be exchanged for a token.
    Code(SecretString),
    /// A refusal by the user or the server.
    OAuthError(OAuthError),
    /// Not the expected callback, with the reason.
    Stray(&'static str),
}

impl Pending {
    /// Returns an expectation whose `state` is `random`, 32 unpredictable bytes, in hexadecimal.
    #[must_use]
    pub(crate) fn new(random: &[u8; 32]) -> Self {
        let state: String = random.iter().map(|byte| format!("{byte:02x}")).collect();
        Self {
            state: Mutex::new(Some(SecretString::from(state))),
        }
    }

    /// Returns the expected `state`, or `None` once the callback has arrived.
    pub(super) fn state(&self) -> Option<SecretString> {
        self.lock().clone()
    }

    /// Parses the query of a redirect. A query with the expected `state` uses that value up.
    pub(super) fn take(&self, query: &str) -> Callback {
        let value = |name: &str| {
            form_urlencoded::parse(query.as_bytes())
                .find(|(key, _)| key == name)
                .map(|(_, value)| value.into_owned())
        };
        let (code, error) = (value("code"), value("error"));
        if code.is_none() && error.is_none() {
            return Callback::Stray("it has neither `code` nor `error`");
        }
        let Some(state) = value("state") else {
            return Callback::Stray("it has no `state`");
        };
        let mut expected = self.lock();
        match expected.as_ref() {
            None => return Callback::Stray("this login is already complete"),
            Some(expected) if !same(expected.expose_secret(), &state) => {
                return Callback::Stray("its `state` belongs to another login");
            }
            Some(_) => *expected = None,
        }
        match (error, code) {
            (Some(error), _) => Callback::OAuthError(OAuthError {
                request: OAuthRequest::Consent,
                error: one_line(&error),
                description: one_line(&value("error_description").unwrap_or_default()),
            }),
            (None, code) => Callback::Code(SecretString::from(code.unwrap_or_default())),
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Option<SecretString>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Compares two strings in a time that does not depend on where they differ.
fn same(one: &str, other: &str) -> bool {
    sha256_hex(one.as_bytes()) == sha256_hex(other.as_bytes())
}

/// Returns a text from a server on one line, cut to [`MAX_SERVER_TEXT`] characters.
pub(super) fn one_line(text: &str) -> String {
    let plain: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .take(MAX_SERVER_TEXT)
        .collect();
    plain.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pending() -> (Pending, String) {
        let pending = Pending::new(&[7; 32]);
        let state = pending.state().unwrap().expose_secret().to_owned();
        (pending, state)
    }

    #[test]
    fn callback_needs_state_and_counts_once() {
        let (pending, state) = pending();
        for stray in [
            String::new(),
            "code=x".to_owned(),
            "code=x&state=".to_owned(),
            format!("code=x&state={state}0"),
            "code=x&state=guessed".to_owned(),
            "error=access_denied&state=guessed".to_owned(),
            format!("state={state}"),
        ] {
            let callback = pending.take(&stray);
            assert!(
                matches!(callback, Callback::Stray(_)),
                "{stray}: {callback:?}"
            );
        }
        let answer = format!("code=a%2Bb&state={state}");
        let Callback::Code(code) = pending.take(&answer) else {
            panic!("it is the answer");
        };
        assert_eq!(code.expose_secret(), "a+b");
        assert!(
            matches!(pending.take(&answer), Callback::Stray(_)),
            "used twice"
        );
    }

    #[test]
    fn oauth_error_completes_login() {
        let (pending, state) = pending();
        let query = format!(
            "error=user_cancelled_login&error_description=The+user%0Acancelled&state={state}"
        );
        let Callback::OAuthError(refused) = pending.take(&query) else {
            panic!("it is the answer");
        };
        assert_eq!(refused.error, "user_cancelled_login");
        assert_eq!(refused.description, "The user cancelled");
    }

    #[test]
    fn server_text_is_cut_and_state_hidden() {
        assert_eq!(one_line(&"x".repeat(5000)).len(), MAX_SERVER_TEXT);
        let (pending, state) = pending();
        assert!(!format!("{pending:?}").contains(&state));
    }
}
