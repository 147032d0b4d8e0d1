//! snac2, whose Mastodon API differs from Mastodon's in ways that a sink must expect.

use serde_json::{Value, json};
use syndicate_api::http::HttpRequest;

use crate::support::client::{get, json_request, send};
use crate::support::servers::Snac;

/// Creates a status with this text and idempotency key.
fn create(server: &Snac, text: &str, key: &str) -> Value {
    let url = format!("{}/api/v1/statuses", server.url);
    let body = json!({"status": text, "visibility": "public"});
    let request = json_request("POST", &url, &server.token, &body);
    let response = send(request.header("idempotency-key", key));
    assert_eq!(response.status, 200);
    response.json()
}

#[test]
#[ignore = "needs snac2: tests/run installs it"]
fn only_first_instance_version_exists() {
    let server = Snac::start();
    let current = get(&format!("{}/api/v2/instance", server.url), "");
    assert_eq!(current.status, 404);
    let former = get(&format!("{}/api/v1/instance", server.url), "").json();
    let limits = &former["configuration"]["statuses"];
    assert_eq!(limits["max_characters"], 100_000);
    assert_eq!(limits["characters_reserved_per_url"], 32);
    let links = get(&format!("{}/.well-known/nodeinfo", server.url), "").json();
    let address = links["links"][0]["href"].as_str().unwrap();
    let software = get(address, "").json()["software"].take();
    assert_eq!(software["name"], "snac");
}

#[test]
#[ignore = "needs snac2: tests/run installs it"]
fn repeated_idempotency_key_posts_twice() {
    let server = Snac::start();
    let text = "New: One https://blog.example/one";
    let first = create(&server, text, "key");
    let second = create(&server, text, "key");
    assert_ne!(first["id"], second["id"]);
    let statuses = server.statuses();
    let ids: Vec<&Value> = statuses.iter().map(|status| &status["id"]).collect();
    assert_eq!(ids, [&second["id"], &first["id"]]);
}

#[test]
#[ignore = "needs snac2: tests/run installs it"]
fn status_is_edited_but_not_deleted() {
    let server = Snac::start();
    let status = create(&server, "Hello", "key");
    let url = format!(
        "{}/api/v1/statuses/{}",
        server.url,
        status["id"].as_str().unwrap()
    );
    let body = json!({"status": "Hello again"});
    let edited = send(json_request("PUT", &url, &server.token, &body));
    assert_eq!(edited.status, 200);
    let request = HttpRequest::new("DELETE", url.as_str());
    let deleted = send(request.header("authorization", format!("Bearer {}", server.token)));
    assert_eq!(deleted.status, 404);
    let statuses = server.statuses();
    assert_eq!(statuses.len(), 1);
    let content = statuses[0]["content"].as_str().unwrap();
    assert!(content.contains("Hello again"), "{content}");
}

#[test]
#[ignore = "needs snac2: tests/run installs it"]
fn refusal_of_bad_token_is_html() {
    let server = Snac::start();
    let url = format!("{}/api/v1/statuses", server.url);
    let refusal = send(json_request(
        "POST",
        &url,
        "bad",
        &json!({"status": "Hello"}),
    ));
    assert_eq!(refusal.status, 401);
    let content_type = refusal.header("content-type").unwrap();
    assert!(content_type.starts_with("text/html"), "{content_type}");
    assert_eq!(server.statuses(), [] as [Value; 0]);
}
