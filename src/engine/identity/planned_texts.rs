//! Finds the posts of one plan that have the same text. The first one that is sent is the original of the others, which
//! are compared with it by the rules for recorded posts.

use std::collections::{BTreeSet, HashMap, HashSet};

use syndicate_api::{Item, ItemEvidence, TextKind};

use super::compare::Comparison;
use super::recorded_post::are_apart;
use crate::engine::keys::author_ids;

/// The number of a sink, with the kind and the digest of a text.
type SinkText = (usize, TextKind, String);

/// The texts of the posts that a plan sends.
#[derive(Default)]
pub(in crate::engine) struct PlannedTexts {
    posts: HashMap<SinkText, Originals>,
}

/// The posts with one text that a plan sends to one sink. No two of them are copies of each other, so there is at most one
/// without an id for each language.
#[derive(Default)]
struct Originals {
    without_id: Vec<PlannedPost>,
    with_id: Vec<PlannedPost>,
    /// The ids of all posts in `with_id`, of which there may be many.
    ids: HashSet<String>,
}

/// A post with the values that it is compared by.
struct PlannedPost {
    label: String,
    evidence: ItemEvidence,
    /// The ids that its author set.
    ids: BTreeSet<String>,
}

impl PlannedTexts {
    /// Returns the name of the post with the text of `item` that is sent to the same sink, if there is one.
    pub(in crate::engine) fn original_of(&self, item: &Item, sink_index: usize) -> Option<&str> {
        let post = PlannedPost::of(item);
        let originals = self.posts.get(&post.text(sink_index)?)?;
        originals.find(&post).map(|found| found.label.as_str())
    }

    /// Adds a post that is sent to the sink with this index.
    pub(in crate::engine) fn add(&mut self, item: &Item, sink_index: usize) {
        let post = PlannedPost::of(item);
        if let Some(text) = post.text(sink_index) {
            self.posts.entry(text).or_default().add(post);
        }
    }
}

impl Originals {
    fn find(&self, post: &PlannedPost) -> Option<&PlannedPost> {
        let may_share_id = post.ids.is_empty() || post.ids.iter().any(|id| self.ids.contains(id));
        let with_id = self.with_id.iter().filter(|_| may_share_id);
        let mut all = self.without_id.iter().chain(with_id);
        all.find(|original| original.is_copied_by(post))
    }

    fn add(&mut self, post: PlannedPost) {
        if post.ids.is_empty() {
            self.without_id.push(post);
        } else {
            self.ids.extend(post.ids.iter().cloned());
            self.with_id.push(post);
        }
    }
}

impl PlannedPost {
    fn of(item: &Item) -> Self {
        Self {
            label: item.label().to_owned(),
            evidence: item.evidence(),
            ids: author_ids(item.keys.iter().map(String::as_str)),
        }
    }

    fn text(&self, sink_index: usize) -> Option<SinkText> {
        let text = self.evidence.text.as_ref()?;
        Some((sink_index, text.kind, text.digest.clone()))
    }

    fn is_copied_by(&self, other: &Self) -> bool {
        let comparison = Comparison::of(&self.evidence, &other.evidence, |_| false);
        comparison.is_copy() && !are_apart(&self.ids, &other.ids)
    }
}

#[cfg(test)]
mod tests {
    use syndicate_api::{ItemText, TextDigest};

    use super::*;

    const WORDS: &str = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen \
                         sixteen seventeen eighteen nineteen twenty";

    fn item(path: &str, text: &str, lang: &str, id: &str) -> Item {
        let mut keys = vec![format!("blog:{path}")];
        if !id.is_empty() {
            keys.insert(0, format!("id:{id}"));
        }
        Item {
            keys,
            path: Some(path.to_owned()),
            lang: (!lang.is_empty()).then(|| lang.to_owned()),
            text: ItemText::held(text, TextDigest::of(TextKind::Markdown, text)),
            ..Item::default()
        }
    }

    #[test]
    fn copy_needs_equal_text_of_one_language() {
        let mut texts = PlannedTexts::default();
        texts.add(&item("a.md", WORDS, "en", ""), 0);
        for (copy, sink_index, original) in [
            (item("b.md", WORDS, "en", ""), 0, Some("a.md")),
            (item("b.md", WORDS, "", ""), 0, Some("a.md")),
            (item("b.md", WORDS, "en", "b"), 0, Some("a.md")),
            (item("b.md", WORDS, "de", ""), 0, None),
            (item("b.md", WORDS, "en", ""), 1, None),
            (item("b.md", &format!("{WORDS} more"), "en", ""), 0, None),
            (item("b.md", "too few words", "en", ""), 0, None),
        ] {
            let found = texts.original_of(&copy, sink_index);
            assert_eq!(found, original, "{copy:?}");
        }
    }

    #[test]
    fn different_ids_part_equal_texts() {
        let mut texts = PlannedTexts::default();
        texts.add(&item("a.md", WORDS, "", "a"), 0);
        assert_eq!(texts.original_of(&item("b.md", WORDS, "", "b"), 0), None);
        let found = texts.original_of(&item("b.md", WORDS, "", "a"), 0);
        assert_eq!(found, Some("a.md"));
        let found = texts.original_of(&item("b.md", WORDS, "", ""), 0);
        assert_eq!(found, Some("a.md"));
    }
}
