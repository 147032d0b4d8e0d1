//! Replaces text in the fields.

use std::borrow::Cow;

use regex::Regex;
use syndicate_api::{FieldOrigin, Item, ItemField, Result, Transform, TransformOutcome};

use crate::field::Field;

pub(crate) struct Replace {
    /// The name of the component.
    pub(crate) name: String,
    /// The fields, the pattern and the replacement of each rule.
    pub(crate) rules: Vec<(Vec<Field>, Regex, String)>,
}

impl Transform for Replace {
    fn apply(&self, mut item: Item) -> Result<TransformOutcome> {
        for (fields, pattern, with) in &self.rules {
            for field in fields {
                let is_changed = change(&mut item, *field, |text| pattern.replace_all(text, with));
                if let Some(field) = recorded(*field).filter(|_| is_changed) {
                    let origin = FieldOrigin::Transform(self.name.clone());
                    item.origin.insert(field, origin);
                }
            }
        }
        Ok(TransformOutcome::Keep(Box::new(item)))
    }
}

/// Changes the text of a field with `replace`. A field that becomes empty has no value any more. Returns `true` if it has
/// changed.
fn change(item: &mut Item, field: Field, replace: impl Fn(&str) -> Cow<'_, str>) -> bool {
    let text = match field {
        Field::Title => &mut item.title,
        Field::Description => &mut item.description,
        Field::Link => &mut item.link,
        Field::Author => &mut item.author,
        Field::Lang => &mut item.lang,
        Field::Commentary => &mut item.commentary,
        Field::Tags => {
            let tags: Vec<String> = item
                .tags
                .iter()
                .map(|tag| replace(tag).trim().to_owned())
                .filter(|tag| !tag.is_empty())
                .collect();
            let is_changed = tags != item.tags;
            item.tags = tags;
            return is_changed;
        }
    };
    let Some(before) = text.as_deref() else {
        return false;
    };
    let Cow::Owned(after) = replace(before) else {
        return false;
    };
    let is_changed = after != before;
    *text = Some(after).filter(|after| !after.trim().is_empty());
    is_changed
}

/// Returns the field whose origin is recorded.
fn recorded(field: Field) -> Option<ItemField> {
    match field {
        Field::Title => Some(ItemField::Title),
        Field::Description => Some(ItemField::Description),
        Field::Tags => Some(ItemField::Tags),
        Field::Author => Some(ItemField::Author),
        Field::Lang => Some(ItemField::Lang),
        Field::Link | Field::Commentary => None,
    }
}
