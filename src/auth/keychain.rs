//! The system's keychain, for people who want no token in a file. It keeps the secrets of a grant and
//! nothing else; what is known besides stays in the grant's file, so that profiles can be listed
//! without opening it. Built only with the feature `keychain`, as its way to Linux's Secret Service
//! takes a hundred crates.

use std::fmt;

use syndicate_api::SecretString;

/// A place for secrets, each under a name.
pub(crate) trait Keychain: fmt::Debug + Send + Sync {
    /// The secret of this name.
    ///
    /// # Errors
    /// When it is not there, or the keychain cannot be opened.
    fn get(&self, name: &str) -> Result<SecretString, String>;

    /// Keeps a secret under this name.
    ///
    /// # Errors
    /// When the keychain does not.
    fn set(&self, name: &str, secret: &SecretString) -> Result<(), String>;

    /// Forgets the secret of this name, if there is one.
    ///
    /// # Errors
    /// When the keychain does not.
    fn forget(&self, name: &str) -> Result<(), String>;
}

/// The keychain of this system, as far as this build has a way to it.
#[derive(Debug, Default)]
pub(super) struct SystemKeychain;

#[cfg(not(feature = "keychain"))]
impl Keychain for SystemKeychain {
    fn get(&self, _: &str) -> Result<SecretString, String> {
        Err(NOT_BUILT.to_owned())
    }

    fn set(&self, _: &str, _: &SecretString) -> Result<(), String> {
        Err(NOT_BUILT.to_owned())
    }

    fn forget(&self, _: &str) -> Result<(), String> {
        Err(NOT_BUILT.to_owned())
    }
}

#[cfg(not(feature = "keychain"))]
const NOT_BUILT: &str = "its token is in the system's keychain, to which this build has no way; one \
    with `--features keychain` has";

#[cfg(feature = "keychain")]
mod system {
    use std::thread;

    use keyring::{Entry, Error};
    use syndicate_api::{ExposeSecret as _, SecretString};

    use super::{Keychain, SystemKeychain};

    /// Under which name the keychain shows what is ours.
    const SERVICE: &str = "syndicate";

    impl Keychain for SystemKeychain {
        fn get(&self, name: &str) -> Result<SecretString, String> {
            let name = name.to_owned();
            ask(move || Entry::new(SERVICE, &name)?.get_password()).map(SecretString::from)
        }

        fn set(&self, name: &str, secret: &SecretString) -> Result<(), String> {
            let (name, secret) = (name.to_owned(), secret.clone());
            ask(move || Entry::new(SERVICE, &name)?.set_password(secret.expose_secret()))
        }

        fn forget(&self, name: &str) -> Result<(), String> {
            let name = name.to_owned();
            ask(
                move || match Entry::new(SERVICE, &name)?.delete_credential() {
                    Err(Error::NoEntry) => Ok(()),
                    done => done,
                },
            )
        }
    }

    /// Asks in a thread of its own: the way to Linux's keychain blocks, and brings its own runtime.
    fn ask<T: Send + 'static>(
        question: impl FnOnce() -> Result<T, Error> + Send + 'static,
    ) -> Result<T, String> {
        let answer = thread::spawn(question).join();
        match answer {
            Ok(answer) => answer.map_err(|error| said(&error)),
            Err(_) => Err("the system's keychain broke".to_owned()),
        }
    }

    /// What went wrong, without anything that might be a secret.
    fn said(error: &Error) -> String {
        match error {
            Error::NoEntry => "the system's keychain has no token for it".to_owned(),
            Error::NoDefaultStore => {
                let why = match Entry::store_status() {
                    Err(error) => format!(": {error}"),
                    Ok(()) => String::new(),
                };
                format!("there is no keychain on this system{why}")
            }
            other => format!("the system's keychain does not answer: {other}"),
        }
    }
}
