//! The origin of a token.

use std::fmt;
use std::path::PathBuf;

/// The origin of a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum TokenOrigin {
    /// The option `token`, which may name a variable.
    Option,
    /// The file of the option `token_file`.
    File(PathBuf),
    /// The stored credential of this profile.
    Profile(String),
}

impl fmt::Display for TokenOrigin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Option => f.write_str("from the option `token`"),
            Self::File(file) => write!(f, "from the file `{}`", file.display()),
            Self::Profile(name) => write!(f, "from the profile `{name}`"),
        }
    }
}
