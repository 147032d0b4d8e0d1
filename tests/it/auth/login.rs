//! The login, from the browser to the token file.

use super::{PROFILE, project};
use crate::support::oauth::{CLIENT_SECRET, CODE, token};
use crate::support::{Login, OAuth, Platform};

#[test]
fn browser_consent_signs_in() {
    let (platform, oauth) = (
        Platform::start(),
        OAuth::with_tokens(&[token("member-jane")]),
    );
    let project = project(&platform, &oauth);
    let login = Login::start(&project, "--port 0");
    assert_eq!(login.parameter("response_type"), "code");
    assert_eq!(login.parameter("client_id"), "86app");
    assert_eq!(login.parameter("scope"), "openid profile w_member_social");
    assert!(login.address.as_str().contains("openid%20profile"));
    let redirect = login.parameter("redirect_uri");
    assert!(login.parameter("state").len() >= 32);
    login.consent().exits(0).says(&[
        "Member jane",
        "`urn:li:person:jane`",
        "60 days",
        &format!("add exactly `{redirect}`"),
    ]);
    let asked = oauth.requests("accessToken");
    assert_eq!(asked.len(), 1);
    assert_eq!(asked[0]["redirect_uri"], redirect, "byte for byte");

    project.run("check").says(&["Member jane", "`default`"]);
    project.run("build").exits(0).says(&["1 sent"]);
    assert_eq!(platform.feed()[0]["author"], "urn:li:person:jane");
}

#[test]
fn wrong_state_is_ignored() {
    let (platform, oauth) = (
        Platform::start(),
        OAuth::with_tokens(&[token("member-jane")]),
    );
    let project = project(&platform, &oauth);
    let login = Login::start(&project, "--port 0");
    let forged = format!(
        "{}?code=evil&state=guessed",
        login.parameter("redirect_uri")
    );
    assert_eq!(login.browse(&forged), 401);
    login
        .consent()
        .exits(0)
        .says(&["another login", "Member jane"]);
    assert_eq!(
        oauth.requests("accessToken").len(),
        1,
        "the forged code is not used"
    );
}

#[test]
fn pasted_address_signs_in() {
    let (platform, oauth) = (
        Platform::start(),
        OAuth::with_tokens(&[token("member-jane")]),
    );
    let project = project(&platform, &oauth);
    let mut login = Login::start(&project, "--redirect-uri https://example.org/cb");
    assert_eq!(login.parameter("redirect_uri"), "https://example.org/cb");
    login.paste("what?");
    login.paste("https://example.org/cb?code=evil&state=guessed");
    let back = login.redirect_url(&format!("code={CODE}"));
    login.paste(&format!("  {back}  "));
    login
        .finish()
        .exits(0)
        .says(&["Member jane", "neither `code` nor `error`", "another login"]);

    // The same happens while the listener is running.
    let mut login = Login::start(&project, "--port 0");
    let back = login.redirect_url(&format!("code={CODE}"));
    login.paste(&back);
    login.finish().exits(0).says(&["Member jane"]);
}

#[test]
fn denied_consent_is_explained() {
    let (platform, oauth) = (
        Platform::start(),
        OAuth::with_tokens(&[token("member-jane")]),
    );
    let project = project(&platform, &oauth);
    for (error, part) in [
        ("user_cancelled_login", "`syndicate auth login linkedin`"),
        ("user_cancelled_authorize", "all of them or none"),
        ("unauthorized_scope_error", "Share on LinkedIn"),
        ("teapot", "refused the sign-in"),
    ] {
        let login = Login::start(&project, "--port 0");
        let back = login.redirect_url(&format!("error={error}&error_description=Why+so"));
        assert_eq!(login.browse(&back), 200);
        login.finish().exits(1).says(&[error, "Why so", part]);
    }
    let login = Login::start(&project, "--port 0");
    assert_eq!(login.browse(&login.redirect_url("code=used")), 200);
    login
        .finish()
        .exits(1)
        .says(&["`invalid_request`", "30 minutes"]);
    assert!(!project.path(PROFILE).exists());
}

#[test]
fn missing_app_stops_login() {
    let (platform, oauth) = (
        Platform::start(),
        OAuth::with_tokens(&[token("member-jane")]),
    );
    let project = project(&platform, &oauth).env("LINKEDIN_CLIENT_SECRET", "");
    project
        .run("auth login linkedin")
        .exits(2)
        .says(&["client secret", "is missing"]);
    project
        .run("auth login friendica")
        .exits(2)
        .says(&["unknown platform or sink `friendica`"]);
    project
        .run("auth login linkedin --profile ../x")
        .exits(1)
        .says(&["invalid profile name `../x`"]);
    project
        .run("auth login linkedin --offline")
        .exits(2)
        .says(&["`--offline`"]);
}

#[test]
fn client_secret_from_standard_input() {
    let (platform, oauth) = (
        Platform::start(),
        OAuth::with_tokens(&[token("member-jane")]),
    );
    let project = project(&platform, &oauth).env("LINKEDIN_CLIENT_SECRET", "wrong-secret");
    let login = Login::start(&project, "--port 0");
    let run = {
        let back = login.redirect_url(&format!("code={CODE}"));
        login.browse(&back);
        login
            .finish()
            .exits(1)
            .says(&["`invalid_client`", "LINKEDIN_CLIENT_SECRET"])
    };
    assert!(!run.stderr.contains("wrong-secret"), "{run}");
    let mut login = Login::with_input(&project, "--port 0 --client-secret-stdin", CLIENT_SECRET);
    let back = login.redirect_url(&format!("code={CODE}"));
    login.paste(&back);
    login.finish().exits(0).says(&["Member jane"]);
}

#[test]
fn closed_input_ends_login_without_browser() {
    let (platform, oauth) = (Platform::start(), OAuth::with_tokens(&[]));
    let project = project(&platform, &oauth);
    project
        .run("auth login linkedin --no-browser --port 0")
        .exits(1)
        .says(&["standard input is closed", "run this command in a terminal"]);
    assert!(oauth.requests("accessToken").is_empty());
}
