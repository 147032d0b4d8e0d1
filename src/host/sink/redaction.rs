//! Removes the secrets of a sink from everything that its plugin reads.

use serde_json::Value;
use syndicate_api::{ExposeSecret as _, MASK, SecretString, mask};

/// Replaces the secrets of one sink.
pub(super) struct Redaction(Vec<SecretString>);

impl Redaction {
    pub(super) fn new(secrets: Vec<SecretString>) -> Self {
        let is_set = |secret: &SecretString| !secret.expose_secret().is_empty();
        Self(secrets.into_iter().filter(is_set).collect())
    }

    /// Returns `text` without secrets: plain, encoded, and the beginning of one that is cut off.
    pub(super) fn text(&self, text: &str) -> String {
        let mut text = mask(text).into_owned();
        // Secrets that are too short for the masks of messages.
        for secret in &self.0 {
            let secret = secret.expose_secret();
            if text.contains(secret) {
                text = text.replace(secret, MASK);
            }
        }
        text
    }

    /// Removes secrets from every text of `value`, after its escapes were decoded.
    pub(super) fn json(&self, value: Value) -> Value {
        match value {
            Value::String(text) => Value::String(self.text(&text)),
            Value::Array(values) => {
                Value::Array(values.into_iter().map(|value| self.json(value)).collect())
            }
            Value::Object(map) => {
                let entries = map.into_iter();
                let entries = entries.map(|(key, value)| (self.text(&key), self.json(value)));
                Value::Object(entries.collect())
            }
            Value::Number(number) => {
                let text = number.to_string();
                match self.text(&text) {
                    same if same == text => Value::Number(number),
                    masked => Value::String(masked),
                }
            }
            other => other,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn secret_is_removed_from_every_place() {
        let redaction = Redaction::new(vec![
            syndicate_api::masked_secret("redaction-Secret-1"),
            SecretString::from("pin"),
            SecretString::from("4711"),
            SecretString::from(""),
        ]);
        let echoed = r#"{"a":["redaction\u002dSecret-1",4711,{"x-redaction-Secret-1":"your pin"}],
            "b":"cmVkYWN0aW9uLVNlY3JldC0x","c":true,"d":null,"e":47}"#;
        let echoed: Value = serde_json::from_str(echoed).unwrap();
        let expected = json!({
            "a": ["***", "***", {"x-***": "your ***"}], "b": "***", "c": true, "d": null, "e": 47,
        });
        let clean = redaction.json(echoed);
        assert_eq!(clean["a"], expected["a"]);
        assert!(
            !clean["b"].as_str().unwrap().contains("cmVkYWN0aW9u"),
            "{clean}"
        );
        assert_eq!(clean["e"], 47);
    }
}
