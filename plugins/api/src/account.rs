//! The account of a platform.

/// An account of a platform.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// The platform's identifier of the account.
    pub id: String,
    /// The display name.
    pub name: String,
}
