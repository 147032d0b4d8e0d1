//! The options of `type: replace`.

use regex::Regex;
use schemars::JsonSchema;
use serde::Deserialize;
use syndicate_api::{ComponentContext, Diagnostic, Result, Transform, TransformOptions};

use crate::field::Field;
use crate::fields::Replace;
use crate::references::unknown_reference;

/// Options of `replace`.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// The replacements, made in this order.
    pub rules: Vec<Rule>,
}

/// One replacement.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// The fields in which text is replaced: `title`, `description`, `link`, `tags` (each tag), `author`, `lang`, or
    /// `commentary` if a transform before this one set it.
    pub fields: Vec<Field>,
    /// A regular expression in the syntax of Rust's `regex` crate; `(?i)` at its start ignores case.
    pub pattern: String,
    /// The text for each match; `${1}` and `${name}` are groups of the pattern, and `$$` is a dollar sign. In
    /// pipeline.yaml, write `$${1}`, because `${…}` is replaced from the environment. If it is missing, matches are removed.
    #[serde(default)]
    pub with: String,
}

impl TransformOptions for Options {
    const NAME: &'static str = "replace";
    const SUMMARY: &'static str = "Replaces text in fields of a post by regular expressions.";
    const EXAMPLE: &'static str = "rules: [{fields: [title], pattern: '^Draft: '}]";

    fn validate(&self) -> Vec<Diagnostic> {
        if self.rules.is_empty() {
            let fault = Diagnostic::option(&[], "missing rule: this transform changes nothing");
            return vec![fault.with_hint(format!("add one, such as `{}`", Self::EXAMPLE))];
        }
        let rules = self.rules.iter().enumerate();
        rules.flat_map(|(index, rule)| rule.faults(index)).collect()
    }

    fn build(&self, context: &ComponentContext) -> Result<Box<dyn Transform>> {
        let compiled = |rule: &Rule| {
            let pattern = Regex::new(&rule.pattern)?;
            Ok((rule.fields.clone(), pattern, rule.with.clone()))
        };
        Ok(Box::new(Replace {
            name: context.name.clone(),
            rules: self.rules.iter().map(compiled).collect::<Result<_>>()?,
        }))
    }
}

impl Rule {
    /// Returns the faults of this rule, the one with this index.
    fn faults(&self, index: usize) -> Vec<Diagnostic> {
        let index = index.to_string();
        let option =
            |key: &str, message: String| Diagnostic::option(&["rules", &index, key], message);
        let mut faults = Vec::new();
        if self.fields.is_empty() {
            let fault = option("fields", "no field is named".to_owned());
            faults.push(fault.with_hint("name one, such as `fields: [title]`"));
        }
        match Regex::new(&self.pattern) {
            Ok(pattern) => {
                if let Some(name) = unknown_reference(&self.with, &pattern) {
                    let fault = option("with", format!("the pattern has no group `{name}`"));
                    faults.push(fault.with_hint("number or name a group of the pattern as `$${1}` or `$${name}`, or write `$$` for a dollar sign"));
                }
            }
            Err(error) => faults.push(option("pattern", reason(&error))),
        }
        faults
    }
}

/// Returns the reason why a pattern is invalid, without the drawing that the library makes of it.
fn reason(error: &regex::Error) -> String {
    let text = error.to_string();
    let last = text.lines().last().unwrap_or_default();
    let last = last.trim_start_matches("error: ");
    format!("invalid regular expression: {last}")
}
