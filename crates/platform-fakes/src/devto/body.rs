//! The body of a request: a JSON object with an `article`.

use serde_json::{Map, Value};

use crate::answer::Answer;
use crate::devto::errors::error;
use crate::devto::server::Devto;
use crate::request::Request;

/// A check of a value's type.
type IsValid = fn(&Value) -> bool;

/// The fields of an article that an author can set, with a check of their types.
const FIELDS: [(&str, IsValid); 9] = [
    ("title", Value::is_string),
    ("body_markdown", Value::is_string),
    ("published", Value::is_boolean),
    ("series", is_text_or_null),
    ("main_image", is_text_or_null),
    ("canonical_url", is_text_or_null),
    ("description", Value::is_string),
    ("tags", is_list_of_texts),
    ("organization_id", is_number_or_null),
];

/// Returns the fields of the article in a request.
pub(super) fn article(devto: &Devto, request: &Request) -> Result<Map<String, Value>, Answer> {
    let body: Value = if request.media_type().as_deref() == Some("application/json") {
        serde_json::from_slice(&request.body)
            .map_err(|_| error(400, "Error occurred while parsing request parameters"))?
    } else {
        Value::Null
    };
    let article = body.get("article").unwrap_or(&Value::Null);
    let Value::Object(fields) = article else {
        return Err(error(
            422,
            &format!(
                "article param must be a JSON object. You provided article as a {}",
                class(article)
            ),
        ));
    };
    if !devto.settings.is_lenient {
        check(devto, &body, fields)?;
    }
    Ok(fields.clone())
}

/// Refuses fields that Forem ignores.
fn check(devto: &Devto, body: &Value, fields: &Map<String, Value>) -> Result<(), Answer> {
    let beside = body.as_object().into_iter().flat_map(Map::keys);
    if let Some(name) = beside.into_iter().find(|name| *name != "article") {
        return Err(Answer::strict(&format!("Forem ignores the field `{name}`")));
    }
    for (name, value) in fields {
        match FIELDS.iter().find(|(known, _)| known == name) {
            None => {
                let message =
                    format!("Forem ignores the field `article.{name}`, or the fake lacks it");
                return Err(Answer::strict(&message));
            }
            // A missing body is an error of the validation.
            Some(("body_markdown", _)) if value.is_null() => {}
            Some((_, is_valid)) if !is_valid(value) => {
                let message = format!("Forem converts or ignores `article.{name}`: {value}");
                return Err(Answer::strict(&message));
            }
            Some(("organization_id", _)) if !devto.knows_organization(value) => {
                let message = "Forem ignores an organization without the author among its members";
                return Err(Answer::strict(message));
            }
            Some(_) => {}
        }
    }
    Ok(())
}

/// Returns the name of the Ruby class of a value.
fn class(value: &Value) -> &'static str {
    match value {
        Value::Null => "NilClass",
        Value::Bool(true) => "TrueClass",
        Value::Bool(false) => "FalseClass",
        Value::Number(number) if number.is_f64() => "Float",
        Value::Number(_) => "Integer",
        Value::String(_) => "String",
        Value::Array(_) => "Array",
        Value::Object(_) => "Hash",
    }
}

fn is_text_or_null(value: &Value) -> bool {
    value.is_string() || value.is_null()
}

fn is_number_or_null(value: &Value) -> bool {
    value.is_u64() || value.is_null()
}

fn is_list_of_texts(value: &Value) -> bool {
    let values = value.as_array();
    values.is_some_and(|values| values.iter().all(Value::is_string))
}
