//! Requests that the server must accept, and their answers.

use axum::http::Method;
use serde_json::{Value, json};

use super::{BASE, Server, call, create, get, update};
use crate::devto::{Devto, MODERATOR_KEY};

#[test]
fn articles_are_accepted() {
    for (name, fields, expected) in [
        (
            "a draft",
            json!({}),
            json!({"title": "A title", "published_at": null, "description": "Text",
                   "canonical_url": format!("{BASE}/alice/a-title-temp-slug-101"),
                   "url": format!("{BASE}/alice/a-title-temp-slug-101")}),
        ),
        (
            "all fields",
            json!({
                "published": true, "tags": ["Rust", "CI"], "series": "s",
                "canonical_url": "https://example.org/a", "description": "d",
                "main_image": "https://example.org/a.png", "organization_id": 7,
            }),
            json!({
                "published_at": "2026-11-28T12:00:01Z", "tags": ["rust", "ci"],
                "tag_list": "rust, ci", "canonical_url": "https://example.org/a",
                "description": "d", "cover_image": "https://example.org/a.png",
                "slug": "a-title-65",
            }),
        ),
        (
            "front matter",
            json!({"published": false, "tags": ["x"], "canonical_url": "https://example.org/x",
                   "description": "x", "series": "x", "body_markdown":
                   "---\ntitle: B\npublished: true\ntags: c, d\ncanonical_url: https://example.org/b\n\
                    cover_image: https://example.org/b.png\n---\nBody"}),
            json!({"title": "B", "published_at": "2026-11-28T12:00:01Z", "tags": ["c", "d"],
                   "canonical_url": "https://example.org/b", "description": "Body",
                   "cover_image": "https://example.org/b.png", "collection_id": null}),
        ),
        (
            "code with Liquid",
            json!({"body_markdown": "```\n{% for a in b %}{{ a }}\n```\n\n`{{ b }}`"}),
            json!({"body_html": "```\n{% for a in b %}{{ a }}\n```\n\n`{{ b }}`"}),
        ),
        (
            "a long body",
            json!({"body_markdown": "x".repeat(200)}),
            json!({"description": format!("{}...", "x".repeat(101))}),
        ),
    ] {
        let mut server = Server::of(Devto::new().with_organization(7));
        let answer = server.send(&create(fields));
        assert_eq!(answer.status, 201, "{name}: {}", answer.content());
        let body = answer.value();
        for (field, value) in expected.as_object().unwrap() {
            assert_eq!(body[field], *value, "{name}: {field}");
        }
        assert_eq!(answer.header("location"), body["url"].as_str(), "{name}");
    }
}

#[test]
fn update_changes_sent_fields_only() {
    let mut server = Server::new();
    let id = server.create(json!({"tags": ["rust"], "canonical_url": "https://example.org/a"}));
    let answer = server.send(&update(id, &json!({"title": "B"})));
    assert_eq!(answer.status, 200);
    assert_eq!(answer.value()["title"], "B");
    assert_eq!(answer.value()["tags"], json!(["rust"]));
    assert_eq!(answer.value()["edited_at"], Value::Null);
    let published = server.send(&update(id, &json!({"published": true})));
    assert_eq!(published.value()["published_at"], "2026-11-28T12:00:03Z");
    assert_eq!(published.value()["slug"], "b-65");
    let edited = server.send(&update(id, &json!({"body_markdown": "New"})));
    assert_eq!(edited.value()["edited_at"], "2026-11-28T12:00:04Z");
    let hidden = server.send(&update(id, &json!({"published": false})));
    assert_eq!(hidden.status, 200);
    assert!(!server.devto.articles[0].published);
}

#[test]
fn only_published_articles_are_shown() {
    let mut server = Server::new();
    let draft = server.create(json!({"title": "A"}));
    let public = server.create(json!({"title": "B", "published": true}));
    assert_eq!(
        server.send(&get(&format!("/api/articles/{draft}"))).status,
        404
    );
    let shown = server.send(&get(&format!("/api/articles/{public}")).without("api-key"));
    assert_eq!(shown.value()["title"], "B");
}

#[test]
fn list_has_pages_and_drafts_first() {
    let mut server = Server::new();
    for (title, published) in [("A", true), ("B", false), ("C", true), ("D", false)] {
        server.create(json!({"title": title, "published": published}));
    }
    let mut titles = |target: &str| -> Vec<String> {
        let body = server.send(&get(target)).value();
        let entries = body.as_array().unwrap().iter();
        entries
            .map(|entry| entry["title"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(titles("/api/articles/me/all"), ["D", "B", "C", "A"]);
    assert_eq!(titles("/api/articles/me/published"), ["C", "A"]);
    assert_eq!(titles("/api/articles/me"), ["C", "A"]);
    assert_eq!(titles("/api/articles/me/unpublished"), ["D", "B"]);
    assert_eq!(titles("/api/articles/me/all?per_page=3"), ["D", "B", "C"]);
    assert_eq!(titles("/api/articles/me/all?per_page=3&page=2"), ["A"]);
    assert!(titles("/api/articles/me/all?per_page=3&page=3").is_empty());
}

#[test]
fn moderator_unpublishes() {
    let mut server = Server::new();
    let id = server.create(json!({"published": true}));
    let request = call(Method::PUT, &format!("/api/articles/{id}/unpublish"));
    assert_eq!(server.send(&request).status, 401);
    let moderator = request.with("api-key", MODERATOR_KEY);
    assert_eq!(server.send(&moderator).status, 204);
    assert!(!server.devto.articles[0].published);
    assert_eq!(server.send(&moderator).status, 401);
}

#[test]
fn key_names_its_account() {
    let mut server = Server::new();
    let answer = server.send(&get("/api/users/me"));
    assert_eq!(answer.value()["username"], "alice");
    let without = server.send(&get("/api/users/me").without("api-key"));
    assert_eq!(without.status, 401);
}
