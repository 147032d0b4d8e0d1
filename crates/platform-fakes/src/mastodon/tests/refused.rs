//! Requests that the server must refuse, each with the status and the error.

use axum::http::Method;
use serde_json::json;

use super::{PNG, Server, call, file, get, post, text_part, upload};
use crate::mastodon::Mastodon;
use crate::request::{Part, Request};

#[test]
fn requests_are_refused() {
    let long = "x".repeat(501);
    let with_cw = json!({"status": "x".repeat(490), "spoiler_text": "x".repeat(11)});
    let status = || json!({"status": "hi"});
    let soon = json!({"status": "hi", "scheduled_at": "2026-11-28T12:05:00Z"});
    let five: Vec<String> = (0..5).map(|id| id.to_string()).collect();
    let strict = "";
    let rows: Vec<(&str, Request, u16, &str)> = vec![
        (
            "no token",
            post(&status()).without("authorization"),
            401,
            "The access token is invalid",
        ),
        (
            "another token",
            post(&status()).with("authorization", "Bearer other"),
            401,
            "The access token is invalid",
        ),
        (
            "no scheme",
            post(&status()).with("authorization", "alice-token"),
            401,
            "The access token is invalid",
        ),
        (
            "missing scope",
            post(&status()).with("authorization", "Bearer reader"),
            403,
            "This action is outside the authorized scopes",
        ),
        (
            "no text",
            post(&json!({"status": ""})),
            422,
            "Validation failed: Text can't be blank",
        ),
        (
            "blanks only",
            post(&json!({"status": " \n"})),
            422,
            "Validation failed: Text can't be blank",
        ),
        (
            "no parameter",
            post(&json!({})),
            422,
            "Validation failed: Text can't be blank",
        ),
        (
            "JSON with the type of text",
            call(Method::POST, "/api/v1/statuses").with_body("text/plain", r#"{"status":"hi"}"#),
            422,
            "Validation failed: Text can't be blank",
        ),
        (
            "broken JSON",
            call(Method::POST, "/api/v1/statuses").with_body("application/json", "{"),
            400,
            "Bad Request",
        ),
        (
            "too long",
            post(&json!({"status": long})),
            422,
            "Validation failed: Text character limit of 500 exceeded",
        ),
        (
            "too long with its content warning",
            post(&with_cw),
            422,
            "Validation failed: Text character limit of 500 exceeded",
        ),
        (
            "unknown visibility",
            post(&json!({"status": "hi", "visibility": "Public"})),
            422,
            "Validation failed: Visibility is not included in the list",
        ),
        (
            "scheduled too early",
            post(&soon),
            422,
            "Validation failed: Scheduled at The scheduled date must be in the future",
        ),
        (
            "a time that is not one",
            post(&json!({"status": "hi", "scheduled_at": "tomorrow"})),
            422,
            "Record invalid",
        ),
        (
            "five media",
            post(&json!({"status": "hi", "media_ids": five})),
            422,
            "Cannot attach more than 4 files",
        ),
        (
            "missing medium",
            post(&json!({"status": "hi", "media_ids": ["7"]})),
            422,
            "Media 7 not found or already attached to another post",
        ),
        (
            "medium that is not a list",
            post(&json!({"status": "hi", "media_ids": "7"})),
            400,
            strict,
        ),
        (
            "misspelt parameter",
            post(&json!({"statsu": "hi"})),
            400,
            strict,
        ),
        (
            "parameter of new posts only",
            call(Method::PUT, "/api/v1/statuses/1").with_json(&json!({"visibility": "public"})),
            404,
            "Record not found",
        ),
        (
            "unknown language",
            post(&json!({"status": "hi", "language": "en-US"})),
            400,
            strict,
        ),
        (
            "unknown quote policy",
            post(&json!({"status": "hi", "quote_approval_policy": "all"})),
            422,
            "Record invalid",
        ),
        (
            "another post",
            call(Method::DELETE, "/api/v1/statuses/1"),
            404,
            "Record not found",
        ),
        (
            "another account",
            get("/api/v1/accounts/1/statuses"),
            404,
            "Record not found",
        ),
        (
            "token without accounts",
            get("/api/v1/accounts/verify_credentials").with("authorization", "Bearer writer"),
            403,
            "This action is outside the authorized scopes",
        ),
        (
            "upload without a file",
            upload(vec![text_part("description", "a")]),
            422,
            "Validation failed: File can't be blank",
        ),
        (
            "file without a name",
            upload(vec![Part {
                file_name: None,
                ..file("image/png", PNG)
            }]),
            422,
            "Validation failed: File can't be blank",
        ),
        (
            "text as a picture",
            upload(vec![file("image/png", b"hello")]),
            422,
            "Validation failed: File content type is invalid, File is invalid",
        ),
        (
            "picture of another type",
            upload(vec![file("application/octet-stream", PNG)]),
            422,
            "Validation failed: File content type is invalid, File is invalid",
        ),
        (
            "long description",
            upload(vec![
                file("image/png", PNG),
                text_part("description", &"x".repeat(1501)),
            ]),
            422,
            "Validation failed: Description is too long (maximum is 1500 characters)",
        ),
        (
            "misspelt field of an upload",
            upload(vec![file("image/png", PNG), text_part("alt", "x")]),
            400,
            strict,
        ),
        (
            "missing medium",
            get("/api/v1/media/7"),
            404,
            "Record not found",
        ),
    ];
    for (name, request, status, error) in rows {
        let mastodon = Mastodon::new()
            .with_token("reader", "read")
            .with_token("writer", "write");
        let mut server = Server::of(mastodon);
        let answer = server.send(&request);
        assert_eq!(answer.status, status, "{name}: {}", answer.content());
        if error.is_empty() {
            assert!(answer.is_strict(), "{name}: {}", answer.content());
        } else {
            assert_eq!(answer.value()["error"], error, "{name}");
        }
        assert!(server.mastodon.statuses.is_empty(), "{name}");
        assert!(server.mastodon.scheduled.is_empty(), "{name}");
        assert!(server.mastodon.media.is_empty(), "{name}");
    }
}

#[test]
fn unknown_paths_are_pages() {
    let answer = Server::new().send(&get("/api/v1/posts"));
    assert_eq!(answer.status, 404);
    assert!(answer.content().starts_with("<!DOCTYPE html>"));
    let older = Mastodon::new().without_instance_v2();
    assert_eq!(Server::of(older).send(&get("/api/v2/instance")).status, 404);
}

#[test]
fn media_attach_once_and_when_processed() {
    let slow = Mastodon::new().with_media_processing(jiff::SignedDuration::from_secs(5));
    let mut server = Server::of(slow);
    let medium = server.upload();
    let body = json!({"media_ids": [medium]});
    let early = server.send(&post(&body));
    assert_eq!(
        early.value()["error"],
        "Cannot attach files that have not finished processing. Try again in a moment!"
    );
    server.advance(5);
    assert_eq!(server.send(&post(&body)).status, 200);
    let again = server.send(&post(&body));
    assert_eq!(again.status, 422);
    assert_eq!(
        again.value()["error"],
        format!("Media {medium} not found or already attached to another post")
    );
}

#[test]
fn limits_are_reported_as_iso_times() {
    let mut server = Server::new();
    server.advance(10);
    let target = "/api/v1/accounts/verify_credentials";
    for left in (0..300).rev() {
        let answer = server.send(&get(target));
        assert_eq!(answer.status, 200);
        assert_eq!(
            answer.header("x-ratelimit-remaining"),
            Some(left.to_string().as_str())
        );
    }
    let answer = server.send(&get(target));
    assert_eq!(answer.status, 429);
    assert_eq!(answer.value(), json!({"error": "Too many requests"}));
    assert_eq!(answer.header("x-ratelimit-limit"), Some("300"));
    assert_eq!(
        answer.header("x-ratelimit-reset"),
        Some("2026-11-28T12:05:00.000000Z")
    );
    server.advance(290);
    assert_eq!(server.send(&get(target)).status, 200);
}

#[test]
fn deletions_have_their_own_limit() {
    let mut server = Server::new();
    let request = call(Method::DELETE, "/api/v1/statuses/1");
    for _ in 0..30 {
        assert_eq!(server.send(&request).status, 404);
    }
    assert_eq!(server.send(&request).status, 429);
}
