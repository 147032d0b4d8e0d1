//! Apps, codes and tokens.

use axum::http::Method;
use serde_json::{Value, json};

use super::{Server, get};
use crate::answer::Answer;
use crate::mastodon::Mastodon;
use crate::request::Request;

const OOB: &str = "urn:ietf:wg:oauth:2.0:oob";
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

impl Server {
    fn register(&mut self, body: &Value) -> Answer {
        self.send(&Request::bare(Method::POST, "/api/v1/apps").with_json(body))
    }

    fn token(&mut self, body: &Value) -> Answer {
        self.send(&Request::bare(Method::POST, "/oauth/token").with_json(body))
    }

    /// Registers an app with `uri` and asks for access with these further parameters.
    fn authorize(&mut self, uri: &str, more: &str) -> Answer {
        let app =
            json!({"client_name": "a", "redirect_uris": uri, "scopes": "read write:statuses"});
        assert_eq!(self.register(&app).status, 200);
        let target = format!(
            "/oauth/authorize?client_id=client-1&redirect_uri={uri}&response_type=code{more}"
        );
        self.send(&Request::bare(Method::GET, &target))
    }
}

fn exchange(changes: &Value) -> Value {
    let mut body = json!({
        "grant_type": "authorization_code",
        "code": "code-1",
        "client_id": "client-1",
        "client_secret": "client-secret-1",
        "redirect_uri": OOB,
        "code_verifier": VERIFIER,
    });
    for (name, value) in changes.as_object().unwrap() {
        body[name] = value.clone();
    }
    body
}

fn pkce(scope: &str) -> String {
    format!("&scope={scope}&code_challenge={CHALLENGE}&code_challenge_method=S256")
}

#[test]
fn code_is_exchanged_once() {
    let mut server = Server::new();
    let page = server.authorize(OOB, &pkce("write:statuses"));
    assert!(
        page.content()
            .contains("class=\"oauth-code\" readonly value=\"code-1\"")
    );
    let answer = server.token(&exchange(&json!({})));
    assert_eq!(
        answer.value(),
        json!({"access_token": "token-1", "token_type": "Bearer", "scope": "write:statuses",
               "created_at": server.now.as_second()})
    );
    let posted = Request::bare(Method::POST, "/api/v1/statuses")
        .with_json(&json!({"status": "hi"}))
        .with("authorization", "Bearer token-1");
    assert_eq!(server.send(&posted).status, 200);
    let app = get("/api/v1/apps/verify_credentials").with("authorization", "Bearer token-1");
    assert_eq!(server.send(&app).value()["name"], "a");
    let again = server.token(&exchange(&json!({})));
    assert_eq!(again.value()["error"], "invalid_grant");
}

#[test]
fn codes_and_tokens_are_never_reused() {
    let mut server = Server::new();
    for number in 1..3 {
        server.authorize(OOB, &pkce("read"));
        let code = format!("code-{number}");
        let answer = server.token(&exchange(&json!({"code": code})));
        assert_eq!(answer.value()["access_token"], format!("token-{number}"));
    }
}

#[test]
fn client_authenticates_by_header() {
    let mut server = Server::new();
    server.authorize(OOB, "");
    let mut body = exchange(&json!({}));
    for name in ["client_id", "client_secret"] {
        body.as_object_mut().unwrap().remove(name);
    }
    let request = Request::bare(Method::POST, "/oauth/token").with_json(&body);
    // `client-1:x` and `client-1:client-secret-1`
    let wrong = request
        .clone()
        .with("authorization", "Basic Y2xpZW50LTE6eA==");
    assert_eq!(server.send(&wrong).status, 401);
    let right = "Basic Y2xpZW50LTE6Y2xpZW50LXNlY3JldC0x";
    assert_eq!(
        server.send(&request.with("authorization", right)).status,
        200
    );
}

#[test]
fn redirect_has_code_and_state() {
    let mut server = Server::new();
    let answer = server.authorize("http://127.0.0.1:9/cb", "&state=s");
    assert_eq!(answer.status, 302);
    assert_eq!(
        answer.header("location"),
        Some("http://127.0.0.1:9/cb?code=code-1&state=s")
    );
    let mut denied = Server::of(Mastodon::new().with_denied_consent());
    let answer = denied.authorize("http://127.0.0.1:9/cb", "");
    assert_eq!(
        answer.header("location"),
        Some("http://127.0.0.1:9/cb?error=access_denied")
    );
}

#[test]
fn exchanges_are_refused() {
    for (name, changes, seconds, status, error) in [
        (
            "secret",
            json!({"client_secret": "x"}),
            0,
            401,
            "invalid_client",
        ),
        (
            "client",
            json!({"client_id": "x"}),
            0,
            401,
            "invalid_client",
        ),
        (
            "redirect",
            json!({"redirect_uri": "http://a"}),
            0,
            400,
            "invalid_grant",
        ),
        (
            "verifier",
            json!({"code_verifier": "x"}),
            0,
            400,
            "invalid_grant",
        ),
        (
            "no verifier",
            json!({"code_verifier": null}),
            0,
            400,
            "invalid_grant",
        ),
        ("code", json!({"code": "x"}), 0, 400, "invalid_grant"),
        ("old code", json!({}), 600, 400, "invalid_grant"),
        ("no code", json!({"code": ""}), 0, 400, "invalid_request"),
        (
            "no grant",
            json!({"grant_type": ""}),
            0,
            400,
            "invalid_request",
        ),
        (
            "grant",
            json!({"grant_type": "password"}),
            0,
            400,
            "unsupported_grant_type",
        ),
    ] {
        let mut server = Server::new();
        server.authorize(OOB, &pkce("read"));
        server.advance(seconds);
        let answer = server.token(&exchange(&changes));
        assert_eq!(answer.status, status, "{name}");
        assert_eq!(answer.value()["error"], error, "{name}");
    }
}

#[test]
fn authorizations_are_refused() {
    for (more, status, text) in [
        ("&redirect_uri=http://a", 400, "redirect uri"),
        ("&client_id=x", 401, "unknown client"),
        ("&response_type=token", 400, "response type"),
        ("&scope=push", 400, "scope"),
        ("&scope=read:statuses", 400, "scope"),
        ("&code_challenge=x&code_challenge_method=plain", 400, "S256"),
    ] {
        let mut server = Server::new();
        // The last value of a repeated parameter wins.
        let answer = server.authorize(OOB, more);
        assert_eq!(answer.status, status, "{more}");
        assert!(
            answer.content().contains(text),
            "{more}: {}",
            answer.content()
        );
        assert!(server.mastodon.codes.is_empty());
    }
}

#[test]
fn server_describes_its_endpoints() {
    let answer = Server::new().send(&get("/.well-known/oauth-authorization-server"));
    let body = answer.value();
    assert_eq!(body["token_endpoint"], "http://127.0.0.1:4747/oauth/token");
    let scopes = body["scopes_supported"].as_array().unwrap();
    assert!(scopes.contains(&json!("write:statuses")));
}

#[test]
fn apps_are_refused() {
    for (body, error) in [
        (json!({"client_name": "a"}), "Redirect URI can't be blank"),
        (
            json!({"client_name": "a", "redirect_uris": "callback"}),
            "Redirect URI must be an absolute URI.",
        ),
        (json!({"redirect_uris": OOB}), "Name can't be blank"),
        (
            json!({"client_name": "a", "redirect_uris": [OOB], "scopes": "read:everything"}),
            "Scopes doesn't match configured on the server.",
        ),
        (
            json!({"client_name": "a", "redirect_uris": OOB, "website": "a"}),
            "Website must be a valid URL",
        ),
    ] {
        let answer = Server::new().register(&body);
        assert_eq!(answer.status, 422, "{body}");
        assert_eq!(
            answer.value()["error"],
            format!("Validation failed: {error}"),
            "{body}"
        );
    }
}

#[test]
fn app_token_has_no_user() {
    let mut server = Server::new();
    server.authorize(OOB, "");
    let body = json!({"grant_type": "client_credentials", "client_id": "client-1",
                      "client_secret": "client-secret-1", "scope": "write:statuses"});
    let token = server.token(&body);
    assert_eq!(token.value()["scope"], "write:statuses");
    let posted = Request::bare(Method::POST, "/api/v1/statuses")
        .with_json(&json!({"status": "hi"}))
        .with("authorization", "Bearer token-1");
    let answer = server.send(&posted);
    assert_eq!(answer.status, 422);
    assert_eq!(
        answer.value()["error"],
        "This method requires an authenticated user"
    );
}

#[test]
fn revoked_token_is_invalid() {
    let mut server = Server::new();
    server.authorize(OOB, &pkce("read"));
    server.token(&exchange(&json!({})));
    let revoke = |secret: &str| {
        Request::bare(Method::POST, "/oauth/revoke").with_json(&json!({
            "client_id": "client-1", "client_secret": secret, "token": "token-1",
        }))
    };
    assert_eq!(server.send(&revoke("x")).status, 403);
    assert_eq!(server.send(&revoke("client-secret-1")).status, 200);
    let app = get("/api/v1/apps/verify_credentials").with("authorization", "Bearer token-1");
    assert_eq!(server.send(&app).status, 401);
}
