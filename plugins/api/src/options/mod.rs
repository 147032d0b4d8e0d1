//! Parses options and reports all errors at once. Serde stops at the first error of a struct, so the invalid
//! key is removed and the rest is parsed again.

mod mapping;
mod wording;

use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_path_to_error::Segment;

use self::mapping::Mapping;
use crate::suggest::{one_of, suggest};
use crate::{Code, Diagnostic};

/// Parses `O` from `options`.
///
/// # Errors
/// Returns every error that can be found, with the nearest valid name for unknown keys.
pub fn load_options<O: DeserializeOwned>(options: &Value) -> Result<O, Vec<Diagnostic>> {
    let mut faults = Vec::new();
    let mut rest = options.clone();
    loop {
        match serde_path_to_error::deserialize(Mapping(&rest)) {
            Ok(options) if faults.is_empty() => return Ok(options),
            Ok(_) => return Err(faults),
            Err(error) => {
                let path = segments(error.path());
                let fault = describe(path, &error.into_inner().to_string());
                let removed = remove(&mut rest, fault.keys());
                // A missing key may be one that was removed here, which is not an error of the user.
                let ours = fault.message.starts_with("missing") && !faults.is_empty();
                if !ours {
                    faults.push(fault);
                }
                if !removed {
                    return Err(faults);
                }
            }
        }
    }
}

fn segments(path: &serde_path_to_error::Path) -> Vec<String> {
    path.iter()
        .filter_map(|segment| match segment {
            Segment::Map { key } => Some(key.clone()),
            Segment::Seq { index } => Some(index.to_string()),
            Segment::Enum { .. } | Segment::Unknown => None,
        })
        .collect()
}

/// Converts an error of serde into a diagnostic, with a suggestion if serde lists valid names.
fn describe(mut path: Vec<String>, text: &str) -> Diagnostic {
    let quoted: Vec<&str> = text.split('`').skip(1).step_by(2).collect();
    let (message, hint) = if text.starts_with("unknown field") {
        let key = quoted.first().copied().unwrap_or_default();
        if path.last().is_none_or(|last| last != key) {
            path.push(key.to_owned());
        }
        (
            format!("unknown key `{key}`"),
            suggest(key, quoted.get(1..).unwrap_or_default()),
        )
    } else if text.starts_with("unknown variant") {
        let value = quoted.first().copied().unwrap_or_default();
        let known = quoted.get(1..).unwrap_or_default();
        (format!("unknown value `{value}`"), one_of(known))
    } else if text.starts_with("missing field") {
        let key = quoted.first().copied().unwrap_or_default();
        (
            format!("missing key `{key}`"),
            Some(format!("add `{key}:`")),
        )
    } else {
        wording::reword(&path, text)
    };
    Diagnostic::new(Code::InvalidConfig, message)
        .at_keys(path)
        .with_optional_hint(hint)
}

/// Removes the value at `path`. Returns `false` if there is none.
fn remove(value: &mut Value, path: &[String]) -> bool {
    let Some((last, parents)) = path.split_last() else {
        return false;
    };
    let parent = parents
        .iter()
        .try_fold(value, |value, segment| match value {
            Value::Object(map) => map.get_mut(segment),
            Value::Array(values) => values.get_mut(segment.parse::<usize>().ok()?),
            _ => None,
        });
    match parent {
        Some(Value::Object(map)) => map.remove(last).is_some(),
        Some(Value::Array(values)) => match last.parse::<usize>() {
            Ok(index) if index < values.len() => {
                values.remove(index);
                true
            }
            _ => false,
        },
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;
    use serde_json::json;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only their reading is tested")]
    struct Options {
        path: Option<String>,
        max: Option<u32>,
        inner: Option<Inner>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only their reading is tested")]
    struct Inner {
        mode: Option<Mode>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "lowercase")]
    enum Mode {
        Fast,
        Slow,
    }

    #[test]
    fn list_is_not_read_as_mapping() {
        for (value, expected) in [
            (
                json!({"inner": ["fast"], "max": "many"}),
                "`inner` must be a mapping with `mode`, not a list",
            ),
            (
                json!(["a", 1]),
                "the value must be a mapping with `path`, `max`, `inner`, not a list",
            ),
        ] {
            let faults = load_options::<Options>(&value).unwrap_err();
            let messages: Vec<&str> = faults.iter().map(|fault| &*fault.message).collect();
            assert!(messages.contains(&expected), "{messages:?}");
        }
    }

    #[test]
    fn load_reports_all_errors() {
        let value = json!({"pth": "x", "max": "many", "inner": {"mode": "quick"}});
        let mut faults = load_options::<Options>(&value).unwrap_err();
        faults.sort_by(|a, b| a.keys().cmp(b.keys()));
        let paths: Vec<String> = faults.iter().map(|fault| fault.keys().join(".")).collect();
        assert_eq!(paths, ["inner.mode", "max", "pth"]);
        assert_eq!(faults[0].hint.as_deref(), Some("one of `fast`, `slow`"));
        assert_eq!(faults[2].hint.as_deref(), Some("did you mean `path`?"));
    }

    #[test]
    fn load_accepts_valid_options() {
        assert!(load_options::<Options>(&json!({"max": 3})).is_ok());
    }
}
