//! The sink `webhook`: deliveries to strict fakes of Slack, Discord and Telegram and to a receiver of Standard Webhooks.

mod adopt;
mod checks;
mod discord;
mod generic;
mod secrets;
mod signed;
mod slack;
mod telegram;

use platform_fakes::{Fake, Platform};
use serde_json::Value;

use crate::support::Project;

/// A post whose title tries to notify everyone and to be markup, and the link of its page.
const ONE: &str = "title: \"<!channel> @everyone *bold* & co\"\ndescription: The first.\ndate: 2026-11-20\n\
                   tags: [Rust]\nlang: en";
const LINK: &str = "https://blog.example.org/one/";

/// Returns a project with one post and a sink with these options, in YAML's flow style, that sends to `fake`.
fn project<P: Platform>(fake: &Fake<P>, options: &str) -> Project {
    let pipeline = format!(
        "sources:\n  blog: {{type: site, path: ., content: posts, url: \"https://blog.example.org\", permalink: \"/:slug/\"}}\n\
         sinks:\n  chat: {{type: webhook, endpoint: \"{}\", {options}}}\n\
         policy: {{since: 2026-11-01, max_per_run: 100}}\n",
        fake.url()
    );
    Project::with_pipeline(&pipeline)
        .with_ledger()
        .post("posts/one.md", ONE)
}

/// Adds a built page with a picture to `project`, which has a site without built pages.
fn with_picture(project: Project) -> Project {
    let pipeline = project
        .read("pipeline.yaml")
        .replace("content: posts", "content: posts, output: public");
    let page = "<!doctype html><html lang=en><head><title>One</title>\
                <meta property=\"og:type\" content=\"article\">\
                <meta property=\"og:image\" content=\"https://blog.example.org/a.png\">\
                <meta property=\"og:image:alt\" content=\"A chart\">\
                <link rel=canonical href=\"https://blog.example.org/one/\"></head>\
                <body><article><h1>One</h1><p>A body that says something.</p></article></body></html>";
    let project = project
        .file("pipeline.yaml", pipeline)
        .file("public/one/index.html", page);
    project.picture("public/a.png", 1200, 627)
}

/// Builds and returns the entry of the only post.
#[track_caller]
fn build(project: &Project, code: i32) -> Value {
    project.run("build --json").exits(code).json()["plan"][0].take()
}

/// Changes the description of the post.
fn correct(project: &Project) {
    let post = project.read("posts/one.md");
    project.write("posts/one.md", post.replace("The first.", "The first one."));
}

/// Returns the number of requests that create a post: `POST` requests to this path.
fn creates<P: Platform>(fake: &Fake<P>, path: &str) -> usize {
    let requests = fake.requests().into_iter();
    requests
        .filter(|request| request.method == "POST" && request.path == path)
        .count()
}
