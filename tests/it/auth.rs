//! Signing in: from the browser to the file, and what is done with that.

use crate::support::oauth::{CLIENT_SECRET, CODE, REFRESH, renewable, token};
use crate::support::{Login, OAuth, Platform, Project};

/// A project that signs in at `oauth` and posts to `platform`.
fn project(platform: &Platform, oauth: &OAuth) -> Project {
    with_options(platform, &oauth.url, "")
}

fn with_options(platform: &Platform, issuer: &str, options: &str) -> Project {
    let endpoint = &platform.url;
    Project::with_pipeline(&format!(
        "sources: {{blog: {{type: site, path: posts, url: 'https://example.org', permalink: '/:slug/'}}}}\n\
         sinks: {{linkedin: {{type: linkedin, endpoint: '{endpoint}', oauth_endpoint: '{issuer}', \
         thumbnail: skip{options}}}}}\n"
    ))
    .with_ledger()
    .env("LINKEDIN_CLIENT_ID", "86app")
    .env("LINKEDIN_CLIENT_SECRET", CLIENT_SECRET)
    .post("posts/one.md", "title: One\ndate: 2026-11-20")
}

const PROFILE: &str = ".home/.config/syndicate/tokens/linkedin/default.json";

#[test]
fn who_agrees_in_the_browser_is_signed_in_and_posts() {
    let (platform, oauth) = (Platform::start(), OAuth::giving(&[token("member-jane")]));
    let project = project(&platform, &oauth);
    let login = Login::begin(&project, "--port 0");
    assert_eq!(login.parameter("response_type"), "code");
    assert_eq!(login.parameter("client_id"), "86app");
    assert_eq!(login.parameter("scope"), "openid profile w_member_social");
    assert!(login.address.as_str().contains("openid%20profile"));
    let redirect = login.parameter("redirect_uri");
    assert!(login.parameter("state").len() >= 32);
    login.agrees().exits(0).says(&[
        "Member jane",
        "`urn:li:person:jane`",
        "60 days",
        &format!("add exactly `{redirect}`"),
    ]);
    let asked = oauth.asked("accessToken");
    assert_eq!(asked.len(), 1);
    assert_eq!(asked[0]["redirect_uri"], redirect, "byte for byte");

    project.run("check").says(&["Member jane", "`default`"]);
    project.run("build").exits(0).says(&["1 sent"]);
    assert_eq!(platform.feed()[0]["author"], "urn:li:person:jane");
}

#[cfg(unix)]
#[test]
fn the_token_lies_where_nobody_else_can_read_it() {
    use std::os::unix::fs::PermissionsExt as _;
    let (platform, oauth) = (Platform::start(), OAuth::giving(&[token("member-jane")]));
    let project = project(&platform, &oauth);
    Login::begin(&project, "--port 0").agrees().exits(0);
    let mode = |path: &str| {
        let metadata = std::fs::metadata(project.path(path)).unwrap();
        metadata.permissions().mode() & 0o777
    };
    assert_eq!(mode(PROFILE), 0o600);
    assert_eq!(mode(".home/.config/syndicate/tokens/linkedin"), 0o700);
    let open = std::fs::Permissions::from_mode(0o644);
    std::fs::set_permissions(project.path(PROFILE), open).unwrap();
    project.run("build").exits(3).says(&["chmod 600"]);
}

#[test]
fn an_answer_with_a_wrong_state_changes_nothing() {
    let (platform, oauth) = (Platform::start(), OAuth::giving(&[token("member-jane")]));
    let project = project(&platform, &oauth);
    let login = Login::begin(&project, "--port 0");
    let forged = format!(
        "{}?code=evil&state=guessed",
        login.parameter("redirect_uri")
    );
    assert_eq!(login.browse(&forged), 401);
    login
        .agrees()
        .exits(0)
        .says(&["another login", "Member jane"]);
    assert_eq!(
        oauth.asked("accessToken").len(),
        1,
        "the forged code is not used"
    );
}

#[test]
fn over_ssh_the_address_is_pasted() {
    let (platform, oauth) = (Platform::start(), OAuth::giving(&[token("member-jane")]));
    let project = project(&platform, &oauth);
    let mut login = Login::begin(&project, "--redirect-uri https://example.org/cb");
    assert_eq!(login.parameter("redirect_uri"), "https://example.org/cb");
    login.paste("what?");
    login.paste("https://example.org/cb?code=evil&state=guessed");
    let back = login.way_back(&format!("code={CODE}"));
    login.paste(&format!("  {back}  "));
    login
        .ends()
        .exits(0)
        .says(&["Member jane", "no answer", "another login"]);

    // The same while the listener listens.
    let mut login = Login::begin(&project, "--port 0");
    let back = login.way_back(&format!("code={CODE}"));
    login.paste(&back);
    login.ends().exits(0).says(&["Member jane"]);
}

#[test]
fn a_no_is_explained() {
    let (platform, oauth) = (Platform::start(), OAuth::giving(&[token("member-jane")]));
    let project = project(&platform, &oauth);
    for (error, part) in [
        ("user_cancelled_login", "`syndicate auth login linkedin`"),
        ("user_cancelled_authorize", "all of it or nothing"),
        ("unauthorized_scope_error", "Share on LinkedIn"),
        ("teapot", "refuses to sign in"),
    ] {
        let login = Login::begin(&project, "--port 0");
        let back = login.way_back(&format!("error={error}&error_description=Why+so"));
        assert_eq!(login.browse(&back), 200);
        login.ends().exits(1).says(&[error, "Why so", part]);
    }
    let login = Login::begin(&project, "--port 0");
    assert_eq!(login.browse(&login.way_back("code=used")), 200);
    login
        .ends()
        .exits(1)
        .says(&["`invalid_request`", "30 minutes"]);
    assert!(!project.path(PROFILE).exists());
}

#[test]
fn without_an_app_nobody_is_sent_away() {
    let (platform, oauth) = (Platform::start(), OAuth::giving(&[token("member-jane")]));
    let project = project(&platform, &oauth).env("LINKEDIN_CLIENT_SECRET", "");
    project
        .run("auth login linkedin")
        .exits(2)
        .says(&["client secret", "is missing"]);
    project
        .run("auth login mastodon")
        .exits(2)
        .says(&["no platform or sink `mastodon`"]);
    project
        .run("auth login linkedin --profile ../x")
        .exits(1)
        .says(&["no name of a profile"]);
    project
        .run("auth login linkedin --offline")
        .exits(2)
        .says(&["`--offline`"]);
}

#[test]
fn a_secret_may_come_by_standard_input() {
    let (platform, oauth) = (Platform::start(), OAuth::giving(&[token("member-jane")]));
    let project = project(&platform, &oauth).env("LINKEDIN_CLIENT_SECRET", "wrong-secret");
    let login = Login::begin(&project, "--port 0");
    let run = {
        let back = login.way_back(&format!("code={CODE}"));
        login.browse(&back);
        login
            .ends()
            .exits(1)
            .says(&["`invalid_client`", "LINKEDIN_CLIENT_SECRET"])
    };
    assert!(!run.stderr.contains("wrong-secret"), "{run}");
    let mut login = Login::with_input(&project, "--port 0 --client-secret-stdin", CLIENT_SECRET);
    let back = login.way_back(&format!("code={CODE}"));
    login.paste(&back);
    login.ends().exits(0).says(&["Member jane"]);
}

#[test]
fn profiles_lie_side_by_side_and_are_not_mixed_up() {
    let (platform, oauth) = (Platform::start(), OAuth::giving(&[token("member-jane")]));
    let project = project(&platform, &oauth);
    Login::begin(&project, "--port 0").agrees().exits(0);
    oauth.give(&[token("member-otto")]);
    Login::begin(&project, "--port 0").agrees().exits(1).says(&[
        "`urn:li:person:otto`",
        "`urn:li:person:jane`",
        "--replace",
        "--profile NAME",
    ]);
    assert!(project.read(PROFILE).contains("urn:li:person:jane"));
    Login::begin(&project, "--port 0 --profile otto")
        .agrees()
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
        .says(&["is Member jane", "`urn:li:person:otto`"]);
    otto.run("build")
        .exits(3)
        .says(&["[unauthorized]", "author: me"]);
    assert_eq!(platform.feed().len(), 0);

    Login::begin(&project, "--port 0 --replace")
        .agrees()
        .exits(0);
    assert!(project.read(PROFILE).contains("urn:li:person:otto"));
}

#[test]
fn an_environment_without_a_person_brings_its_token() {
    let (platform, oauth) = (Platform::start(), OAuth::giving(&[token("member-jane")]));
    let project = with_options(&platform, &oauth.url, ", token_file: secrets/token")
        .file("secrets/token", "member-file\n");
    Login::begin(&project, "--port 0").agrees().exits(0);
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
        .says(&["nobody is signed in", "auth login"]);
    project
        .run("auth logout linkedin")
        .exits(1)
        .says(&["nobody is signed in"]);

    Login::begin(&project, "--port 0").agrees().exits(0);
    let wrong = project.env("LINKEDIN_CLIENT_SECRET", "wrong");
    let run = wrong.run("auth logout linkedin").exits(0);
    let run = run.says(&["did not revoke it", "permitted-services"]);
    assert!(!run.stderr.contains("wrong-secret"), "{run}");
    assert!(!wrong.path(PROFILE).exists());
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
        "ends on 2027-01-21",
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
        .says(&["ends on 2027-11-22", "12 days"]);
}

#[test]
fn the_doctor_asks_only_when_told_to() {
    let (platform, oauth) = (Platform::start(), OAuth::giving(&[token("member-jane")]));
    let project = project(&platform, &oauth);
    let pipeline = project.read("pipeline.yaml");
    project.write(
        "pipeline.yaml",
        pipeline.replace("https://example.org", "http://127.0.0.1:9"),
    );
    Login::begin(&project, "--port 0").agrees().exits(0);
    project.run("check").exits(0);
    assert_eq!(oauth.asked("introspectToken").len(), 0);
    let run = project.run("check --online");
    let run = run.says(&[
        "one of Member jane",
        "may post as `urn:li:person:jane`",
        "ends on 2027-01-21",
        "clock",
    ]);
    assert_eq!(oauth.asked("introspectToken").len(), 1);
    assert_eq!(platform.feed().len(), 0, "nothing was posted: {run}");
    let refused = project.env("LINKEDIN_ACCESS_TOKEN", "noscope");
    refused
        .run("check --online")
        .exits(1)
        .says(&["lacks a right", "auth login"]);
    refused.run("check --online --offline").exits(2);
}

/// The whole way against the sandbox, which knows OAuth as LinkedIn does.
#[test]
fn the_sandbox_signs_in_and_out_as_linkedin_does() {
    let platform = Platform::consenting();
    let project = with_options(&platform, &platform.url, "");
    let login = Login::begin(&project, "--port 0");
    login.visit("");
    let robin = "`urn:li:person:s4ndb0xQ`";
    login
        .ends()
        .exits(0)
        .says(&["Robin Sandbox", robin, "60 days"]);
    project
        .run("check --online --json")
        .says(&["may post as `urn:li:person:s4ndb0xQ`"]);
    project.run("build").exits(0).says(&["1 sent"]);

    // Kim beside Robin; what an app without vetting may not ask for; a secret that is wrong.
    let login = Login::begin(&project, "--port 0 --profile kim");
    login.visit("&member=k1mS4ndb0x");
    login.ends().exits(0).says(&["Kim Sandbox"]);
    let login = Login::begin(&project, "--port 0 --scopes openid,w_organization_social");
    login.visit("");
    login
        .ends()
        .exits(1)
        .says(&["unauthorized_scope_error", "under Products"]);
    let project = project.env("LINKEDIN_CLIENT_SECRET", "wrong-secret");
    let login = Login::begin(&project, "--port 0");
    login.visit("");
    login.ends().exits(1).says(&["invalid_client"]);

    // The first token is still there, until it is given back.
    let project = project.env("LINKEDIN_CLIENT_SECRET", CLIENT_SECRET);
    let token = project.read(PROFILE);
    project.run("auth logout linkedin").exits(0);
    project.write(PROFILE, token);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let own = std::fs::Permissions::from_mode(0o600);
        std::fs::set_permissions(project.path(PROFILE), own).unwrap();
    }
    project.write(
        "posts/two.md",
        "---\ntitle: Two\ndate: 2026-11-21\n---\nText.\n",
    );
    project
        .run("build")
        .exits(3)
        .says(&["was revoked", "auth login"]);
}

#[test]
fn whoever_may_post_for_pages_is_told_which() {
    let platform = Platform::consenting();
    let page = ", author: 'urn:li:organization:1001', profile: company";
    let project =
        with_options(&platform, &platform.url, page).env("LINKEDIN_CLIENT_ID", "partner-1");
    let login = Login::begin(&project, "--port 0");
    let scopes = "r_basicprofile r_organization_admin w_organization_social";
    assert_eq!(login.parameter("scope"), scopes);
    login.visit("");
    login
        .ends()
        .exits(0)
        .says(&["Robin Sandbox", "tokens/linkedin/company.json"]);
    let pages = ["`urn:li:organization:1001`", "`urn:li:organization:1002`"];
    project
        .run("auth status")
        .exits(0)
        .says(&pages)
        .says(&["renewed by itself until 2027-11-22"]);
    let status = project.run("auth status --offline --json").json();
    assert_eq!(status["profiles"][0]["pages"], serde_json::Value::Null);
    project.run("build").exits(0).says(&["1 sent"]);
    assert_eq!(platform.feed()[0]["author"], "urn:li:organization:1001");
}

#[test]
fn of_several_sinks_the_one_of_the_profile_is_meant() {
    let platform = Platform::consenting();
    let url = &platform.url;
    let two = format!(
        "}}, company: {{type: linkedin, profile: company, author: 'urn:li:organization:1001', \
         endpoint: '{url}', oauth_endpoint: '{url}'"
    );
    let project =
        with_options(&platform, &platform.url, &two).env("LINKEDIN_CLIENT_ID", "vetted-1");
    for (arguments, scope) in [
        ("", "openid profile w_member_social"),
        (
            "--profile company",
            "r_basicprofile r_organization_admin w_organization_social",
        ),
    ] {
        let login = Login::begin(&project, &format!("--port 0 {arguments}"));
        assert_eq!(login.parameter("scope"), scope);
        login.visit("");
        let run = login.ends().exits(0);
        // Both are Robin's, of one app: the first token is gone, and that is said.
        let warned = run.stderr.contains("use an app for each");
        assert_eq!(warned, !arguments.is_empty(), "{run}");
    }
    let status = project.run("auth status --offline").exits(0);
    status.says(&["profile `company`", "profile `default`"]);
    project
        .run("check --online")
        .exits(1)
        .says(&["was revoked"]);
}
