//! Why an item is what it is: for one file every value that any of its fields could have had. It is for
//! people who wonder about a title or a picture; nothing is decided by it.

use crate::{FieldOrigin, Item, ItemField};

/// What became of one file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FileExplanation {
    /// The file, relative to pipeline.yaml.
    pub path: String,
    /// The item that it is or is a part of; `None` where it is no post.
    pub item: Option<Item>,
    /// Why it is a post or why not, in words; the reason that decides comes first.
    pub reasons: Vec<String>,
    /// The values that could be had for each field, in the order in which they are looked at.
    pub fields: Vec<(ItemField, Vec<FieldCandidate>)>,
    /// What else there is to know, in lower case and without a full stop.
    pub remarks: Vec<String>,
}

/// One value that a field could have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldCandidate {
    /// Where it stands.
    pub origin: FieldOrigin,
    /// The value as it stands there, as text.
    pub value: String,
    /// Whether the field has it.
    pub is_chosen: bool,
    /// Why it won or lost, in words.
    pub reason: String,
}
