//! Requests that the server must refuse, each with the status and the error.

use axum::http::Method;
use serde_json::json;

use super::{Server, call, create, get, update};
use crate::devto::Devto;
use crate::request::Request;

const STRICT: &str = "";

#[test]
fn requests_are_refused() {
    let body = |body: &str| call(Method::POST, "/api/articles").with_body("application/json", body);
    let rows: Vec<(&str, Request, u16, &str)> = vec![
        (
            "no key",
            create(json!({})).without("api-key"),
            401,
            "unauthorized",
        ),
        (
            "another key",
            create(json!({})).with("api-key", "x"),
            401,
            "unauthorized",
        ),
        (
            "the key as a bearer token",
            create(json!({}))
                .without("api-key")
                .with("authorization", "Bearer alice-key"),
            401,
            "unauthorized",
        ),
        (
            "no media type",
            create(json!({})).without("accept"),
            400,
            STRICT,
        ),
        (
            "JSON with the type of text",
            create(json!({})).with("content-type", "text/plain"),
            422,
            "article param must be a JSON object. You provided article as a NilClass",
        ),
        (
            "broken JSON",
            body("{"),
            400,
            "Error occurred while parsing request parameters",
        ),
        (
            "fields without an article",
            body(r#"{"title": "A"}"#),
            422,
            "article param must be a JSON object. You provided article as a NilClass",
        ),
        (
            "an article that is text",
            body(r#"{"article": "A"}"#),
            422,
            "article param must be a JSON object. You provided article as a String",
        ),
        (
            "no title",
            create(json!({"title": ""})),
            422,
            "Title can't be blank",
        ),
        (
            "a long title",
            create(json!({"title": "x".repeat(129)})),
            422,
            "Title is too long (maximum is 128 characters for full_post)",
        ),
        (
            "no body",
            create(json!({"body_markdown": null})),
            422,
            "Body markdown is too short (minimum is 0 characters)",
        ),
        (
            "a body that is missing",
            body(r#"{"article": {"title": "A"}}"#),
            422,
            "Body markdown is too short (minimum is 0 characters)",
        ),
        (
            "two thematic breaks",
            create(json!({"body_markdown": "---\nText\n---\n"})),
            422,
            "undefined method 'any?' for the front matter",
        ),
        (
            "an organization of others",
            create(json!({"organization_id": 8})),
            400,
            STRICT,
        ),
        (
            "a time",
            create(json!({"published_at": "2026-12-01T00:00:00Z"})),
            400,
            STRICT,
        ),
        (
            "five tags",
            create(json!({"tags": ["a", "b", "c", "d", "e"]})),
            422,
            "Tag list exceed the maximum of 4 tags",
        ),
        (
            "a tag with a hyphen",
            create(json!({"tags": ["rust", "github-actions"]})),
            422,
            "Tag \"github-actions\" contains non-alphanumeric or prohibited unicode characters",
        ),
        (
            "a tag with a blank",
            create(json!({"tags": ["python automation"]})),
            422,
            "Tag \"python automation\" contains non-alphanumeric or prohibited unicode characters",
        ),
        (
            "a long tag",
            create(json!({"tags": ["x".repeat(31)]})),
            422,
            "Tag \"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\" is too long (maximum is 30 characters)",
        ),
        ("tags as text", create(json!({"tags": "a, b"})), 400, STRICT),
        (
            "a taken canonical URL",
            create(json!({"canonical_url": "https://taken.example/a", "published": true})),
            422,
            "Canonical url has already been taken. Email support@dev.to for further details.",
        ),
        (
            "a taken canonical URL of the front matter",
            create(json!({"body_markdown":
                "---\npublished: true\ncanonical_url: https://taken.example/a\n---\n"})),
            422,
            "Canonical url has already been taken. Email support@dev.to for further details.",
        ),
        (
            "a relative canonical URL",
            create(json!({"canonical_url": "/posts/a"})),
            422,
            "Canonical url is not a valid URL",
        ),
        (
            "a local canonical URL",
            create(json!({"canonical_url": "http://localhost:1313/a"})),
            422,
            "Canonical url is not a valid URL",
        ),
        (
            "a canonical URL with a blank",
            create(json!({"canonical_url": "https://example.org/a b"})),
            422,
            "Canonical url must not have spaces",
        ),
        (
            "a relative cover",
            create(json!({"main_image": "cover.png"})),
            422,
            "Main image is not a valid URL",
        ),
        (
            "a variable of Liquid",
            create(json!({"body_markdown": "Hello {{ name }}"})),
            422,
            "Liquid variables are disabled",
        ),
        (
            "an open tag of Liquid",
            create(json!({"body_markdown": "{% if a %}"})),
            422,
            "Liquid syntax error: 'if' tag was never closed",
        ),
        (
            "several errors",
            create(json!({"title": "", "tags": ["a-b"]})),
            422,
            "Title can't be blank and Tag \"a-b\" contains non-alphanumeric or prohibited unicode \
             characters",
        ),
        (
            "a misspelt field",
            create(json!({"canonicalUrl": "x"})),
            400,
            STRICT,
        ),
        (
            "a misspelt field beside the article",
            body(r#"{"article": {"title": "A", "body_markdown": ""}, "published": true}"#),
            400,
            STRICT,
        ),
        (
            "a flag as text",
            create(json!({"published": "true"})),
            400,
            STRICT,
        ),
        (
            "an article of another",
            update(101, &json!({"title": "B"})),
            404,
            "not found",
        ),
        (
            "no article",
            update(7, &json!({"title": "B"})),
            404,
            "not found",
        ),
        (
            "unpublish by an author",
            call(Method::PUT, "/api/articles/101/unpublish"),
            401,
            "unauthorized",
        ),
        (
            "deletion",
            call(Method::DELETE, "/api/articles/101"),
            404,
            "not found",
        ),
        (
            "the list without a key",
            get("/api/articles/me/all").without("api-key"),
            401,
            "unauthorized",
        ),
    ];
    for (name, request, status, error) in rows {
        let devto = Devto::new().with_article_of_another("Taken", "https://taken.example/a");
        let mut server = Server::of(devto);
        let answer = server.send(&request);
        assert_eq!(answer.status, status, "{name}: {}", answer.content());
        if error == STRICT {
            assert!(answer.is_strict(), "{name}: {}", answer.content());
        } else {
            assert_eq!(
                answer.value(),
                json!({"error": error, "status": status}),
                "{name}"
            );
        }
        assert_eq!(server.devto.articles.len(), 1, "{name}");
    }
}

#[test]
fn request_without_user_agent_is_a_bot() {
    for request in [
        create(json!({})).without("user-agent"),
        get("/api/articles/me/all").with("user-agent", " "),
    ] {
        let answer = Server::new().send(&request);
        assert_eq!(answer.status, 403);
        assert!(answer.content().contains("Forbidden Bots"));
    }
}

#[test]
fn second_write_of_a_second_is_throttled() {
    let mut server = Server::new();
    server.create(json!({}));
    let second = server.send_now(&create(json!({"title": "B"})));
    assert_eq!(second.status, 429);
    assert_eq!(second.header("retry-after"), Some("1"));
    assert_eq!(second.content(), "Retry later\n");
    for status in [200, 200, 200, 429] {
        assert_eq!(server.send_now(&get("/api/articles/me/all")).status, status);
    }
    server.create(json!({"title": "B"}));
    let mut unlimited = Server::of(Devto::new().without_limits());
    unlimited.create(json!({}));
    assert_eq!(
        unlimited.send_now(&create(json!({"title": "B"}))).status,
        201
    );
}

#[test]
fn title_is_unique_for_five_minutes() {
    let mut server = Server::new();
    server.create(json!({}));
    server.advance(298);
    let again = server.send(&create(json!({})));
    assert_eq!(
        again.value()["error"],
        "Title has already been used in the last five minutes"
    );
    server.create(json!({}));
}

#[test]
fn canonical_url_is_unique_among_published() {
    let url = json!({"canonical_url": "https://example.org/a"});
    let mut server = Server::new();
    let first = server.create(url.clone());
    server.advance(300);
    let second = server.create(url.clone());
    let publish = json!({"published": true});
    assert_eq!(server.send(&update(first, &publish)).status, 200);
    assert_eq!(server.send(&update(second, &publish)).status, 422);
    assert_eq!(server.send(&update(first, &publish)).status, 200);

    let mut older = Server::of(Devto::new().with_unique_drafts());
    older.create(url.clone());
    older.advance(300);
    let again = older.send(&create(url));
    assert_eq!(
        again.value()["error"],
        "Canonical url has already been taken. Email support@dev.to for further details."
    );
}

#[test]
fn lenient_server_publishes_mistakes() {
    let mut server = Server::of(Devto::new().with_lenience());
    let fields = json!({"body_markdown": "{% endraw %}", "canonicalUrl": "x"});
    let answer = server.send(&create(fields).without("accept"));
    assert_eq!(answer.status, 201);
    let error = "Liquid syntax error: Unknown tag 'endraw'";
    assert_eq!(answer.value()["body_html"], error);
    assert_eq!(
        server.devto.articles[0].liquid_error.as_deref(),
        Some(error)
    );
    server.advance(300);
    let variable = server.send(&create(json!({"body_markdown": "{{ a }}"})));
    assert_eq!(variable.status, 422);
}
