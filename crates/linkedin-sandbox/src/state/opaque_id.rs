//! Identifiers that look random.

use sha2::{Digest, Sha256};

/// A string of `length` letters and digits that looks random and is the same in every run, so that
/// recorded rehearsals can be compared.
pub(crate) fn opaque_id(purpose: &str, number: usize, length: usize) -> String {
    const ALPHABET: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    Sha256::digest(format!("{purpose}:{number}"))
        .iter()
        .map(|byte| char::from(ALPHABET[usize::from(*byte) % ALPHABET.len()]))
        .take(length)
        .collect()
}
