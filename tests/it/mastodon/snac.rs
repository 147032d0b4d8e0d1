//! Deliveries to snac2. It ignores idempotency keys, lists only public posts, cannot page, and has no request to delete
//! a post.

use std::time::Duration;

use jiff::SignedDuration;
use serde_json::{Value, json};

use super::{ONE, build, events, project};
use crate::support::client::{get, json_request, send};
use crate::support::clock;
use crate::support::servers::Snac;
use crate::support::{Login, Project, Proxy, ProxyFault};

const CREATE: &str = "POST /api/v1/statuses";

/// Returns a project for the account of `server`, with one post.
fn of(server: &Snac, endpoint: &str, options: &str) -> Project {
    project(endpoint, &server.token, options)
        .with_system_clock()
        .post("posts/one.md", ONE)
}

/// Creates a post as its author does in another app.
fn post_by_hand(server: &Snac, text: &str) {
    let url = format!("{}/api/v1/statuses", server.url);
    let created = send(json_request(
        "POST",
        &url,
        &server.token,
        &json!({"status": text}),
    ));
    assert_eq!(created.status, 200);
}

fn contents(server: &Snac) -> Vec<String> {
    let statuses = server.statuses();
    let content = |status: &Value| status["content"].as_str().unwrap().to_owned();
    statuses.iter().map(content).collect()
}

#[test]
#[ignore = "needs snac2: tests/run installs it"]
fn post_is_sent_once() {
    let server = Snac::start();
    let project = of(&server, &server.url, ", content_warning: Rust");
    let entry = build(&project, 0);
    assert_eq!(entry["outcome"], "sent", "{entry}");
    let statuses = server.statuses();
    assert_eq!(statuses.len(), 1);
    assert_eq!(statuses[0]["id"], entry["receipt"]["id"]);
    assert_eq!(statuses[0]["spoiler_text"], "Rust");
    assert_eq!(statuses[0]["language"], "en");
    assert_eq!(events(&project, "intent")[0]["repeat"], json!("never"));
    assert_eq!(build(&project, 0)["code"], "already_sent");
    assert_eq!(server.statuses().len(), 1);
}

#[test]
#[ignore = "needs snac2: tests/run installs it"]
fn pasted_code_signs_in() {
    let server = Snac::start();
    let project = of(&server, &server.url, "").without_env("MASTODON_TOKEN");
    let mut login = Login::at(&project, "mastodon");
    login.paste(&server.consent(&login.parameter("client_id")));
    login.finish().exits(0).says(&["@alice@"]);
    assert_eq!(build(&project, 0)["outcome"], "sent");
    assert_eq!(server.statuses().len(), 1);
}

#[test]
#[ignore = "needs snac2: tests/run installs it"]
fn limits_are_those_of_first_version() {
    let server = Snac::start();
    let project = of(&server, &server.url, ", commentary: \"New: {{link}}\"");
    let preview = project.run("preview --json").exits(0).json();
    let post = &preview["plan"][0]["post"];
    assert_eq!(
        (&post["limit"], &post["length"]),
        (&json!(100_000), &json!(5 + 32))
    );
    project
        .run("check --online")
        .exits(0)
        .says(&["the server runs snac", "@alice@"]);
}

#[test]
#[ignore = "needs snac2: tests/run installs it"]
fn lost_answer_is_found() {
    let server = Snac::start();
    let proxy = Proxy::before(&server.url);
    let project = of(&server, &proxy.url, "");
    proxy.fault(CREATE, 1, ProxyFault::CutAnswer);
    project.run("build");
    let entry = build(&project, 0);
    assert_eq!(entry["code"], "already_sent", "{entry}");
    assert_eq!(server.statuses().len(), 1);
    assert_eq!(proxy.requests(CREATE), 1, "snac would create a second post");
    let id = server.statuses()[0]["id"].as_str().unwrap().to_owned();
    assert!(project.read("syndicate.ledger.jsonl").contains(&id));
}

#[test]
#[ignore = "needs snac2: tests/run installs it"]
fn lost_request_is_sent_after_wait() {
    let server = Snac::start();
    post_by_hand(&server, "An earlier post");
    let proxy = Proxy::before(&server.url);
    let start = clock::now() + SignedDuration::from_mins(10);
    let at = |minutes| (start + SignedDuration::from_mins(minutes)).to_string();
    let mut project = of(&server, &proxy.url, "").env("SYNDICATE_NOW", &at(0));
    proxy.fault(CREATE, 1, ProxyFault::CutRequest);
    build(&project, 4);
    project.set_env("SYNDICATE_NOW", &at(1));
    assert_eq!(build(&project, 4)["action"], "ask");
    project.set_env("SYNDICATE_NOW", &at(6));
    let entry = build(&project, 0);
    assert_eq!(entry["outcome"], "sent", "{entry}");
    assert_eq!(server.statuses().len(), 2);
}

#[test]
#[ignore = "needs snac2: tests/run installs it"]
fn hidden_post_is_never_called_missing() {
    let server = Snac::start();
    post_by_hand(&server, "An earlier post");
    let proxy = Proxy::before(&server.url);
    let start = clock::now() + SignedDuration::from_mins(10);
    let at = |minutes| (start + SignedDuration::from_mins(minutes)).to_string();
    let mut project = of(&server, &proxy.url, ", visibility: private").env("SYNDICATE_NOW", &at(0));
    proxy.fault(CREATE, 1, ProxyFault::CutAnswer);
    build(&project, 4);
    for minutes in [1, 10, 100] {
        project.set_env("SYNDICATE_NOW", &at(minutes));
        project
            .run("build")
            .exits(4)
            .says(&["lists only public posts"]);
    }
    assert_eq!(proxy.requests(CREATE), 1);
}

#[test]
#[ignore = "needs snac2: tests/run installs it"]
fn edit_changes_post_and_retract_says_no() {
    let server = Snac::start();
    let project = of(&server, &server.url, "");
    build(&project, 0);
    let post = project.read("posts/one.md");
    project.write("posts/one.md", post.replace("The first.", "The first one."));
    // snac has times in seconds.
    std::thread::sleep(Duration::from_millis(1100));
    project.run("update posts/one.md").exits(0);
    assert_eq!(server.statuses().len(), 1);
    assert!(
        contents(&server)[0].contains("The first one."),
        "{:?}",
        contents(&server)
    );
    project
        .run("retract posts/one.md")
        .exits(3)
        .says(&["does not delete it by its API"]);
    assert_eq!(server.statuses().len(), 1);
}

#[test]
#[ignore = "needs snac2: tests/run installs it"]
fn picture_has_alternative_text() {
    let server = Snac::start();
    let project = of(&server, &server.url, ", post: image")
        .picture("posts/a.png", 60, 31)
        .post(
            "posts/one.md",
            &format!("{ONE}\nimage: a.png\nimage_alt: A chart"),
        );
    build(&project, 0);
    let statuses = server.statuses();
    let medium = &statuses[0]["media_attachments"][0];
    assert_eq!(medium["description"], "A chart", "{medium}");
    let picture = get(medium["url"].as_str().unwrap(), "");
    assert_eq!(picture.status, 200);
}

#[test]
#[ignore = "needs snac2: tests/run installs it"]
fn adopt_finds_address_without_identifier() {
    let server = Snac::start();
    post_by_hand(&server, "Posted from my phone");
    let url = server.statuses()[0]["url"].as_str().unwrap().to_owned();
    let project = of(&server, &server.url, "");
    project.run(&format!("adopt posts/one.md {url}")).exits(0);
    assert_eq!(build(&project, 0)["code"], "already_sent");
    assert_eq!(server.statuses().len(), 1);
}
