//! What every plugin's declaration must keep: a good name, a sentence, an example that loads, no
//! tolerance of unknown keys, and a sentence for every option.

use schemars::Schema;
use serde_json::{Value, json};

use crate::{Diagnostic, SinkPlugin, SourcePlugin, TransformPlugin};

/// Checks the declaration of a source.
pub fn check_source(plugin: &SourcePlugin, example: &Value) {
    check(
        plugin.name,
        plugin.summary,
        &(plugin.schema)(),
        example,
        |options| (plugin.load)(options).err(),
    );
}

/// Checks the declaration of a transform.
pub fn check_transform(plugin: &TransformPlugin, example: &Value) {
    check(
        plugin.name,
        plugin.summary,
        &(plugin.schema)(),
        example,
        |options| (plugin.load)(options).err(),
    );
}

/// Checks the declaration of a sink, which must also have an `endpoint` option.
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

/// `example` is the plugin's example as a value, since this crate reads no YAML.
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
        "the summary of `{name}` is no sentence"
    );
    assert_eq!(load(example), None, "the example of `{name}` does not load");

    let mut odd = example.clone();
    odd["no_such_option"] = json!(1);
    let faults = load(&odd).unwrap_or_else(|| panic!("`{name}` takes unknown options"));
    assert!(
        faults
            .iter()
            .any(|fault| fault.keys() == ["no_such_option"]),
        "`{name}` does not name the unknown option: {faults:?}"
    );

    let properties = schema.get("properties").and_then(Value::as_object);
    for (option, description) in properties.into_iter().flatten() {
        let described = description.get("description").and_then(Value::as_str);
        assert!(
            described.is_some_and(|text| text.ends_with('.')),
            "`{name}.{option}` has no sentence"
        );
    }
}
