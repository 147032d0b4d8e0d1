//! Converts the tags.

use std::collections::BTreeMap;

use syndicate_api::text::{hashtag, hashtags};
use syndicate_api::{FieldOrigin, Item, ItemField, Result, Transform, TransformOutcome};

use crate::case::Case;

pub(crate) struct Hashtags {
    /// The name of the component.
    pub(crate) name: String,
    pub(crate) max: usize,
    /// The tags that are left out, in their comparable form.
    pub(crate) deny: Vec<String>,
    /// The hashtags of single tags, by their comparable form.
    pub(crate) words: BTreeMap<String, String>,
    pub(crate) add: Vec<String>,
    pub(crate) case: Case,
}

impl Hashtags {
    /// Returns `tag` as the author spelled its hashtag, or in the case of the options.
    fn spelled(&self, tag: &str) -> Option<String> {
        if let Some(word) = self.words.get(&comparable(tag)) {
            return Some(word.clone());
        }
        let word = hashtag(tag)?;
        Some(match self.case {
            Case::AsWritten => word,
            Case::Lower => word.to_lowercase(),
            Case::Title => capitalised(&word),
        })
    }
}

impl Transform for Hashtags {
    fn apply(&self, mut item: Item) -> Result<TransformOutcome> {
        let own = item.tags.iter().flat_map(|tag| tag.split(','));
        let own = own.filter(|tag| !self.deny.contains(&comparable(tag)));
        let own = own.filter_map(|tag| self.spelled(tag));
        let all: Vec<String> = self.add.iter().cloned().chain(own).collect();
        let tags = hashtags(all.iter().map(String::as_str), [], self.max);
        if tags != item.tags {
            let origin = FieldOrigin::Transform(self.name.clone());
            item.origin.insert(ItemField::Tags, origin);
            item.tags = tags;
        }
        Ok(TransformOutcome::Keep(Box::new(item)))
    }
}

/// Returns the form in which two spellings of one tag are equal.
pub(crate) fn comparable(tag: &str) -> String {
    hashtag(tag)
        .unwrap_or_else(|| tag.trim().to_owned())
        .to_lowercase()
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    let first = chars.next().into_iter().flat_map(char::to_uppercase);
    first.chain(chars).collect()
}
