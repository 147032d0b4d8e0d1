//! Secrets never appear on the terminal, in JSON or in any file other than the token file.

use std::path::Path;

use crate::build::pipeline;
use crate::support::oauth::{CLIENT_SECRET, CODE, REFRESH, renewable};
use crate::support::project::{Run, TOKEN};
use crate::support::{Login, OAuth, Platform, Project, RawServer};

#[test]
fn token_is_in_no_output() {
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

/// Checks that no file of a folder, other than `except`, contains any of `secrets`.
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

/// Checks all secrets of a login: the client secret, the code, the tokens and the state. Only the address
/// that the user opens contains the state.
#[test]
fn login_secrets_stay_in_token_file() {
    let platform = Platform::start();
    let oauth = OAuth::with_tokens(&[renewable(TOKEN, 31_536_000)]);
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

    // The first login is refused by a server that repeats the request; the second one succeeds.
    let pipeline = project.read("pipeline.yaml");
    let wrong = "WPL-another-secret";
    project.write("pipeline.yaml", pipeline.replace(CLIENT_SECRET, wrong));
    seen(
        &Login::start(&project, "--port 0").consent().exits(1),
        &[wrong, CODE],
    );
    project.write("pipeline.yaml", &pipeline);
    let login = Login::start(&project, "--port 0 --json");
    let (state, address) = (login.parameter("state"), login.address.to_string());
    let mut run = login.consent().exits(0);
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
    // A message about a damaged token file must not quote it.
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

/// Tokens and passwords written into pipeline.yaml; no part of them may be shown.
const LITERALS: [&str; 2] = ["AQXw8fLiteralToken0123", "correcthorse"];

/// Typos around a literal token, as lines of a sink.
const SLIPS: [&str; 24] = [
    "    tokn: SECRET",
    "    Token: SECRET",
    "    access_token: SECRET",
    "    oauth_token: 'SECRET'",
    "    token: [SECRET]",
    "    token: {SECRET: 1}",
    "    token: {value: SECRET}",
    "    token: SECRET\n    token: SECRET",
    "    token: SECRET\n    thumbnail: maybe",
    "    token: \"SECRET",
    "    token: 'SECRET\n    api: posts",
    "    token: SECRET: x",
    "    token:SECRET",
    "    token: @SECRET",
    "    token: `SECRET`",
    "    token: *SECRET",
    "    token: |\n      SECRET\n     SECRET",
    "    token: >-\n      SECRET\n   SECRET",
    "    token:\n\tSECRET",
    "    tokn: &t SECRET\n    profile: *t",
    "    endpoint: https://user:SECRET@api.linkedin.com",
    "    endpoint: ftp://SECRET@api.linkedin.com",
    "    endpoint: \"https://api.linkedin.com/?access_token=SECRET\"",
    "    client_secret: [1, SECRET]",
];

fn with_sink(lines: &str) -> Project {
    Project::with_pipeline(&format!(
        "sources:\n  blog: {{type: site, path: ., content: posts, url: \"https://blog.example.org\"}}\n\
         sinks:\n  linkedin:\n    type: linkedin\n{lines}\n    thumbnail: skip\n"
    ))
    .with_ledger()
    .post("posts/one.md", "title: One\ndate: 2026-11-20")
}

#[test]
fn literal_token_on_faulty_line_is_hidden() {
    for slip in SLIPS {
        for secret in LITERALS {
            let project = with_sink(&slip.replace("SECRET", secret));
            let run = project.run("check --json");
            let shown = run.stdout.contains(secret) || run.stderr.contains(secret);
            assert!(!shown && run.code == Some(1), "{slip}\n{run}");
            assert!(run.json()["diagnostics"][0]["line"].is_number(), "{run}");
        }
    }
}

#[test]
fn typo_without_secret_shows_its_line() {
    for (slip, shown) in [
        ("    visibility: maybe", "    visibility: maybe"),
        ("    author: urn:li:company:1", "author: urn:li:company:1"),
        (
            "    tokn: ${LINKEDIN_ACCESS_TOKEN}",
            "tokn: ${LINKEDIN_ACCESS_TOKEN}",
        ),
        ("    grace: 30s", "grace: 30s"),
    ] {
        with_sink(slip).run("check").exits(1).says(&[shown]);
    }
}

#[test]
fn value_of_variable_is_hidden() {
    for (slip, field) in [
        ("    author: ${MY_TOKEN}", "author"),
        ("    profile: x/${MY_TOKEN}", "profile"),
        ("    endpoint: ${MY_TOKEN}", "endpoint"),
        ("    text_limit: ${MY_TOKEN}", "text_limit"),
        ("    visibility: ${MY_TOKEN}", "visibility"),
        ("    api_version: x${MY_TOKEN}", "api_version"),
    ] {
        for value in [TOKEN, "a plain value", "me@example"] {
            let run = with_sink(slip).env("MY_TOKEN", value).run("check --json");
            let shown = run.stdout.contains(value) || run.stderr.contains(value);
            assert!(!shown, "{slip}\n{run}");
            let fault = &run.json()["diagnostics"][0];
            let message = fault["message"].as_str().unwrap();
            assert!(
                message.contains("${MY_TOKEN}") && message.contains(field),
                "{run}"
            );
            assert_eq!(fault["line"], 6, "{run}");
        }
    }
}

#[test]
fn token_echoed_by_platform_is_hidden() {
    let base64 = "QVFYLW5ldmVyLXRvLWJlLXNlZW4tMDEyMzQ1Njc4OQ==";
    for echo in [
        format!("bad token {TOKEN}"),
        format!("Basic {base64}"),
        format!("https://api.linkedin.com/x?oauth2_access_token={TOKEN}"),
    ] {
        let body = format!(r#"{{"status":422,"serviceErrorCode":100,"message":"{echo}"}}"#);
        let head = "HTTP/1.1 422 Answer\r\ncontent-type: application/json\r\n";
        let answer = format!("{head}content-length: {}\r\n\r\n{body}", body.len());
        let server = RawServer::answering(answer.leak().as_bytes());
        let sink = format!(
            "    token: ${{MY}}\n    endpoint: {}\n    author: urn:li:person:a1",
            server.url
        );
        let project = with_sink(&sink).env("MY", TOKEN);
        for verb in [
            "build",
            "build --json",
            "status",
            "status --json",
            "preview --html out",
        ] {
            let run = project.run(verb);
            for hidden in [TOKEN, &base64[..20]] {
                let shown = run.stdout.contains(hidden) || run.stderr.contains(hidden);
                assert!(!shown, "{run}");
            }
        }
        search(project.folder(), &[TOKEN, &base64[..20]], None);
    }
}
