//! Beginnings of payload hashes, by which `--only` and `approve` name payloads.

/// How many digits of a hash name a payload at least.
pub(super) const MIN_DIGITS: usize = 8;

/// Returns the hash or beginning of one that `name` is, as payloads have it.
pub(super) fn parse_hash_prefix(name: &str) -> Option<String> {
    let digits = name
        .strip_prefix("sha256:")
        .unwrap_or(name)
        .to_ascii_lowercase();
    let is_hash = digits.len() >= MIN_DIGITS && digits.chars().all(|c| c.is_ascii_hexdigit());
    is_hash.then(|| format!("sha256:{digits}"))
}

/// Returns whether `name` was most likely meant as a hash, and is none that names a payload.
pub(super) fn is_almost_hash(name: &str) -> bool {
    let is_hex = |text: &str| text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let has_digit = name.contains(|c: char| c.is_ascii_digit());
    name.starts_with("sha256:") || name.len() >= 4 && is_hex(name) && has_digit
}
