use jiff::Timestamp;
use serde_json::{Value, json};
use std::sync::Arc;
use syndicate_api::testkit::context;
use syndicate_api::testkit::wiremock::matchers::{body_json, header, method, path};
use syndicate_api::testkit::wiremock::{Mock, MockServer, ResponseTemplate};
use syndicate_api::{
    Account, Context, Credential, ExposeSecret as _, Finding, Flow, InMemoryCredentialStore,
    OAuthClient, PublishErrorKind, SecretString,
};

use super::support::{answer, mock, sink, start};

const REDIRECT: &str = "urn:ietf:wg:oauth:2.0:oob";

/// Returns options without a token in the environment.
fn signed_in(profile: &str) -> Value {
    json!({"token": "${MASTODON_TOKEN}", "profile": profile})
}

/// Returns a context with a login at `issuer` under the profile `default`.
fn stored(issuer: &str) -> Context {
    let owner = Account {
        id: "1".to_owned(),
        name: "@jane@example.social".to_owned(),
    };
    let token = SecretString::from("stored-token-1");
    let store = InMemoryCredentialStore::default();
    let credential = Credential::new(issuer, token, Timestamp::UNIX_EPOCH, owner);
    store.insert("mastodon", "default", credential);
    let mut cx = context();
    cx.credentials = Arc::new(store);
    cx
}

#[tokio::test]
async fn app_is_registered_for_pasted_code() {
    let server = MockServer::start().await;
    let expected = json!({
        "client_name": "syndicate", "redirect_uris": REDIRECT, "scopes": "read:accounts write:media",
    });
    let app = json!({"client_id": "abc", "client_secret": "example-secret-1"});
    Mock::given(method("POST"))
        .and(path("/api/v1/apps"))
        .and(body_json(expected))
        .respond_with(answer(200, &app))
        .mount(&server)
        .await;
    let sink = sink(&server.uri(), &json!({}));
    let sign_in = sink.sign_in().unwrap();
    let scopes = ["read:accounts", "write:media"].map(str::to_owned);
    let app = sign_in
        .register(&context(), REDIRECT, &scopes)
        .await
        .unwrap();
    assert_eq!(app.client_id, "abc");
    assert_eq!(app.client_secret.expose_secret(), "example-secret-1");
    let Flow::Code(oauth) = sign_in.flow() else {
        panic!("another flow");
    };
    assert!(oauth.pkce && matches!(oauth.client, OAuthClient::Registered));
    assert_eq!(oauth.authorize, format!("{}/oauth/authorize", server.uri()));
}

#[tokio::test]
async fn registration_without_app_fails() {
    for response in [answer(200, &json!({})), ResponseTemplate::new(500)] {
        let server = start("mastodon", vec![mock("POST", "/api/v1/apps", response)]).await;
        let sink = sink(&server.uri(), &json!({}));
        let registered = sink
            .sign_in()
            .unwrap()
            .register(&context(), REDIRECT, &[])
            .await;
        assert!(registered.is_err());
    }
}

#[tokio::test]
async fn web_site_as_endpoint_has_hint() {
    let page = || ResponseTemplate::new(404).set_body_string("<html>Not found</html>");
    let refused = || answer(401, &json!({"error": "The access token is invalid"}));
    for (response, is_about_endpoint) in [
        (page(), true),
        (ResponseTemplate::new(302), true),
        (ResponseTemplate::new(200), true),
        (ResponseTemplate::new(503), false),
        (refused(), false),
    ] {
        let app = mock("POST", "/api/v1/apps", response.clone());
        let account = mock("GET", "/api/v1/accounts/verify_credentials", response);
        let server = start("mastodon", vec![app, account]).await;
        let sink = sink(&server.uri(), &json!({}));
        let sign_in = sink.sign_in().unwrap();
        let registered = sign_in.register(&context(), REDIRECT, &[]).await;
        let token = SecretString::from("example-token-1");
        let owner = sign_in.account(&context(), &token, &[]).await;
        for error in [
            registered.map(drop).unwrap_err(),
            owner.map(drop).unwrap_err(),
        ] {
            let hint = error.hint.as_deref().unwrap_or_default();
            assert_eq!(hint.contains("`endpoint`"), is_about_endpoint, "{error:?}");
        }
    }
}

#[tokio::test]
async fn stored_login_is_used() {
    let server = MockServer::start().await;
    Mock::given(method("GET"))
        .and(path("/api/v1/accounts/verify_credentials"))
        .and(header("authorization", "Bearer stored-token-1"))
        .respond_with(answer(200, &json!({"id": "1", "acct": "jane"})))
        .mount(&server)
        .await;
    let sink = sink(&server.uri(), &signed_in("default"));
    let cx = stored(&server.uri());
    assert_eq!(sink.account(&cx).await.unwrap().as_deref(), Some("1"));
    assert_eq!(sink.sender(&cx).to_string(), "@jane@example.social");
    let Some(Finding::Passed(message)) = sink.check(&cx).into_iter().next() else {
        panic!("not signed in");
    };
    assert!(message.contains("@jane@example.social"), "{message}");
}

#[tokio::test]
async fn login_of_other_server_is_not_used() {
    let sink = sink("https://example.social", &signed_in("default"));
    let cx = stored("https://other.example");
    let error = sink.account(&cx).await.unwrap_err();
    assert_eq!(error.kind, PublishErrorKind::Unauthorized);
    assert!(error.message.contains("`https://other.example`"), "{error}");
    assert!(sink.sender(&cx).is_unknown());
}

#[tokio::test]
async fn missing_login_names_command() {
    let sink = sink("https://example.social", &signed_in("jane"));
    let error = sink.account(&context()).await.unwrap_err();
    let hint = error.hint.unwrap();
    assert!(
        hint.contains("`syndicate auth login mastodon --profile jane`"),
        "{hint}"
    );
}

#[tokio::test]
async fn empty_token_is_refused() {
    for token in ["", "two words"] {
        let sink = sink("https://example.social", &json!({"token": token}));
        let error = sink.account(&context()).await.unwrap_err();
        assert_eq!(error.kind, PublishErrorKind::Unauthorized, "{token}");
    }
}
