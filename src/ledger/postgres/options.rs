//! The options of a ledger in PostgreSQL: `ledger: {postgres: URL}` or `ledger: {postgres: {url: URL, …}}`.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::value::MapAccessDeserializer;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::json;
use syndicate_api::{Diagnostic, Secret};

/// The name of a ledger that has no other.
const DEFAULT_NAME: &str = "default";

/// Maximum length of a ledger's name, in characters.
const MAX_NAME: usize = 60;

/// The options of a ledger in a PostgreSQL database.
#[derive(Clone, Debug, Deserialize, Eq, JsonSchema, PartialEq)]
#[serde(deny_unknown_fields)]
pub(crate) struct PostgresLedger {
    /// The URL of the database, `postgresql://USER:PASSWORD@HOST:PORT/DATABASE`, usually `${DATABASE_URL}`. Its
    /// parameters are those of libpq, such as `sslmode=verify-full` and `sslrootcert=FILE`.
    pub url: Secret,
    /// The name of the ledger in the database, which can keep the ledgers of many sites. Default: `default`.
    #[serde(default)]
    pub name: Option<String>,
    /// The treatment of a fail-over to a standby, or of a restored server. Default: `asynchronous`.
    #[serde(default)]
    pub failover: Failover,
}

/// The treatment of another server in place of the one that has the ledger.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, JsonSchema, PartialEq)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Failover {
    /// The other server may lack the last events: nothing is sent until a person confirms that it is complete.
    #[default]
    Asynchronous,
    /// The other server has every event, because the standby confirms each commit. Sending continues.
    Synchronous,
}

impl PostgresLedger {
    /// Returns the options of a ledger with this URL.
    #[must_use]
    pub(crate) fn at(url: impl Into<String>) -> Self {
        Self {
            url: Secret::new(url),
            name: None,
            failover: Failover::default(),
        }
    }

    /// Returns the name of the ledger in the database.
    #[must_use]
    pub(crate) fn ledger_name(&self) -> &str {
        self.name.as_deref().unwrap_or(DEFAULT_NAME)
    }

    /// Reads a URL or a mapping of options.
    ///
    /// # Errors
    /// If the value has another type, or if an option is invalid.
    pub(crate) fn from_option<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Self>, D::Error> {
        deserializer.deserialize_any(PostgresLedgerVisitor)
    }

    /// Returns errors that the types cannot express.
    #[must_use]
    pub(crate) fn faults(&self) -> Vec<Diagnostic> {
        let name = self.ledger_name();
        let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        let is_valid = !name.is_empty() && name.len() <= MAX_NAME && name.chars().all(is_plain);
        if is_valid {
            return Vec::new();
        }
        let message = format!("invalid name `{name}`");
        let hint = format!("use at most {MAX_NAME} letters, digits, `-`, `_` and `.`");
        vec![Diagnostic::option(&["postgres", "name"], message).with_hint(hint)]
    }
}

/// The forms in which `postgres` can be written.
pub(crate) enum PostgresLedgerForm {}

impl JsonSchema for PostgresLedgerForm {
    fn schema_name() -> Cow<'static, str> {
        "PostgresLedgerForm".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        // In one schema, so that the loader finds the secret in both forms.
        let mut schema = PostgresLedger::json_schema(generator);
        schema.insert("type".to_owned(), json!(["string", "object", "null"]));
        schema.insert("format".to_owned(), Secret::FORMAT.into());
        schema
    }
}

struct PostgresLedgerVisitor;

impl<'de> Visitor<'de> for PostgresLedgerVisitor {
    type Value = Option<PostgresLedger>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the URL of a database or a mapping of options")
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_str<E>(self, url: &str) -> Result<Self::Value, E> {
        Ok(Some(PostgresLedger::at(url)))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        PostgresLedger::deserialize(MapAccessDeserializer::new(map)).map(Some)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(value: &serde_json::Value) -> Option<PostgresLedger> {
        PostgresLedger::from_option(value).unwrap()
    }

    #[test]
    fn postgres_option_is_url_or_mapping() {
        let url = "postgresql://db.example.org/syndicate";
        assert_eq!(read(&json!(url)), Some(PostgresLedger::at(url)));
        assert_eq!(read(&json!({"url": url})), Some(PostgresLedger::at(url)));
        assert_eq!(read(&json!(null)), None);
        let options = json!({"url": url, "name": "blog", "failover": "synchronous"});
        let options = read(&options).unwrap();
        assert_eq!(options.ledger_name(), "blog");
        assert_eq!(options.failover, Failover::Synchronous);
        assert!(PostgresLedger::from_option(&json!({"name": "blog"})).is_err());
        assert!(PostgresLedger::from_option(&json!(true)).is_err());
    }

    #[test]
    fn ledger_name_is_plain() {
        for (name, is_valid) in [
            ("blog-2_a.b", true),
            ("", false),
            ("a b", false),
            ("ä", false),
        ] {
            let options = PostgresLedger {
                name: Some(name.to_owned()),
                ..PostgresLedger::at("postgresql://h/d")
            };
            assert_eq!(options.faults().is_empty(), is_valid, "{name:?}");
        }
    }
}
