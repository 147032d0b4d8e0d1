//! Requests that the server must accept, and their answers.

use axum::http::Method;
use serde_json::{Value, json};

use super::{BASE, PNG, Server, call, file, get, id, post, text_part, upload};
use crate::mastodon::Mastodon;
use crate::mastodon::quote_policy::QUOTE_POLICIES;
use crate::request::Request;

#[test]
fn posts_are_accepted() {
    let form = |body: &str| {
        call(Method::POST, "/api/v1/statuses").with_body("application/x-www-form-urlencoded", body)
    };
    let url = format!("https://example.org/{}", "x".repeat(600));
    let full = format!("{} {url}", "x".repeat(476));
    let rows: Vec<(&str, Request, Value)> = vec![
        (
            "JSON",
            post(&json!({"status": "hi"})),
            json!({"visibility": "public"}),
        ),
        (
            "a form",
            form("status=a+b%21"),
            json!({"content": "<p>a b!</p>"}),
        ),
        (
            "a full text",
            post(&json!({"status": full})),
            json!({"sensitive": false}),
        ),
        (
            "a mention counts without its domain",
            post(
                &json!({"status": format!("@bob@{}.example {}", "x".repeat(60), "x".repeat(495))}),
            ),
            json!({"mentions": []}),
        ),
        (
            "a content warning",
            post(&json!({"status": "hi", "spoiler_text": "cw", "visibility": "unlisted"})),
            json!({"sensitive": true, "spoiler_text": "cw", "visibility": "unlisted"}),
        ),
        (
            "a content warning alone is the text",
            post(&json!({"status": "", "spoiler_text": "cw"})),
            json!({"spoiler_text": "", "content": "<p>cw</p>"}),
        ),
        (
            "language, hashtag and policy",
            post(
                &json!({"status": "hi #Rust", "language": "de", "quote_approval_policy": QUOTE_POLICIES[2]}),
            ),
            json!({"language": "de", "tags": [{"name": "rust", "url": format!("{BASE}/tags/rust")}]}),
        ),
        (
            "a time in the past",
            post(&json!({"status": "hi", "scheduled_at": "2026-11-28T11:00:00Z"})),
            json!({"created_at": "2026-11-28T12:00:00.000Z"}),
        ),
    ];
    for (name, request, expected) in rows {
        let mut server = Server::new();
        let answer = server.send(&request);
        assert_eq!(answer.status, 200, "{name}: {}", answer.content());
        let body = answer.value();
        for (field, value) in expected.as_object().unwrap() {
            assert_eq!(body[field], *value, "{name}");
        }
        let id = id(&answer);
        assert_eq!(body["url"], format!("{BASE}/@alice/{id}"), "{name}");
        assert_eq!(body["card"], Value::Null, "{name}");
        assert_eq!(server.mastodon.statuses.len(), 1, "{name}");
    }
}

#[test]
fn unknown_parameters_are_ignored_on_request() {
    let mut server = Server::of(Mastodon::new().with_unknown_parameters());
    assert_eq!(
        server.send(&post(&json!({"status": "hi", "a": 1}))).status,
        200
    );
}

#[test]
fn scheduled_post_has_its_own_entity() {
    let mut server = Server::new();
    let body = json!({"status": "hi", "scheduled_at": "2026-11-28T12:05:01Z"});
    let answer = server.send(&post(&body));
    assert_eq!(answer.value()["scheduled_at"], "2026-11-28T12:05:01.000Z");
    assert_eq!(answer.value()["params"]["text"], "hi");
    assert_eq!(answer.value()["url"], Value::Null);
    assert!(server.mastodon.statuses.is_empty());
    assert_eq!(server.mastodon.scheduled.len(), 1);
}

#[test]
fn upload_is_processed_in_time() {
    let slow = Mastodon::new().with_media_processing(jiff::SignedDuration::from_secs(5));
    let mut server = Server::of(slow);
    let parts = vec![file("image/png", PNG), text_part("description", "a cat")];
    let answer = server.send(&upload(parts));
    assert_eq!(answer.status, 202);
    assert_eq!(answer.value()["url"], Value::Null);
    assert_eq!(answer.value()["description"], "a cat");
    let target = format!("/api/v1/media/{}", id(&answer));
    assert_eq!(server.send(&get(&target)).status, 206);
    server.advance(5);
    let ready = server.send(&get(&target));
    assert_eq!(ready.status, 200);
    assert!(ready.value()["url"].as_str().unwrap().starts_with(BASE));
    let medium = id(&ready);
    let posted = server.send(&post(&json!({"media_ids": [medium]})));
    assert_eq!(
        posted.value()["media_attachments"][0]["id"],
        medium.as_str()
    );
    assert_eq!(server.send(&get(&target)).status, 404);
}

#[test]
fn edit_keeps_the_identifier() {
    let mut server = Server::new();
    let id = server.post("hi");
    server.advance(60);
    let target = format!("/api/v1/statuses/{id}");
    let edited = json!({"status": "ho", "language": "fr"});
    let answer = server.send(&call(Method::PUT, &target).with_json(&edited));
    assert_eq!(answer.value()["edited_at"], "2026-11-28T12:01:00.000Z");
    assert_eq!(answer.value()["content"], "<p>ho</p>");
    assert_eq!(server.send(&get(&target)).value()["language"], "fr");
    let [status] = server.mastodon.statuses.as_slice() else {
        panic!("one post");
    };
    assert_eq!(status.earlier_texts, ["hi"]);
    server.advance(60);
    let same = server.send(&call(Method::PUT, &target).with_json(&edited));
    assert_eq!(same.value()["edited_at"], "2026-11-28T12:01:00.000Z");
}

#[test]
fn edit_removes_what_it_leaves_out() {
    let mut server = Server::new();
    let medium = id(&server.send(&upload(vec![file("image/png", PNG)])));
    let body = json!({"status": "hi", "media_ids": [medium], "spoiler_text": "careful"});
    let id = id(&server.send(&post(&body)));
    let target = format!("/api/v1/statuses/{id}");
    let edit = |body: &Value| call(Method::PUT, &target).with_json(body);
    let kept = json!({"status": "ho", "media_ids": [medium], "spoiler_text": "careful"});
    let answer = server.send(&edit(&kept)).value();
    assert_eq!(answer["media_attachments"][0]["id"], medium.as_str());
    assert_eq!(answer["spoiler_text"], "careful");
    let answer = server.send(&edit(&json!({"status": "ho"}))).value();
    assert_eq!(answer["media_attachments"], json!([]));
    assert_eq!(answer["spoiler_text"], "");
    let source = server.send(&get(&format!("{target}/source"))).value();
    assert_eq!(source, json!({"id": id, "text": "ho", "spoiler_text": ""}));
}

#[test]
fn deleted_post_frees_its_media() {
    let mut server = Server::new();
    let medium = server.upload();
    let body = json!({"status": "hi", "media_ids": [medium]});
    let id = id(&server.send(&post(&body)));
    assert_eq!(server.send(&post(&body)).status, 422);
    server.send(&call(Method::DELETE, &format!("/api/v1/statuses/{id}")));
    assert_eq!(server.send(&post(&body)).status, 200);
}

#[test]
fn delete_returns_the_source() {
    let mut server = Server::new();
    let id = server.post("a & b");
    let target = format!("/api/v1/statuses/{id}");
    let answer = server.send(&call(Method::DELETE, &target));
    assert_eq!(answer.value()["text"], "a & b");
    assert_eq!(server.send(&get(&target)).status, 404);
    assert_eq!(server.send(&call(Method::DELETE, &target)).status, 404);
}

#[test]
fn private_posts_need_a_token() {
    let mut server = Server::new();
    let private = server.send(&post(&json!({"status": "hi", "visibility": "private"})));
    let target = format!("/api/v1/statuses/{}", id(&private));
    assert_eq!(server.send(&get(&target)).status, 200);
    assert_eq!(
        server.send(&get(&target).without("authorization")).status,
        404
    );
}

#[test]
fn account_has_its_name() {
    let answer = Server::new().send(&get("/api/v1/accounts/verify_credentials"));
    assert_eq!(answer.value()["acct"], "alice");
    assert_eq!(answer.value()["source"]["privacy"], "public");
    let mut profile = Server::of(Mastodon::new().with_token("p", "profile"));
    let request = get("/api/v1/accounts/verify_credentials").with("authorization", "Bearer p");
    assert_eq!(profile.send(&request).status, 200);
}

#[test]
fn instance_reports_limits_and_software() {
    let mut server = Server::of(Mastodon::new().with_limits(1000, 32));
    for target in ["/api/v1/instance", "/api/v2/instance"] {
        let body = server.send(&get(target).without("authorization")).value();
        let statuses = &body["configuration"]["statuses"];
        assert_eq!(statuses["max_characters"], 1000);
        assert_eq!(statuses["characters_reserved_per_url"], 32);
    }
    let links = server.send(&get("/.well-known/nodeinfo")).value();
    assert_eq!(links["links"][0]["href"], format!("{BASE}/nodeinfo/2.0"));
    let software = server.send(&get("/nodeinfo/2.0")).value()["software"].take();
    assert_eq!(software, json!({"name": "mastodon", "version": "4.5.1"}));
}

#[test]
fn timeline_has_pages() {
    let mut server = Server::new();
    let mut ids: Vec<String> = (0..5).map(|n| server.post(&n.to_string())).collect();
    ids.reverse();
    let account = server.send(&get("/api/v1/accounts/verify_credentials"));
    let path = format!("/api/v1/accounts/{}/statuses", id(&account));
    let mut page = |query: &str| -> (Vec<String>, Option<String>) {
        let answer = server.send(&get(&format!("{path}?{query}")));
        let statuses = answer.value();
        let statuses = statuses.as_array().unwrap().iter();
        let ids = statuses.map(|status| status["id"].as_str().unwrap().to_owned());
        (ids.collect(), answer.header("link").map(str::to_owned))
    };
    let (first, link) = page("limit=2");
    assert_eq!(first, ids[..2]);
    assert_eq!(
        link.unwrap(),
        format!(
            "<{BASE}{path}?limit=2&max_id={}>; rel=\"next\", <{BASE}{path}?limit=2&min_id={}>; rel=\"prev\"",
            ids[1], ids[0]
        )
    );
    assert_eq!(page(&format!("limit=2&max_id={}", ids[1])).0, ids[2..4]);
    let (last, link) = page(&format!("limit=2&max_id={}", ids[3]));
    assert_eq!(last, ids[4..]);
    assert!(!link.unwrap().contains("next"));
    assert_eq!(page(&format!("limit=2&min_id={}", ids[4])).0, ids[2..4]);
    assert_eq!(page(&format!("limit=2&since_id={}", ids[4])).0, ids[..2]);
    assert_eq!(page(&format!("max_id={}", ids[4])), (vec![], None));
    assert_eq!(page("limit=500").0.len(), 5);
}
