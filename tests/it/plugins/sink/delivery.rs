//! First deliveries: as previewed, with uploads and credentials, and the errors of the platform.

use platform_fakes::{Answer, Fault};
use serde_json::json;

use super::journal::{PLUGIN, Server, TOKEN, build};

const POSTS: &str = "/api/posts";

#[test]
fn post_is_sent_as_previewed() {
    let server = Server::start();
    let project = server.project(PLUGIN);
    let preview = project.run("preview --json").exits(0).json();
    assert_eq!(server.count("POST", "/api/images"), 0);
    let entry = build(&project, 0);
    assert_eq!(entry["outcome"], "sent", "{entry}");
    assert_eq!(entry["hash"], preview["plan"][0]["hash"]);
    assert_eq!(entry["receipt"]["id"], "7");
    assert_eq!(entry["receipt"]["url"], "https://journal.example/p/7");
    let [post] = &server.posts()[..] else {
        panic!("one post was sent");
    };
    assert_eq!(post["title"], "One");
    assert_eq!(post["link"], "https://blog.example.org/one/");
    assert_eq!(post["image"], "img-1");
    assert!(
        post["html"]
            .as_str()
            .unwrap()
            .contains("A body that says something.")
    );
    assert!(
        post["key"].as_str().is_some_and(|key| key.len() > 10),
        "{post}"
    );
    project.run("build").exits(0);
    assert_eq!(server.count("POST", POSTS), 1);
    project
        .run("status")
        .exits(0)
        .says(&["https://journal.example/p/7"]);
    let ledger = project.read("syndicate.ledger.jsonl");
    assert!(
        ledger.contains(r#""type":"test""#) && !ledger.contains(TOKEN),
        "{ledger}"
    );
}

#[test]
fn creating_request_has_new_connection() {
    let server = Server::start();
    let project = server.project(PLUGIN);
    build(&project, 0);
    let requests = server.fake.requests();
    let create = requests
        .iter()
        .find(|request| request.path == POSTS)
        .unwrap();
    assert_eq!(
        create.header("authorization"),
        Some(&*format!("Bearer {TOKEN}"))
    );
    assert_eq!(create.header("content-type"), Some("application/json"));
    let uploads = requests
        .iter()
        .filter(|request| request.path == "/api/images");
    assert_eq!(uploads.count(), 1);
}

#[test]
fn refusals_are_read_by_table() {
    for (status, headers, body, outcome, code) in [
        (
            401,
            None,
            json!({"error": {"code": "bad_token"}}),
            "failed",
            "unauthorized",
        ),
        (
            409,
            None,
            json!({"error": {"existing": 3}}),
            "failed",
            "duplicate",
        ),
        (
            422,
            None,
            json!({"error": {"message": "too long"}}),
            "failed",
            "rejected",
        ),
        (
            422,
            None,
            json!({"message": "of a gateway"}),
            "unknown",
            "outcome_unknown",
        ),
        (429, Some("3600"), json!({}), "waiting", "throttled"),
        (429, None, json!({}), "unknown", "outcome_unknown"),
        (
            500,
            None,
            json!({"error": {"code": "bad_token"}}),
            "unknown",
            "outcome_unknown",
        ),
        (201, None, json!({"post": {}}), "unknown", "outcome_unknown"),
        (
            302,
            None,
            json!({"post": {"id": 7}}),
            "unknown",
            "outcome_unknown",
        ),
    ] {
        let server = Server::start();
        let project = server.project(PLUGIN);
        let mut answer = Answer::json(status, &body);
        if let Some(after) = headers {
            answer.headers.insert("retry-after", after.parse().unwrap());
        }
        server
            .fake
            .inject(Fault::answer("POST", POSTS, answer).always());
        let exit = match outcome {
            "unknown" => 4,
            "waiting" => 0,
            _ => 3,
        };
        let entry = build(&project, exit);
        assert_eq!(entry["outcome"], outcome, "{status} {body}: {entry}");
        assert_eq!(entry["code"], code, "{status} {body}: {entry}");
        project.run("build");
        if outcome == "unknown" {
            assert_eq!(server.count("POST", POSTS), 1, "{status} {body}");
        }
    }
}

#[test]
fn server_decides_about_limits() {
    let server = Server::start();
    let project = server.empty_project(PLUGIN);
    let long = "word ".repeat(50);
    let project = project.post(
        "posts/one.md",
        &format!("title: One\ndate: 2026-11-20\nimage: one.png\ndescription: {long}"),
    );
    project
        .run("preview")
        .exits(0)
        .says(&["shortened to fit 200 characters"]);
    project.run("preview --offline").exits(0).says(&["One"]);
}

#[test]
fn preview_needs_no_secret() {
    let server = Server::start();
    let project = server.project(PLUGIN).without_env("JOURNAL_TOKEN");
    project.run("preview").exits(0).says(&["One"]);
    let run = project.run("build").exits(3);
    run.says(&["JOURNAL_TOKEN"]);
    project
        .run("check --offline")
        .exits(1)
        .says(&["JOURNAL_TOKEN"]);
    assert!(server.fake.requests().is_empty());
}

#[test]
fn check_names_account_and_secret() {
    let server = Server::start();
    let project = server.project(PLUGIN);
    project
        .run("check --online")
        .says(&["found `token`", "posts as `u1`"]);
    let preview = project.run("preview --json").exits(0).json();
    assert_eq!(preview["plan"][0]["sender"]["name"], "@ann");
}

#[test]
fn foreign_host_needs_grant() {
    let server = Server::start();
    let plugin = PLUGIN.replace(
        r#"endpoint="{site}/api""#,
        r#"endpoint="https://api.journal.example""#,
    );
    let project = server.project(&plugin);
    let run = project.run("preview").exits(1);
    run.says(&[
        "plugin `test` sends requests to `api.journal.example`, which is not granted",
        "add `grant: {hosts: [api.journal.example]}` if it may",
    ]);
    let pipeline = project.read("pipeline.yaml");
    let granted = pipeline.replace(
        "timeout: 20s",
        "timeout: 20s, grant: {hosts: [api.journal.example]}",
    );
    project.write("pipeline.yaml", granted);
    project.run("preview --offline").exits(0);
    let own = format!("timeout: 20s, endpoint: \"{}/api\"", server.fake.url());
    project.write("pipeline.yaml", pipeline.replace("timeout: 20s", &own));
    assert_eq!(build(&project, 0)["outcome"], "sent");
}

#[test]
fn mistakes_in_pipeline_are_explained() {
    let server = Server::start();
    let project = server.project(PLUGIN);
    let pipeline = project.read("pipeline.yaml");
    for (from, to, expected) in [
        ("token: \"${JOURNAL_TOKEN}\"", "x: 1", "missing key `token`"),
        (
            "token: \"${JOURNAL_TOKEN}\"",
            "token: [1]",
            "`token` must be text",
        ),
        ("site:", "sites:", "did you mean `site`?"),
        (
            "timeout: 20s",
            "endpoint: \"http://journal.example\"",
            "use `https`",
        ),
        (
            "timeout: 20s",
            "max_per_runs: 3",
            "unknown key `max_per_runs`",
        ),
    ] {
        project.write("pipeline.yaml", pipeline.replace(from, to));
        project.run("preview").exits(1).says(&[expected]);
    }
}

#[test]
fn wrong_hello_is_explained() {
    let server = Server::start();
    for (from, to, expected) in [
        (
            r#""kind": "bearer""#,
            r#""kind": "magic""#,
            "unknown value `magic` (one of `bearer`, `basic`",
        ),
        (
            r#""secret": "token""#,
            r#""secret": "key""#,
            "the secret `key` is used, but not in `wants.secrets`",
        ),
        (
            r#"needs=["html"]"#,
            r#"needs=["title"]"#,
            "a sink cannot need `title`",
        ),
        (
            r#"auth=[{"kind": "bearer", "secret": "token"}],"#,
            "",
            "the secret `token` is neither in a rule of `auth` nor in `wants.seal_secrets`",
        ),
    ] {
        let project = server.project(&PLUGIN.replace(from, to));
        project.run("preview").exits(3).says(&[expected]);
    }
}

#[test]
fn sandbox_skips_plugin() {
    let server = Server::start();
    let project = server.project(PLUGIN);
    project
        .run("preview --sandbox --all")
        .exits(0)
        .says(&["no_sandbox"]);
    assert!(server.fake.requests().is_empty());
}

#[test]
fn list_shows_hosts_and_secrets() {
    let server = Server::start();
    let project = server.project(PLUGIN);
    project.run("plugin list").exits(0).says(&[
        "sink `journal`: test 1.0.0, protocol 1",
        "secret     `token`, sent to its endpoint",
        "requests to {site}/api",
    ]);
    let list = project.run("plugin list --json").exits(0).json();
    assert_eq!(list["plugins"][0]["wants"]["secrets"], json!({"token": []}));
}

#[test]
fn plugin_that_cannot_start_holds_back_its_posts() {
    let server = Server::start();
    let project = server.project("import no_such_module\n");
    let run = project.run("build").exits(3);
    run.says(&["no_such_module"]);
    project.run("status").exits(0);
    project.write(
        "plugins/syndicate-plugin-test",
        format!("{}{PLUGIN}", super::super::PYTHON),
    );
    assert_eq!(build(&project, 0)["outcome"], "sent");
}
