//! The JSON Schema of pipeline.yaml, for completion and checks in editors. It is generated from the types
//! into which the file is read, so that both always agree.

use schemars::Schema;
use serde_json::{Map, Value, json};

use syndicate_api::{SinkPlugin, options_schema};

use super::ledger::LedgerOptions;
use super::policy::{Policy, SINK_POLICY_KEYS};
use super::program_options::{COMMAND_KEY, EXEC, ProgramOptions};
use super::row::SINK_KEYS;
use crate::registry::{BUILT_IN, Registry};

/// The options of other programs that only sinks have.
const PROGRAM_SINK_KEYS: [&str; 2] = ["endpoint", "profile"];

/// Returns the schema of a pipeline with these plugins.
#[must_use]
pub fn pipeline_schema(registry: &Registry) -> Value {
    let policy = plain(options_schema::<Policy>());
    let sources: Vec<_> = registry
        .sources
        .iter()
        .map(|plugin| component(plugin.name, plugin.summary, (plugin.schema)(), &[]))
        .chain(programs("Reads items", &[]))
        .collect();
    let transforms: Vec<_> = registry
        .transforms
        .iter()
        .map(|plugin| component(plugin.name, plugin.summary, (plugin.schema)(), &["inputs"]))
        .chain(programs("Changes or skips items", &["inputs"]))
        .collect();
    let sinks: Vec<_> = registry
        .sinks
        .iter()
        .map(|plugin| sink(plugin, &policy))
        .chain(programs("Publishes posts", SINK_KEYS).map(|program| with_policy(program, &policy)))
        .collect();
    let mut properties = Map::new();
    properties.insert(
        "sources".to_owned(),
        kind("The sources of items.", &sources),
    );
    properties.insert(
        "transforms".to_owned(),
        kind("The transforms that items pass through.", &transforms),
    );
    properties.insert(
        "sinks".to_owned(),
        kind("The sinks that publish posts.", &sinks),
    );
    properties.insert("mentions".to_owned(), mentions());
    properties.insert("policy".to_owned(), policy);
    properties.insert(
        "ledger".to_owned(),
        plain(options_schema::<LedgerOptions>()),
    );
    for plugin in registry.sources {
        if let Some(block) = plugin.defaults {
            let mut schema = plain((plugin.schema)());
            schema["description"] = json!(format!(
                "Defaults for every source of type `{}`.",
                plugin.name
            ));
            properties.insert(block.to_owned(), schema);
        }
    }
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "pipeline.yaml of syndicate",
        "type": "object",
        "required": ["sources"],
        "additionalProperties": false,
        "properties": properties,
    })
}

fn mentions() -> Value {
    json!({
        "description": "Accounts that templates can mention with `{{mention \"KEY\"}}`.",
        "type": ["object", "null"],
        "additionalProperties": {
            "type": "object",
            "required": ["name"],
            "properties": {
                "name": {"description": "The displayed name.", "type": "string"},
            },
            "additionalProperties": {
                "description": "The account's identifier on the sinks of this name or type, such as `urn:li:organization:2414183`.",
                "type": "string",
            },
        },
    })
}

fn kind(description: &str, components: &[Value]) -> Value {
    json!({
        "description": description,
        "type": ["object", "null"],
        "additionalProperties": {"oneOf": components},
    })
}

fn component(name: &str, summary: &str, schema: Schema, own: &[&str]) -> Value {
    let mut value = plain(schema);
    value["description"] = json!(summary);
    let mut required = vec![json!("type")];
    required.extend(value["required"].as_array().into_iter().flatten().cloned());
    value["required"] = Value::Array(required);
    value["additionalProperties"] = json!(false);
    if let Some(Value::Object(properties)) = value.get_mut("properties") {
        properties.insert(
            "type".to_owned(),
            json!({"const": name, "description": summary}),
        );
        for key in own {
            properties.insert((*key).to_owned(), own_key(key));
        }
    } else {
        value["properties"] = json!({"type": {"const": name}});
    }
    value
}

/// Returns the schemas of components that are other programs: with a command, or with any type that is not built in.
/// They allow every option, because only the program knows its options.
fn programs(task: &str, own: &[&str]) -> [Value; 2] {
    let summary = format!("{task} with another program. All other keys are options of the plugin.");
    let mut exec = component(EXEC, &summary, options_schema::<ProgramOptions>(), own);
    exec["required"] = json!(["type", COMMAND_KEY]);
    exec["additionalProperties"] = json!(true);
    if own != SINK_KEYS
        && let Some(properties) = exec["properties"].as_object_mut()
    {
        properties.retain(|key, _| !PROGRAM_SINK_KEYS.contains(&key.as_str()));
    }
    let mut named = exec.clone();
    named["required"] = json!(["type"]);
    if let Some(properties) = named["properties"].as_object_mut() {
        properties.remove(COMMAND_KEY);
        let description = "The name of a plugin: of a program `syndicate-plugin-NAME` in the folder \
                           `plugins` beside pipeline.yaml, or in `PATH`.";
        let built_in = json!({"enum": built_in_types()});
        let kind = json!({"type": "string", "not": built_in, "description": description});
        properties.insert("type".to_owned(), kind);
    }
    [exec, named]
}

/// Returns the types that are not names of plugins.
fn built_in_types() -> Vec<&'static str> {
    let sources = BUILT_IN.sources.iter().map(|plugin| plugin.name);
    let transforms = BUILT_IN.transforms.iter().map(|plugin| plugin.name);
    let sinks = BUILT_IN.sinks.iter().map(|plugin| plugin.name);
    sources
        .chain(transforms)
        .chain(sinks)
        .chain([EXEC])
        .collect()
}

/// Returns the schema of a sink, with the keys of `policy` that it can override.
fn sink(plugin: &SinkPlugin, policy: &Value) -> Value {
    let value = component(plugin.name, plugin.summary, (plugin.schema)(), SINK_KEYS);
    with_policy(value, policy)
}

/// Returns the schema of a sink with the keys of `policy` that it can override.
fn with_policy(mut value: Value, policy: &Value) -> Value {
    let Some(Value::Object(properties)) = value.get_mut("properties") else {
        return value;
    };
    for key in SINK_POLICY_KEYS {
        let mut schema = policy["properties"][key].clone();
        schema["description"] = json!(format!("Overrides `policy.{key}` for this sink."));
        if let Some(schema) = schema.as_object_mut() {
            schema.remove("default");
        }
        properties.insert((*key).to_owned(), schema);
    }
    value
}

fn own_key(key: &str) -> Value {
    match key {
        "inputs" => json!({
            "description": "The sources and transforms whose items it gets.",
            "type": "array",
            "items": {"type": "string"},
        }),
        "template" => json!({
            "description": "The template file of the commentary.",
            "type": "string",
        }),
        _ => json!({
            "description": "The template of the commentary, as text.",
            "type": "string",
        }),
    }
}

/// Returns a plugin's schema for embedding in a larger one.
fn plain(schema: Schema) -> Value {
    let mut value = schema.to_value();
    if let Value::Object(map) = &mut value {
        map.remove("$schema");
        map.remove("title");
    }
    value
}
