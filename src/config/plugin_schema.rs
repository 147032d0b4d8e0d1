//! Adds the options of plugins that are other programs to the schema of pipeline.yaml.

use plugin_protocol::Manifest;
use serde_json::{Map, Value, json};

use super::program_options::EXEC;
use crate::host::DescribedPlugin;

/// Adds the options of plugins, each for the component that uses it.
pub(crate) fn add_plugins(schema: &mut Value, plugins: &[DescribedPlugin]) {
    for DescribedPlugin {
        name,
        kind,
        manifest,
    } in plugins
    {
        add(schema, name, kind, manifest);
    }
}

/// Adds the component `name` of the type `kind`. A key that the plugin does not have is an error for editors, too.
fn add(schema: &mut Value, name: &str, kind: &str, manifest: &Manifest) {
    let section = format!("{}s", manifest.kind.as_str());
    let section = &mut schema["properties"][section];
    // The last two components of a section are those with a command and those with the name of a plugin.
    let mut any = section["additionalProperties"]["oneOf"]
        .as_array()
        .into_iter()
        .flatten()
        .rev();
    let (named, exec) = (any.next(), any.next());
    let base = if kind == EXEC { exec } else { named };
    let Some(mut component) = base.cloned() else {
        return;
    };
    let options = manifest.options.as_ref();
    let part = |key: &str| options.and_then(|options| options.get(key));
    if let Some(properties) = component["properties"].as_object_mut() {
        properties.insert("type".to_owned(), json!({"const": kind}));
        for key in manifest.wants.secrets.keys() {
            let description = "A secret of the plugin, such as `${NAME}`.";
            properties.insert(
                key.clone(),
                json!({"type": "string", "description": description}),
            );
        }
        let own = part("properties").and_then(Value::as_object).cloned();
        properties.extend(own.unwrap_or_default());
    }
    if let (Some(required), Some(more)) = (
        component["required"].as_array_mut(),
        part("required").and_then(Value::as_array),
    ) {
        required.extend(more.iter().cloned());
    }
    let rest = part("additionalProperties").cloned();
    component["additionalProperties"] = rest.unwrap_or(json!(false));
    if !manifest.summary.is_empty() {
        component["description"] = json!(manifest.summary);
    }
    if section["properties"].is_null() {
        section["properties"] = Value::Object(Map::new());
    }
    section["properties"][name] = component;
}
