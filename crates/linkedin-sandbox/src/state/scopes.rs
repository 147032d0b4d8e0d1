//! Scopes: which there are, and sets of them.

use std::collections::BTreeSet;
use std::fmt;

/// What every app may ask for.
pub(crate) const SELF_SERVE: [&str; 4] = ["openid", "profile", "email", "w_member_social"];

/// What only vetted apps may ask for.
const VETTED: [&str; 6] = [
    "r_basicprofile",
    "r_member_social",
    "r_organization_admin",
    "r_organization_social",
    "rw_organization_admin",
    "w_organization_social",
];

/// A set of scopes, all of which exist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Scopes(BTreeSet<String>);

impl Scopes {
    /// The scopes that a request names, or the name that is none. Where it names nothing, that is
    /// the empty string.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        // LinkedIn's documentation separates them by spaces, its own JavaScript client by commas.
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

    /// Whether `scope` is one of them.
    pub(crate) fn has(&self, scope: &str) -> bool {
        self.0.contains(scope)
    }

    /// Whether each of them is one of `others`.
    pub(crate) fn are_among(&self, others: &[&str]) -> bool {
        self.0.iter().all(|scope| others.contains(&scope.as_str()))
    }

    /// Each by itself, in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

/// Separated by commas, as LinkedIn answers them; requests separate them by spaces.
impl fmt::Display for Scopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.iter().collect::<Vec<_>>().join(","))
    }
}
