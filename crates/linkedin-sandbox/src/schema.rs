//! Checks a body against the fields of an endpoint, with the messages of Rest.li's schema check. It
//! checks names and types only; the endpoint checks the values.

use serde_json::Value;

use crate::errors::ErrorResponse;

/// The type of a value.
#[derive(Debug)]
pub(crate) enum ValueShape {
    /// A string.
    Text,
    /// `true` or `false`.
    Boolean,
    /// A whole number.
    Integer,
    /// One of these strings.
    Symbol(&'static [&'static str]),
    /// An object of these fields.
    Record(&'static [Field]),
    /// An object with exactly one of these fields.
    Union(&'static [Field]),
    /// A list of values of this type.
    List(&'static Self),
    /// A field that LinkedIn has and the sandbox does not.
    NotInSandbox,
}

/// The presence that a field needs.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Presence {
    /// The field can be missing.
    Optional,
    /// The field must be present.
    Required,
    /// The field must be present and must not be an empty string.
    NonEmpty,
}

/// A field of a record.
#[derive(Debug)]
pub(crate) struct Field {
    name: &'static str,
    presence: Presence,
    shape: ValueShape,
}

/// Returns a field named `name`.
pub(crate) const fn field(name: &'static str, presence: Presence, shape: ValueShape) -> Field {
    Field {
        name,
        presence,
        shape,
    }
}

/// Refuses `body` if it is not a record of `fields`.
pub(crate) fn check(fields: &'static [Field], body: &Value) -> Result<(), ErrorResponse> {
    let mut findings = SchemaErrors::default();
    findings.record(fields, body, "");
    if !findings.unpermitted.is_empty() {
        return Err(ErrorResponse::fields_denied(
            "Unpermitted fields present",
            &findings.unpermitted,
        ));
    }
    if !findings.lines.is_empty() {
        return Err(ErrorResponse::schema(&findings.lines));
    }
    if let Some(path) = findings.elsewhere.first() {
        return Err(ErrorResponse::not_in_sandbox(format!(
            "LinkedIn has `{path}`, and the sandbox does not"
        )));
    }
    Ok(())
}

/// The errors found so far. Each kind has its own error response.
#[derive(Default)]
struct SchemaErrors {
    unpermitted: Vec<String>,
    lines: Vec<String>,
    elsewhere: Vec<String>,
}

impl SchemaErrors {
    fn value(&mut self, shape: &'static ValueShape, value: &Value, path: &str) {
        match (shape, value) {
            // LinkedIn treats `null` as a field that is not permitted.
            (_, Value::Null) => self.unpermitted.push(path.to_owned()),
            (ValueShape::NotInSandbox, _) => self.elsewhere.push(path.to_owned()),
            (ValueShape::Text, Value::String(_)) | (ValueShape::Boolean, Value::Bool(_)) => {}
            (ValueShape::Integer, Value::Number(number)) if !number.is_f64() => {}
            (ValueShape::Integer, _) => {
                self.fault(path, &format!("{value} cannot be coerced to Long"))
            }
            (ValueShape::Text, _) => {
                self.fault(path, &format!("{value} cannot be coerced to String"))
            }
            (ValueShape::Boolean, _) => {
                self.fault(path, &format!("{value} cannot be coerced to Boolean"))
            }
            (ValueShape::Symbol(symbols), Value::String(symbol)) => {
                if !symbols.contains(&symbol.as_str()) {
                    self.fault(path, &format!("\"{symbol}\" is not an enum symbol"));
                }
            }
            (ValueShape::Symbol(_), _) => self.fault(path, "enum type is not backed by a String"),
            (ValueShape::Record(fields), _) => self.record(fields, value, path),
            (ValueShape::Union(members), _) => self.union(members, value, path),
            (ValueShape::List(shape), Value::Array(values)) => {
                for (index, value) in values.iter().enumerate() {
                    self.value(shape, value, &format!("{path}/{index}"));
                }
            }
            (ValueShape::List(_), _) => self.fault(path, "array type is not backed by a DataList"),
        }
    }

    fn record(&mut self, fields: &'static [Field], value: &Value, path: &str) {
        let Value::Object(map) = value else {
            return self.fault(path, "record type is not backed by a DataMap");
        };
        self.members(fields, value, path);
        for Field { name, presence, .. } in fields {
            let missing = match map.get(*name) {
                None => *presence != Presence::Optional,
                Some(value) => *presence == Presence::NonEmpty && value == "",
            };
            if missing {
                self.fault(
                    &format!("{path}/{name}"),
                    "field is required but not found and has no default value",
                );
            }
        }
    }

    fn union(&mut self, members: &'static [Field], value: &Value, path: &str) {
        let Value::Object(map) = value else {
            return self.fault(path, "union type is not backed by a DataMap or null");
        };
        match map.len() {
            0 => self.fault(
                path,
                "DataMap should have at least one entry for a union type",
            ),
            1 => self.members(members, value, path),
            _ => self.fault(
                path,
                "DataMap should have no more than one entry for a union type",
            ),
        }
    }

    /// Checks each entry of an object, without regard to missing fields.
    fn members(&mut self, fields: &'static [Field], value: &Value, path: &str) {
        for (name, value) in value.as_object().into_iter().flatten() {
            let path = format!("{path}/{name}");
            match fields.iter().find(|field| field.name == name) {
                Some(field) => self.value(&field.shape, value, &path),
                None => self.unpermitted.push(path),
            }
        }
    }

    fn fault(&mut self, path: &str, message: &str) {
        self.lines.push(format!("ERROR :: {path} :: {message}"));
    }
}
