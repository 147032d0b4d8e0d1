mod tokens;

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use url::Url;

use super::{BASE, Call, Client, DEMO, NOON, Reply, at, text_post};
use crate::{Consent, Sandbox};

const CALLBACK: &str = "http://127.0.0.1:8085/callback";
const SCOPES: &str = "openid profile email w_member_social";

fn sandbox(consent: Consent) -> Sandbox {
    Sandbox::new(at(NOON)).with_consent(consent)
}

fn auto() -> Client {
    Client::of(sandbox(Consent::Auto))
}

fn authorization(client: &str, scope: &str, more: &[(&str, &str)]) -> String {
    let mut url = Url::parse(BASE).unwrap();
    url.set_path("/oauth/v2/authorization");
    let mut pairs = vec![
        ("response_type", "code"),
        ("client_id", client),
        ("redirect_uri", CALLBACK),
        ("state", "a b&c"),
        ("scope", scope),
    ];
    for (name, value) in more {
        pairs.retain(|(other, _)| other != name);
        pairs.push((name, value));
    }
    url.query_pairs_mut().extend_pairs(pairs);
    url.as_str().strip_prefix(BASE).unwrap().to_owned()
}

/// Returns a query parameter of the URL to which `reply` redirects.
fn back(reply: &Reply, name: &str) -> Option<String> {
    assert_eq!(reply.status, StatusCode::FOUND, "{}", reply.text());
    let url = Url::parse(reply.header("location")).unwrap();
    assert!(url.as_str().starts_with(CALLBACK), "{url}");
    let mut pairs = url.query_pairs();
    pairs.find_map(|(key, value)| (key == name).then(|| value.into_owned()))
}

fn form(path: &str, fields: &[(&str, &str)]) -> Call {
    let mut call =
        Call::bare(Method::POST, path).with("content-type", "application/x-www-form-urlencoded");
    let body: String = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(fields)
        .finish();
    call.body = body.into();
    call
}

fn exchange<'f>(client: &'f str, code: &'f str) -> Vec<(&'f str, &'f str)> {
    vec![
        ("grant_type", "authorization_code"),
        ("code", code),
        ("client_id", client),
        ("client_secret", "s3cret"),
        ("redirect_uri", CALLBACK),
    ]
}

async fn code(client: &Client, app: &str, scope: &str) -> String {
    let reply = client.get(&authorization(app, scope, &[])).await;
    back(&reply, "code").unwrap()
}

async fn token_answer(client: &Client, app: &str, scope: &str) -> Value {
    let code = code(client, app, scope).await;
    let call = form("/oauth/v2/accessToken", &exchange(app, &code));
    let reply = client.send(call).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.text());
    reply.json()
}

async fn token(client: &Client, app: &str, scope: &str) -> String {
    let answer = token_answer(client, app, scope).await;
    answer["access_token"].as_str().unwrap().to_owned()
}

fn bearer(call: Call, token: &str) -> Call {
    call.with("authorization", &format!("Bearer {token}"))
}

fn post(author: &str, token: &str) -> Call {
    let mut body = text_post(token);
    body["author"] = author.into();
    body["commentary"] = author.into();
    bearer(Call::rest(Method::POST, "/rest/posts").json(&body), token)
}

fn userinfo(token: &str) -> Call {
    bearer(Call::bare(Method::GET, "/v2/userinfo"), token)
}

async fn introspected(client: &Client, app: &str, token: &str) -> Value {
    let fields = [("client_id", app), ("client_secret", "x"), ("token", token)];
    let reply = client
        .send(form("/oauth/v2/introspectToken", &fields))
        .await;
    assert_eq!(reply.status, StatusCode::OK);
    reply.json()
}

#[tokio::test]
async fn code_exchange_yields_posting_token() {
    let client = auto();
    let reply = client.get(&authorization("86abc", SCOPES, &[])).await;
    assert_eq!(back(&reply, "state").unwrap(), "a b&c");
    let code = back(&reply, "code").unwrap();
    let call = || form("/oauth/v2/accessToken", &exchange("86abc", &code));
    let mut answer = client.send(call()).await.json();
    let token = answer["access_token"].as_str().unwrap().to_owned();
    assert_eq!(token.len(), 500);
    answer["access_token"] = Value::Null;
    assert_eq!(
        answer,
        json!({"access_token": null, "expires_in": 5_184_000, "token_type": "Bearer",
               "scope": "email,openid,profile,w_member_social"})
    );
    let info = client.send(userinfo(&token)).await.json();
    assert_eq!(info["sub"], "s4ndb0xQ");
    assert_eq!(info["email_verified"], true);
    assert_eq!(
        client.send(post(DEMO, &token)).await.status,
        StatusCode::CREATED
    );

    let reused = client.send(call()).await;
    assert_eq!(reused.status, StatusCode::BAD_REQUEST);
    assert_eq!(reused.json()["error"], "invalid_request");
    let record = client.get("/log").await.text();
    assert!(!record.contains(&token) && !record.contains(&code) && !record.contains("s3cret"));
}

#[tokio::test]
async fn invalid_request_is_not_redirected() {
    let client = auto();
    for (more, words) in [
        (
            ("redirect_uri", "http://evil.example/"),
            "does not match the registered",
        ),
        (("redirect_uri", ""), "does not match the registered"),
        (("client_id", "unknown"), "unknown client_id `unknown`"),
        (("client_id", "<b>"), "&lt;b&gt;"),
        (("scope", "openid w_everything"), "w_everything"),
        (("scope", ""), "missing `scope`"),
        (("response_type", "token"), "response_type"),
    ] {
        let reply = client.get(&authorization("86abc", SCOPES, &[more])).await;
        assert_eq!(reply.status, StatusCode::BAD_REQUEST, "{more:?}");
        assert!(!reply.headers.contains_key("location"));
        assert!(reply.text().contains(words), "{}", reply.text());
    }
}

#[tokio::test]
async fn errors_redirect_with_state() {
    let denying = Client::of(sandbox(Consent::Deny));
    let reply = denying.get(&authorization("86abc", SCOPES, &[])).await;
    assert_eq!(back(&reply, "error").unwrap(), "user_cancelled_authorize");
    assert_eq!(back(&reply, "state").unwrap(), "a b&c");
    assert_eq!(back(&reply, "code"), None);
    let scope = "w_organization_social";
    let reply = auto().get(&authorization("86abc", scope, &[])).await;
    assert_eq!(back(&reply, "error").unwrap(), "unauthorized_scope_error");
    assert!(back(&reply, "error_description").is_some());
}

#[tokio::test]
async fn consent_page_redirects_both_answers() {
    let client = Client::of(sandbox(Consent::Ask));
    let path = authorization("86<i>", SCOPES, &[("client_id", "86abc")]);
    let page = client.get(&path).await;
    assert_eq!(page.status, StatusCode::OK);
    let html = page.text();
    let links: Vec<String> = html
        .split("href=\"")
        .filter_map(|rest| rest.split('"').next())
        .filter(|href| href.starts_with("/oauth/"))
        .map(|href| href.replace("&amp;", "&"))
        .collect();
    assert_eq!(links.len(), 3, "{html}");
    let cancelled = client.get(&links[2]).await;
    assert_eq!(
        back(&cancelled, "error").unwrap(),
        "user_cancelled_authorize"
    );

    let allowed = client.get(&links[1]).await;
    let code = back(&allowed, "code").unwrap();
    let call = form("/oauth/v2/accessToken", &exchange("86abc", &code));
    let answer = client.send(call).await.json();
    let info = client
        .send(userinfo(answer["access_token"].as_str().unwrap()))
        .await
        .json();
    assert_eq!(
        (&info["sub"], &info["name"]),
        (&json!("k1mS4ndb0x"), &json!("Kim Sandbox"))
    );

    let only = client.get(&format!("{path}&member=other")).await.text();
    assert_eq!(only.matches("Allow as").count(), 1, "{only}");
    assert!(only.contains("Allow as Member other"), "{only}");

    let again = client.get(&path).await;
    assert!(
        back(&again, "code").is_some(),
        "who has consented is not asked again"
    );
    let late = client.at("2027-01-21T12:00:00Z").get(&path).await;
    assert_eq!(
        late.status,
        StatusCode::OK,
        "once the token has ended, the page asks"
    );
    let evil = client
        .get("/oauth/v2/authorization/allow?client_id=a&redirect_uri=http://e.example")
        .await;
    assert_eq!(evil.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn code_exchange_checks_request() {
    for (name, value, status, error) in [
        (
            "redirect_uri",
            "http://127.0.0.1:8085/callback/",
            400,
            "invalid_redirect_uri",
        ),
        ("client_id", "another", 400, "invalid_redirect_uri"),
        ("client_id", "unknown-1", 401, "invalid_client_id"),
        ("client_secret", "wrong-secret", 401, "invalid_client"),
        ("client_secret", "", 400, "invalid_request"),
        ("code", "AQTnone", 400, "invalid_request"),
        ("grant_type", "password", 400, "invalid_request"),
        ("grant_type", "", 400, "invalid_request"),
    ] {
        let client = auto();
        let code = code(&client, "86abc", SCOPES).await;
        let mut fields = exchange("86abc", &code);
        fields.retain(|(other, _)| *other != name);
        fields.push((name, value));
        let reply = client.send(form("/oauth/v2/accessToken", &fields)).await;
        assert_eq!(reply.status.as_u16(), status, "{name}={value}");
        assert_eq!(reply.json()["error"], error, "{name}={value}");
        assert!(reply.json()["error_description"].is_string());
    }
    let client = auto();
    let code = code(&client, "86abc", SCOPES).await;
    let late = client.at("2026-11-22T12:30:00Z");
    let reply = late
        .send(form("/oauth/v2/accessToken", &exchange("86abc", &code)))
        .await;
    assert_eq!(reply.json()["error"], "invalid_redirect_uri");
}

#[tokio::test]
async fn scopes_split_at_spaces_or_commas() {
    let client = auto();
    let spaces = token(&client, "86abc", "openid profile").await;
    token(&client, "86abc", "profile,openid").await;
    let reply = client.send(userinfo(&spaces)).await;
    assert_eq!(reply.status, StatusCode::OK, "the same scopes");
}

#[tokio::test]
async fn parameters_in_query_are_refused() {
    let client = auto();
    let code = code(&client, "86abc", SCOPES).await;
    let fields = exchange("86abc", &code);
    let query = format!("/oauth/v2/accessToken?code={code}&client_secret=s3cret");
    let json = form("/oauth/v2/accessToken", &fields).with("content-type", "application/json");
    for call in [
        form(&query, &fields),
        json,
        form("/oauth/v2/accessToken", &[]),
    ] {
        let reply = client.send(call).await;
        assert_eq!(reply.status, StatusCode::BAD_REQUEST);
        assert_eq!(reply.json()["error"], "invalid_request");
    }
}
