//! Slots: values of a request that are filled after the payload was composed. They may stand in the body, in
//! segments of the path, in the query and in headers.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{Body, PartContent, Request};

/// The key of a slot: `{"$slot":"author"}` is replaced by the author's identifier, `{"$slot":"media:0"}` by
/// that of the first uploaded medium.
pub const SLOT_KEY: &str = "$slot";

/// The prefix of the slots that a receipt fills; the rest is a JSON Pointer into the receipt.
const RECEIPT: &str = "receipt:";

/// The values of slots, by name. The ledger records them with the intent, so they never contain a secret or a
/// signed URL.
pub type Slots = BTreeMap<String, Value>;

/// Returns the slot with this name:
///
/// | name | value | filled by |
/// |---|---|---|
/// | `author`, `media:N` and names of the sink | values of the platform | `prepare` |
/// | `now` | the time of the intent, as text in RFC 3339 with milliseconds | `seal` |
/// | `key` | the attempt's id, which no two attempts share | `seal` |
/// | `receipt:POINTER` | a value of the receipt, such as `receipt:/id` | the engine, in follow-ups and updates |
#[must_use]
pub fn slot(name: &str) -> Value {
    json!({ SLOT_KEY: name })
}

/// Replaces the slots of `request`. `receipt` fills the slots of a receipt; without it they stay.
///
/// # Errors
/// Returns an error that names the first slot without a value.
pub(super) fn fill_request(
    request: &Request,
    slots: &Slots,
    receipt: Option<&Value>,
) -> anyhow::Result<Request> {
    let fill = |value: &Value| fill_value(value, slots, receipt);
    let pairs = |pairs: &[(crate::Name, Value)]| {
        let filled = pairs
            .iter()
            .map(|(name, value)| Ok((name.clone(), fill(value)?)));
        filled.collect::<anyhow::Result<Vec<_>>>()
    };
    let body = match &request.body {
        Body::Json(value) => Body::Json(fill(value)?),
        Body::Form(fields) => Body::Form(pairs(fields)?),
        Body::Parts(parts) => {
            let mut parts = parts.clone();
            for part in &mut parts {
                if let PartContent::Text(text) = &mut part.content {
                    *text = fill(text)?;
                }
            }
            Body::Parts(parts)
        }
        body @ (Body::None | Body::Medium(_)) => body.clone(),
    };
    Ok(Request {
        method: request.method.clone(),
        path: request
            .path
            .iter()
            .map(fill)
            .collect::<anyhow::Result<_>>()?,
        query: pairs(&request.query)?,
        headers: pairs(&request.headers)?,
        body,
    })
}

fn fill_value(value: &Value, slots: &Slots, receipt: Option<&Value>) -> anyhow::Result<Value> {
    Ok(match value {
        Value::Object(map) => match map.get(SLOT_KEY).and_then(Value::as_str) {
            Some(name) if map.len() == 1 => slot_value(name, slots, receipt)?,
            _ => Value::Object(
                map.iter()
                    .map(|(key, value)| Ok((key.clone(), fill_value(value, slots, receipt)?)))
                    .collect::<anyhow::Result<_>>()?,
            ),
        },
        Value::Array(values) => Value::Array(
            values
                .iter()
                .map(|value| fill_value(value, slots, receipt))
                .collect::<anyhow::Result<_>>()?,
        ),
        scalar => scalar.clone(),
    })
}

fn slot_value(name: &str, slots: &Slots, receipt: Option<&Value>) -> anyhow::Result<Value> {
    let Some(pointer) = name.strip_prefix(RECEIPT) else {
        let filled = slots.get(name).cloned();
        return filled.ok_or_else(|| anyhow::anyhow!("slot `{name}` is not filled"));
    };
    let Some(receipt) = receipt else {
        return Ok(slot(name));
    };
    let value = receipt.pointer(pointer).filter(|value| !value.is_null());
    value
        .cloned()
        .ok_or_else(|| anyhow::anyhow!("the receipt has no value for slot `{name}`"))
}
