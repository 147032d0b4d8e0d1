//! The fields of an item as transforms get them: only those that the plugin needs.

use plugin_protocol::{READ_ONLY_FIELDS, WRITABLE_FIELDS};
use serde_json::{Map, Value};
use syndicate_api::{Diagnostic, Item, did_you_mean};

/// Returns the message for the first of `needs` that is not a field of items; `None` if all are.
pub(super) fn unknown_field(needs: &[String]) -> Option<String> {
    let known = || WRITABLE_FIELDS.iter().chain(READ_ONLY_FIELDS).copied();
    let unknown = needs
        .iter()
        .find(|name| !known().any(|known| known == *name))?;
    let hint = did_you_mean(unknown, known()).map(|hint| format!("; {hint}"));
    Some(format!(
        "it needs the field `{unknown}`, which items do not have{}",
        hint.unwrap_or_default()
    ))
}

/// Returns `id` and the fields of `item` in `needs` that have a value.
///
/// # Errors
/// If a field is in a file that cannot be read or has changed.
pub(super) fn needed_fields(
    item: &Item,
    needs: &[String],
) -> Result<Map<String, Value>, Diagnostic> {
    let mut fields = Map::new();
    fields.insert("id".to_owned(), item.id().into());
    for name in needs {
        let value = item.value(name)?;
        if !value.is_null() {
            fields.insert(name.clone(), value);
        }
    }
    Ok(fields)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_needed_fields_are_sent() {
        let item = Item {
            keys: vec!["https://s.example/a".to_owned()],
            title: Some("A".to_owned()),
            tags: vec!["rust".to_owned()],
            author: Some("Jane".to_owned()),
            ..Item::default()
        };
        let needs = ["title", "tags", "image", "draft", "lang"].map(str::to_owned);
        let fields = needed_fields(&item, &needs).unwrap();
        let expected = json!({
            "id": "https://s.example/a", "title": "A", "tags": ["rust"], "draft": false,
        });
        assert_eq!(Value::Object(fields), expected);
    }

    #[test]
    fn fields_are_those_of_protocol() {
        let mut fields = [WRITABLE_FIELDS, READ_ONLY_FIELDS].concat();
        fields.sort_unstable();
        assert_eq!(fields, Item::VALUES);
    }

    #[test]
    fn unknown_field_has_suggestion() {
        let needs = ["title", "titel"].map(str::to_owned);
        let message = unknown_field(&needs).unwrap();
        assert!(message.ends_with("did you mean `title`?"), "{message}");
        assert_eq!(unknown_field(&needs[..1]), None);
    }
}
