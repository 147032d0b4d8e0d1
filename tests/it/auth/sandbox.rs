//! Login at the sandbox, which implements OAuth like LinkedIn.

use super::{PROFILE, doctor, with_options};
use crate::support::oauth::CLIENT_SECRET;
use crate::support::{Login, Platform};

/// Runs the whole login and logout against the sandbox.
#[test]
fn sandbox_signs_in_and_out() {
    let platform = Platform::with_consent();
    let project = with_options(&platform, &platform.url, "");
    let login = Login::start(&project, "--port 0");
    login.visit("");
    let robin = "`urn:li:person:s4ndb0xQ`";
    login
        .finish()
        .exits(0)
        .says(&["Robin Sandbox", robin, "60 days"]);
    doctor(&project, "--json").says(&["may post as `urn:li:person:s4ndb0xQ`"]);
    project.run("build").exits(0).says(&["1 sent"]);

    // A second profile; a scope that an unvetted app may not request; a wrong client secret.
    let login = Login::start(&project, "--port 0 --profile kim");
    login.visit("&member=k1mS4ndb0x");
    login.finish().exits(0).says(&["Kim Sandbox"]);
    let login = Login::start(&project, "--port 0 --scopes openid,w_organization_social");
    login.visit("");
    login
        .finish()
        .exits(1)
        .says(&["unauthorized_scope_error", "under Products"]);
    let project = project.env("LINKEDIN_CLIENT_SECRET", "wrong-secret");
    let login = Login::start(&project, "--port 0");
    login.visit("");
    login.finish().exits(1).says(&["invalid_client"]);

    // The first token exists until it is revoked.
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
fn login_lists_permitted_pages() {
    let platform = Platform::with_consent();
    let page = ", author: 'urn:li:organization:1001', profile: company";
    let project =
        with_options(&platform, &platform.url, page).env("LINKEDIN_CLIENT_ID", "partner-1");
    let login = Login::start(&project, "--port 0");
    let scopes = "r_basicprofile r_organization_admin w_organization_social";
    assert_eq!(login.parameter("scope"), scopes);
    login.visit("");
    login
        .finish()
        .exits(0)
        .says(&["Robin Sandbox", "tokens/linkedin/company.json"]);
    let pages = ["`urn:li:organization:1001`", "`urn:li:organization:1002`"];
    project
        .run("auth status")
        .exits(0)
        .says(&pages)
        .says(&["refreshed automatically until 2027-11-22"]);
    let status = project.run("auth status --offline --json").json();
    assert_eq!(status["profiles"][0]["pages"], serde_json::Value::Null);
    project.run("build").exits(0).says(&["1 sent"]);
    assert_eq!(platform.feed()[0]["author"], "urn:li:organization:1001");
}

#[test]
fn login_uses_sink_of_profile() {
    let platform = Platform::with_consent();
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
        let login = Login::start(&project, &format!("--port 0 {arguments}"));
        assert_eq!(login.parameter("scope"), scope);
        login.visit("");
        let run = login.finish().exits(0);
        // Both tokens belong to Robin and one app, so the first token is invalid and a warning appears.
        let warned = run.stderr.contains("use one app per profile");
        assert_eq!(warned, !arguments.is_empty(), "{run}");
    }
    let status = project.run("auth status --offline").exits(0);
    status.says(&["profile `company`", "profile `default`"]);
    doctor(&project, "").exits(1).says(&["was revoked"]);
}
