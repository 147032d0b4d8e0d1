//! A user name and a password.

use secrecy::SecretString;

/// A user name and a password.
#[derive(Clone, Copy, Debug)]
pub struct Password<'a> {
    /// The user name.
    pub user: &'a str,
    /// The password.
    pub secret: &'a SecretString,
}
