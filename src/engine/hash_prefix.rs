//! Prefixes of payload hashes, as `--only` and `approve` accept them.

/// The minimum number of hash digits that identify a payload.
pub(super) const MIN_DIGITS: usize = 8;

/// Returns the normalized hash prefix if `name` is one.
pub(super) fn parse_hash_prefix(name: &str) -> Option<String> {
    let digits = name
        .strip_prefix("sha256:")
        .unwrap_or(name)
        .to_ascii_lowercase();
    let is_hash = digits.len() >= MIN_DIGITS && digits.chars().all(|c| c.is_ascii_hexdigit());
    is_hash.then(|| format!("sha256:{digits}"))
}

/// Returns `true` if `name` looks like a hash but does not identify a payload.
pub(super) fn is_almost_hash(name: &str) -> bool {
    let is_hex = |text: &str| text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let has_digit = name.contains(|c: char| c.is_ascii_digit());
    name.starts_with("sha256:") || name.len() >= 4 && is_hex(name) && has_digit
}
