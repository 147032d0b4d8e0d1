//! Stores secrets in the system's keychain, for users who want no token in a file. The keychain
//! holds only the secrets of a credential; the rest stays in the credential's file, so that
//! profiles can be listed without unlocking the keychain. Access to a real keychain needs the
//! feature `keychain`, which is off by default because the Secret Service client for Linux adds
//! about a hundred crates.

use std::fmt;

use syndicate_api::SecretString;

/// A store of secrets, each identified by a name.
pub(crate) trait Keychain: fmt::Debug + Send + Sync {
    /// Returns the secret of this name.
    ///
    /// # Errors
    /// Fails if the secret does not exist, or if the keychain cannot be opened.
    fn get(&self, name: &str) -> Result<SecretString, String>;

    /// Stores a secret under this name.
    ///
    /// # Errors
    /// Fails if the keychain rejects it or cannot be opened.
    fn set(&self, name: &str, secret: &SecretString) -> Result<(), String>;

    /// Deletes the secret of this name. Does nothing if there is none.
    ///
    /// # Errors
    /// Fails if the keychain cannot delete it or cannot be opened.
    fn delete(&self, name: &str) -> Result<(), String>;
}

/// The keychain of this system. Every call fails in a build without the feature `keychain`.
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

    fn delete(&self, _: &str) -> Result<(), String> {
        Err(NOT_BUILT.to_owned())
    }
}

#[cfg(not(feature = "keychain"))]
const NOT_BUILT: &str = "the token is in the system's keychain, which this build does not support; \
    build with `--features keychain`";

#[cfg(feature = "keychain")]
mod system {
    use std::thread;

    use keyring::{Entry, Error};
    use syndicate_api::{ExposeSecret as _, SecretString};

    use super::{Keychain, SystemKeychain};

    /// The service name under which the keychain lists our entries.
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

        fn delete(&self, name: &str) -> Result<(), String> {
            let name = name.to_owned();
            ask(
                move || match Entry::new(SERVICE, &name)?.delete_credential() {
                    Err(Error::NoEntry) => Ok(()),
                    done => done,
                },
            )
        }
    }

    /// Runs `question` in a thread, because the Secret Service client blocks and starts its own
    /// runtime.
    fn ask<T: Send + 'static>(
        question: impl FnOnce() -> Result<T, Error> + Send + 'static,
    ) -> Result<T, String> {
        let answer = thread::spawn(question).join();
        match answer {
            Ok(answer) => answer.map_err(|error| format_error(&error)),
            Err(_) => Err("the system's keychain failed".to_owned()),
        }
    }

    /// Formats an error. The text never contains a secret.
    fn format_error(error: &Error) -> String {
        match error {
            Error::NoEntry => "the system's keychain has no token for this profile".to_owned(),
            Error::NoDefaultStore => {
                let why = match Entry::store_status() {
                    Err(error) => format!(": {error}"),
                    Ok(()) => String::new(),
                };
                format!("this system has no keychain{why}")
            }
            other => format!("the system's keychain does not respond: {other}"),
        }
    }
}
