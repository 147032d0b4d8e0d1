//! Options from a value, with every fault at once. Serde stops at the first fault of a struct; here
//! the offending key is taken out and the rest is tried again, so that a user who made three slips
//! reads of three.

mod wording;

use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_path_to_error::Segment;

use crate::suggest::{one_of, suggest};
use crate::{Code, Diagnostic};

/// Reads `O` from `options`.
///
/// # Errors
/// Every fault that can be found without guessing, with the nearest valid name for unknown keys.
pub fn load_options<O: DeserializeOwned>(options: &Value) -> Result<O, Vec<Diagnostic>> {
    let mut faults = Vec::new();
    let mut rest = options.clone();
    loop {
        match serde_path_to_error::deserialize(&rest) {
            Ok(options) if faults.is_empty() => return Ok(options),
            Ok(_) => return Err(faults),
            Err(error) => {
                let path = segments(error.path());
                let fault = describe(path, &error.into_inner().to_string());
                let removed = remove(&mut rest, fault.keys());
                // A key that is gone is no fault of the user's but ours, from taking it out.
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

/// Turns serde's sentence into ours, with a suggestion where it lists the names it knows.
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

/// Takes the value at `path` out; `false` when there is none.
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
    fn all_faults_come_at_once() {
        let value = json!({"pth": "x", "max": "many", "inner": {"mode": "quick"}});
        let mut faults = load_options::<Options>(&value).unwrap_err();
        faults.sort_by(|a, b| a.keys().cmp(b.keys()));
        let paths: Vec<String> = faults.iter().map(|fault| fault.keys().join(".")).collect();
        assert_eq!(paths, ["inner.mode", "max", "pth"]);
        assert_eq!(faults[0].hint.as_deref(), Some("one of `fast`, `slow`"));
        assert_eq!(faults[2].hint.as_deref(), Some("did you mean `path`?"));
    }

    #[test]
    fn good_options_load() {
        assert!(load_options::<Options>(&json!({"max": 3})).is_ok());
    }
}
