//! The choice of the token by profile and environment.

use super::{PROFILE, project, with_options};
use crate::support::oauth::token;
use crate::support::{Login, OAuth, Platform};

#[cfg(unix)]
#[test]
fn token_file_is_private() {
    use std::os::unix::fs::PermissionsExt as _;
    let (platform, oauth) = (
        Platform::start(),
        OAuth::with_tokens(&[token("member-jane")]),
    );
    let project = project(&platform, &oauth);
    Login::start(&project, "--port 0").consent().exits(0);
    let mode = |path: &str| {
        let metadata = std::fs::metadata(project.path(path)).unwrap();
        metadata.permissions().mode() & 0o777
    };
    assert_eq!(mode(PROFILE), 0o600);
    assert_eq!(mode(".home/.config/syndicate/tokens/linkedin"), 0o700);
    let open = std::fs::Permissions::from_mode(0o644);
    std::fs::set_permissions(project.path(PROFILE), open).unwrap();
    project.run("build").exits(3).says(&["chmod 600"]);
    let hint = format!("run `chmod 600 {}`", project.path(PROFILE).display());
    for verb in ["check", "auth status"] {
        project
            .run(verb)
            .exits(1)
            .says(&["is readable by other users", &hint]);
    }
    let status = project.run("auth status --json").exits(1).json();
    assert_eq!(status["profiles"][0]["hint"], hint);
}

#[test]
fn profiles_are_kept_apart() {
    let (platform, oauth) = (
        Platform::start(),
        OAuth::with_tokens(&[token("member-jane")]),
    );
    let project = project(&platform, &oauth);
    Login::start(&project, "--port 0").consent().exits(0);
    oauth.set_tokens(&[token("member-otto")]);
    Login::start(&project, "--port 0")
        .consent()
        .exits(1)
        .says(&[
            "`urn:li:person:otto`",
            "`urn:li:person:jane`",
            "--replace",
            "--profile NAME",
        ]);
    assert!(project.read(PROFILE).contains("urn:li:person:jane"));
    Login::start(&project, "--port 0 --profile otto")
        .consent()
        .exits(0);

    let status = project.run("auth status --json").exits(0).json();
    let names: Vec<&str> = status["profiles"]
        .as_array()
        .unwrap()
        .iter()
        .map(|profile| profile["author"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["urn:li:person:jane", "urn:li:person:otto"]);
    assert_eq!(status["profiles"][0]["days_left"], 60);
    assert_eq!(status["profiles"][0]["api_version_until"], "2027-09-15");

    let otto = with_options(&platform, &oauth.url, ", author: 'urn:li:person:otto'");
    let home = project.path(".home");
    let otto = otto.env("HOME", home.to_str().unwrap());
    otto.run("check")
        .exits(1)
        .says(&["belongs to Member jane", "`urn:li:person:otto`"]);
    otto.run("build")
        .exits(3)
        .says(&["[unauthorized]", "author: me"]);
    assert_eq!(platform.feed().len(), 0);

    Login::start(&project, "--port 0 --replace")
        .consent()
        .exits(0);
    assert!(project.read(PROFILE).contains("urn:li:person:otto"));
}

#[test]
fn token_from_environment_is_used() {
    let (platform, oauth) = (
        Platform::start(),
        OAuth::with_tokens(&[token("member-jane")]),
    );
    let project = with_options(&platform, &oauth.url, ", token_file: secrets/token")
        .file("secrets/token", "member-file\n");
    Login::start(&project, "--port 0").consent().exits(0);
    project.run("build").exits(0);
    let project = project
        .env("LINKEDIN_ACCESS_TOKEN", "member-env")
        .post("posts/two.md", "title: Two\ndate: 2026-11-21");
    project.run("build").exits(0);
    let mut authors: Vec<String> = platform
        .feed()
        .iter()
        .map(|post| post["author"].as_str().unwrap().to_owned())
        .collect();
    authors.sort();
    assert_eq!(authors, ["urn:li:person:env", "urn:li:person:file"]);
}

#[cfg(unix)]
#[test]
fn world_readable_token_file_warns() {
    use std::os::unix::fs::PermissionsExt as _;
    let (platform, oauth) = (Platform::start(), OAuth::with_tokens(&[]));
    let project = with_options(&platform, &oauth.url, ", token_file: secrets/token")
        .file("secrets/token", "member-file\n");
    let token = project.path("secrets/token");
    for (mode, warns) in [(0o644, true), (0o640, true), (0o600, false), (0o400, false)] {
        let mode_of_file = std::fs::Permissions::from_mode(mode);
        std::fs::set_permissions(&token, mode_of_file).unwrap();
        let check = project.run("check");
        assert_eq!(
            check.stdout.contains("chmod 600"),
            warns,
            "{mode:o}: {check}"
        );
    }
}
