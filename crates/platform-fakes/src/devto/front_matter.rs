//! Front matter at the start of `body_markdown`, which wins over the fields of the request.

use serde_json::{Map, Value};

/// A body without its front matter.
#[derive(Debug, PartialEq)]
pub(super) struct Body<'b> {
    /// The fields of the front matter; empty if there is none.
    pub(super) fields: Map<String, Value>,
    /// The rest.
    pub(super) content: &'b str,
}

/// Splits a body.
///
/// # Errors
/// Fails with the error of the YAML parser.
pub(super) fn split(body: &str) -> Result<Body<'_>, String> {
    let whole = Body {
        fields: Map::new(),
        content: body,
    };
    let mut lines = body.split_inclusive('\n');
    let is_fence = |line: &str| line.trim_end() == "---";
    let Some(first) = lines.find(|line| !line.trim().is_empty()) else {
        return Ok(whole);
    };
    if !is_fence(first) {
        return Ok(whole);
    }
    let start = body.find(first).unwrap_or_default() + first.len();
    let mut end = start;
    for line in lines {
        if is_fence(line) {
            let yaml = &body[start..end];
            let content = &body[end + line.len()..];
            return parse(yaml).map(|fields| Body { fields, content });
        }
        end += line.len();
    }
    Ok(whole)
}

fn parse(yaml: &str) -> Result<Map<String, Value>, String> {
    if yaml.trim().is_empty() {
        return Ok(Map::new());
    }
    let value: Value =
        serde_saphyr::from_str(yaml).map_err(|error| format!("(<unknown>): {error}"))?;
    match value {
        Value::Object(fields) => Ok(fields),
        // A body that begins with a thematic break and has another one.
        _ => Err("undefined method 'any?' for the front matter".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::split;

    #[test]
    fn front_matter_needs_both_fences() {
        for (body, fields, content) in [
            ("---\ntitle: A\n---\nText", json!({"title": "A"}), "Text"),
            ("\n---\ntitle: A\n---\n", json!({"title": "A"}), ""),
            ("---\n---\nText", json!({}), "Text"),
            (
                "Text\n---\na: b\n---\n",
                json!({}),
                "Text\n---\na: b\n---\n",
            ),
            ("---\na: b\n", json!({}), "---\na: b\n"),
            ("", json!({}), ""),
        ] {
            let found = split(body).unwrap();
            assert_eq!(json!(found.fields), fields, "{body}");
            assert_eq!(found.content, content, "{body}");
        }
        assert!(split("---\na: [\n---\n").is_err());
        assert!(split("---\nText\n---\n").is_err());
    }
}
