//! Items for transforms: usual ones, and what careless plugins do not expect.

use serde_json::{Map, Value, json};

/// The length of a large text, in bytes.
const LARGE: usize = 1 << 20;

/// The number of items that are sent at once, the limit of the host.
const MANY: usize = 60;

/// Returns the items, with the fields that a plugin needs.
pub(super) fn of(needs: &[String]) -> Vec<Value> {
    let strange = "\"quoted\" \\ 'single' $(x) `y` \u{2028} \u{1f600} e\u{301}\nsecond line\ttab";
    let mut items = vec![
        item("empty", needs, |_| Value::Null),
        item("strange", needs, |name| example(name, strange)),
        item("large", needs, |name| {
            example(name, &"word ".repeat(LARGE / 5))
        }),
    ];
    items.extend((0..MANY).map(|number| {
        let title = format!("Post {number}");
        item(&title, needs, |name| example(name, &title))
    }));
    items
}

fn item(id: &str, needs: &[String], value: impl Fn(&str) -> Value) -> Value {
    let mut fields = Map::new();
    for name in needs {
        let value = value(name);
        if !value.is_null() {
            fields.insert(name.clone(), value);
        }
    }
    fields.insert("id".to_owned(), id.into());
    Value::Object(fields)
}

/// Returns a value of the field `name` that contains `text`.
fn example(name: &str, text: &str) -> Value {
    match name {
        "tags" | "authors" => json!([text, "rust"]),
        "image" => json!({"url": "https://example.org/a.png", "alt": text}),
        "draft" => json!(false),
        "vars" | "front" => json!({"text": text}),
        "site" => json!({"title": text, "url": "https://example.org"}),
        "published" | "updated" => json!("2026-11-28"),
        "format" => json!("markdown"),
        "lang" => json!("en"),
        "link" | "url" | "canonical" => json!("https://example.org/a/"),
        "path" | "page" | "source" => json!("a.md"),
        _ => json!(text),
    }
}

#[cfg(test)]
mod tests {
    use plugin_protocol::{READ_ONLY_FIELDS, WRITABLE_FIELDS};

    #[test]
    fn items_have_every_needed_field() {
        let fields = WRITABLE_FIELDS.iter().chain(READ_ONLY_FIELDS);
        let needs: Vec<String> = fields.map(|name| (*name).to_owned()).collect();
        let items = super::of(&needs);
        assert_eq!(items[0].as_object().map(serde_json::Map::len), Some(1));
        for name in &needs {
            assert!(!items[1][name].is_null(), "{name}");
        }
    }
}
