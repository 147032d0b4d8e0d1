//! Unknown outcomes: the list of the account's articles decides.

use platform_fakes::Fault;
use platform_fakes::devto::Devto;

use super::{ARTICLES, ONE, Server, build};

#[test]
fn lost_answer_is_found_in_list() {
    let server = Server::start(Devto::new());
    let mut project = server.project("").post("posts/one.md", ONE);
    server.fake.inject(Fault::cut_after("POST", ARTICLES));
    let entry = build(&project, 4);
    assert_eq!(entry["outcome"], "unknown", "{entry}");
    let article = server.article();
    server.advance(&mut project, 20);
    let entry = build(&project, 0);
    assert_eq!(entry["code"], "already_sent", "{entry}");
    assert_eq!(server.article(), article);
    assert_eq!(server.requests("POST", ARTICLES).len(), 1);
    project
        .run("status")
        .exits(0)
        .says(&[&article.id.to_string()]);
}

#[test]
fn lost_request_is_sent_again() {
    let server = Server::start(Devto::new().with_earlier_article("An earlier article"));
    let mut project = server.project("").post("posts/one.md", ONE);
    server.fake.inject(Fault::cut_before("POST", ARTICLES));
    build(&project, 4);
    assert_eq!(server.fake.posts().len(), 1);
    // Another machine's clock or a slow server could still create it.
    build(&project, 4);
    server.advance(&mut project, 20);
    build(&project, 0);
    assert_eq!(server.fake.posts().len(), 2);
    assert_eq!(server.requests("POST", ARTICLES).len(), 2);
}

#[test]
fn list_without_articles_frees_nothing() {
    let server = Server::start(Devto::new());
    let mut project = server.project("").post("posts/one.md", ONE);
    server.fake.inject(Fault::cut_before("POST", ARTICLES));
    build(&project, 4);
    for _ in 0..2 {
        server.advance(&mut project, 20);
        let entry = build(&project, 4);
        assert_eq!(entry["action"], "ask", "{entry}");
    }
    project.run("settle posts/one.md --not-sent").exits(0);
    build(&project, 0);
    assert_eq!(server.fake.posts().len(), 1);
    assert_eq!(server.requests("POST", ARTICLES).len(), 2);
}

#[test]
fn edited_article_does_not_prove_attempt() {
    let server = Server::start(Devto::new());
    let mut project = server.project("").post("posts/one.md", ONE);
    server.fake.inject(Fault::cut_after("POST", ARTICLES));
    build(&project, 4);
    // A list that cannot be read decides nothing.
    let list = "/api/articles/me/all";
    server.fake.inject(Fault::cut_before("GET", list).always());
    server.advance(&mut project, 20);
    build(&project, 4);
    server.fake.clear_faults();
    build(&project, 0);
    assert_eq!(server.fake.posts().len(), 1);
}
