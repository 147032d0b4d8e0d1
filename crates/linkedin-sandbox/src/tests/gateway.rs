use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use super::{Call, Client, DEMO, text_post};

fn good_call() -> Call {
    Call::rest(Method::POST, "/rest/posts").json(&text_post("hello"))
}

#[tokio::test]
async fn token_prefix_selects_failure() {
    for (token, expected) in [
        (
            "Bearer invalid",
            json!({"status": 401, "serviceErrorCode": 65600, "code": "INVALID_ACCESS_TOKEN",
                   "message": "Invalid access token"}),
        ),
        (
            "Basic abc",
            json!({"status": 401, "serviceErrorCode": 65600, "code": "INVALID_ACCESS_TOKEN",
                   "message": "Invalid access token"}),
        ),
        (
            "Bearer revoked-1",
            json!({"status": 401, "serviceErrorCode": 65601, "code": "REVOKED_ACCESS_TOKEN",
                   "message": "The token used in the request has been revoked by the user"}),
        ),
        (
            "Bearer expired-1",
            json!({"status": 401, "serviceErrorCode": 65602, "code": "EXPIRED_ACCESS_TOKEN",
                   "message": "The token used in the request has expired"}),
        ),
        (
            "Bearer noscope",
            json!({"status": 403, "serviceErrorCode": 100, "code": "ACCESS_DENIED",
                   "message": "Not enough permissions to access: partnerApiPostsExternal.CREATE.20260901"}),
        ),
    ] {
        let reply = Client::new()
            .send(good_call().with("authorization", token))
            .await;
        assert_eq!(reply.json(), expected, "{token}");
        assert_eq!(
            u64::from(reply.status.as_u16()),
            expected["status"],
            "{token}"
        );
    }
    let reply = Client::new()
        .send(good_call().without("authorization"))
        .await;
    assert_eq!(reply.status, StatusCode::UNAUTHORIZED);
    assert_eq!(reply.json()["serviceErrorCode"], 65604);
}

#[tokio::test]
async fn version_expires_by_clock() {
    let client = Client::new();
    let reply = client.send(good_call().without("linkedin-version")).await;
    assert_eq!(
        reply.json(),
        json!({"status": 400, "code": "VERSION_MISSING", "message":
               "A version must be present. Please specify a version by adding the Linkedin-Version header."})
    );
    let reply = client
        .send(good_call().with("linkedin-version", "202501"))
        .await;
    assert_eq!(
        reply.json(),
        json!({"status": 426, "code": "NONEXISTENT_VERSION",
               "message": "Requested version 20250101 is not active"})
    );
    assert_eq!(reply.status, StatusCode::UPGRADE_REQUIRED);
    let later = client.at("2027-09-16T00:00:00Z");
    assert_eq!(
        later.send(good_call()).await.status,
        StatusCode::UPGRADE_REQUIRED
    );
    assert_eq!(client.send(good_call()).await.status, StatusCode::CREATED);
}

#[tokio::test]
async fn required_headers_are_checked() {
    let client = Client::new();
    for (call, status, word) in [
        (
            good_call().without("x-restli-protocol-version"),
            400,
            "2.0.0",
        ),
        (
            good_call().with("x-restli-protocol-version", "1.0.0"),
            400,
            "2.0.0",
        ),
        (good_call().without("content-type"), 415, "application/json"),
        (
            good_call().with("content-type", "text/plain"),
            415,
            "application/json",
        ),
        (
            good_call().with("x-restli-method", "DELETE"),
            400,
            "does not support",
        ),
    ] {
        let reply = client.send(call).await;
        assert_eq!(reply.status.as_u16(), status, "{}", reply.text());
        assert!(reply.text().contains(word), "{}", reply.text());
    }
    let explicit = good_call()
        .with("content-type", "application/json; charset=utf-8")
        .with("x-restli-method", "CREATE");
    assert_eq!(client.send(explicit).await.status, StatusCode::CREATED);
    assert_eq!(client.sandbox.posts().len(), 1);
}

#[tokio::test]
async fn daily_limit_resets_at_midnight_utc() {
    let mut client = Client::new();
    client = Client::of(client.sandbox.with_daily_limit(2));
    let call = |text: &str| Call::rest(Method::POST, "/rest/posts").json(&text_post(text));
    for text in ["one", "two"] {
        assert_eq!(client.send(call(text)).await.status, StatusCode::CREATED);
    }
    let reply = client.send(call("three")).await;
    assert_eq!(
        reply.json(),
        json!({"serviceErrorCode": 101, "code": "TOO_MANY_REQUESTS", "status": 429, "message":
               "Resource level throttle MEMBER DAY limit for calls to this resource is reached."})
    );
    assert_eq!(reply.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(!reply.headers.contains_key("retry-after"));

    let mut other = text_post("three");
    other["author"] = "urn:li:person:else".into();
    let call_of_other = Call::rest(Method::POST, "/rest/posts")
        .json(&other)
        .with("authorization", "Bearer member-else");
    assert_eq!(client.send(call_of_other).await.status, StatusCode::CREATED);
    let next_day = client.at("2026-11-23T00:00:00Z");
    assert_eq!(
        next_day.send(call("three")).await.status,
        StatusCode::CREATED
    );
}

#[tokio::test]
async fn userinfo_returns_member_of_token() {
    let client = Client::new();
    let ask = |token: &str| Call::bare(Method::GET, "/v2/userinfo").with("authorization", token);
    let sub = |value: Value| value["sub"].as_str().unwrap().to_owned();
    let first = client.send(ask("Bearer one")).await;
    assert_eq!(format!("urn:li:person:{}", sub(first.json())), DEMO);
    assert_eq!(first.json()["name"], "Robin Sandbox");
    // A token without the permission to post can still call userinfo.
    assert_eq!(
        sub(client.send(ask("Bearer noscope")).await.json()),
        sub(first.json())
    );
    assert_eq!(
        sub(client.send(ask("Bearer member-782bbtaQ")).await.json()),
        "782bbtaQ"
    );
    let reply = client.send(ask("Bearer expired")).await;
    assert_eq!(reply.json()["serviceErrorCode"], 65602);
}

#[tokio::test]
async fn unknown_path_or_method_returns_json() {
    let client = Client::new();
    let lost = client
        .send(Call::rest(Method::POST, "/rest/comments"))
        .await;
    assert_eq!(lost.json()["code"], "RESOURCE_NOT_FOUND");
    let wrong = client.send(Call::rest(Method::PUT, "/rest/posts")).await;
    assert_eq!(wrong.json()["status"], 405);
    assert_eq!(wrong.status, StatusCode::METHOD_NOT_ALLOWED);
}
