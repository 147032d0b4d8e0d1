//! Record keys in the form of timestamp identifiers (TID): 53 bits of microseconds since 1970 and 10 bits that
//! part keys of one microsecond, in a base 32 whose digits sort like their values.
//!
//! The key of a post is computed from the time and the id of its attempt. So it is known before the request, and a
//! repeat of the attempt has the same key. The key of a document is computed from the item's stable key alone, so
//! that the page can name it before anything is published.

use jiff::Timestamp;
use sha2::{Digest, Sha256};

const DIGITS: &[u8; 32] = b"234567abcdefghijklmnopqrstuvwxyz";

/// The number of digits.
const LENGTH: u32 = 13;

/// The bits below the microseconds.
const CLOCK_BITS: u32 = 10;

/// The time of the earliest key of a document: 2023-01-01, in microseconds. Keys look like times of the past, because
/// some programs refuse keys of the future.
const DOCUMENTS_FROM: u64 = 1_672_531_200_000_000;

/// The number of bits of a hash in the microseconds of a document's key, about 2.2 years.
const DOCUMENT_BITS: u32 = 46;

/// Returns the key of a post that is created at `now` by the attempt with this id. Its milliseconds are those of
/// `now`; the rest depends on the attempt.
pub(crate) fn post_key(now: Timestamp, attempt: &str) -> String {
    let hash = hash(&["attempt", attempt]);
    let millis = u64::try_from(now.as_millisecond()).unwrap_or_default();
    encode(millis * 1000 + hash % 1000, hash / 1000)
}

/// Returns the key of the record of `collection` for the item or site with this stable key.
pub(crate) fn stable_key(collection: &str, key: &str) -> String {
    let hash = hash(&[collection, key]);
    let micros = DOCUMENTS_FROM + (hash & ((1 << DOCUMENT_BITS) - 1));
    encode(micros, hash >> DOCUMENT_BITS)
}

/// Returns 64 bits of the SHA-256 of `parts`.
fn hash(parts: &[&str]) -> u64 {
    let mut digest = Sha256::new();
    for part in parts {
        digest.update((part.len() as u64).to_be_bytes());
        digest.update(part.as_bytes());
    }
    let digest = digest.finalize();
    let bytes = digest.iter().take(8);
    bytes.fold(0, |hash, byte| hash << 8 | u64::from(*byte))
}

fn encode(micros: u64, clock: u64) -> String {
    let clock = clock & ((1 << CLOCK_BITS) - 1);
    // The highest bit of a TID is always 0.
    let value = (micros << CLOCK_BITS | clock) & (u64::MAX >> 1);
    let digits = (0..LENGTH).rev().map(|place| {
        let digit = (value >> (5 * place)) & 31;
        char::from(DIGITS[usize::try_from(digit).unwrap_or_default()])
    });
    digits.collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The grammar of the specification ("TID").
    fn is_tid(text: &str) -> bool {
        text.len() == 13
            && text.bytes().all(|byte| DIGITS.contains(&byte))
            && text.starts_with(|c| "234567abcdefghij".contains(c))
    }

    fn decode(tid: &str) -> u64 {
        tid.bytes().fold(0, |value, digit| {
            let digit = DIGITS.iter().position(|known| *known == digit).unwrap();
            value << 5 | digit as u64
        })
    }

    #[test]
    fn post_key_is_stable() {
        let now = "2026-11-28T09:00:00.123Z".parse().unwrap();
        assert_eq!(post_key(now, "a"), post_key(now, "a"));
        assert_ne!(post_key(now, "a"), post_key(now, "b"));
        // Published: ledgers and pages contain it.
        assert_eq!(
            stable_key("site.standard.document", "https://s.example/a"),
            "3lcygxwbi6att"
        );
    }

    proptest! {
        #[test]
        fn post_keys_are_tids(millis in 0..8_000_000_000_000_i64, attempt in ".{0,40}") {
            let now = Timestamp::from_millisecond(millis).unwrap();
            let key = post_key(now, &attempt);
            prop_assert!(is_tid(&key), "{key}");
            let key_millis = (decode(&key) >> CLOCK_BITS) / 1000;
            prop_assert_eq!(key_millis, u64::try_from(millis).unwrap());
        }

        #[test]
        fn post_keys_sort_by_time(first in 0..4_102_444_800_000_i64, later in 1..1_000_000_i64) {
            let at = |millis| Timestamp::from_millisecond(millis).unwrap();
            prop_assert!(post_key(at(first), "z") < post_key(at(first + later), "a"));
        }

        #[test]
        fn stable_keys_are_tids_of_past(key in ".{0,80}") {
            let key = stable_key("site.standard.document", &key);
            prop_assert!(is_tid(&key), "{key}");
            let end = "2025-04-01T00:00:00Z".parse::<Timestamp>().unwrap().as_microsecond();
            prop_assert!(decode(&key) >> CLOCK_BITS < u64::try_from(end).unwrap());
        }
    }
}
