//! The body of a refusal. LinkedIn has several shapes for it ("Error handling" of its
//! documentation) and proxies have their own, so every field is optional, no type is relied on, and
//! what is not understood is kept as it came.

use serde_json::Value;

/// What could be read of a body.
#[derive(Debug, Default)]
pub(super) struct ErrorBody {
    /// What it says in words, or the whole body if it has no such field.
    pub(super) message: String,
    /// Codes such as `DUPLICATE_POST`, of the answer and of its inputs.
    pub(super) codes: Vec<String>,
    /// The number that older services give, such as 65601.
    pub(super) service_code: Option<u64>,
    /// The longest text that it would take.
    pub(super) max_length: Option<u64>,
    /// What it says about single inputs.
    descriptions: Vec<String>,
}

impl ErrorBody {
    /// Reads any bytes at all.
    pub(super) fn read(bytes: &[u8]) -> Self {
        match serde_json::from_slice::<Value>(bytes) {
            Ok(value @ Value::Object(_)) => Self::of(&value),
            _ => Self {
                message: String::from_utf8_lossy(bytes).into_owned(),
                ..Self::default()
            },
        }
    }

    fn of(value: &Value) -> Self {
        let inputs = value["errorDetails"]["inputErrors"].as_array();
        let inputs = || inputs.into_iter().flatten();
        let texts = |key: &'static str| inputs().filter_map(move |input| text(&input[key]));
        let message = text(&value["message"]).or_else(|| text(&value["error_description"]));
        let code = text(&value["code"]).or_else(|| text(&value["error"]));
        Self {
            message: message.unwrap_or_else(|| value.to_string()),
            codes: code.into_iter().chain(texts("code")).collect(),
            service_code: value["serviceErrorCode"].as_u64(),
            max_length: inputs().find_map(|input| input["maxLength"].as_u64()),
            descriptions: texts("description").collect(),
        }
    }

    /// All that it says that is worth showing, of any length.
    pub(super) fn quote(&self) -> String {
        let mut quote = self.message.clone();
        for description in &self.descriptions {
            quote.push_str("; ");
            quote.push_str(description);
        }
        let service_code = self.service_code.map(|number| number.to_string());
        let codes: Vec<String> = self.codes.iter().cloned().chain(service_code).collect();
        if !codes.is_empty() {
            quote.push_str(&format!(" ({})", codes.join(", ")));
        }
        quote
    }

    /// Returns the message and the descriptions of single inputs.
    pub(super) fn all_messages(&self) -> String {
        let descriptions = self.descriptions.iter().map(String::as_str);
        let words: Vec<&str> = [self.message.as_str()]
            .into_iter()
            .chain(descriptions)
            .collect();
        words.join(" ")
    }

    /// The URN of the post that the message speaks of.
    pub(super) fn post_urn(&self) -> Option<&str> {
        ["urn:li:share:", "urn:li:ugcPost:", "urn:li:activity:"]
            .iter()
            .find_map(|prefix| {
                let urn = self.message.get(self.message.find(prefix)?..)?;
                let digits = urn
                    .bytes()
                    .skip(prefix.len())
                    .take_while(u8::is_ascii_digit);
                let length = digits.count();
                (length > 0).then(|| urn.get(..prefix.len() + length))?
            })
    }
}

fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::ErrorBody;

    #[test]
    fn a_post_is_found_within_words() {
        for (message, post) in [
            (
                "a duplicate of urn:li:share:7295",
                Some("urn:li:share:7295"),
            ),
            ("urn:li:ugcPost:1.", Some("urn:li:ugcPost:1")),
            ("urn:li:share:", None),
            ("urn:li:person:1", None),
        ] {
            let body = ErrorBody {
                message: message.to_owned(),
                ..ErrorBody::default()
            };
            assert_eq!(body.post_urn(), post, "{message}");
        }
    }

    #[test]
    fn fields_of_other_types_are_passed_over() {
        let odd = br#"{"message": ["x"], "code": 7, "serviceErrorCode": "100", "errorDetails":
            {"inputErrors": [3, {"code": null, "maxLength": -1}]}}"#;
        let body = ErrorBody::read(odd);
        assert!(body.codes.is_empty() && body.service_code.is_none() && body.max_length.is_none());
        assert!(body.quote().contains("errorDetails"), "{body:?}");
    }

    proptest! {
        #[test]
        fn any_bytes_are_read(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let body = ErrorBody::read(&bytes);
            body.quote();
            body.post_urn();
        }
    }
}
