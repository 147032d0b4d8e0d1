//! What becomes of a token: it ends, is renewed, is asked about and given back.

use super::{PROFILE, doctor, project};
use crate::support::oauth::{CLIENT_SECRET, REFRESH, renewable, token};
use crate::support::{Login, OAuth, Platform};

#[test]
fn who_signs_out_leaves_nothing_behind() {
    let (platform, oauth) = (Platform::start(), OAuth::giving(&[token("member-jane")]));
    let project = project(&platform, &oauth);
    Login::begin(&project, "--port 0").agrees().exits(0);
    project
        .run("auth logout linkedin")
        .exits(0)
        .says(&["signed out"]);
    assert_eq!(oauth.asked("revoke")[0]["token"], "member-jane");
    assert!(!project.path(PROFILE).exists());
    project
        .run("auth status")
        .exits(1)
        .says(&["not signed in", "auth login"]);
    project
        .run("auth logout linkedin")
        .exits(1)
        .says(&["not signed in"]);

    Login::begin(&project, "--port 0").agrees().exits(0);
    let wrong = project.env("LINKEDIN_CLIENT_SECRET", "wrong");
    let run = wrong.run("auth logout linkedin").exits(0);
    let run = run.says(&["did not revoke it", "permitted-services"]);
    assert!(!run.stderr.contains("wrong-secret"), "{run}");
    assert!(!wrong.path(PROFILE).exists());
}

/// A build without keychain support behaves like a keychain that does not respond.
#[cfg(not(feature = "keychain"))]
#[test]
fn who_cannot_sign_out_is_told_what_is_left() {
    let (platform, oauth) = (Platform::start(), OAuth::giving(&[token("member-jane")]));
    let project = project(&platform, &oauth);
    Login::begin(&project, "--port 0").agrees().exits(0);
    let mut file: serde_json::Value = serde_json::from_str(&project.read(PROFILE)).unwrap();
    file.as_object_mut().unwrap().remove("access_token");
    // Written over, so that it stays the user's own.
    std::fs::write(project.path(PROFILE), file.to_string()).unwrap();
    project.run("auth logout linkedin").exits(1).says(&[
        "cannot be deleted, and LinkedIn did not revoke it",
        "caused by: the token is in the system's keychain",
        "hint: fix the cause, then run `syndicate auth logout linkedin --profile default`",
        "permitted-services",
    ]);
    assert!(oauth.asked("revoke").is_empty());
    assert!(project.path(PROFILE).exists());
}

/// The 60 days of a token without a refresh token.
#[test]
fn the_life_of_a_token() {
    let (platform, oauth) = (Platform::start(), OAuth::giving(&[token("member-jane")]));
    let project = project(&platform, &oauth);
    Login::begin(&project, "--port 0").agrees().exits(0);
    project.run("build").exits(0).says(&["1 sent"]);

    // 45 days later there is nothing to say yet, a day later there is.
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

    // It is over, and that is said before anything is sent.
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

    // Somebody else is not who it was.
    oauth.give(&[token("member-otto")]);
    Login::begin(&project, "--port 0")
        .agrees()
        .exits(1)
        .says(&["--replace"]);
    // The same member goes on where it stopped.
    oauth.give(&[token("member-jane")]);
    Login::begin(&project, "--port 0").agrees().exits(0);
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

/// The year of a token with one.
#[test]
fn a_token_that_can_be_renewed_is_until_it_cannot() {
    const YEAR: u32 = 365 * 24 * 60 * 60;
    let (platform, oauth) = (
        Platform::start(),
        OAuth::giving(&[renewable("AQX-first", YEAR)]),
    );
    let project = project(&platform, &oauth);
    Login::begin(&project, "--port 0").agrees().exits(0);
    // Long before its end it is left alone, and nobody is warned.
    let project = project.env("SYNDICATE_NOW", "2027-01-10T12:00:00Z");
    let run = project.run("build").exits(0);
    assert!(!run.stderr.contains("auth login"), "{run}");
    assert_eq!(oauth.asked("accessToken").len(), 1);

    // Two days before, a use renews it; its year goes on from the first day.
    oauth.give(&[renewable("AQX-second", YEAR - 58 * 24 * 60 * 60)]);
    let project = project.env("SYNDICATE_NOW", "2027-01-19T12:00:00Z");
    project.write(
        "posts/two.md",
        "---\ntitle: Two\ndate: 2027-01-19\n---\nText.\n",
    );
    project.run("build").exits(0).says(&["1 sent"]);
    assert_eq!(oauth.asked("accessToken")[1]["refresh_token"], REFRESH);
    let kept = project.read(PROFILE);
    assert!(
        kept.contains("AQX-second") && kept.contains("2027-11-22T12:00:00Z"),
        "{kept}"
    );

    // When the year is nearly over, no renewal helps, and that is said.
    let project = project
        .env("SYNDICATE_NOW", "2027-11-10T12:00:00Z")
        .env("LINKEDIN_CLIENT_SECRET", CLIENT_SECRET);
    project
        .run("check")
        .says(&["expires on 2027-11-22", "12 days"]);
}

#[test]
fn the_doctor_asks_only_when_told_to() {
    let (platform, oauth) = (Platform::start(), OAuth::giving(&[token("member-jane")]));
    let project = project(&platform, &oauth);
    Login::begin(&project, "--port 0").agrees().exits(0);
    project.run("check").exits(0);
    assert_eq!(oauth.asked("introspectToken").len(), 0);
    let run = doctor(&project, "");
    let run = run.says(&[
        "belongs to Member jane",
        "may post as `urn:li:person:jane`",
        "expires on 2027-01-21",
        "clock",
    ]);
    assert_eq!(oauth.asked("introspectToken").len(), 1);
    assert_eq!(platform.feed().len(), 0, "nothing was posted: {run}");
    let refused = project.env("LINKEDIN_ACCESS_TOKEN", "noscope");
    doctor(&refused, "")
        .exits(1)
        .says(&["lacks a permission", "auth login"]);
    doctor(&refused, "--offline").exits(2);
}
