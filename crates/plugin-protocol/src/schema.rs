//! The JSON Schemas of the messages.

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, SchemaGenerator};
use serde_json::{Value, json};

use crate::{
    AccountOk, Answer, CallAnswers, Cancel, ComposeOk, FindOk, HostHello, LimitsOk, ListOk,
    Manifest, OpenOk, PostReceipt, PrepareOk, Request, ScanOk, SealOk, TransformOk,
};

/// Returns a JSON Schema with a definition for each message. `host_line` is a line that the host writes, `plugin_line`
/// one that a plugin writes; the results of requests are `open_ok`, `scan_ok`, `transform_ok` and so on.
#[must_use]
pub fn schema() -> Value {
    let mut generator = SchemaSettings::draft2020_12().into_generator();
    let host_line = json!({
        "description": "A line that the host writes.",
        "anyOf": [
            of::<HostHello>(&mut generator),
            of::<Request>(&mut generator),
            of::<CallAnswers>(&mut generator),
            of::<Cancel>(&mut generator),
        ],
    });
    let manifest = of::<Manifest>(&mut generator);
    let plugin_line = json!({
        "description": "A line that a plugin writes. Any other line is shown as its log.",
        "anyOf": [
            {"type": "object", "required": ["hello"], "properties": {"hello": manifest}},
            of::<Answer>(&mut generator),
        ],
    });
    let results = json!({
        "open_ok": of::<OpenOk>(&mut generator),
        "scan_ok": of::<ScanOk>(&mut generator),
        "transform_ok": of::<TransformOk>(&mut generator),
        "limits_ok": of::<LimitsOk>(&mut generator),
        "compose_ok": of::<ComposeOk>(&mut generator),
        "account_ok": of::<AccountOk>(&mut generator),
        "prepare_ok": of::<PrepareOk>(&mut generator),
        "seal_ok": of::<SealOk>(&mut generator),
        "find_ok": of::<FindOk>(&mut generator),
        "list_ok": of::<ListOk>(&mut generator),
        "locate_ok": of::<PostReceipt>(&mut generator),
        "update_ok": of::<PostReceipt>(&mut generator),
    });
    let mut definitions = generator.take_definitions(true);
    definitions.insert("host_line".to_owned(), host_line);
    definitions.insert("plugin_line".to_owned(), plugin_line);
    if let Value::Object(results) = results {
        definitions.extend(results);
    }
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Plugin protocol of syndicate, version 1",
        "anyOf": [{"$ref": "#/$defs/host_line"}, {"$ref": "#/$defs/plugin_line"}],
        "$defs": definitions,
    })
}

fn of<T: JsonSchema>(generator: &mut SchemaGenerator) -> Value {
    generator.subschema_for::<T>().to_value()
}
