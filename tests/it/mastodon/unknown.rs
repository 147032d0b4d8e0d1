//! Lost answers: a keyed repeat where the server honours keys, and reading the account's posts everywhere else.

use platform_fakes::mastodon::{IdempotencyKeys, Mastodon};
use platform_fakes::{Answer, Fault};
use serde_json::json;

use super::{LINK, ONE, STATUSES, Server, build, events};

/// Returns a server that ignores keys, as its software says.
fn without_keys() -> Server {
    let server = Mastodon::new().with_software("snac", "2.75");
    Server::start(server.with_idempotency_keys(IdempotencyKeys::Ignored))
}

#[test]
fn lost_answer_repeats_same_bytes() {
    let server = Server::start(Mastodon::new());
    let project = server.project("").post("posts/one.md", ONE);
    server.fake.inject(Fault::cut_after("POST", STATUSES));
    let entry = build(&project, 0);
    assert_eq!(entry["outcome"], "sent", "{entry}");
    let posts = server.fake.posts();
    assert_eq!(posts.len(), 1);
    assert_eq!(entry["receipt"]["id"], posts[0].id.as_str());
    let creates = server.creates();
    assert_eq!(creates.len(), 2, "the repeat is keyed");
    assert_eq!(creates[0].body, creates[1].body);
    let key = |index: usize| creates[index].header("idempotency-key").map(str::to_owned);
    assert_eq!(key(0), key(1));
}

#[test]
fn failing_repeat_is_found() {
    let keys = IdempotencyKeys::RepeatFails;
    let server = Server::start(Mastodon::new().with_idempotency_keys(keys));
    let project = server.project("").post("posts/one.md", ONE);
    server.fake.inject(Fault::cut_after("POST", STATUSES));
    project.run("build");
    // The repeats were answered with 500 although the post exists.
    let creates = server.creates().len();
    assert!(creates > 1);
    let entry = build(&project, 0);
    assert_eq!(entry["code"], "already_sent", "{entry}");
    let posts = server.fake.posts();
    assert_eq!(posts.len(), 1);
    assert_eq!(server.creates().len(), creates, "nothing is created again");
    assert!(
        project
            .read("syndicate.ledger.jsonl")
            .contains(&posts[0].id)
    );
}

#[test]
fn lost_answer_without_keys_is_found() {
    let server = without_keys();
    let project = server.project("").post("posts/one.md", ONE);
    server.fake.inject(Fault::cut_after("POST", STATUSES));
    project.run("build");
    let entry = build(&project, 0);
    assert_eq!(entry["code"], "already_sent", "{entry}");
    assert_eq!(server.fake.posts().len(), 1);
    assert_eq!(server.creates().len(), 1, "the request is never repeated");
    assert_eq!(events(&project, "intent")[0]["repeat"], json!("never"));
}

#[test]
fn lost_request_is_sent_after_wait() {
    let server = without_keys();
    let mut project = server.project("").post("posts/one.md", ONE);
    // A post before the request, so that the listing is known to reach back beyond it.
    server.post_by_hand("An earlier post");
    server.advance(&mut project, 10);
    server.fake.inject(Fault::cut_before("POST", STATUSES));
    let entry = build(&project, 4);
    assert_eq!(entry["outcome"], "unknown", "{entry}");
    server.advance(&mut project, 1);
    let entry = build(&project, 4);
    assert_eq!(
        entry["action"], "ask",
        "the request may still arrive: {entry}"
    );
    server.advance(&mut project, 5);
    let entry = build(&project, 0);
    assert_eq!(entry["outcome"], "sent", "{entry}");
    assert_eq!(server.fake.posts_with(LINK).len(), 1);
}

#[test]
fn doubtful_post_needs_answer() {
    let server = without_keys();
    let mut project = server.project("").post("posts/one.md", ONE);
    let first = server.post_by_hand(&format!("Soon: {LINK}"));
    server.advance(&mut project, 10);
    server.fake.inject(Fault::cut_after("POST", STATUSES));
    build(&project, 4);
    // Two posts have the link, so that it proves nothing.
    server.advance(&mut project, 10);
    project
        .run("build")
        .exits(4)
        .says(&["several posts have the link"]);
    assert_eq!(
        server.creates().len(),
        2,
        "one by hand, and one of the program"
    );
    let posts = server.fake.posts();
    let own = posts.iter().find(|post| post.id != first).unwrap();
    project
        .run(&format!("settle posts/one.md --sent {}", own.id))
        .exits(0);
    assert_eq!(build(&project, 0)["code"], "already_sent");
    assert_eq!(server.fake.posts().len(), 2);
}

#[test]
fn older_post_with_link_is_not_taken() {
    let server = without_keys();
    let mut project = server.project("").post("posts/one.md", ONE);
    server.post_by_hand(&format!("Soon: {LINK}"));
    server.advance(&mut project, 10);
    server.fake.inject(Fault::cut_before("POST", STATUSES));
    build(&project, 4);
    server.advance(&mut project, 10);
    project
        .run("build")
        .exits(4)
        .says(&["is older than the request"]);
    assert_eq!(server.fake.posts().len(), 1);
}

#[test]
fn failing_listing_proves_nothing() {
    let server = without_keys();
    let mut project = server.project("").post("posts/one.md", ONE);
    server.post_by_hand("An earlier post");
    server.advance(&mut project, 10);
    server.fake.inject(Fault::cut_before("POST", STATUSES));
    build(&project, 4);
    for answer in [
        Answer::json(200, &json!([])),
        Answer::html(200, "<html></html>"),
        Answer::empty(502),
    ] {
        server.advance(&mut project, 10);
        let listing = "/api/v1/accounts/*/statuses";
        server
            .fake
            .inject(Fault::answer("GET", listing, answer).first(10));
        project.run("build").exits(4);
        server.fake.clear_faults();
    }
    assert_eq!(server.fake.posts_with(LINK).len(), 0);
    server.advance(&mut project, 10);
    assert_eq!(build(&project, 0)["outcome"], "sent");
    assert_eq!(server.fake.posts_with(LINK).len(), 1);
}

#[test]
fn expired_key_is_not_repeated() {
    let server = Server::start(Mastodon::new());
    let mut project = server.project("").post("posts/one.md", ONE);
    server
        .fake
        .inject(Fault::cut_before("POST", STATUSES).always());
    build(&project, 4);
    server.fake.clear_faults();
    let creates = server.creates().len();
    // The listing is empty, which proves nothing, and the key is no longer known.
    server.advance(&mut project, 56);
    project.run("build").exits(4);
    assert_eq!(server.creates().len(), creates);
    assert!(server.fake.posts().is_empty());
}
