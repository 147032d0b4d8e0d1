//! Keeps the creating request out of dialogues, whose requests may be repeated.

use percent_encoding::percent_decode_str;
use serde_json::{Value, json};
use syndicate_api::{Request, SLOT_KEY};
use url::Url;

/// Returns `true` if `request` is the creating request `create`, perhaps with other values in its slots.
pub(super) fn is_creating(create: &Request, request: &Request) -> bool {
    let value =
        |request: &Request| json!([request.method, request.path, request.query, request.body]);
    is_filled(&value(create), &value(request))
}

/// Returns `request` with the path and the query of `url` if that is below `endpoint`, so that an absolute URL does not
/// hide the creating request.
pub(super) fn below_endpoint(mut request: Request, url: &str, endpoint: &str) -> Request {
    let (Ok(url), Ok(endpoint)) = (Url::parse(url), Url::parse(endpoint)) else {
        return request;
    };
    let base = endpoint.path().trim_end_matches('/');
    let rest = url
        .path()
        .strip_prefix(base)
        .filter(|_| url.origin() == endpoint.origin());
    let Some(rest) = rest.and_then(|rest| rest.strip_prefix('/')) else {
        return request;
    };
    let decode = |segment: &str| percent_decode_str(segment).decode_utf8_lossy().into_owned();
    request.path = rest
        .split('/')
        .map(|segment| decode(segment).into())
        .collect();
    let pairs = url.query_pairs();
    let pairs = pairs.map(|(name, value)| (name.into_owned().into(), value.into_owned().into()));
    request.query = pairs.collect();
    request
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
    fn absolute_url_does_not_hide_creating_request() {
        let body = json!({"title": "A"});
        let create = Request::post("/posts")
            .segment("a b")
            .query("f", "1 2")
            .json(body.clone());
        let call = Request::post("").json(body);
        for (url, expected) in [
            ("https://a.example/api/posts/a%20b?f=1+2", true),
            ("https://a.example:443/api/posts/%61%20b?f=1%202", true),
            ("https://a.example/api/posts/a%20b", false),
            ("https://a.example/posts/a%20b?f=1+2", false),
            ("https://b.example/api/posts/a%20b?f=1+2", false),
        ] {
            let request = below_endpoint(call.clone(), url, "https://a.example/api/");
            assert_eq!(is_creating(&create, &request), expected, "{url}");
        }
    }

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
