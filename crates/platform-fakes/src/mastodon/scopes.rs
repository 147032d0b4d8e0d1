//! The scopes of tokens ("OAuth scopes").

/// The scopes that Mastodon 4.5 has and that the fake's endpoints need, with their parents.
const SCOPES: [&str; 17] = [
    "profile",
    "read",
    "read:accounts",
    "read:bookmarks",
    "read:favourites",
    "read:follows",
    "read:lists",
    "read:notifications",
    "read:search",
    "read:statuses",
    "write",
    "write:accounts",
    "write:media",
    "write:statuses",
    "write:conversations",
    "follow",
    "push",
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
