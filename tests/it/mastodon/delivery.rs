//! A post that arrives, and refusals.

use platform_fakes::mastodon::{Mastodon, TOKEN};
use platform_fakes::{Answer, Fault};
use serde_json::json;

use super::{LINK, ONE, STATUSES, Server, build, events};

#[test]
fn post_is_sent_as_previewed() {
    let server = Server::start(Mastodon::new());
    let project = server.project("").post("posts/one.md", ONE);
    let preview = project.run("preview --json").exits(0).json();
    let built = build(&project, 0);
    assert_eq!(built["outcome"], "sent", "{built}");
    assert_eq!(built["hash"], preview["plan"][0]["hash"]);
    let posts = server.fake.posts();
    assert_eq!(posts.len(), 1);
    assert_eq!(
        posts[0].text,
        format!("One\n\nThe first.\n\n{LINK}\n\n#Rust")
    );
    assert_eq!(
        (posts[0].visibility.as_str(), posts[0].language.as_str()),
        ("public", "en")
    );
    let intent = &events(&project, "intent")[0];
    assert_eq!(
        posts[0].idempotency_key.as_deref(),
        intent["slots"]["key"].as_str()
    );
    assert_eq!(intent["slots"]["links"], json!([LINK]));
    let sent = &events(&project, "sent")[0];
    assert_eq!(sent["remote"]["id"], posts[0].id.as_str());
    assert!(
        sent["remote"]["url"]
            .as_str()
            .unwrap()
            .ends_with(&posts[0].id),
        "{sent}"
    );
    assert!(!project.read("syndicate.ledger.jsonl").contains(TOKEN));
    assert_eq!(build(&project, 0)["code"], "already_sent");
    assert_eq!(server.creates().len(), 1);
    assert_eq!(server.fake.refusals(), [""; 0]);
}

#[test]
fn warning_and_audience_are_sent() {
    let server = Server::start(Mastodon::new());
    let options = ", content_warning: Rust, visibility: private, language: de, sensitive: true";
    let project = server.project(options).post("posts/one.md", ONE);
    build(&project, 0);
    let post = &server.fake.posts()[0];
    assert_eq!(
        (post.spoiler_text.as_str(), post.visibility.as_str()),
        ("Rust", "private")
    );
    assert_eq!((post.language.as_str(), post.sensitive), ("de", true));
    assert_eq!(server.fake.refusals(), [""; 0]);
}

#[test]
fn plan_names_account_of_token() {
    let server = Server::start(Mastodon::new());
    let project = server.project("").post("posts/one.md", ONE);
    build(&project, 0);
    project
        .run("check --online")
        .exits(0)
        .says(&["@alice@", "the server runs mastodon"]);
}

#[test]
fn revoked_token_is_reported() {
    let server = Server::start(Mastodon::new());
    let project = server.project("").post("posts/one.md", ONE);
    server.fake.revoke(TOKEN);
    let entry = build(&project, 3);
    assert_eq!(
        (&entry["outcome"], &entry["code"]),
        (&json!("failed"), &json!("unauthorized"))
    );
    assert!(server.creates().is_empty());
}

#[test]
fn missing_scope_is_reported() {
    let server = Server::start(Mastodon::new().with_token("narrow", "read:accounts"));
    let project = server
        .project("")
        .post("posts/one.md", ONE)
        .env("MASTODON_TOKEN", "narrow");
    let entry = build(&project, 3);
    assert_eq!(entry["code"], "forbidden", "{entry}");
    assert!(
        entry["next"].to_string().contains("write:statuses")
            || entry.to_string().contains("write:statuses"),
        "{entry}"
    );
    assert!(server.fake.posts().is_empty());
}

#[test]
fn throttle_waits_until_named_time() {
    let server = Server::start(Mastodon::new());
    let project = server.project("").post("posts/one.md", ONE);
    let body = json!({"error": "Too many requests"});
    let answer = Answer::json(429, &body).with("x-ratelimit-reset", "2026-11-22T12:05:00.000000Z");
    server.fake.inject(Fault::answer("POST", STATUSES, answer));
    let entry = build(&project, 0);
    assert_eq!(
        (&entry["action"], &entry["code"]),
        (&json!("wait"), &json!("throttled"))
    );
    assert!(
        entry["reason"].as_str().unwrap().contains("12:05"),
        "{entry}"
    );
    assert!(server.fake.posts().is_empty());
    let project = project.env("SYNDICATE_NOW", "2026-11-22T12:06:00Z");
    assert_eq!(build(&project, 0)["outcome"], "sent");
}

#[test]
fn refusal_is_not_repeated_in_run() {
    let server = Server::start(Mastodon::new());
    let project = server.project("").post("posts/one.md", ONE);
    let body = json!({"error": "Validation failed: Text can't be blank"});
    server
        .fake
        .inject(Fault::answer("POST", STATUSES, Answer::json(422, &body)));
    let entry = build(&project, 3);
    assert_eq!(entry["code"], "rejected", "{entry}");
    assert_eq!(server.creates().len(), 1);
}

#[test]
fn check_names_page_without_author() {
    let server = Server::start(Mastodon::new());
    let project = server.project("").post("posts/one.md", ONE);
    let pipeline = project.read("pipeline.yaml");
    let built = pipeline.replace("content: posts,", "content: posts, output: public,");
    project.write("pipeline.yaml", built);
    let page = |head: &str| {
        let body = "<article><h1>One</h1><p>A body that says something.</p></article>";
        format!("<html><head><title>One</title>{head}</head><body>{body}</body></html>")
    };
    project.write("public/one/index.html", page(""));
    let missing =
        "`public/one/index.html`: the page has no `fediverse:creator`: the card names no author";
    let element = "add `<meta name=\"fediverse:creator\" content=\"@you@example.social\">`";
    project.run("check").says(&[missing, element]);
    let creator = "<meta name=\"fediverse:creator\" content=\"@alice@example.social\">";
    project.write("public/one/index.html", page(creator));
    project.run("check").lacks(&["fediverse:creator"]);
}
