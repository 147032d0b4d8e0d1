//! The check of a body against the fields that an endpoint has, with the words that Rest.li's own
//! schema check uses. It knows names and types only; whether a value makes sense is the endpoint's
//! affair.

use serde_json::Value;

use crate::errors::ErrorResponse;

/// What a value may look like.
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
    /// An object of exactly one of these fields.
    Union(&'static [Field]),
    /// A list of such values.
    List(&'static Self),
    /// Something that LinkedIn has and the sandbox does not.
    NotInSandbox,
}

/// Whether a field may be missing.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Presence {
    /// It may.
    Optional,
    /// It may not.
    Required,
    /// It may not, and an empty string counts as missing.
    NonEmpty,
}

/// A field of a record.
#[derive(Debug)]
pub(crate) struct Field {
    name: &'static str,
    need: Presence,
    shape: ValueShape,
}

/// A field named `name`.
pub(crate) const fn field(name: &'static str, need: Presence, shape: ValueShape) -> Field {
    Field { name, need, shape }
}

/// Refuses `body` when it is not a record of `fields`.
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

/// What was found, each kind by itself, as each is refused in its own way.
#[derive(Default)]
struct SchemaErrors {
    unpermitted: Vec<String>,
    lines: Vec<String>,
    elsewhere: Vec<String>,
}

impl SchemaErrors {
    fn value(&mut self, shape: &'static ValueShape, value: &Value, path: &str) {
        match (shape, value) {
            // LinkedIn takes a null for a field that nobody permitted.
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
        for Field { name, need, .. } in fields {
            let missing = match map.get(*name) {
                None => *need != Presence::Optional,
                Some(value) => *need == Presence::NonEmpty && value == "",
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

    /// Looks at each entry of an object, whatever may be missing.
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
