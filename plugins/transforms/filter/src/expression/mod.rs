//! Expressions over the fields of an item, in the [Common Expression Language](https://cel.dev).

mod syntax_error;
mod variables;

use std::sync::Arc;

use cel::{Context, Env, ExecutionError, Program, Value};
use syndicate_api::{Code, Diagnostic, Item, Result, did_you_mean};

use self::syntax_error::describe_error;
use self::variables::free_variables;

/// The key of the option.
const KEY: &str = "when";

/// An expression that is true or false for an item.
pub(crate) struct Expression {
    text: String,
    program: Program,
    /// The fields that it reads. Others, such as the body in a file, are not read for it.
    fields: Vec<String>,
    env: Arc<Env>,
}

impl Expression {
    /// Parses an expression and checks the names in it.
    ///
    /// # Errors
    /// If it is not valid, or names a field that items do not have.
    pub(crate) fn parse(text: &str) -> Result<Self, Diagnostic> {
        let mut env = Env::stdlib();
        // They have other names than the functions of the standard, so no name is declared twice.
        cel::extensions::strings(&mut env)
            .map_err(|error| Diagnostic::option(&[KEY], error.to_string()))?;
        let program = env.compile(text).map_err(|errors| {
            let message = match errors.errors.first() {
                Some(error) => describe_error(error, text),
                None => "invalid expression".to_owned(),
            };
            invalid(message).with_hint("for example `'rust' in tags && size(title) < 80`")
        })?;
        let fields = free_variables(program.expression());
        if let Some(unknown) = fields
            .iter()
            .find(|name| !Item::VALUES.contains(&name.as_str()))
        {
            let message = format!("items have no field `{unknown}`");
            return Err(invalid(message)
                .with_optional_hint(did_you_mean(unknown, Item::VALUES.iter().copied())));
        }
        let expression = Self {
            text: text.to_owned(),
            program,
            fields,
            env: Arc::new(env),
        };
        expression.try_empty()?;
        Ok(expression)
    }

    /// Finds errors that every item would have, such as a function that does not exist.
    fn try_empty(&self) -> Result<(), Diagnostic> {
        let item = Item::default();
        match self.evaluate(&item)? {
            Err(ExecutionError::UndeclaredReference(name)) => {
                Err(invalid(format!("unknown function `{name}`")))
            }
            _ => Ok(()),
        }
    }

    /// Returns the reason for skipping `item` if the expression is false for it.
    ///
    /// # Errors
    /// If it is neither true nor false for `item`.
    pub(crate) fn reason(&self, item: &Item) -> Result<Option<String>> {
        let failed = |message: String| {
            let message = format!("`{KEY}`: {message}");
            anyhow::Error::new(Diagnostic::new(Code::TransformFailed, message))
        };
        match self.evaluate(item)? {
            Ok(Value::Bool(true)) => Ok(None),
            Ok(Value::Bool(false)) => Ok(Some(format!("`{}` is false", self.text))),
            Ok(other) => Err(failed(format!(
                "the expression must be `true` or `false`, not {}",
                type_words(&other)
            ))),
            Err(error) => Err(failed(match error {
                ExecutionError::NoSuchKey(key) => {
                    format!("the post has no key `{key}`; test with `has(…)` first")
                }
                error => error.to_string(),
            })),
        }
    }

    fn evaluate(&self, item: &Item) -> Result<Result<Value, ExecutionError>, Diagnostic> {
        let mut context = Context::with_env(Arc::clone(&self.env));
        for name in &self.fields {
            let value = match item.value(name)? {
                serde_json::Value::Null => Item::empty_value(name),
                value => value,
            };
            if let Err(error) = context.add_variable(name.as_str(), value) {
                return Err(invalid(format!("the field `{name}`: {error}")));
            }
        }
        Ok(self.program.execute(&context))
    }
}

fn invalid(message: String) -> Diagnostic {
    Diagnostic::option(&[KEY], message)
}

fn type_words(value: &Value) -> &'static str {
    match value {
        Value::List(_) => "a list",
        Value::Map(_) => "a mapping",
        Value::String(_) => "text",
        Value::Null => "empty",
        _ => "a number",
    }
}
