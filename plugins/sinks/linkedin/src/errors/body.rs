//! Parses the body of an error response. LinkedIn uses several shapes ("Error handling" of its
//! documentation) and proxies use their own, so every field is optional, fields of an unexpected
//! type are ignored, and any other body is kept as text.

use serde_json::Value;

/// The known fields of an error response.
#[derive(Debug, Default)]
pub(super) struct ErrorBody {
    /// The message, or the whole body if it has no such field.
    pub(super) message: String,
    /// Error codes such as `DUPLICATE_POST`, of the response and of single inputs.
    pub(super) codes: Vec<String>,
    /// The numeric code of older services, such as 65601.
    pub(super) service_code: Option<u64>,
    /// The maximum length of the text that was too long.
    pub(super) max_length: Option<u64>,
    /// Descriptions of single inputs.
    descriptions: Vec<String>,
}

impl ErrorBody {
    /// Parses any bytes.
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

    /// Returns the message, descriptions and codes as one text of any length.
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

    /// Returns the URN of the post that the message names.
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
    fn post_urn_is_found_in_message() {
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
    fn fields_of_other_types_are_ignored() {
        let odd = br#"{"message": ["x"], "code": 7, "serviceErrorCode": "100", "errorDetails":
            {"inputErrors": [3, {"code": null, "maxLength": -1}]}}"#;
        let body = ErrorBody::read(odd);
        assert!(body.codes.is_empty() && body.service_code.is_none() && body.max_length.is_none());
        assert!(body.quote().contains("errorDetails"), "{body:?}");
    }

    proptest! {
        #[test]
        fn any_body_is_parsed(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let body = ErrorBody::read(&bytes);
            body.quote();
            body.post_urn();
        }
    }
}
