//! The check of a body against the fields that an endpoint has, with the words that Rest.li's own
//! schema check uses. It knows names and types only; whether a value makes sense is the endpoint's
//! affair.

use serde_json::Value;

use crate::errors::Refusal;

/// What a value may look like.
#[derive(Debug)]
pub(crate) enum Shape {
    /// A string.
    Text,
    /// `true` or `false`.
    Flag,
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
    Elsewhere,
}

/// Whether a field may be missing.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Need {
    /// It may.
    Optional,
    /// It may not.
    Required,
    /// It may not, and an empty string counts as missing.
    Filled,
}

/// A field of a record.
#[derive(Debug)]
pub(crate) struct Field {
    name: &'static str,
    need: Need,
    shape: Shape,
}

/// A field named `name`.
pub(crate) const fn field(name: &'static str, need: Need, shape: Shape) -> Field {
    Field { name, need, shape }
}

/// Refuses `body` when it is not a record of `fields`.
pub(crate) fn check(fields: &'static [Field], body: &Value) -> Result<(), Refusal> {
    let mut findings = Findings::default();
    findings.record(fields, body, "");
    if !findings.unpermitted.is_empty() {
        return Err(Refusal::fields_denied(
            "Unpermitted fields present",
            &findings.unpermitted,
        ));
    }
    if !findings.lines.is_empty() {
        return Err(Refusal::schema(&findings.lines));
    }
    if let Some(path) = findings.elsewhere.first() {
        return Err(Refusal::not_in_sandbox(format!(
            "LinkedIn has `{path}`, and the sandbox does not"
        )));
    }
    Ok(())
}

/// What was found, each kind by itself, as each is refused in its own way.
#[derive(Default)]
struct Findings {
    unpermitted: Vec<String>,
    lines: Vec<String>,
    elsewhere: Vec<String>,
}

impl Findings {
    fn value(&mut self, shape: &'static Shape, value: &Value, path: &str) {
        match (shape, value) {
            // LinkedIn takes a null for a field that nobody permitted.
            (_, Value::Null) => self.unpermitted.push(path.to_owned()),
            (Shape::Elsewhere, _) => self.elsewhere.push(path.to_owned()),
            (Shape::Text, Value::String(_)) | (Shape::Flag, Value::Bool(_)) => {}
            (Shape::Integer, Value::Number(number)) if !number.is_f64() => {}
            (Shape::Integer, _) => self.fault(path, &format!("{value} cannot be coerced to Long")),
            (Shape::Text, _) => self.fault(path, &format!("{value} cannot be coerced to String")),
            (Shape::Flag, _) => self.fault(path, &format!("{value} cannot be coerced to Boolean")),
            (Shape::Symbol(symbols), Value::String(symbol)) => {
                if !symbols.contains(&symbol.as_str()) {
                    self.fault(path, &format!("\"{symbol}\" is not an enum symbol"));
                }
            }
            (Shape::Symbol(_), _) => self.fault(path, "enum type is not backed by a String"),
            (Shape::Record(fields), _) => self.record(fields, value, path),
            (Shape::Union(members), _) => self.union(members, value, path),
            (Shape::List(shape), Value::Array(values)) => {
                for (index, value) in values.iter().enumerate() {
                    self.value(shape, value, &format!("{path}/{index}"));
                }
            }
            (Shape::List(_), _) => self.fault(path, "array type is not backed by a DataList"),
        }
    }

    fn record(&mut self, fields: &'static [Field], value: &Value, path: &str) {
        let Value::Object(map) = value else {
            return self.fault(path, "record type is not backed by a DataMap");
        };
        self.members(fields, value, path);
        for Field { name, need, .. } in fields {
            let missing = match map.get(*name) {
                None => *need != Need::Optional,
                Some(value) => *need == Need::Filled && value == "",
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
