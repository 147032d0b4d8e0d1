//! Generates identifiers that look random.

use sha2::{Digest, Sha256};

/// Returns `length` letters and digits that look random and are the same in every run, so that
/// recorded sessions can be compared.
pub(crate) fn opaque_id(purpose: &str, number: usize, length: usize) -> String {
    const ALPHABET: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    Sha256::digest(format!("{purpose}:{number}"))
        .iter()
        .map(|byte| char::from(ALPHABET[usize::from(*byte) % ALPHABET.len()]))
        .take(length)
        .collect()
}
