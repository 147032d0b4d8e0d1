//! Secrets in options. A [`Secret`] keeps the expression of pipeline.yaml (`${TOKEN}`) and reads the variable
//! when it is used, so that `preview` runs without it.

use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer};

use crate::mask::masked_secret;
use crate::{Env, UnsetVariable, interpolate};

pub use secrecy::{ExposeSecret, SecretString};

/// An option whose value is never shown. `Debug` prints `Secret(…)`, and it cannot be serialised.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// The `format` of secrets in the JSON Schema. The loader does not replace `${NAME}` in such options.
    pub const FORMAT: &'static str = "secret";

    /// Returns a secret with an expression such as `${LINKEDIN_ACCESS_TOKEN}`.
    #[must_use]
    pub fn new(expression: impl Into<String>) -> Self {
        Self(expression.into())
    }

    /// Returns the expression if it is the name of a variable, `${NAME}`, and thus not a secret itself.
    #[must_use]
    pub fn expression(&self) -> Option<&str> {
        let name = self.0.strip_prefix("${")?.strip_suffix('}')?;
        let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
        (!name.is_empty() && name.chars().all(is_name)).then_some(self.0.as_str())
    }

    /// Returns the value with variables of `env`, without surrounding white space, because files with secrets often
    /// end with a line break. The value is masked in all messages from now on.
    ///
    /// # Errors
    /// Returns [`UnsetVariable`] if the expression names a variable that is not set.
    pub fn reveal(&self, env: &Env) -> Result<SecretString, UnsetVariable> {
        self.resolve(env).map(masked_secret)
    }

    /// Returns the value like [`Secret::reveal`] but as plain text, for identifiers that are public, such as the
    /// client ID in the URL of a login page.
    ///
    /// # Errors
    /// Returns [`UnsetVariable`] if the expression names a variable that is not set.
    pub fn resolve(&self, env: &Env) -> Result<String, UnsetVariable> {
        let value = interpolate(&self.0, &|name| env.get(name))?;
        Ok(value.trim().to_owned())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self)
    }
}

impl JsonSchema for Secret {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Secret".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "format": Self::FORMAT})
    }
}

#[cfg(test)]
mod tests {
    use super::{ExposeSecret, Secret};
    use crate::Env;

    #[test]
    fn secret_is_never_printed() {
        let secret = Secret::new("AQX-very-secret");
        assert!(!format!("{secret:?}").contains("very"));
        let revealed = secret.reveal(&Env::empty()).unwrap();
        assert!(!format!("{revealed:?}").contains("very"));
    }

    #[test]
    fn only_name_of_variable_is_shown() {
        assert_eq!(Secret::new("${A_1}").expression(), Some("${A_1}"));
        for secret in ["AQX", "${A:-AQX}", "${}", "a${A}"] {
            assert_eq!(Secret::new(secret).expression(), None, "{secret}");
        }
    }

    #[test]
    fn secret_is_read_when_used() {
        let env = Env::from_pairs([("TOKEN", "abc\n")]);
        assert_eq!(
            Secret::new("${TOKEN}")
                .reveal(&env)
                .unwrap()
                .expose_secret(),
            "abc"
        );
        let unset = Secret::new("${TOKEN}").reveal(&Env::empty()).unwrap_err();
        assert_eq!(unset.0, "TOKEN");
    }
}
