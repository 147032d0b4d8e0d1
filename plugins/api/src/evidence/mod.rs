//! Evidence that two items are the same post although they share no key: title, day, text and language as the
//! source read them. Titles and texts are stored as digests, so that the ledger stays short and contains no
//! text of a post.

mod words;

use std::sync::OnceLock;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use self::words::for_each_word;
use crate::payload::hex;
use crate::text::collapse_whitespace;
use crate::{nfc, sha256_hex};

/// The number of hexadecimal digits of a digest.
const DIGITS: usize = 16;

/// The kind of file that an article's text was read from. Digests of different kinds are never compared,
/// because a page contains text of the theme and a feed may contain an excerpt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TextKind {
    /// A Markdown file.
    Markdown,
    /// A built page.
    Page,
    /// An entry of a feed.
    Feed,
}

/// The digest of an article's text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextDigest {
    /// The kind of file that the text was read from.
    pub kind: TextKind,
    /// The digest, in hexadecimal.
    pub digest: String,
}

impl TextDigest {
    /// The smallest number of words that distinguishes articles.
    pub const MIN_WORDS: usize = 20;

    /// Returns the digest of `plain`, the article without markup and navigation. Case, punctuation and white
    /// space do not count. Returns `None` for fewer than [`Self::MIN_WORDS`] words.
    #[must_use]
    pub fn of(kind: TextKind, plain: &str) -> Option<Self> {
        let (mut hash, mut count) = (Sha256::new(), 0);
        for_each_word(&nfc(plain), |word| {
            if count > 0 {
                hash.update(b" ");
            }
            hash.update(word);
            count += 1;
        });
        (count >= Self::MIN_WORDS).then(|| Self {
            kind,
            digest: shortened(hex(&hash.finalize())),
        })
    }
}

/// The evidence of one item.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemEvidence {
    /// The digest of the title; `None` if the title was derived from the file name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The local day as written in front matter, file name, page or feed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<Date>,
    /// The digest of the text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<TextDigest>,
    /// The language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
}

impl ItemEvidence {
    /// Returns the evidence of an item with this title, published on this day, without that of its text.
    #[must_use]
    pub(crate) fn new(title: Option<&str>, day: Option<Date>, lang: Option<&str>) -> Self {
        let title = title.map(|title| collapse_whitespace(&nfc(title)));
        Self {
            title: title
                .filter(|title| !title.is_empty())
                .map(|title| digest(&title)),
            day,
            text: None,
            lang: lang.map(str::to_ascii_lowercase),
        }
    }

    /// Returns `true` if nothing could agree with another item's evidence.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.title.is_none() && self.day.is_none() && self.text.is_none()
    }
}

/// Evidence that is computed from the item when it is first asked for. A clone has the value of the original.
#[derive(Clone, Debug, Default)]
pub struct LazyEvidence(OnceLock<Box<ItemEvidence>>);

impl LazyEvidence {
    pub(crate) fn get_or_init(&self, read: impl FnOnce() -> ItemEvidence) -> &ItemEvidence {
        self.0.get_or_init(|| Box::new(read()))
    }
}

impl From<ItemEvidence> for LazyEvidence {
    fn from(evidence: ItemEvidence) -> Self {
        Self(OnceLock::from(Box::new(evidence)))
    }
}

/// The time of the computation does not matter: evidence follows from the other fields.
impl PartialEq for LazyEvidence {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

fn digest(text: &str) -> String {
    shortened(sha256_hex(text.as_bytes()))
}

fn shortened(mut digits: String) -> String {
    digits.truncate(DIGITS);
    digits
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{FieldOrigin, Item, ItemField};

    const TEXT: &str = "One two three four five six seven eight nine ten eleven twelve thirteen \
        fourteen fifteen sixteen seventeen eighteen nineteen twenty.";

    fn of(text: &str) -> Option<TextDigest> {
        TextDigest::of(TextKind::Markdown, text)
    }

    #[test]
    fn text_ignores_space_case_and_form() {
        let spaced = TEXT.replace(' ', "\n  ").to_uppercase();
        assert_eq!(of(TEXT), of(&spaced));
        let composed = of(&format!("{TEXT} Über"));
        assert_eq!(composed, of(&format!("{TEXT} U\u{308}ber")));
        assert_ne!(of(TEXT), of(&TEXT.replace("twenty", "thirty")));
    }

    #[test]
    fn short_text_has_no_digest() {
        assert_eq!(of(&TEXT.replace(" twenty", "")), None);
        assert!(of(&"日本語の記事です。".repeat(5)).is_some());
    }

    #[test]
    fn derived_title_has_no_digest() {
        let titled = |title: &str| Item {
            title: Some(title.to_owned()),
            ..Item::default()
        };
        let written = titled("A  title").evidence().title;
        assert!(written.is_some());
        let mut item = titled("A title");
        item.origin.insert(ItemField::Title, FieldOrigin::Path);
        assert_eq!(item.evidence().title, None);
        assert_eq!(titled("A title").evidence().title, written);
    }

    #[test]
    fn evidence_survives_transform() {
        let mut item = Item {
            title: Some("A title".to_owned()),
            ..Item::default()
        };
        let read = item.evidence();
        item.title = None;
        assert_eq!(item.clone().evidence(), read);
    }
}
