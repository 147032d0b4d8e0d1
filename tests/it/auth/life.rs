//! The life of a token: it expires, is refreshed, introspected and revoked.

use super::{PROFILE, doctor, project};
use crate::support::oauth::{CLIENT_SECRET, REFRESH, renewable, token};
use crate::support::{Login, OAuth, Platform};

#[test]
fn logout_removes_token_and_file() {
    let (platform, oauth) = (
        Platform::start(),
        OAuth::with_tokens(&[token("member-jane")]),
    );
    let project = project(&platform, &oauth);
    Login::start(&project, "--port 0").consent().exits(0);
    project
        .run("auth logout linkedin")
        .exits(0)
        .says(&["signed out"]);
    assert_eq!(oauth.requests("revoke")[0]["token"], "member-jane");
    assert!(!project.path(PROFILE).exists());
    project
        .run("auth status")
        .exits(1)
        .says(&["not signed in", "auth login"]);
    project
        .run("auth logout linkedin")
        .exits(1)
        .says(&["not signed in"]);

    Login::start(&project, "--port 0").consent().exits(0);
    let wrong = project.env("LINKEDIN_CLIENT_SECRET", "wrong");
    let run = wrong.run("auth logout linkedin").exits(0);
    let run = run.says(&["did not revoke it", "permitted-services"]);
    assert!(!run.stderr.contains("wrong-secret"), "{run}");
    assert!(!wrong.path(PROFILE).exists());
}

/// Uses a keychain that this build does not support, as an example of a keychain that does not respond.
#[cfg(not(feature = "keychain"))]
#[test]
fn failed_logout_names_remaining_token() {
    let (platform, oauth) = (
        Platform::start(),
        OAuth::with_tokens(&[token("member-jane")]),
    );
    let project = project(&platform, &oauth);
    Login::start(&project, "--port 0").consent().exits(0);
    let mut file: serde_json::Value = serde_json::from_str(&project.read(PROFILE)).unwrap();
    file.as_object_mut().unwrap().remove("access_token");
    // Overwrites the existing file, so that its owner and mode stay.
    std::fs::write(project.path(PROFILE), file.to_string()).unwrap();
    project.run("auth logout linkedin").exits(1).says(&[
        "cannot be deleted, and LinkedIn did not revoke it",
        "caused by: the token is in the system's keychain",
        "hint: fix the cause, then run `syndicate auth logout linkedin --profile default`",
        "permitted-services",
    ]);
    assert!(oauth.requests("revoke").is_empty());
    assert!(project.path(PROFILE).exists());
}

/// Follows a token without a refresh token through its 60 days.
#[test]
fn token_without_refresh_expires() {
    let (platform, oauth) = (
        Platform::start(),
        OAuth::with_tokens(&[token("member-jane")]),
    );
    let project = project(&platform, &oauth);
    Login::start(&project, "--port 0").consent().exits(0);
    project.run("build").exits(0).says(&["1 sent"]);

    // No warning appears after 45 days; one appears a day later.
    let project = project.env("SYNDICATE_NOW", "2027-01-06T12:00:00Z");
    let run = project.run("build").exits(0);
    assert!(!run.stderr.contains("auth login"), "{run}");
    let project = project.env("SYNDICATE_NOW", "2027-01-07T13:00:00Z");
    project.write(
        "posts/two.md",
        "---\ntitle: Two\ndate: 2027-01-07\n---\nText.\n",
    );
    let warning = [
        "expires on 2027-01-21",
        "13 days",
        "`syndicate auth login linkedin`",
    ];
    project
        .run("check")
        .exits(0)
        .says(&["warning"])
        .says(&warning);
    project
        .run("build")
        .exits(0)
        .says(&["1 sent"])
        .says(&warning);

    // The token has expired; the error appears before anything is sent.
    let project = project.env("SYNDICATE_NOW", "2027-01-21T12:00:00Z");
    project.write(
        "posts/three.md",
        "---\ntitle: Three\ndate: 2027-01-20\n---\nText.\n",
    );
    let over = ["expired on 2027-01-21", "`syndicate auth login linkedin`"];
    project.run("check").exits(1).says(&over);
    project
        .run("auth status")
        .exits(1)
        .says(&["expired on 2027-01-21"]);
    project
        .run("build")
        .exits(3)
        .says(&["[unauthorized]"])
        .says(&over);
    assert_eq!(platform.feed().len(), 2);

    // Another member signs in.
    oauth.set_tokens(&[token("member-otto")]);
    Login::start(&project, "--port 0")
        .consent()
        .exits(1)
        .says(&["--replace"]);
    // The first member signs in again and continues.
    oauth.set_tokens(&[token("member-jane")]);
    Login::start(&project, "--port 0").consent().exits(0);
    project.run("build").exits(0).says(&["1 sent"]);
    project.run("build").exits(0);
    let mut titles: Vec<String> = platform
        .feed()
        .iter()
        .map(|post| post["article"]["title"].as_str().unwrap().to_owned())
        .collect();
    titles.sort();
    assert_eq!(titles, ["One", "Three", "Two"], "each once");
}

/// Follows a token with a refresh token through its year.
#[test]
fn refresh_token_renews_until_expiry() {
    const YEAR: u32 = 365 * 24 * 60 * 60;
    let (platform, oauth) = (
        Platform::start(),
        OAuth::with_tokens(&[renewable("AQX-first", YEAR)]),
    );
    let project = project(&platform, &oauth);
    Login::start(&project, "--port 0").consent().exits(0);
    // Long before it expires, the token is not refreshed and no warning appears.
    let project = project.env("SYNDICATE_NOW", "2027-01-10T12:00:00Z");
    let run = project.run("build").exits(0);
    assert!(!run.stderr.contains("auth login"), "{run}");
    assert_eq!(oauth.requests("accessToken").len(), 1);

    // Two days before it expires, a use refreshes it. The refresh token still expires a year after login.
    oauth.set_tokens(&[renewable("AQX-second", YEAR - 58 * 24 * 60 * 60)]);
    let project = project.env("SYNDICATE_NOW", "2027-01-19T12:00:00Z");
    project.write(
        "posts/two.md",
        "---\ntitle: Two\ndate: 2027-01-19\n---\nText.\n",
    );
    project.run("build").exits(0).says(&["1 sent"]);
    assert_eq!(oauth.requests("accessToken")[1]["refresh_token"], REFRESH);
    let kept = project.read(PROFILE);
    assert!(
        kept.contains("AQX-second") && kept.contains("2027-11-22T12:00:00Z"),
        "{kept}"
    );

    // A refresh does not help when the refresh token itself is about to expire, so a warning appears.
    let project = project
        .env("SYNDICATE_NOW", "2027-11-10T12:00:00Z")
        .env("LINKEDIN_CLIENT_SECRET", CLIENT_SECRET);
    project
        .run("check")
        .says(&["expires on 2027-11-22", "12 days"]);
}

#[test]
fn check_connects_only_with_online() {
    let (platform, oauth) = (
        Platform::start(),
        OAuth::with_tokens(&[token("member-jane")]),
    );
    let project = project(&platform, &oauth);
    Login::start(&project, "--port 0").consent().exits(0);
    project.run("check").exits(0);
    assert_eq!(oauth.requests("introspectToken").len(), 0);
    let run = doctor(&project, "");
    let run = run.says(&[
        "belongs to Member jane",
        "may post as `urn:li:person:jane`",
        "expires on 2027-01-21",
        "clock",
    ]);
    assert_eq!(oauth.requests("introspectToken").len(), 1);
    assert_eq!(platform.feed().len(), 0, "nothing was posted: {run}");
    let refused = project.env("LINKEDIN_ACCESS_TOKEN", "noscope");
    doctor(&refused, "").exits(1).says(&[
        "lacks a permission",
        "put it into the variable `LINKEDIN_ACCESS_TOKEN`",
    ]);
    doctor(&refused, "--offline").exits(2);
}
