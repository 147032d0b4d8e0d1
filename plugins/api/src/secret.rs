//! A secret that cannot be printed. It keeps the *expression* of pipeline.yaml (`${TOKEN}`) and
//! looks the value up only when it is used, so that reading verbs run without any secret set.

use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer};

use crate::mask::masked_secret;
use crate::{Env, UnsetVariable, interpolate};

pub use secrecy::{ExposeSecret, SecretString};

/// An option whose value must never be shown: neither `Debug` nor an error nor a serialiser
/// reveals it.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// How the schema marks a secret, so that its `${NAME}` is not replaced at load.
    pub const FORMAT: &'static str = "secret";

    /// A secret given by an expression such as `${LINKEDIN_ACCESS_TOKEN}`.
    #[must_use]
    pub fn new(expression: impl Into<String>) -> Self {
        Self(expression.into())
    }

    /// The value, with its variables replaced by those of `env` and white space trimmed, as a
    /// trailing newline is the commonest slip of a secret read from a file.
    ///
    /// # Errors
    /// [`UnsetVariable`] when the expression names a variable that is not set.
    pub fn reveal(&self, env: &Env) -> Result<SecretString, UnsetVariable> {
        self.resolve(env).map(masked_secret)
    }

    /// Returns the value as [`Secret::reveal`] does, for identifiers that are no secrets, such as the one
    /// of an app, which stands in the address that a person opens to sign in.
    ///
    /// # Errors
    /// [`UnsetVariable`] when the expression names a variable that is not set.
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
    fn it_is_never_printed() {
        let secret = Secret::new("AQX-very-secret");
        assert!(!format!("{secret:?}").contains("very"));
        let revealed = secret.reveal(&Env::empty()).unwrap();
        assert!(!format!("{revealed:?}").contains("very"));
    }

    #[test]
    fn it_is_looked_up_when_used() {
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
