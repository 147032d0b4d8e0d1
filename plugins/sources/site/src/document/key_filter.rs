//! Rules out most keys that a map does not have. A post is asked for hundreds of keys and has about ten.

use serde_json::{Map, Value};

/// The first and last letters of the keys of a map, ignoring case, `_` and `-`.
#[derive(Clone, Copy, Debug)]
pub(super) struct KeyFilter {
    first: u64,
    last: u64,
}

/// The filter of a map with any keys.
impl Default for KeyFilter {
    fn default() -> Self {
        Self {
            first: u64::MAX,
            last: u64::MAX,
        }
    }
}

impl KeyFilter {
    pub(super) fn of(map: &Map<String, Value>) -> Self {
        let mut filter = Self { first: 0, last: 0 };
        for key in map.keys() {
            // Letters of other scripts may be equal to ASCII letters if case is ignored.
            let Some((first, last)) = ends(key).filter(|_| key.is_ascii()) else {
                return Self::default();
            };
            filter.first |= first;
            filter.last |= last;
        }
        filter
    }

    /// Returns `false` if the map certainly has no key that equals `key`, ignoring case, `_` and `-`.
    pub(super) fn may_have(self, key: &str) -> bool {
        ends(key).is_none_or(|(first, last)| {
            self.first & first != 0 && self.last & last != 0 || !key.is_ascii()
        })
    }
}

/// Returns the bits of the first and last letter or digit of `key`; `None` if it has none.
fn ends(key: &str) -> Option<(u64, u64)> {
    let is_kept = |byte: &u8| !matches!(byte, b'_' | b'-');
    let bit = |byte: u8| 1_u64 << (byte.to_ascii_lowercase() & 63);
    let first = key.bytes().find(is_kept)?;
    let last = key.bytes().rfind(is_kept)?;
    Some((bit(first), bit(last)))
}
