//! A token is never seen: not on the screen, not in JSON, not in any file.

use std::path::Path;

use crate::build::pipeline;
use crate::support::oauth::{CLIENT_SECRET, CODE, REFRESH, renewable};
use crate::support::project::{Run, TOKEN};
use crate::support::{Login, OAuth, Platform, Project};

#[test]
fn nothing_that_the_program_writes_holds_the_token() {
    let platform = Platform::start();
    for (endpoint, token) in [
        (platform.url.as_str(), TOKEN.to_owned()),
        (platform.url.as_str(), format!("expired-{TOKEN}")),
        ("http://127.0.0.1:9", TOKEN.to_owned()),
    ] {
        let project = Project::with_pipeline(&pipeline(endpoint).replace(", token: rehearsal", ""))
            .with_ledger()
            .env("LINKEDIN_ACCESS_TOKEN", &token)
            .picture("posts/a.png", 60, 31)
            .post("posts/one.md", "title: One\ndate: 2026-11-20\nimage: a.png");
        for verb in [
            "items --json",
            "preview",
            "preview --json",
            "check",
            "check --json",
            "build",
            "build --json",
            "status --json",
        ] {
            let run = project.run(verb);
            assert!(
                !run.stdout.contains(TOKEN) && !run.stderr.contains(TOKEN),
                "{run}"
            );
        }
        search(project.folder(), &[TOKEN], None);
    }
}

/// No file of a folder but `except` holds any of `secrets`.
pub(crate) fn search(folder: &Path, secrets: &[&str], except: Option<&Path>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            search(&path, secrets, except);
        } else if except != Some(&path) {
            let text = String::from_utf8_lossy(&std::fs::read(&path).unwrap()).into_owned();
            for secret in secrets {
                assert!(
                    !text.contains(secret),
                    "{} holds `{secret}`",
                    path.display()
                );
            }
        }
    }
}

/// Everything that is secret in a login: what goes in, what comes back, and what is kept. The word
/// that tells the answer stands in the address that the person opens, and nowhere else.
#[test]
fn nothing_of_a_login_is_seen_anywhere_but_in_the_file_of_the_token() {
    let platform = Platform::start();
    let oauth = OAuth::giving(&[renewable(TOKEN, 31_536_000)]);
    let options = format!(
        ", oauth_endpoint: '{}', client_id: 86app, client_secret: '{CLIENT_SECRET}'",
        oauth.url
    );
    let project =
        Project::with_pipeline(&pipeline(&platform.url).replace(", token: rehearsal", &options))
            .with_ledger()
            .picture("posts/a.png", 60, 31)
            .post("posts/one.md", "title: One\ndate: 2026-11-20\nimage: a.png");
    let mut secrets = vec![TOKEN, CLIENT_SECRET, CODE, REFRESH];
    let seen = |run: &Run, secrets: &[&str]| {
        for secret in secrets {
            let shown = run.stdout.contains(secret) || run.stderr.contains(secret);
            assert!(!shown, "`{secret}` is shown\n{run}");
        }
    };

    // Refused, with the server repeating whatever it was sent; then granted.
    let pipeline = project.read("pipeline.yaml");
    let wrong = "WPL-another-secret";
    project.write("pipeline.yaml", pipeline.replace(CLIENT_SECRET, wrong));
    seen(
        &Login::begin(&project, "--port 0").agrees().exits(1),
        &[wrong, CODE],
    );
    project.write("pipeline.yaml", &pipeline);
    let login = Login::begin(&project, "--port 0 --json");
    let (state, address) = (login.parameter("state"), login.address.to_string());
    let mut run = login.agrees().exits(0);
    run.stderr = run.stderr.replace(&address, "");
    secrets.push(&state);
    seen(&run, &secrets);

    let kept = project.path(".home/.config/syndicate/tokens/linkedin/default.json");
    std::fs::remove_file(project.path("pipeline.yaml")).unwrap();
    search(project.folder(), &secrets, Some(&kept));
    project.write("pipeline.yaml", &pipeline);
    for verb in [
        "check",
        "check --json",
        "auth status",
        "auth status --json",
        "preview --json",
        "build",
        "build --json",
        "status --json",
        "auth logout linkedin --json",
    ] {
        seen(&project.run(verb), &secrets);
    }
    // A file that is damaged is quoted by nobody.
    let torn = format!("{{\"access_token\": \"{TOKEN}\", \"refresh_token\": {REFRESH}");
    project.write(".home/.config/syndicate/tokens/linkedin/default.json", torn);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        std::fs::set_permissions(&kept, std::fs::Permissions::from_mode(0o600)).unwrap();
    }
    for verb in [
        "check",
        "build",
        "auth status --json",
        "auth logout linkedin",
    ] {
        seen(&project.run(verb), &secrets);
    }
    std::fs::remove_file(project.path("pipeline.yaml")).unwrap();
    search(project.folder(), &secrets, None);
}

#[test]
fn reading_verbs_need_no_token() {
    let project =
        Project::with_pipeline(&pipeline("http://127.0.0.1:9").replace(", token: rehearsal", ""))
            .with_ledger()
            .picture("posts/a.png", 60, 31)
            .post("posts/one.md", "title: One\ndate: 2026-11-20\nimage: a.png");
    for verb in ["items", "preview", "build --dry-run", "build --sandbox"] {
        project.run(verb).exits(0);
    }
    project
        .run("build")
        .exits(3)
        .says(&["LINKEDIN_ACCESS_TOKEN", "[unauthorized]"]);
}
