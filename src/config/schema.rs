//! The JSON Schema of pipeline.yaml, from which editors complete and check. It is put together from
//! the very types that the file is read into, so that it cannot say anything else.

use schemars::Schema;
use serde_json::{Map, Value, json};

use syndicate_api::options_schema;

use super::ledger::LedgerOptions;
use super::policy::Policy;
use super::row::SINK_KEYS;
use crate::registry::Registry;

/// The schema of a pipeline made of these plugins.
#[must_use]
pub fn pipeline_schema(registry: &Registry) -> Value {
    let sources: Vec<_> = registry
        .sources
        .iter()
        .map(|plugin| component(plugin.name, plugin.summary, (plugin.schema)(), &[]))
        .collect();
    let transforms: Vec<_> = registry
        .transforms
        .iter()
        .map(|plugin| component(plugin.name, plugin.summary, (plugin.schema)(), &["inputs"]))
        .collect();
    let sinks: Vec<_> = registry
        .sinks
        .iter()
        .map(|plugin| component(plugin.name, plugin.summary, (plugin.schema)(), SINK_KEYS))
        .collect();
    let mut properties = Map::new();
    properties.insert(
        "sources".to_owned(),
        kind("Where items come from.", &sources),
    );
    properties.insert(
        "transforms".to_owned(),
        kind("What happens to items on their way.", &transforms),
    );
    properties.insert("sinks".to_owned(), kind("Where posts go.", &sinks));
    properties.insert("mentions".to_owned(), mentions());
    properties.insert("policy".to_owned(), plain(options_schema::<Policy>()));
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
        "description": "Who may be mentioned in templates, by what `{{mention \"KEY\"}}` calls them.",
        "type": ["object", "null"],
        "additionalProperties": {
            "type": "object",
            "required": ["name"],
            "properties": {
                "name": {"description": "The name that readers see.", "type": "string"},
            },
            "additionalProperties": {
                "description": "Who they are on the sinks of this name or type, such as `urn:li:organization:2414183`.",
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

fn own_key(key: &str) -> Value {
    match key {
        "inputs" => json!({
            "description": "The sources and transforms that it reads.",
            "type": "array",
            "items": {"type": "string"},
        }),
        "template" => json!({
            "description": "The file of the template that the commentary is made with.",
            "type": "string",
        }),
        _ => json!({
            "description": "The template that the commentary is made with, here and not in a file.",
            "type": "string",
        }),
    }
}

/// A plugin's schema as part of a larger one.
fn plain(schema: Schema) -> Value {
    let mut value = schema.to_value();
    if let Value::Object(map) = &mut value {
        map.remove("$schema");
        map.remove("title");
    }
    value
}
