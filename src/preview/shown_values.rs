//! Reads the values of a request that readers or moderators see, although they are not a part of the post.

use serde_json::Value;
use syndicate_api::{ShownValue, mask};

use crate::engine::Composed;

/// A value with its label. A body has several lines.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct LabelledValue {
    pub(super) label: &'static str,
    pub(super) text: String,
}

/// Returns the values of the creating request that differ from their defaults. Known secrets are masked, because
/// previews are shared.
pub(super) fn shown_values(composed: &Composed) -> Vec<LabelledValue> {
    let Some(request) = composed.payload.create() else {
        return Vec::new();
    };
    let body = request.body.as_json();
    let values = composed.appearance.values.iter();
    let values = values.filter_map(|shown: &ShownValue| {
        let text = format_value(body.pointer(shown.pointer)?);
        (text != shown.default).then(|| LabelledValue {
            label: shown.label,
            text: mask(&text).into_owned(),
        })
    });
    values.collect()
}

/// Formats a value for display. A missing value is empty.
fn format_value(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => format!("{other:#}"),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use syndicate_api::{Appearance, Payload, Post};

    use super::*;

    fn composed(body: Value, values: &'static [ShownValue]) -> Composed {
        Composed {
            post: Post::default(),
            payload: Payload::post("test", "/", body),
            page: None,
            hash: String::new(),
            visible_links: std::collections::BTreeMap::new(),
            measures: Vec::new(),
            appearance: Appearance {
                values,
                ..Appearance::default()
            },
            warnings: Vec::new(),
            unreachable: None,
            revision: None,
            digests: None,
        }
    }

    #[test]
    fn value_differs_from_default() {
        const VALUES: &[ShownValue] = &[
            ShownValue {
                label: "visibility",
                pointer: "/a/visibility",
                default: "public",
            },
            ShownValue {
                label: "organization",
                pointer: "/a/id",
                default: "",
            },
        ];
        let shown = |body| {
            let values = shown_values(&composed(body, VALUES)).into_iter();
            values
                .map(|value| format!("{}: {}", value.label, value.text))
                .collect::<Vec<_>>()
        };
        let all = shown(json!({"a": {"visibility": "private", "id": 7}}));
        assert_eq!(all, ["visibility: private", "organization: 7"]);
        assert!(shown(json!({"a": {"visibility": "public", "id": null}})).is_empty());
        assert!(shown(json!({"a": 1})).is_empty());
    }

    #[test]
    fn whole_body_is_indented() {
        const BODY: &[ShownValue] = &[ShownValue {
            label: "body",
            pointer: "",
            default: "",
        }];
        let values = shown_values(&composed(json!({"a": "b"}), BODY));
        assert_eq!(values[0].text, "{\n  \"a\": \"b\"\n}");
    }
}
