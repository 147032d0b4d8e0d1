//! Keeps the creating request out of dialogues, whose requests may be repeated.

use serde_json::{Value, json};
use syndicate_api::{Request, SLOT_KEY};

/// Returns `true` if `request` is the creating request `create`, perhaps with other values in its slots.
pub(super) fn is_creating(create: &Request, request: &Request) -> bool {
    let value =
        |request: &Request| json!([request.method, request.path, request.query, request.body]);
    is_filled(&value(create), &value(request))
}

/// Returns `true` if `value` is `template`, in which a slot stands for any value.
fn is_filled(template: &Value, value: &Value) -> bool {
    match (template, value) {
        (Value::Object(map), _) if map.len() == 1 && map.contains_key(SLOT_KEY) => true,
        (Value::Object(wanted), Value::Object(found)) => {
            let is_member = |(key, value): (&String, &Value)| {
                found.get(key).is_some_and(|found| is_filled(value, found))
            };
            wanted.len() == found.len() && wanted.iter().all(is_member)
        }
        (Value::Array(wanted), Value::Array(found)) => {
            let mut pairs = wanted.iter().zip(found);
            wanted.len() == found.len() && pairs.all(|(wanted, found)| is_filled(wanted, found))
        }
        (wanted, found) => wanted == found,
    }
}

#[cfg(test)]
mod tests {
    use syndicate_api::slot;

    use super::*;

    #[test]
    fn filled_slots_do_not_hide_creating_request() {
        let create = Request::post("/posts").json(json!({"title": "A", "image": slot("media:0")}));
        let same = Request::post("/posts").json(json!({"title": "A", "image": {"id": 7}}));
        assert!(is_creating(&create, &create) && is_creating(&create, &same));
        for other in [
            Request::post("/posts").json(json!({"title": "B", "image": 7})),
            Request::post("/posts").json(json!({"title": "A"})),
            Request::post("/posts").json(json!({"query": "{ me { id } }"})),
            Request::new("GET", "/posts"),
            Request::post("/posts").query("dry", "1"),
        ] {
            assert!(!is_creating(&create, &other), "{other:?}");
        }
    }
}
