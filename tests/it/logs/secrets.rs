//! The log shows no secret, even with everything that `RUST_LOG` can select.

use super::{assert_order, log};
use crate::auth;
use crate::build::pipeline;
use crate::support::oauth::{CLIENT_SECRET, CODE, REFRESH, renewable};
use crate::support::project::{Run, TOKEN};
use crate::support::{Login, OAuth, Platform, Project, RawServer};

#[track_caller]
fn assert_hides(run: &Run, secrets: &[&str]) {
    for secret in secrets {
        let shown = run.stdout.contains(secret) || run.stderr.contains(secret);
        assert!(!shown, "`{secret}` is shown\n{run}");
    }
}

#[test]
fn log_hides_token_and_secret_path() {
    let webhook = "bot7123:AAE-webhook-never-to-be-seen";
    let refusal =
        format!("HTTP/1.1 401 No\r\ncontent-length: 4\r\nx-echo: {TOKEN}\r\n\r\n{{}}\r\n");
    let server = RawServer::answering(refusal.leak().as_bytes());
    let platform = Platform::start();
    for endpoint in [
        &platform.url,
        &format!("{}/${{HOOK_TOKEN}}", server.url),
        "http://127.0.0.1:9",
    ] {
        let pipeline =
            pipeline(endpoint).replace("token: rehearsal", "token: \"${LINKEDIN_ACCESS_TOKEN}\"");
        let project = Project::with_pipeline(&pipeline)
            .with_ledger()
            .env("LINKEDIN_ACCESS_TOKEN", TOKEN)
            .env("HOOK_TOKEN", webhook)
            .env("RUST_LOG", "trace")
            .picture("posts/a.png", 60, 31)
            .post("posts/one.md", "title: One\ndate: 2026-11-20\nimage: a.png");
        for verb in [
            "check",
            "check --online",
            "preview --json",
            "build",
            "status",
        ] {
            let run = project.run(verb);
            assert!(
                log(&run).iter().any(|line| line.starts_with("TRACE ")),
                "{run}"
            );
            assert_hides(&run, &[TOKEN, webhook]);
        }
    }
}

#[test]
fn log_hides_query_of_address() {
    let server = RawServer::answering(
        b"HTTP/1.1 302 Go\r\nlocation: /new.xml?sig=hidden-sig\r\ncontent-length: 0\r\n\r\n",
    );
    let source = format!(
        "sources: {{news: {{type: feed, url: '{}/feed.xml?key=hidden-key'}}}}\n",
        server.url
    );
    let project = Project::with_pipeline(&source).env("RUST_LOG", "trace");
    let run = project.run("items");
    assert_order(
        &run,
        &[
            &["path=\"/feed.xml\" status=302 elapsed_ms="],
            &["path=\"/new.xml\" status=302 redirects=1 elapsed_ms="],
        ],
    );
    assert_hides(&run, &["hidden-sig", "hidden-key"]);
}

#[test]
fn log_hides_everything_of_login() {
    let (platform, oauth) = (
        Platform::start(),
        OAuth::with_tokens(&[renewable(TOKEN, 31_536_000)]),
    );
    let project = auth::project(&platform, &oauth).env("RUST_LOG", "trace");
    let login = Login::start(&project, "--port 0");
    let (state, address) = (login.parameter("state"), login.address.to_string());
    let mut run = login.consent().exits(0);
    // The address to open is printed for the user and contains the state.
    run.stderr = run.stderr.replace(&address, "");
    assert!(
        run.stderr
            .contains("path=\"/oauth/v2/accessToken\" status=200"),
        "{run}"
    );
    let secrets = [TOKEN, CLIENT_SECRET, CODE, REFRESH, &state];
    assert_hides(&run, &secrets);

    oauth.set_tokens(&[renewable("AQX-second-never-to-be-seen", 31_536_000)]);
    let project = project.env("SYNDICATE_NOW", "2027-01-19T12:00:00Z");
    let run = project.run("build");
    run.stderr
        .lines()
        .find(|line| line.contains("token renewed platform=\"linkedin\" profile=\"default\""))
        .unwrap();
    assert_hides(&run, &secrets);
    assert_hides(&run, &["AQX-second-never-to-be-seen"]);
}
