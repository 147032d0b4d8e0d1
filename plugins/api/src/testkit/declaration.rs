//! Checks the declaration of a plugin: a name in lower snake case, a summary, an example that loads, an error
//! for unknown keys, and a description of every option.

use schemars::Schema;
use serde_json::{Value, json};

use crate::{Diagnostic, SinkPlugin, SourcePlugin, TransformPlugin};

/// Checks the declaration of a source. `example` is [`SourcePlugin::example`] as a value, because this crate
/// parses no YAML.
///
/// # Panics
/// Panics if the declaration breaks a rule.
pub fn check_source(plugin: &SourcePlugin, example: &Value) {
    check(
        plugin.name,
        plugin.summary,
        &(plugin.schema)(),
        example,
        |options| (plugin.load)(options).err(),
    );
}

/// Checks the declaration of a transform. `example` is [`TransformPlugin::example`] as a value.
///
/// # Panics
/// Panics if the declaration breaks a rule.
pub fn check_transform(plugin: &TransformPlugin, example: &Value) {
    check(
        plugin.name,
        plugin.summary,
        &(plugin.schema)(),
        example,
        |options| (plugin.load)(options).err(),
    );
}

/// Checks the declaration of a sink, which must also have an option `endpoint`. `example` is
/// [`SinkPlugin::example`] as a value.
///
/// # Panics
/// Panics if the declaration breaks a rule.
pub fn check_sink(plugin: &SinkPlugin, example: &Value) {
    check(
        plugin.name,
        plugin.summary,
        &(plugin.schema)(),
        example,
        |options| (plugin.load)(options).err(),
    );
    let properties = (plugin.schema)()
        .get("properties")
        .cloned()
        .unwrap_or_default();
    assert!(
        properties.get("endpoint").is_some(),
        "`{}` has no `endpoint` option",
        plugin.name
    );
}

fn check(
    name: &str,
    summary: &str,
    schema: &Schema,
    example: &Value,
    load: impl Fn(&Value) -> Option<Vec<Diagnostic>>,
) {
    assert!(
        !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c == '_'),
        "the name `{name}` is not in lower snake case"
    );
    assert!(
        summary.ends_with('.') && !summary.contains('\n'),
        "the summary of `{name}` is not one sentence"
    );
    if let Some(faults) = load(example) {
        panic!(
            "the example of `{name}` does not load: {}",
            describe(&faults)
        );
    }

    let mut odd = example.clone();
    odd["no_such_option"] = json!(1);
    let faults = load(&odd).unwrap_or_else(|| panic!("`{name}` accepts unknown options"));
    assert!(
        faults
            .iter()
            .any(|fault| fault.keys() == ["no_such_option"]),
        "`{name}` does not report the unknown option `no_such_option`: {}",
        describe(&faults)
    );

    let properties = schema.get("properties").and_then(Value::as_object);
    for (option, description) in properties.into_iter().flatten() {
        let described = description.get("description").and_then(Value::as_str);
        assert!(
            described.is_some_and(|text| text.ends_with('.')),
            "`{name}.{option}` has no description that ends with a full stop"
        );
    }
}

/// Formats diagnostics of options for a panic message, with the keys that they are about.
pub(super) fn describe(faults: &[Diagnostic]) -> String {
    let line = |fault: &Diagnostic| match fault.keys() {
        [] => fault.to_line(),
        keys => format!("`{}`: {}", keys.join("."), fault.to_line()),
    };
    faults.iter().map(line).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_are_described_with_keys() {
        let faults = [
            Diagnostic::option(&["endpoint"], "missing key").with_hint("set it"),
            Diagnostic::option(&[], "no rule").without_hint(),
        ];
        assert_eq!(
            describe(&faults),
            "`endpoint`: missing key; hint: set it; no rule"
        );
    }
}
