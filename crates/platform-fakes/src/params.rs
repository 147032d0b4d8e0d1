//! Parameters of a request as a Rails server reads them: a JSON object, a form with names such as
//! `media_ids[]` and `poll[options][]`, or the text fields of a multipart form. Parameters of the query
//! are among them; a body of another type has none.

use serde_json::{Map, Value};
use url::form_urlencoded;

use crate::request::Request;

/// The parameters of a request.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Params(pub(crate) Map<String, Value>);

/// A body that does not have the syntax of its media type.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct MalformedBody;

impl Params {
    /// Reads the parameters of the query and the body.
    pub(crate) fn of(request: &Request) -> Result<Self, MalformedBody> {
        let mut params = Self::default();
        for (name, value) in request.query_pairs() {
            params.insert(&name, value);
        }
        match request.media_type().as_deref() {
            Some("application/json") if !request.body.is_empty() => {
                match serde_json::from_slice(&request.body) {
                    Ok(Value::Object(object)) => params.0.extend(object),
                    // Rails puts another value under `_json`, where no API looks.
                    Ok(_) => {}
                    Err(_) => return Err(MalformedBody),
                }
            }
            Some("application/x-www-form-urlencoded") => {
                for (name, value) in form_urlencoded::parse(&request.body) {
                    params.insert(&name, value.into_owned());
                }
            }
            Some("multipart/form-data") => {
                let parts = request.parts.as_ref().ok_or(MalformedBody)?;
                for part in parts.as_ref().map_err(|_| MalformedBody)? {
                    if part.file_name.is_none() {
                        let value = String::from_utf8_lossy(&part.bytes).into_owned();
                        params.insert(&part.name, value);
                    }
                }
            }
            _ => {}
        }
        Ok(params)
    }

    /// Returns a value.
    pub(crate) fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }

    /// Returns a string that is not empty. A number of a JSON body counts as its text, because Rails
    /// converts it.
    pub(crate) fn text(&self, name: &str) -> Option<String> {
        let text = match self.0.get(name)? {
            Value::String(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            _ => return None,
        };
        (!text.is_empty()).then_some(text)
    }

    /// Returns a boolean as Rails converts it: everything but a few words is true.
    pub(crate) fn flag(&self, name: &str) -> Option<bool> {
        match self.0.get(name)? {
            Value::Bool(flag) => Some(*flag),
            Value::String(text) if text.is_empty() => None,
            Value::String(text) => {
                let no = ["0", "f", "F", "false", "FALSE", "off", "OFF"];
                Some(!no.contains(&text.as_str()))
            }
            Value::Number(number) => Some(number.as_i64() != Some(0)),
            _ => None,
        }
    }

    /// Returns a list of strings.
    pub(crate) fn list(&self, name: &str) -> Option<Vec<String>> {
        let values = self.0.get(name)?.as_array()?;
        let texts = values.iter().map(|value| match value {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        });
        Some(texts.collect())
    }

    /// Returns the names of parameters that are not in `known`.
    pub(crate) fn unknown(&self, known: &[&str]) -> Vec<String> {
        let names = self.0.keys();
        names
            .filter(|name| !known.contains(&name.as_str()))
            .cloned()
            .collect()
    }

    /// Inserts a value of a form under a name such as `a`, `a[]`, `a[b]` or `a[b][]`.
    fn insert(&mut self, name: &str, value: String) {
        let (base, rest) = match name.find('[') {
            Some(start) => name.split_at(start),
            None => (name, ""),
        };
        let keys: Vec<&str> = rest
            .split('[')
            .skip(1)
            .map(|key| key.strip_suffix(']').unwrap_or(key))
            .collect();
        let slot = self.0.entry(base.to_owned()).or_insert(Value::Null);
        place(slot, &keys, value);
    }
}

fn place(slot: &mut Value, keys: &[&str], value: String) {
    match keys {
        [] => *slot = Value::String(value),
        [""] => match slot {
            Value::Array(values) => values.push(Value::String(value)),
            _ => *slot = Value::Array(vec![Value::String(value)]),
        },
        [key, rest @ ..] => {
            if !slot.is_object() {
                *slot = Value::Object(Map::new());
            }
            if let Value::Object(object) = slot {
                place(object.entry(*key).or_insert(Value::Null), rest, value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::http::Method;
    use serde_json::{Value, json};

    use super::{MalformedBody, Params};
    use crate::request::Request;

    fn params(media_type: &str, body: &str) -> Result<Value, MalformedBody> {
        let request = Request::bare(Method::POST, "/a?limit=2").with_body(media_type, body);
        Params::of(&request).map(|params| Value::Object(params.0))
    }

    #[test]
    fn form_names_have_structure() {
        let form = "a=1&b[]=2&b[]=3&c[d]=4&c[e][]=5";
        assert_eq!(
            params("application/x-www-form-urlencoded", form),
            Ok(json!({"limit": "2", "a": "1", "b": ["2", "3"], "c": {"d": "4", "e": ["5"]}}))
        );
    }

    #[test]
    fn other_media_types_have_none() {
        assert_eq!(params("text/plain", "a=1"), Ok(json!({"limit": "2"})));
        assert_eq!(params("application/json", "{"), Err(MalformedBody));
        assert_eq!(
            params("application/json; charset=utf-8", r#"{"a": true}"#),
            Ok(json!({"limit": "2", "a": true}))
        );
    }
}
