//! Parses the lines that plugins write.

use serde::Deserialize;
use serde_json::Value;
use serde_json::error::Category;

use crate::answer::{Answer, ErrorAnswer, Reply};

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
    id: Option<u64>,
    item: Option<Value>,
    fault: Option<Value>,
    ok: Option<Value>,
    error: Option<ErrorAnswer>,
}

/// Parses a line. Lines that are not JSON objects, and objects without `hello` and `id`, are output for people.
#[must_use]
pub fn parse_line(line: &[u8]) -> PluginLine {
    if line.trim_ascii_start().first() != Some(&b'{') {
        return PluginLine::Log;
    }
    let fields: Fields = match serde_json::from_slice(line) {
        Ok(fields) => fields,
        Err(error) if error.classify() == Category::Data => {
            return PluginLine::Invalid(error.to_string());
        }
        Err(_) => return PluginLine::Log,
    };
    let Fields {
        hello,
        id,
        item,
        fault,
        ok,
        error,
    } = fields;
    let Some(id) = id else {
        return hello.map_or(PluginLine::Log, PluginLine::Hello);
    };
    let mut replies = [
        item.map(Reply::Item),
        fault.map(Reply::Fault),
        ok.map(Reply::Ok),
        error.map(Reply::Error),
    ]
    .into_iter()
    .flatten();
    match (replies.next(), replies.next()) {
        (Some(reply), None) => PluginLine::Answer(Answer { id, reply }),
        (None, _) => {
            let message = format!("answer {id} has none of `item`, `fault`, `ok` and `error`");
            PluginLine::Invalid(message)
        }
        (Some(_), Some(_)) => {
            let message = format!("answer {id} has several of `item`, `fault`, `ok` and `error`");
            PluginLine::Invalid(message)
        }
    }
}
