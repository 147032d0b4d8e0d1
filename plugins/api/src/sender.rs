//! The account that a sink posts as, for plans and previews.

use std::fmt;

use serde::Serialize;

/// The account that a sink posts as, as far as it is known without a request. It contains no secret.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Sender {
    /// The display name of the account.
    pub name: Option<String>,
    /// The platform's identifier of the account.
    pub id: Option<String>,
    /// The credentials profile, if the sink has one of its own.
    pub profile: Option<String>,
}

impl Sender {
    /// Returns `true` if nothing is known about the account.
    #[must_use]
    pub fn is_unknown(&self) -> bool {
        *self == Self::default()
    }
}

/// Formats the best known name: the display name, else the identifier, else the profile.
impl fmt::Display for Sender {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.name, &self.id, &self.profile) {
            (Some(name), _, _) => f.write_str(name),
            (None, Some(id), _) => f.write_str(id),
            (None, None, Some(profile)) => write!(f, "profile {profile}"),
            (None, None, None) => f.write_str("unknown"),
        }
    }
}
