//! Fills the slots of a request.

use serde_json::Value;

use super::slot::{SLOT_KEY, Slots, slot};
use super::{Body, PartContent, Request};

/// The prefix of the slots that a receipt fills; the rest is a JSON Pointer into the receipt.
const RECEIPT: &str = "receipt:";

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
        Body::Message { protocol, content } => Body::Message {
            protocol: protocol.clone(),
            content: fill(content)?,
        },
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
