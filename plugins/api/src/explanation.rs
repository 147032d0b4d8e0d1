//! An explanation of one file: every candidate value of each field. `items --explain` prints it; nothing else
//! uses it.

use crate::{FieldOrigin, Item, ItemField};

/// The result of reading one file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FileExplanation {
    /// The file, relative to pipeline.yaml.
    pub path: String,
    /// The item that the file belongs to; `None` if the file is not a post.
    pub item: Option<Item>,
    /// The reasons for being a post or not, the decisive one first.
    pub reasons: Vec<String>,
    /// The candidates of each field, in the order of their priority.
    pub fields: Vec<(ItemField, Vec<FieldCandidate>)>,
    /// Other remarks, in lower case and without a full stop.
    pub remarks: Vec<String>,
}

/// A candidate value of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldCandidate {
    /// The origin of the value.
    pub origin: FieldOrigin,
    /// The value as written, as text.
    pub value: String,
    /// `true` if the field has this value.
    pub is_chosen: bool,
    /// The reason for choosing or rejecting it.
    pub reason: String,
}
