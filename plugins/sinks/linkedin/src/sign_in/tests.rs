//! The member and the pages of a token, against a mock of LinkedIn.

use serde_json::json;
use syndicate_api::{Account, Credential, ExposeSecret as _, SecretString};
use wiremock::matchers::{header, method, path, query_param};
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::fixture;

fn scopes(text: &str) -> Vec<String> {
    text.split(' ').map(str::to_owned).collect()
}

fn credential(text: &str) -> Credential {
    let owner = Account {
        id: String::new(),
        name: String::new(),
    };
    let token = SecretString::from(fixture::TOKEN);
    let now = fixture::context().now();
    Credential {
        scopes: scopes(text),
        ..Credential::new("https://www.linkedin.com", token, now, owner)
    }
}

fn answer(at: &str, body: &serde_json::Value) -> Mock {
    Mock::given(method("GET"))
        .and(path(at))
        .and(header(
            "Authorization",
            format!("Bearer {}", fixture::TOKEN),
        ))
        .respond_with(ResponseTemplate::new(200).set_body_json(body))
}

#[tokio::test]
async fn token_scopes_select_member_request() {
    let server = MockServer::start().await;
    let userinfo = json!({"sub": "782bbtaQ", "name": "John\nDoe"});
    answer("/v2/userinfo", &userinfo).mount(&server).await;
    let me = json!({"id": "yrZCpj2Z12", "localizedFirstName": "Bob", "localizedLastName": "Smith"});
    answer("/v2/me", &me).mount(&server).await;
    let (sink, cx) = (fixture::sink(&server.uri()), fixture::context());
    let sign_in = sink.sign_in().unwrap();
    let token = SecretString::from(fixture::TOKEN);
    for (granted, id, name) in [
        (
            "openid profile w_member_social",
            "urn:li:person:782bbtaQ",
            "John Doe",
        ),
        (
            "r_basicprofile w_organization_social",
            "urn:li:person:yrZCpj2Z12",
            "Bob Smith",
        ),
    ] {
        let account = sign_in
            .account(&cx, &token, &scopes(granted))
            .await
            .unwrap();
        assert_eq!((account.id.as_str(), account.name.as_str()), (id, name));
    }
}

#[tokio::test]
async fn pages_are_requested_only_with_scope() {
    let server = MockServer::start().await;
    let roles = json!({"elements": [
        {"organization": "urn:li:organization:1", "role": "ADMINISTRATOR"},
        {"organizationTarget": "urn:li:organization:2"},
        {"organization": "urn:li:person:1"},
    ]});
    Mock::given(method("GET"))
        .and(path("/rest/organizationAcls"))
        .and(query_param("q", "roleAssignee"))
        .and(header("LinkedIn-Version", "202609"))
        .and(header("X-Restli-Protocol-Version", "2.0.0"))
        .respond_with(ResponseTemplate::new(200).set_body_json(roles))
        .expect(1)
        .mount(&server)
        .await;
    let (sink, cx) = (fixture::sink(&server.uri()), fixture::context());
    let sign_in = sink.sign_in().unwrap();
    let pages = sign_in
        .pages(&cx, &credential("w_member_social"))
        .await
        .unwrap();
    assert_eq!(pages, None, "no request is sent");
    let pages = sign_in
        .pages(&cx, &credential("r_organization_admin"))
        .await;
    let expected = ["urn:li:organization:1", "urn:li:organization:2"];
    assert_eq!(pages.unwrap().unwrap(), expected);
}

#[test]
fn page_login_has_page_scopes() {
    let sink = fixture::sink_of("urn:li:organization:1", "http://127.0.0.1:9");
    let flow = sink.sign_in().unwrap().flow();
    let oauth = flow.oauth().unwrap();
    assert!(oauth.scopes.contains(&"w_organization_social".to_owned()));
    assert!(!oauth.scopes.contains(&"openid".to_owned()), "{oauth:?}");
    assert_eq!(
        oauth.authorize,
        "https://www.linkedin.com/oauth/v2/authorization"
    );
    let credential = credential("openid");
    assert!(!format!("{credential:?}").contains(credential.access_token.expose_secret()));
}
