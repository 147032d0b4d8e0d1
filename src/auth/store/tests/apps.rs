//! Apps that the program registered.

use jiff::SignedDuration;
use syndicate_api::{Flow, OAuthApp};

use super::*;

fn app(client_id: &str) -> OAuthApp {
    OAuthApp {
        client_id: client_id.to_owned(),
        client_secret: SecretString::from("secret"),
    }
}

#[test]
fn app_is_reused_while_server_keeps_it() {
    const REDIRECT: &str = Flow::OUT_OF_BAND;
    let home = tempfile::tempdir().unwrap();
    let (files, scopes) = (files(&home), ["write".to_owned()]);
    let server = provider("https://social.example:8080");
    let (now, later) = (
        Timestamp::UNIX_EPOCH,
        Timestamp::UNIX_EPOCH + SignedDuration::from_hours(24),
    );
    let known = |provider: &Provider, scopes: &[String], redirect: &str, now| {
        let app = files.app_to_sign_in(provider, redirect, scopes, now);
        app.map(|app| app.client_id)
    };
    assert_eq!(known(&server, &scopes, REDIRECT, now), None);
    files
        .save_app(&server, REDIRECT, &scopes, &app("one"), now)
        .unwrap();
    assert_eq!(
        known(&server, &scopes, REDIRECT, now).as_deref(),
        Some("one")
    );

    // Another server, redirect URI or scope needs another app.
    let other = provider("https://other.example");
    assert_eq!(known(&other, &scopes, REDIRECT, now), None);
    assert_eq!(known(&server, &scopes, "http://localhost/", now), None);
    assert_eq!(known(&server, &["read".to_owned()], REDIRECT, now), None);

    // The server deletes an app that has no token.
    assert_eq!(known(&server, &scopes, REDIRECT, later), None);
    let used = Credential {
        client_id: "one".to_owned(),
        ..credential("token")
    };
    let saved = files.save("linkedin", "default", &used, TokenLocation::File);
    saved.unwrap();
    assert_eq!(
        known(&server, &scopes, REDIRECT, later).as_deref(),
        Some("one")
    );
    files
        .save_app(&server, REDIRECT, &scopes, &app("two"), later)
        .unwrap();
    assert_eq!(
        known(&server, &scopes, REDIRECT, later).as_deref(),
        Some("two")
    );
    assert!(files.app(&server, "one").is_some(), "it revokes its token");
    assert_eq!(files.all().len(), 1, "the apps are not listed as tokens");
}
