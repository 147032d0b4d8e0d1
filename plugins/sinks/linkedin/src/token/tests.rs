//! The order of the token's origins, and credentials that are refused without a request.

use std::sync::Arc;

use syndicate_api::{Account, InMemoryCredentialStore, Secret};

use super::*;
use crate::fixture;

const JANE: &str = "urn:li:person:jane";

fn credential() -> Credential {
    let now = fixture::context().now();
    let owner = Account {
        id: JANE.to_owned(),
        name: "Jane".to_owned(),
    };
    let token = SecretString::from("AQX-kept");
    Credential {
        client_id: "86app".to_owned(),
        expires: now.checked_add(jiff::SignedDuration::from_hours(24)).ok(),
        scopes: ["openid", "profile", "w_member_social"]
            .map(str::to_owned)
            .to_vec(),
        ..Credential::new("https://www.linkedin.com", token, now, owner)
    }
}

fn context(credential: Option<Credential>) -> Context {
    let mut cx = fixture::context();
    let credentials = InMemoryCredentialStore::default();
    if let Some(credential) = credential {
        credentials.insert("linkedin", "default", credential);
    }
    cx.credentials = Arc::new(credentials);
    cx
}

fn refusal(credential: Credential, author: &str) -> PublishError {
    let author = Author::parse(author).unwrap();
    get(
        &context(Some(credential)),
        &Options::default(),
        &author,
        ".".as_ref(),
    )
    .expect_err("it is refused")
}

#[tokio::test]
async fn token_option_beats_file_beats_profile() {
    let folder = std::env::temp_dir().join(format!("syndicate-token-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("token"), "AQX-file\n").unwrap();
    let cx = context(Some(credential()));
    let both = Options {
        token: Some(Secret::new("AQX-option")),
        token_file: Some("token".into()),
        ..Options::default()
    };
    let file = Options {
        token: Options::default().token,
        ..both.clone()
    };
    let sink = fixture::sink("http://127.0.0.1:9");
    for (options, secret) in [
        (both, "AQX-option"),
        (file, "AQX-file"),
        (Options::default(), "AQX-kept"),
    ] {
        let token = get_or_refresh(&cx, sink.sign_in().unwrap(), &options, &Author::Me, &folder)
            .await
            .unwrap();
        assert_eq!(token.secret.expose_secret(), secret);
        let account = token.credential.map(|credential| credential.account);
        assert_eq!(account.is_some(), secret == "AQX-kept");
    }
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn missing_token_file_is_an_error() {
    let options = Options {
        token_file: Some("nowhere/token".into()),
        ..Options::default()
    };
    let error = get(
        &context(Some(credential())),
        &options,
        &Author::Me,
        ".".as_ref(),
    )
    .unwrap_err();
    assert!(error.message.contains("`nowhere/token`"), "{error}");
}

#[test]
fn unusable_credential_is_refused() {
    let expired = Credential {
        expires: Some(fixture::context().now()),
        ..credential()
    };
    let error = refusal(expired, "me");
    assert!(error.message.contains("expired on 2026-11-22"), "{error}");

    let from_sandbox = Credential {
        issuer: "http://127.0.0.1:8484".to_owned(),
        ..credential()
    };
    let error = refusal(from_sandbox, "me");
    assert!(error.message.contains("`http://127.0.0.1:8484`"), "{error}");

    let error = refusal(credential(), "urn:li:person:otto");
    assert!(error.message.contains(JANE), "{error}");

    let mut bare = credential();
    bare.scopes.truncate(2);
    let error = refusal(bare, "me");
    assert!(error.message.contains("`w_member_social`"), "{error}");
    assert!(error.hint.unwrap().contains("Share on LinkedIn"));

    let error = refusal(credential(), "urn:li:organization:1");
    assert_eq!(error.code, Code::Forbidden);
    assert!(error.message.contains("`w_organization_social`"), "{error}");
    assert!(error.hint.unwrap().contains("only product"));
}

#[test]
fn own_member_urn_is_accepted() {
    let author = Author::parse(JANE).unwrap();
    let cx = context(Some(credential()));
    assert!(get(&cx, &Options::default(), &author, ".".as_ref()).is_ok());
}

#[test]
fn missing_token_names_login_command() {
    let options = Options {
        profile: "company".to_owned(),
        ..Options::default()
    };
    let error = get(&context(None), &options, &Author::Me, ".".as_ref()).unwrap_err();
    assert!(error.message.contains("`company`"), "{error}");
    let hint = error.hint.unwrap();
    let command = "run `syndicate auth login linkedin --profile company`";
    assert!(hint.starts_with(command), "{hint}");
}

#[test]
fn expired_token_is_valid_if_refreshable() {
    let renewable = Credential {
        expires: Some(fixture::context().now()),
        refresh_token: Some(SecretString::from("AQW-refresh")),
        ..credential()
    };
    let cx = context(Some(renewable));
    let secret = |expression: &str| Options {
        client_secret: Secret::new(expression),
        ..Options::default()
    };
    assert!(get(&cx, &secret("WPL"), &Author::Me, ".".as_ref()).is_ok());
    assert!(get(&cx, &secret("${UNSET}"), &Author::Me, ".".as_ref()).is_err());
}

fn options(json: serde_json::Value) -> Options {
    serde_json::from_value(json).unwrap()
}

#[test]
fn profile_selects_token_variable() {
    for (profile, variable) in [
        ("default", "LINKEDIN_ACCESS_TOKEN"),
        ("jane", "LINKEDIN_ACCESS_TOKEN_JANE"),
        ("our-page_2", "LINKEDIN_ACCESS_TOKEN_OUR_PAGE_2"),
    ] {
        let mut cx = fixture::context();
        cx.env = syndicate_api::Env::from_pairs([
            (variable, "AQX-own"),
            ("LINKEDIN_ACCESS_TOKEN_OTHER", "AQX-other"),
        ]);
        let options = options(serde_json::json!({"profile": profile}));
        let token = get(&cx, &options, &Author::Me, ".".as_ref()).unwrap();
        assert_eq!(token.secret.expose_secret(), "AQX-own", "{profile}");
    }
}

#[test]
fn token_of_default_profile_is_not_used_for_others() {
    let mut cx = fixture::context();
    cx.env = syndicate_api::Env::from_pairs([("LINKEDIN_ACCESS_TOKEN", "AQX-default")]);
    let options = options(serde_json::json!({"profile": "jane"}));
    let error = get(&cx, &options, &Author::Me, ".".as_ref()).unwrap_err();
    assert!(
        error.message.contains("`LINKEDIN_ACCESS_TOKEN_JANE`"),
        "{error}"
    );
}

#[test]
fn sender_is_known_without_request() {
    let page = "urn:li:organization:1";
    let (me, urn) = (Author::Me, |urn: &str| Author::Urn(urn.to_owned()));
    for (json, author, expected) in [
        (
            serde_json::json!({}),
            me.clone(),
            (Some("Jane"), Some(JANE), None),
        ),
        (
            serde_json::json!({}),
            urn(JANE),
            (Some("Jane"), Some(JANE), None),
        ),
        (serde_json::json!({}), urn(page), (None, Some(page), None)),
        // Without a token file nothing names the member.
        (
            serde_json::json!({"profile": "otto"}),
            me.clone(),
            (None, None, Some("otto")),
        ),
        // The stored credential is not the one that is used.
        (
            serde_json::json!({"token": "AQX-option"}),
            me.clone(),
            (None, None, None),
        ),
        (
            serde_json::json!({"token": "AQX-option"}),
            urn(JANE),
            (None, Some(JANE), None),
        ),
        (
            serde_json::json!({"token_file": "token"}),
            me.clone(),
            (None, None, None),
        ),
        // The stored credential is of another server.
        (
            serde_json::json!({"oauth_endpoint": "http://127.0.0.1:1"}),
            me,
            (None, None, None),
        ),
    ] {
        let sender = sender(
            &context(Some(credential())),
            &options(json.clone()),
            &author,
        );
        let (name, id, profile) = expected;
        let expected = Sender {
            name: name.map(str::to_owned),
            id: id.map(str::to_owned),
            profile: profile.map(str::to_owned),
        };
        assert_eq!(sender, expected, "{json}");
    }
}

#[test]
fn renewal_hint_names_token_origin() {
    let file = TokenOrigin::File("token".into());
    let profile = TokenOrigin::Profile("jane".to_owned());
    for (json, origin, part) in [
        (
            serde_json::json!({}),
            &TokenOrigin::Option,
            "`LINKEDIN_ACCESS_TOKEN`",
        ),
        (
            serde_json::json!({"profile": "jane"}),
            &TokenOrigin::Option,
            "`LINKEDIN_ACCESS_TOKEN_JANE`",
        ),
        (
            serde_json::json!({"token": "x"}),
            &TokenOrigin::Option,
            "sink's `token`",
        ),
        (serde_json::json!({}), &file, "the file `token`"),
        (
            serde_json::json!({}),
            &profile,
            "auth login linkedin --profile jane`",
        ),
    ] {
        let hint = renewal::replace(&options(json.clone()), &Author::Me, origin);
        assert!(hint.contains(part), "{json}: {hint}");
        let is_login = hint.contains("auth login");
        assert_eq!(is_login, *origin == profile, "{json}: {hint}");
    }
}
