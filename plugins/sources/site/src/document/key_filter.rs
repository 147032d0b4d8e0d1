//! Rules out most keys that a map does not have. A post is asked for hundreds of keys and has about ten.

use serde_json::{Map, Value};

/// The first and last letters of the keys of a map, ignoring case, `_` and `-`: for each first letter a bit for each
/// last one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct KeyFilter {
    ends: [u32; LETTERS],
    /// `true` if a key may contain a dot.
    has_dots: bool,
}

/// The number of letters that the filter distinguishes. A letter has the same remainder in either case.
const LETTERS: usize = 32;

/// The filter of a map with any keys.
impl Default for KeyFilter {
    fn default() -> Self {
        Self {
            ends: [u32::MAX; LETTERS],
            has_dots: true,
        }
    }
}

impl KeyFilter {
    pub(super) fn of(map: &Map<String, Value>) -> Self {
        Self::of_keys(map.keys().map(String::as_str))
    }

    /// Returns the filter of a map with these keys.
    pub(crate) fn of_keys<'k>(keys: impl IntoIterator<Item = &'k str>) -> Self {
        let mut filter = Self {
            ends: [0; LETTERS],
            has_dots: false,
        };
        for key in keys {
            // Letters of other scripts may be equal to ASCII letters if case is ignored.
            let Some((first, last)) = ends(key).filter(|_| key.is_ascii()) else {
                return Self::default();
            };
            filter.ends[first] |= last;
            filter.has_dots |= key.bytes().any(|byte| byte == b'.');
        }
        filter
    }

    /// Returns `false` if the map certainly has no key that begins like the path `path`, ignoring case, `_` and `-`.
    pub(super) fn may_begin(&self, path: &str) -> bool {
        let first = path.bytes().find(|byte| is_kept(*byte));
        first.is_none_or(|first| !first.is_ascii() || self.ends[column(first)] != 0)
    }

    /// Returns `false` if the map certainly has no key of the map of `other`, ignoring case, `_` and `-`, and none with a
    /// dot.
    pub(super) fn may_share(&self, other: &Self) -> bool {
        let both = self.ends.iter().zip(&other.ends);
        self.has_dots || both.fold(0, |shared, (own, other)| shared | own & other) != 0
    }

    /// Returns `false` if the map certainly has no key that equals `key`, ignoring case, `_` and `-`.
    pub(super) fn may_have(&self, key: &str) -> bool {
        ends(key).is_none_or(|(first, last)| self.ends[first] & last != 0 || !key.is_ascii())
    }
}

/// Returns `true` for characters that count in comparisons of keys.
fn is_kept(byte: u8) -> bool {
    !matches!(byte, b'_' | b'-')
}

/// Returns the index of a letter or digit.
fn column(byte: u8) -> usize {
    usize::from(byte) % LETTERS
}

/// Returns the index of the first letter or digit of `key` and the bit of the last one; `None` if it has none.
fn ends(key: &str) -> Option<(usize, u32)> {
    let first = key.bytes().find(|byte| is_kept(*byte))?;
    let last = key.bytes().rfind(|byte| is_kept(*byte))?;
    Some((column(first), 1 << column(last)))
}
