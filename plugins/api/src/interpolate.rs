//! Replaces `${NAME}` in option values. It works on parsed strings and not on the text of the file, so that a
//! value can neither break the YAML nor add keys.

use std::fmt;

/// A variable without default that is not set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnsetVariable(
    /// The variable's name.
    pub String,
);

impl fmt::Display for UnsetVariable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "environment variable `{}` is not set", self.0)
    }
}

impl std::error::Error for UnsetVariable {}

/// Replaces `${NAME}` and `${NAME:-default}` in `text` by the values of `lookup`; `$${` is a literal `${`. As in a
/// shell, an empty variable counts as unset if there is a default. A `${` without a valid name stays unchanged.
///
/// # Errors
/// Returns [`UnsetVariable`] with the first variable that has neither a value nor a default.
pub fn interpolate(
    text: &str,
    lookup: &dyn Fn(&str) -> Option<String>,
) -> Result<String, UnsetVariable> {
    let mut result = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("${") {
        if let Some(kept) = before.strip_suffix('$') {
            result.push_str(kept);
            result.push_str("${");
            rest = after;
            continue;
        }
        result.push_str(before);
        let Some((inside, tail)) = after.split_once('}') else {
            result.push_str("${");
            rest = after;
            break;
        };
        let (name, default) = match inside.split_once(":-") {
            Some((name, default)) => (name, Some(default)),
            None => (inside, None),
        };
        if is_name(name) {
            let value = lookup(name).filter(|value| default.is_none() || !value.is_empty());
            match value.or_else(|| default.map(str::to_owned)) {
                Some(value) => result.push_str(&value),
                None => return Err(UnsetVariable(name.to_owned())),
            }
            rest = tail;
        } else {
            result.push_str("${");
            rest = after;
        }
    }
    result.push_str(rest);
    Ok(result)
}

fn is_name(name: &str) -> bool {
    let mut chars = name.chars();
    chars
        .next()
        .is_some_and(|first| first.is_ascii_alphabetic() || first == '_')
        && chars.all(|c| c.is_ascii_alphanumeric() || c == '_')
}

#[cfg(test)]
mod tests {
    use super::{UnsetVariable, interpolate};

    fn with_env(text: &str) -> Result<String, UnsetVariable> {
        interpolate(text, &|name| match name {
            "A" => Some("1".to_owned()),
            "EMPTY" => Some(String::new()),
            _ => None,
        })
    }

    #[test]
    fn interpolate_handles_each_form() {
        for (text, expected) in [
            ("plain", "plain"),
            ("${A}", "1"),
            ("x${A}y${A}", "x1y1"),
            ("${B:-two}", "two"),
            ("${B:-}", ""),
            ("${EMPTY}", ""),
            ("${EMPTY:-filled}", "filled"),
            ("$${A}", "${A}"),
            ("$A ${", "$A ${"),
            ("${not a name}", "${not a name}"),
            ("cost: $5", "cost: $5"),
        ] {
            assert_eq!(with_env(text).as_deref(), Ok(expected), "{text}");
        }
    }

    #[test]
    fn unset_variable_is_an_error() {
        assert_eq!(
            with_env("a ${NOPE} b"),
            Err(UnsetVariable("NOPE".to_owned()))
        );
    }
}
