//! Reads objects that plugins write. Errors name the field and use the words of JSON, because the authors of plugins
//! need not know Rust.

use serde::de::DeserializeOwned;
use serde_json::Value;
use syndicate_api::load_options;

/// Reads an object. A field with `null` counts as missing, because many languages write their empty values so.
///
/// # Errors
/// Returns what is wrong with its fields, all errors in one text.
pub(super) fn read_fields<T: DeserializeOwned>(mut value: Value) -> Result<T, String> {
    // A list would be read as the values of the fields, in their order.
    let Value::Object(fields) = &mut value else {
        return Err("it is not an object".to_owned());
    };
    fields.retain(|_, value| !value.is_null());
    T::deserialize(&value).or_else(|_| {
        load_options(&value).map_err(|faults| {
            let messages = faults.iter().map(|fault| match &fault.hint {
                Some(hint) => format!("{} ({hint})", fault.message),
                None => fault.message.clone(),
            });
            messages.collect::<Vec<_>>().join("; ")
        })
    })
}

#[cfg(test)]
mod tests {
    use plugin_protocol::{SourceItem, TransformOk};
    use serde_json::json;

    use super::*;

    #[test]
    fn null_counts_as_missing() {
        let item =
            json!({"url": "https://s.example/", "tags": null, "draft": null, "format": null});
        let item: SourceItem = read_fields(item).unwrap();
        assert_eq!(item.url.as_deref(), Some("https://s.example/"));
        assert_eq!(item.tags, [""; 0]);
    }

    #[test]
    fn errors_name_field_and_type() {
        for (value, error) in [
            (
                json!({"tags": "a"}),
                "`tags` must be a list, not `a` (put it in square brackets)",
            ),
            (
                json!({"title": 2026, "draft": "no"}),
                "`draft` must be `true` or `false`, not `no`; \
                 `title` must be text, not `2026` (put it in quotation marks)",
            ),
            (
                json!({"image": "a.png"}),
                "`image` must be a mapping, not `a.png`",
            ),
            (
                json!({"authors": ["A", null]}),
                "value 2 of `authors` is empty and must be text",
            ),
            (
                json!({"format": "org"}),
                "unknown value `org` (one of `markdown`, `html`, `text`)",
            ),
            (json!(["a"]), "it is not an object"),
        ] {
            assert_eq!(
                read_fields::<SourceItem>(value.clone()).unwrap_err(),
                error,
                "{value}"
            );
        }
        let error = read_fields::<TransformOk>(json!({"patch": []})).unwrap_err();
        assert_eq!(error, "`patch` must be a mapping, not a list");
    }
}
