//! Reads a struct only from a mapping. Serde would also read it from a list, as the values of its fields in their
//! order, so that `tags: [rust]` would set the first field of `tags` and the message would be about that field.

use serde::de::value::{
    BorrowedStrDeserializer, MapAccessDeserializer, MapDeserializer, SeqDeserializer,
};
use serde::de::{Deserializer, Error as _, IntoDeserializer, Unexpected, Visitor};
use serde::forward_to_deserialize_any;
use serde_json::{Error, Value};

/// The largest number of keys that a message lists.
const MAX_LISTED: usize = 6;

/// A value whose structs are mappings. It does not use the deserializer of [`Value`] for anything that contains values,
/// because the code for all types of options would then be compiled twice.
#[derive(Clone, Copy)]
pub(super) struct Mapping<'v>(pub(super) &'v Value);

impl Mapping<'_> {
    fn unexpected(&self) -> Unexpected<'_> {
        match self.0 {
            Value::Null => Unexpected::Unit,
            Value::Bool(value) => Unexpected::Bool(*value),
            Value::Number(number) => match (number.as_u64(), number.as_i64()) {
                (Some(number), _) => Unexpected::Unsigned(number),
                (None, Some(number)) => Unexpected::Signed(number),
                (None, None) => Unexpected::Float(number.as_f64().unwrap_or_default()),
            },
            Value::String(text) => Unexpected::Str(text),
            Value::Array(_) => Unexpected::Seq,
            Value::Object(_) => Unexpected::Map,
        }
    }
}

impl<'de> IntoDeserializer<'de, Error> for Mapping<'de> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for Mapping<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Value::Array(values) => {
                let mut values = SeqDeserializer::new(values.iter().map(Mapping));
                let read = visitor.visit_seq(&mut values)?;
                values.end()?;
                Ok(read)
            }
            Value::Object(map) => {
                let entries = map
                    .iter()
                    .map(|(key, value)| (key.as_str(), Mapping(value)));
                let mut entries = MapDeserializer::new(entries);
                let read = visitor.visit_map(&mut entries)?;
                entries.end()?;
                Ok(read)
            }
            Value::String(text) => visitor.visit_borrowed_str(text),
            Value::Number(number) => number.deserialize_any(visitor),
            Value::Bool(value) => visitor.visit_bool(*value),
            Value::Null => visitor.visit_unit(),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        if !self.0.is_array() {
            return self.deserialize_any(visitor);
        }
        let keys = match fields {
            [first, rest @ ..] if rest.len() < MAX_LISTED => {
                let rest: String = rest.iter().map(|key| format!(", `{key}`")).collect();
                format!(" with `{first}`{rest}")
            }
            _ => String::new(),
        };
        let message = format!("invalid type: sequence, expected a mapping{keys}");
        Err(Error::custom(message))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match self.0 {
            Value::String(name) => visitor.visit_enum(BorrowedStrDeserializer::new(name)),
            Value::Object(map) if map.len() == 1 => {
                let entries = map
                    .iter()
                    .map(|(key, value)| (key.as_str(), Mapping(value)));
                visitor.visit_enum(MapAccessDeserializer::new(MapDeserializer::new(entries)))
            }
            Value::Object(_) => {
                let expected = &"map with a single key";
                Err(Error::invalid_value(Unexpected::Map, expected))
            }
            _ => Err(Error::invalid_type(self.unexpected(), &"string or map")),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map identifier ignored_any
    }
}
