//! The form of a platform's error bodies, which distinguishes them from those of a gateway.

use serde_json::Value;

use super::row::ErrorRow;
use crate::http::HttpResponse;

/// The form of a platform's error bodies.
#[derive(Clone, Copy, Debug)]
pub enum ErrorForm {
    /// A JSON object with a value at both pointers (RFC 6901): a string or number as the code and a string as the
    /// message. A gateway's body, such as `{"message": "Forbidden"}`, lacks one.
    Json {
        /// JSON Pointer to the error code, such as `/error/code`.
        code: &'static str,
        /// JSON Pointer to the message, such as `/error/message`.
        message: &'static str,
    },
    /// A JSON object with a string at this pointer and no code; the string is code and message. Choose it only if the
    /// pointer is not `/message`, which gateways use, too.
    Message(&'static str),
    /// A plain text that equals the code of a row. Any other text is not of the platform.
    Text,
}

impl ErrorForm {
    /// Returns code and message if the body of `response` has this form.
    pub(super) fn read(
        self,
        response: &HttpResponse,
        rows: &[ErrorRow],
    ) -> Option<(String, String)> {
        let body = response.json();
        let message = |pointer| Some(body.pointer(pointer)?.as_str()?.to_owned());
        match self {
            Self::Json {
                code,
                message: text,
            } => Some((scalar(body.pointer(code)?)?, message(text)?)),
            Self::Message(pointer) => message(pointer).map(|text| (text.clone(), text)),
            Self::Text => {
                let text = std::str::from_utf8(&response.body).ok()?.trim();
                let mut codes = rows.iter().filter_map(|row| row.code);
                codes.find(|code| *code == text)?;
                Some((text.to_owned(), text.to_owned()))
            }
        }
    }
}

fn scalar(code: &Value) -> Option<String> {
    match code {
        Value::String(code) => Some(code.clone()),
        Value::Number(code) => Some(code.to_string()),
        _ => None,
    }
}
