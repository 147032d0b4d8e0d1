//! Posts that are edited, deleted and adopted.

use platform_fakes::Fault;
use platform_fakes::mastodon::Mastodon;
use serde_json::json;

use super::{ONE, STATUSES, Server, build, send_by_hand};
use crate::support::Project;

fn sent(server: &Server, options: &str) -> Project {
    let project = server.project(options).picture("posts/a.png", 60, 31).post(
        "posts/one.md",
        &format!("{ONE}\nimage: a.png\nimage_alt: A chart"),
    );
    build(&project, 0);
    project
}

fn correct(project: &Project) {
    let post = project.read("posts/one.md");
    project.write("posts/one.md", post.replace("The first.", "The first one."));
}

#[test]
fn update_keeps_media_and_warning() {
    let server = Server::start(Mastodon::new());
    let mut project = sent(&server, ", post: image, content_warning: Rust");
    let before = server.fake.posts()[0].clone();
    assert_eq!(before.media_ids.len(), 1);
    correct(&project);
    server.advance(&mut project, 1);
    project.run("update posts/one.md").exits(0);
    let posts = server.fake.posts();
    assert_eq!(posts.len(), 1);
    assert!(
        posts[0].text.contains("The first one."),
        "{}",
        posts[0].text
    );
    assert_eq!(posts[0].media_ids, before.media_ids);
    assert_eq!(posts[0].spoiler_text, "Rust");
    assert_eq!(
        (&posts[0].id, &posts[0].visibility),
        (&before.id, &before.visibility)
    );
    assert_eq!(server.fake.media().len(), 1, "an edit uploads nothing");
    assert_eq!(server.fake.refusals(), [""; 0]);
    assert_eq!(build(&project, 0)["code"], "already_sent");
    // The edit time is known, so a second edit does not conflict.
    let post = project.read("posts/one.md");
    project.write("posts/one.md", post.replace("first one", "first text"));
    server.advance(&mut project, 1);
    project.run("update posts/one.md").exits(0);
    assert!(server.fake.posts()[0].text.contains("The first text."));
}

#[test]
fn edit_by_hand_is_conflict() {
    let server = Server::start(Mastodon::new());
    let mut project = sent(&server, "");
    let id = server.fake.posts()[0].id.clone();
    server.advance(&mut project, 1);
    let url = format!("{}{STATUSES}/{id}", server.fake.url());
    send_by_hand("PUT", &url, "Changed by hand");
    correct(&project);
    server.advance(&mut project, 1);
    project
        .run("update posts/one.md")
        .exits(3)
        .says(&["was edited on the server"]);
    assert_eq!(server.fake.posts()[0].text, "Changed by hand");
}

#[test]
fn lost_answer_of_update_is_repeated() {
    let server = Server::start(Mastodon::new());
    let mut project = sent(&server, "");
    correct(&project);
    server.advance(&mut project, 1);
    server
        .fake
        .inject(Fault::cut_after("PUT", "/api/v1/statuses/*"));
    project.run("update posts/one.md").exits(0);
    let post = &server.fake.posts()[0];
    assert!(post.text.contains("The first one."));
    assert_eq!(post.earlier_texts.len(), 1, "the post was edited once");
    assert_eq!(build(&project, 0)["code"], "already_sent");
}

#[test]
fn retract_deletes_post() {
    let server = Server::start(Mastodon::new());
    let project = sent(&server, "");
    project.run("retract posts/one.md").exits(0);
    assert!(server.fake.posts().is_empty());
    assert_ne!(build(&project, 0)["action"], "send");
}

#[test]
fn retract_accepts_deleted_post() {
    let server = Server::start(Mastodon::new());
    let project = sent(&server, "");
    let id = server.fake.posts()[0].id.clone();
    server.fake.delete_by_hand(&id);
    project.run("retract posts/one.md").exits(0);
}

#[test]
fn adopt_takes_address_of_post() {
    let server = Server::start(Mastodon::new());
    let project = server.project("").post("posts/one.md", ONE);
    let id = server.post_by_hand("Posted from my phone");
    let url = format!("{}/@alice/{id}", server.fake.url());
    project.run(&format!("adopt posts/one.md {url}")).exits(0);
    let entry = build(&project, 0);
    assert_eq!(entry["code"], json!("already_sent"), "{entry}");
    project
        .run("adopt posts/one.md https://other.example/@alice/1")
        .exits(1);
    correct(&project);
    project.run("update posts/one.md").exits(0);
    let text = &server.fake.posts()[0].text;
    assert!(text.starts_with("One\n\nThe first one."), "{text}");
}
