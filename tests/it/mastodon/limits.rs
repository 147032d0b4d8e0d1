//! Limits that the server names, and the documented ones.

use platform_fakes::mastodon::Mastodon;
use serde_json::Value;

use super::{ONE, Server};
use crate::support::Project;

/// Returns the measure of the only post in a preview.
fn preview(project: &Project, arguments: &str) -> Value {
    let preview = project
        .run(&format!("preview --json {arguments}"))
        .exits(0)
        .json();
    preview["plan"][0].clone()
}

#[test]
fn text_is_measured_by_limits_of_server() {
    for (mastodon, limit, per_url) in [
        (Mastodon::new(), 500, 23),
        (Mastodon::new().with_limits(5000, 40), 5000, 40),
        (
            Mastodon::new().with_limits(700, 32).without_instance_v2(),
            700,
            32,
        ),
    ] {
        let server = Server::start(mastodon);
        let project = server
            .project(", commentary: \"New: {{link}}\"")
            .post("posts/one.md", ONE);
        let entry = preview(&project, "");
        assert_eq!(entry["post"]["limit"], limit, "{entry}");
        assert_eq!(entry["post"]["length"], "New: ".len() + per_url, "{entry}");
    }
}

#[test]
fn documented_limits_apply_offline() {
    let server = Server::start(Mastodon::new().with_limits(5000, 40));
    let project = server
        .project(", commentary: \"New: {{link}}\"")
        .post("posts/one.md", ONE);
    assert_eq!(preview(&project, "--offline")["post"]["limit"], 500);
    assert_eq!(preview(&project, "")["post"]["limit"], 5000);
    assert_eq!(
        preview(&project, "--offline")["post"]["limit"],
        5000,
        "the last answer is kept"
    );
}

#[test]
fn too_long_text_is_fault() {
    let server = Server::start(Mastodon::new().with_limits(30, 23));
    let options = ", commentary: \"A text that is too long: {{link}}\"";
    let project = server.project(options).post("posts/one.md", ONE);
    let entry = project.run("build --json").exits(3).json()["plan"][0].take();
    assert_eq!(entry["code"], "text_too_long", "{entry}");
    assert!(server.creates().is_empty());
}

#[test]
fn long_description_is_shortened() {
    let server = Server::start(Mastodon::new());
    let front = ONE.replace("The first.", &"A long sentence. ".repeat(60));
    let project = server.project("").post("posts/one.md", &front);
    super::build(&project, 0);
    let post = &server.fake.posts()[0];
    assert!(
        post.text
            .ends_with("https://blog.example.org/one/\n\n#Rust"),
        "{}",
        post.text
    );
    assert_eq!(server.fake.refusals(), [""; 0]);
}
