//! The scopes of OAuth that LinkedIn has, and sets of them.

use std::collections::BTreeSet;
use std::fmt;

/// The scopes that every app can request.
pub(crate) const SELF_SERVE: [&str; 4] = ["openid", "profile", "email", "w_member_social"];

/// The scopes that only vetted apps can request.
const VETTED: [&str; 6] = [
    "r_basicprofile",
    "r_member_social",
    "r_organization_admin",
    "r_organization_social",
    "rw_organization_admin",
    "w_organization_social",
];

/// A set of known scopes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Scopes(BTreeSet<String>);

impl Scopes {
    /// Parses the scopes of a request.
    ///
    /// # Errors
    /// Returns the first unknown name, or an empty string if `text` contains none.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        // LinkedIn's documentation separates scopes by spaces, its JavaScript client by commas.
        let names = text.split([' ', ',']).filter(|name| !name.is_empty());
        let names: BTreeSet<String> = names.map(str::to_owned).collect();
        let known = |name: &str| SELF_SERVE.contains(&name) || VETTED.contains(&name);
        if names.is_empty() {
            return Err(String::new());
        }
        match names.iter().find(|name| !known(name)) {
            Some(name) => Err(name.clone()),
            None => Ok(Self(names)),
        }
    }

    /// Returns `true` if the set contains `scope`.
    pub(crate) fn has(&self, scope: &str) -> bool {
        self.0.contains(scope)
    }

    /// Returns `true` if `others` contains every scope of the set.
    pub(crate) fn are_among(&self, others: &[&str]) -> bool {
        self.0.iter().all(|scope| others.contains(&scope.as_str()))
    }

    /// Returns the scopes in alphabetical order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

/// Writes the scopes separated by commas, as in LinkedIn's responses.
impl fmt::Display for Scopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.iter().collect::<Vec<_>>().join(","))
    }
}
