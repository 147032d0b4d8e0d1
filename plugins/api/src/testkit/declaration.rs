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
    assert_eq!(load(example), None, "the example of `{name}` does not load");

    let mut odd = example.clone();
    odd["no_such_option"] = json!(1);
    let faults = load(&odd).unwrap_or_else(|| panic!("`{name}` accepts unknown options"));
    assert!(
        faults
            .iter()
            .any(|fault| fault.keys() == ["no_such_option"]),
        "`{name}` does not report the unknown option: {faults:?}"
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
