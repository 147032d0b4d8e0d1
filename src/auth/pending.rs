//! The one answer that a login waits for. It is told by `state`, a random word that only the browser
//! we sent away can bring back (RFC 6749, section 10.12): an answer without it was made up by
//! somebody else and changes nothing, and one with it counts once.

use std::sync::{Mutex, PoisonError};

use syndicate_api::{ExposeSecret as _, OAuthError, OAuthRequest, SecretString, sha256_hex};
use url::form_urlencoded;

/// The longest word of a server that is kept, in characters.
const LONGEST_WORD: usize = 300;

/// An answer that is waited for.
#[derive(Debug)]
pub(crate) struct Pending {
    state: Mutex<Option<SecretString>>,
}

/// What came back.
#[derive(Debug)]
pub(super) enum Callback {
    /// The code, to be exchanged for a token.
    Code(SecretString),
    /// The person or the server said no.
    OAuthError(OAuthError),
    /// Not the answer, for this reason.
    Stray(&'static str),
}

impl Pending {
    /// An answer told by `random`, 32 bytes that nobody can guess.
    #[must_use]
    pub(crate) fn new(random: &[u8; 32]) -> Self {
        let state: String = random.iter().map(|byte| format!("{byte:02x}")).collect();
        Self {
            state: Mutex::new(Some(SecretString::from(state))),
        }
    }

    /// The random word, until the answer came.
    pub(super) fn state(&self) -> Option<SecretString> {
        self.lock().clone()
    }

    /// Takes the query of a redirect for the answer, if it is.
    pub(super) fn take(&self, query: &str) -> Callback {
        let value = |name: &str| {
            form_urlencoded::parse(query.as_bytes())
                .find(|(key, _)| key == name)
                .map(|(_, value)| value.into_owned())
        };
        let (code, error) = (value("code"), value("error"));
        if code.is_none() && error.is_none() {
            return Callback::Stray("it holds no answer");
        }
        let Some(state) = value("state") else {
            return Callback::Stray("it does not say which login it answers");
        };
        let mut expected = self.lock();
        match expected.as_ref() {
            None => return Callback::Stray("this login was answered already"),
            Some(expected) if !same(expected.expose_secret(), &state) => {
                return Callback::Stray("it answers another login than this one");
            }
            Some(_) => *expected = None,
        }
        match (error, code) {
            (Some(error), _) => Callback::OAuthError(OAuthError {
                request: OAuthRequest::Consent,
                error: short(&error),
                description: short(&value("error_description").unwrap_or_default()),
            }),
            (None, code) => Callback::Code(SecretString::from(code.unwrap_or_default())),
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Option<SecretString>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether two words are the same, in a time that tells nothing about where they differ.
fn same(one: &str, other: &str) -> bool {
    sha256_hex(one.as_bytes()) == sha256_hex(other.as_bytes())
}

/// What a server said, fit for a line.
pub(super) fn short(text: &str) -> String {
    let plain: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .take(LONGEST_WORD)
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
    fn only_the_answer_with_our_word_counts_and_once() {
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
            let came = pending.take(&stray);
            assert!(matches!(came, Callback::Stray(_)), "{stray}: {came:?}");
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
    fn a_refusal_is_an_answer() {
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
    fn words_are_cut_and_never_printed() {
        assert_eq!(short(&"x".repeat(5000)).len(), LONGEST_WORD);
        let (pending, state) = pending();
        assert!(!format!("{pending:?}").contains(&state));
    }
}
