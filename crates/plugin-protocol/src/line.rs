//! Parses the lines that plugins write.

use serde::Deserialize;
use serde_json::Value;
use serde_json::error::Category;

use crate::answer::{Answer, ErrorAnswer, Reply};
use crate::sink_request::{Call, HttpSpec};

/// A line that a plugin wrote.
#[derive(Clone, Debug, PartialEq)]
pub enum PluginLine {
    /// The value of `hello`, for [`parse_hello`](crate::parse_hello).
    Hello(Value),
    /// An answer to a request.
    Answer(Answer),
    /// Output for people.
    Log,
    /// An answer of the wrong form, with the error.
    Invalid(String),
}

#[derive(Deserialize)]
struct Fields {
    hello: Option<Value>,
    id: Option<Value>,
    item: Option<Value>,
    fault: Option<Value>,
    ok: Option<Value>,
    error: Option<Value>,
    call: Option<Vec<HttpSpec>>,
    wait: Option<f64>,
}

/// Parses a line. Lines that are not JSON objects, and objects without `hello` and `id`, are output for people. A line
/// that begins as a message does and is not valid JSON is an error, because the host would wait for an answer in vain.
#[must_use]
pub fn parse_line(line: &[u8]) -> PluginLine {
    // Some languages begin their output with a byte order mark.
    let line = line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line);
    if line.trim_ascii_start().first() != Some(&b'{') {
        return PluginLine::Log;
    }
    let fields: Fields = match serde_json::from_slice(line) {
        Ok(fields) => fields,
        Err(error) if error.classify() == Category::Data || is_meant_as_message(line) => {
            return PluginLine::Invalid(not_json(line, &error));
        }
        Err(_) => return PluginLine::Log,
    };
    let Some(id) = fields.id else {
        return fields.hello.map_or(PluginLine::Log, PluginLine::Hello);
    };
    let Some(id) = id.as_u64() else {
        let message = format!("the `id` of an answer is the number of its request, not `{id}`");
        return PluginLine::Invalid(message);
    };
    let mut replies = [
        fields.item.map(Reply::Item),
        fields.fault.map(Reply::Fault),
        fields.ok.map(Reply::Ok),
        fields.error.map(|error| Reply::Error(error_answer(error))),
        fields.call.map(|call| {
            Reply::Call(Call {
                call,
                wait: fields.wait,
            })
        }),
    ]
    .into_iter()
    .flatten();
    match (replies.next(), replies.next()) {
        (Some(reply), None) => PluginLine::Answer(Answer { id, reply }),
        (None, _) => {
            let message =
                format!("answer {id} has none of `item`, `fault`, `call`, `ok` and `error`");
            PluginLine::Invalid(message)
        }
        (Some(_), Some(_)) => {
            let message =
                format!("answer {id} has several of `item`, `fault`, `call`, `ok` and `error`");
            PluginLine::Invalid(message)
        }
    }
}

/// Returns `true` if the first name in the object `line` is that of a message, also in the notation of Python.
fn is_meant_as_message(line: &[u8]) -> bool {
    let object = line.trim_ascii_start().strip_prefix(b"{");
    let name = object.map(<[u8]>::trim_ascii_start);
    let names: [&[u8]; 4] = [b"\"id\"", b"\"hello\"", b"'id'", b"'hello'"];
    name.is_some_and(|name| names.iter().any(|known| name.starts_with(known)))
}

fn not_json(line: &[u8], error: &serde_json::Error) -> String {
    const SHOWN: usize = 60;
    let text = String::from_utf8_lossy(line);
    let start: String = text.trim().chars().take(SHOWN).collect();
    let error = error.to_string();
    let error = error.split(" at line ").next().unwrap_or_default();
    format!("a line is not valid JSON: {error}: `{start}`")
}

/// Reads the value of `error`. A text is its message, and an object of another form is shown as it is, so that the
/// reason is not lost.
fn error_answer(error: Value) -> ErrorAnswer {
    match error {
        Value::String(message) => ErrorAnswer::of(message),
        error => {
            let read = ErrorAnswer::deserialize(&error);
            read.unwrap_or_else(|_| ErrorAnswer::of(error.to_string()))
        }
    }
}
