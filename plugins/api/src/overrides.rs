//! The settings of a post that override pipeline.yaml. Few posts have any.

use std::collections::BTreeMap;
use std::ops::{Deref, DerefMut};

use jiff::Zoned;

use crate::AttachmentSpec;

/// The overrides of an item, which need memory only if the item has any.
#[derive(Clone, Debug, Default)]
pub struct ItemOverrides(Option<Box<Overrides>>);

impl From<Overrides> for ItemOverrides {
    fn from(overrides: Overrides) -> Self {
        Self((overrides != Overrides::NONE).then(|| Box::new(overrides)))
    }
}

impl Deref for ItemOverrides {
    type Target = Overrides;

    fn deref(&self) -> &Overrides {
        static NONE: Overrides = Overrides::NONE;
        self.0.as_deref().unwrap_or(&NONE)
    }
}

impl DerefMut for ItemOverrides {
    fn deref_mut(&mut self) -> &mut Overrides {
        self.0.get_or_insert_default()
    }
}

impl PartialEq for ItemOverrides {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

/// The `syndicate:` block of the front matter, which overrides pipeline.yaml.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Overrides {
    /// The sinks that the post is not sent to.
    pub skip: SkippedSinks,
    /// An identifier that survives any move of the post.
    pub id: Option<String>,
    /// The earliest time of sending.
    pub at: Option<Zoned>,
    /// The commentary, word for word.
    pub commentary: Option<String>,
    /// The commentaries by the sink's name.
    pub sink_commentary: BTreeMap<String, String>,
    /// The attachment that the post has instead of a card.
    pub attachment: Option<AttachmentSpec>,
    /// The line of the attachment's key in the post's file.
    pub attachment_line: Option<usize>,
    /// Every sink that the block names, for the check of unknown names.
    pub named_sinks: Vec<SinkRef>,
}

/// A sink that the `syndicate:` block of a post names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SinkRef {
    /// The name or type of the sink, as the author wrote it.
    pub name: String,
    /// The key with the name, such as `syndicate.skip`.
    pub key: String,
    /// The line of that key in the post's file.
    pub line: Option<usize>,
}

impl Overrides {
    /// No overrides.
    pub const NONE: Self = Self {
        skip: SkippedSinks::None,
        id: None,
        at: None,
        commentary: None,
        sink_commentary: BTreeMap::new(),
        attachment: None,
        attachment_line: None,
        named_sinks: Vec::new(),
    };

    /// The keys of the block besides [`AttachmentSpec::KEYS`]. Any other key is the name of a sink.
    pub const KEYS: &[&str] = &["skip", "id", "at", "commentary"];

    /// Returns `true` if `name` is a key of the block. No sink may have such a name.
    #[must_use]
    pub fn is_key(name: &str) -> bool {
        Self::KEYS.contains(&name) || AttachmentSpec::KEYS.contains(&name)
    }
}

/// The sinks that a post is not sent to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum SkippedSinks {
    /// No sink is skipped.
    #[default]
    None,
    /// Every sink is skipped.
    All,
    /// The sinks with these names are skipped.
    Named(Vec<String>),
}

impl SkippedSinks {
    /// Returns `true` if the sink named `sink` is skipped.
    #[must_use]
    pub fn contains(&self, sink: &str) -> bool {
        match self {
            Self::None => false,
            Self::All => true,
            Self::Named(names) => names.iter().any(|name| name == sink),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_overrides_need_no_memory() {
        let mut overrides = ItemOverrides::from(Overrides::default());
        assert!(overrides.0.is_none());
        assert_eq!(*overrides, Overrides::NONE);
        overrides.id = Some("a".to_owned());
        assert_eq!(overrides.id.as_deref(), Some("a"));
        overrides.id = None;
        assert_eq!(overrides, ItemOverrides::default());
    }
}
