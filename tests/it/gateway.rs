//! Only LinkedIn itself can refuse the create request: a response from a proxy or gateway does not show
//! that the post was not created.

use serde_json::{Value, json};

use crate::build::pipeline;
use crate::support::{GateAction, Platform, Project, RawServer};
use crate::unknown::project;

/// Starts a server that gives this response to each request.
fn answering(status: u16, headers: &str, body: &str) -> RawServer {
    let length = body.len();
    let head = format!("HTTP/1.1 {status} Answer\r\n{headers}content-length: {length}\r\n\r\n");
    RawServer::answering(format!("{head}{body}").leak().as_bytes())
}

/// Builds against `server` and checks that the outcome is unknown and that no request is repeated.
#[track_caller]
fn expect_unknown(server: &RawServer, case: &str) {
    let project = project(server);
    let plan = project.run("build --json").exits(4).json();
    assert_eq!(plan["plan"][0]["outcome"], "unknown", "{case}");
    assert_eq!(plan["plan"][0]["code"], "outcome_unknown", "{case}");
    let plan = project.run("build --json").json();
    assert_eq!(plan["plan"][0]["action"], "ask", "{case}");
    for again in ["build --failed", "build --only posts/one.md"] {
        project.run(again);
    }
    assert_eq!(server.requests(), 1, "{case}: one request and no more");
}

#[test]
fn html_refusal_of_create_is_unknown() {
    for status in [
        400, 401, 403, 404, 405, 407, 408, 409, 411, 413, 415, 422, 425, 426, 429, 431, 499,
    ] {
        let page = "<html><body><h1>Refused</h1></body></html>";
        let server = answering(status, "content-type: text/html\r\n", page);
        expect_unknown(&server, &format!("HTML with {status}"));
    }
}

#[test]
fn empty_or_plain_refusal_is_unknown() {
    for (status, body) in [
        (403, ""),
        (409, ""),
        (429, ""),
        (401, "Unauthorized"),
        (404, "null"),
    ] {
        expect_unknown(&answering(status, "", body), &format!("{status} `{body}`"));
    }
    let head =
        b"HTTP/1.1 403 Forbidden\r\ncontent-length: 90\r\n\r\n{\"serviceErrorCode\":100,\"mes";
    expect_unknown(&RawServer::answering(head), "half a refusal of LinkedIn's");
}

#[test]
fn json_of_another_api_is_unknown() {
    for (status, body) in [
        (
            400,
            json!({"error": "invalid_request", "error_description": "bad"}),
        ),
        (401, json!({"message": "Unauthorized"})),
        (403, json!({"message": "Forbidden"})),
        (
            403,
            json!({"type": "about:blank", "title": "Forbidden", "status": 403, "detail": "no"}),
        ),
        (
            404,
            json!({"timestamp": 1, "status": 404, "error": "Not Found", "message": "", "path": "/"}),
        ),
        (409, json!({"error": "conflict"})),
        (422, json!({"detail": [{"loc": ["body"], "msg": "M"}]})),
        (429, json!({"status": 429, "message": "slow down"})),
    ] {
        expect_unknown(
            &answering(status, "", &body.to_string()),
            &format!("{status} {body}"),
        );
    }
}

#[test]
fn redirect_of_create_is_unknown() {
    for status in [301, 302, 303, 307, 308] {
        let server = answering(status, "location: https://sign-in.example/\r\n", "");
        expect_unknown(&server, &format!("a redirect with {status}"));
    }
}

#[test]
fn own_refusal_of_create_is_failed() {
    for (status, code, body) in [
        (
            400,
            "rejected",
            json!({"code": "INVALID_URL", "message": "M"}),
        ),
        (
            401,
            "unauthorized",
            json!({"serviceErrorCode": 65602, "message": "M"}),
        ),
        (
            403,
            "forbidden",
            json!({"serviceErrorCode": 100, "code": "ACCESS_DENIED", "message": "M"}),
        ),
        (
            404,
            "rejected",
            json!({"code": "RESOURCE_NOT_FOUND", "message": "M"}),
        ),
        (
            413,
            "rejected",
            json!({"code": "REQUEST_ENTITY_TOO_LARGE", "message": "M"}),
        ),
        (
            422,
            "rejected",
            json!({"message": "ERROR :: /distribution :: field is required\n"}),
        ),
        (
            400,
            "text_too_long",
            json!({
            "errorDetailType": "com.linkedin.common.error.BadRequest", "message": "M",
            "errorDetails": {"inputErrors": [{"code": "FIELD_LENGTH_TOO_LONG", "maxLength": 3000}]}}),
        ),
        (
            426,
            "version_dead",
            json!({"code": "NONEXISTENT_VERSION", "message": "M"}),
        ),
    ] {
        let server = answering(status, "", &own(status, body.clone()));
        let project = project(&server);
        let plan = project.run("build --json").exits(3).json();
        assert_eq!(plan["plan"][0]["outcome"], "failed", "{status} {body}");
        assert_eq!(plan["plan"][0]["code"], code, "{status} {body}");
        assert_eq!(server.requests(), 1, "{status} {body}");
    }
}

/// Returns the body with its status, which LinkedIn repeats in its error bodies.
fn own(status: u16, mut body: Value) -> String {
    body["status"] = status.into();
    body.to_string()
}

#[test]
fn own_conflict_is_repeated_and_failed() {
    let body = own(
        409,
        json!({"code": "CONFLICT", "message": "write conflict"}),
    );
    let server = answering(409, "", &body);
    let plan = project(&server).run("build --json").exits(3).json();
    assert_eq!(plan["plan"][0]["code"], "unavailable");
    assert!(
        server.requests() > 1,
        "nothing was created, so it is tried again"
    );
}

/// Returns a project with a picture, for a platform that also accepts uploads.
fn illustrated(platform: &Platform, options: &str) -> Project {
    let pipeline = pipeline(&platform.url).replace("token:", &format!("{options}token:"));
    Project::with_pipeline(&pipeline)
        .with_ledger()
        .picture("posts/a.png", 60, 31)
        .post("posts/one.md", "title: One\ndate: 2026-11-20\nimage: a.png")
}

#[test]
fn gateway_page_over_created_post_is_unknown() {
    for status in [400, 403, 409, 413, 429, 499] {
        let (platform, _gate) =
            Platform::gated("POST", "/rest/posts", GateAction::ReplaceResponse(status));
        let project = illustrated(&platform, "");
        let plan = project.run("build --json").exits(4).json();
        assert_eq!(plan["plan"][0]["outcome"], "unknown", "{status}");
        let next_day = project.env("SYNDICATE_NOW", "2026-11-23T12:00:00Z");
        next_day.run("build --failed --json");
        assert_eq!(platform.feed().len(), 1, "{status}");
    }
}

#[test]
fn probe_finds_post_behind_gateway_page() {
    for status in [403, 409] {
        let (platform, _gate) =
            Platform::gated("POST", "/rest/posts", GateAction::ReplaceResponse(status));
        let project = illustrated(&platform, "on_unknown: probe, ");
        let plan = project.run("build --json").exits(0).json();
        assert_eq!(plan["plan"][0]["outcome"], "sent", "{status}");
        assert_eq!(plan["plan"][0]["receipt"]["id"], platform.feed()[0]["id"]);
        assert_eq!(platform.feed().len(), 1, "{status}");
    }
}
