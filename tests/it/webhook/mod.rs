//! The sink `webhook`: deliveries to strict fakes of Slack, Discord and Telegram and to a receiver of Standard Webhooks.

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
    Project::with_pipeline(&pipeline).with_ledger().post("posts/one.md", ONE)
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
    requests.filter(|request| request.method == "POST" && request.path == path).count()
}
