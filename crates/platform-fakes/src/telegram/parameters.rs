//! The parameters of a call ("Making requests"): of the query, a form, a multipart form or a JSON
//! object. In forms, objects and lists are JSON.

use serde_json::{Map, Value};

use crate::answer::Answer;
use crate::params::Params;
use crate::request::Request;
use crate::telegram::errors::bad_request;

/// The parameters that are objects or lists.
const STRUCTURED: [&str; 2] = ["entities", "link_preview_options"];

/// The parameters of a call.
#[derive(Debug)]
pub(super) struct Parameters(Map<String, Value>);

impl Parameters {
    /// Reads the parameters.
    pub(super) fn of(request: &Request) -> Result<Self, Answer> {
        let params = Params::of(request).map_err(|_| bad_request("can't parse JSON object"))?;
        let is_json = request.media_type().as_deref() == Some("application/json");
        let mut fields = params.0;
        if !is_json {
            for name in STRUCTURED {
                if let Some(Value::String(text)) = fields.get(name) {
                    let value = serde_json::from_str(text)
                        .map_err(|_| bad_request(&format!("can't parse {name} JSON object")))?;
                    fields.insert(name.to_owned(), value);
                }
            }
        }
        Ok(Self(fields))
    }

    /// Refuses parameters that Telegram ignores.
    pub(super) fn check_names(&self, known: &[&str]) -> Result<(), Answer> {
        let mut names = self.0.keys();
        match names.find(|name| !known.contains(&name.as_str())) {
            Some(name) => Err(Answer::strict(&format!(
                "Telegram ignores the parameter `{name}`, or the fake lacks it"
            ))),
            None => Ok(()),
        }
    }

    /// Returns a value that is not `null`.
    pub(super) fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name).filter(|value| !value.is_null())
    }

    /// Returns a text; the text of a number too.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        match self.get(name)? {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        }
    }

    /// Returns a flag.
    pub(super) fn flag(&self, name: &str) -> bool {
        match self.get(name) {
            Some(Value::Bool(flag)) => *flag,
            Some(Value::String(text)) => ["true", "True", "1", "yes"].contains(&text.as_str()),
            _ => false,
        }
    }

    /// Returns a list; an empty one if it is missing.
    pub(super) fn list(&self, name: &str) -> Result<&[Value], Answer> {
        match self.get(name) {
            None => Ok(&[]),
            Some(Value::Array(values)) => Ok(values),
            Some(_) => Err(bad_request(&format!(
                "can't parse {name} JSON object: expected an Array"
            ))),
        }
    }
}
