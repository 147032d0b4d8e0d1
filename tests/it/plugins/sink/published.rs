//! Posts that exist: they are found after a lost answer, listed, adopted, changed and retracted.

use platform_fakes::Fault;

use super::journal::{PLUGIN, Server, build};

const POSTS: &str = "/api/posts";

#[test]
fn lost_answer_is_found_by_key() {
    let server = Server::start();
    let mut project = server.project(PLUGIN);
    server.fake.inject(Fault::cut_after("POST", POSTS));
    assert_eq!(build(&project, 4)["outcome"], "unknown");
    project.set_env("SYNDICATE_NOW", "2026-11-22T12:30:00Z");
    let entry = build(&project, 0);
    assert_eq!(entry["code"], "already_sent", "{entry}");
    assert_eq!(server.count("POST", POSTS), 1);
    project
        .run("status")
        .exits(0)
        .says(&["https://journal.example/p/7"]);
}

#[test]
fn lost_request_is_sent_again_after_search() {
    let server = Server::start();
    let mut project = server.project(PLUGIN);
    server.fake.inject(Fault::cut_before("POST", POSTS));
    build(&project, 4);
    project.set_env("SYNDICATE_NOW", "2026-11-22T12:30:00Z");
    build(&project, 0);
    assert_eq!((server.count("POST", POSTS), server.posts().len()), (2, 1));
}

#[test]
fn sink_without_search_stays_unknown() {
    let server = Server::start();
    let plugin = PLUGIN.replace(r#""finds": True"#, r#""finds": False"#);
    let mut project = server.project(&plugin);
    server.fake.inject(Fault::cut_before("POST", POSTS));
    build(&project, 4);
    project.set_env("SYNDICATE_NOW", "2026-11-23T12:30:00Z");
    build(&project, 4);
    assert_eq!(server.count("POST", POSTS), 1);
    project.run("settle posts/one.md --not-sent").exits(0);
    build(&project, 0);
    assert_eq!(server.count("POST", POSTS), 2);
}

#[test]
fn change_is_sent_with_version() {
    let server = Server::start();
    let project = server.project(PLUGIN);
    build(&project, 0);
    project.write(
        "posts/one.md",
        "---\ntitle: One and more\ndate: 2026-11-20\nimage: one.png\n---\n\nAnother body.\n",
    );
    project.run("update posts/one.md").exits(0);
    let post = server.posts().remove(0);
    assert_eq!(
        (post["title"].as_str(), post["version"].as_u64()),
        (Some("One and more"), Some(2))
    );
    project.run("update posts/one.md").exits(0);
    assert_eq!(server.count("POST", POSTS), 1);
}

#[test]
fn foreign_change_is_not_overwritten() {
    let server = Server::start();
    let project = server.project(PLUGIN);
    build(&project, 0);
    server.change(7, 5);
    project.write(
        "posts/one.md",
        "---\ntitle: One and more\ndate: 2026-11-20\nimage: one.png\n---\n\nAnother body.\n",
    );
    project
        .run("update posts/one.md")
        .exits(3)
        .says(&["it was changed in the journal"]);
    assert_eq!(server.posts()[0]["title"], "One");
}

#[test]
fn post_is_retracted() {
    let server = Server::start();
    let project = server.project(PLUGIN);
    build(&project, 0);
    project.run("retract posts/one.md").exits(0);
    assert_eq!(server.posts().len(), 0);
}

#[test]
fn post_of_lost_ledger_is_adopted() {
    let server = Server::start();
    build(&server.project(PLUGIN), 0);
    let other = server.project(PLUGIN);
    other
        .run("adopt posts/one.md 8")
        .exits(1)
        .says(&["no post 8", "pass its number"]);
    other.run("adopt posts/one.md 7").exits(0);
    build(&other, 0);
    assert_eq!(server.count("POST", POSTS), 1);
}

#[test]
fn lost_ledger_is_rebuilt_from_list() {
    let server = Server::start();
    let project = server.project(PLUGIN);
    build(&project, 0);
    std::fs::remove_file(project.path("syndicate.ledger.jsonl")).unwrap();
    std::fs::remove_dir_all(project.path(".home")).unwrap();
    project
        .run("status --reconcile --yes")
        .exits(0)
        .says(&["journal: 1 post listed: 0 known, 1 found"]);
    assert_eq!(build(&project, 0)["code"], "already_sent");
    assert_eq!(server.count("POST", POSTS), 1);
}
