//! Updates and retractions.

use platform_fakes::Fault;
use platform_fakes::devto::{API_KEY, Devto};
use serde_json::json;
use syndicate_api::http::{Http, HttpRequest};

use super::{ONE, Server, build};
use crate::support::Project;

fn sent(server: &Server, options: &str) -> Project {
    let project = server.project(options).post("posts/one.md", ONE);
    build(&project, 0);
    project
}

fn edit(project: &Project) {
    let post = project.read("posts/one.md");
    project.write("posts/one.md", post.replace("A body", "Another body"));
}

/// Changes the article as its author does on the site.
fn edit_by_hand(server: &Server, fields: serde_json::Value) {
    let url = format!("{}/api/articles/{}", server.fake.url(), server.article().id);
    let request = HttpRequest::new("PUT", url)
        .header("api-key", API_KEY)
        .header("accept", "application/vnd.forem.api-v1+json")
        .header("content-type", "application/json")
        .body(json!({"article": fields}).to_string().into());
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let answer = runtime.block_on(Http::new().send(request)).unwrap();
    assert_eq!(answer.status, 200);
}

#[test]
fn update_changes_article_in_place() {
    let server = Server::start(Devto::new());
    let project = sent(&server, "");
    edit_by_hand(&server, json!({"published": true}));
    edit(&project);
    let plan = project.run("update posts/one.md --json").exits(0).json();
    assert_eq!(plan["plan"][0]["outcome"], "updated", "{plan}");
    let article = server.article();
    assert!(article.body_markdown.starts_with("Another body"));
    assert!(article.published, "the author published the draft");
    server.check_strictness();
}

#[test]
fn article_edited_on_site_is_conflict() {
    let server = Server::start(Devto::new());
    let project = sent(&server, "");
    edit_by_hand(&server, json!({"body_markdown": "Edited on the site"}));
    edit(&project);
    let plan = project.run("update posts/one.md --json").exits(3).json();
    assert_eq!(plan["plan"][0]["code"], "conflict", "{plan}");
    assert_eq!(server.article().body_markdown, "Edited on the site");
    project.run("update posts/one.md --force").exits(0);
    assert!(server.article().body_markdown.starts_with("Another body"));
}

#[test]
fn lost_update_is_repeated() {
    let server = Server::start(Devto::new());
    let project = sent(&server, "");
    edit(&project);
    server
        .fake
        .inject(Fault::cut_after("PUT", "/api/articles/*"));
    project.run("update posts/one.md").exits(0);
    assert!(server.article().body_markdown.starts_with("Another body"));
    let id = server.article().id;
    assert_eq!(
        server.requests("PUT", &format!("/api/articles/{id}")).len(),
        2
    );
}

#[test]
fn retract_unpublishes() {
    let server = Server::start(Devto::new());
    let project = sent(&server, ", publish: true");
    assert!(server.article().published);
    project.run("retract posts/one.md").exits(0);
    assert!(!server.article().published);
    server.check_strictness();
}

#[test]
fn retract_accepts_missing_article() {
    let server = Server::start(Devto::new());
    let project = sent(&server, "");
    server.fake.delete_by_hand(server.article().id);
    project.run("retract posts/one.md").exits(0);
}
