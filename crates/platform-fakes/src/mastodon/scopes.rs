//! The scopes of tokens ("OAuth scopes").

/// The scopes of Mastodon 4.5 without those of administrators.
pub(super) const SCOPES: [&str; 29] = [
    "profile",
    "push",
    "follow",
    "read",
    "read:accounts",
    "read:blocks",
    "read:bookmarks",
    "read:favourites",
    "read:filters",
    "read:follows",
    "read:lists",
    "read:mutes",
    "read:notifications",
    "read:search",
    "read:statuses",
    "write",
    "write:accounts",
    "write:blocks",
    "write:bookmarks",
    "write:conversations",
    "write:favourites",
    "write:filters",
    "write:follows",
    "write:lists",
    "write:media",
    "write:mutes",
    "write:notifications",
    "write:reports",
    "write:statuses",
];

/// Splits a list of scopes.
pub(super) fn split(scopes: &str) -> Vec<String> {
    scopes.split_whitespace().map(str::to_owned).collect()
}

/// Returns `true` if Mastodon has all these scopes.
pub(super) fn all_exist(scopes: &[String]) -> bool {
    scopes.iter().all(|scope| SCOPES.contains(&scope.as_str()))
}

/// Returns `true` if `granted` has `scope` or its parent.
pub(super) fn covers(granted: &[String], scope: &str) -> bool {
    let parent = scope.split(':').next().unwrap_or_default();
    granted
        .iter()
        .any(|granted| granted == scope || granted == parent)
}
