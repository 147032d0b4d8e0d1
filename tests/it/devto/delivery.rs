//! First deliveries: drafts and published articles, copies that exist already, limits, and runs without an account.

use crate::support::clock;
use platform_fakes::devto::Devto;
use platform_fakes::{Answer, Fault};
use serde_json::json;

use super::{ARTICLES, LINK, ONE, Server, build, project};

#[test]
fn draft_is_sent_as_previewed() {
    let server = Server::start(Devto::new());
    let project = server.project("").post("posts/one.md", ONE);
    let preview = project.run("preview --json").exits(0).json();
    let entry = build(&project, 0);
    assert_eq!(entry["outcome"], "sent", "{entry}");
    assert_eq!(entry["hash"], preview["plan"][0]["hash"]);
    let article = server.article();
    assert!(!article.published);
    assert_eq!(article.title, "One");
    assert_eq!(article.description, "The first.");
    assert_eq!(article.body_markdown, "A body that says something.");
    assert_eq!(article.canonical_url.as_deref(), Some(LINK));
    assert_eq!(article.tags, ["rust", "cpp"]);
    assert_eq!(entry["receipt"]["id"], json!(article.id.to_string()));
    let url = entry["receipt"]["url"].as_str().unwrap();
    assert!(url.ends_with("/edit"), "{url}");
    project.run("build").exits(0);
    assert_eq!(server.requests("POST", ARTICLES).len(), 1);
    server.check_strictness();
}

#[test]
fn options_publish_in_series() {
    let server = Server::start(Devto::new().with_organization(7));
    let options = ", publish: true, series: Basics, organization_id: 7";
    let front = format!("{ONE}\nimage: https://cdn.example.org/one.png");
    let project = server.project(options).post("posts/one.md", &front);
    build(&project, 0);
    let article = server.article();
    assert!(article.published);
    assert_eq!(article.series.as_deref(), Some("Basics"));
    assert_eq!(article.organization_id, Some(7));
    assert_eq!(
        article.main_image.as_deref(),
        Some("https://cdn.example.org/one.png")
    );
    server.check_strictness();
}

#[test]
fn copy_of_own_account_is_asked_about() {
    let server = Server::start(Devto::new());
    let project = server.project("").post("posts/one.md", ONE);
    build(&project, 0);
    let id = server.article().id.to_string();
    // Another machine without this ledger has the same account.
    let other = server.project("").post("posts/one.md", ONE);
    let entry = build(&other, 3);
    assert_eq!(entry["code"], "duplicate", "{entry}");
    let next = entry["next"].as_str().unwrap();
    assert!(next.contains(&format!("adopt posts/one.md {id}")), "{next}");
    assert_eq!(server.requests("POST", ARTICLES).len(), 1);
    other
        .run(&format!("adopt posts/one.md {id} --sink devto"))
        .exits(0);
    other.run("build").exits(0);
    assert_eq!(server.fake.posts().len(), 1);
}

#[test]
fn page_and_editor_are_adopted() {
    let server = Server::start(Devto::new());
    let mut project = server.project("").post("posts/one.md", ONE);
    let before = project.read("syndicate.ledger.jsonl");
    let receipt = build(&project, 0)["receipt"].take();
    // The receipt of a draft has the address of its editor.
    let url = receipt["url"].as_str().unwrap();
    let page = url.strip_suffix("/edit").unwrap_or(url);
    for (machine, address) in [("a", page.to_owned()), ("b", format!("{page}/edit"))] {
        project.write("syndicate.ledger.jsonl", &before);
        let elsewhere = project.path(machine);
        project.set_env("XDG_STATE_HOME", elsewhere.to_str().unwrap());
        let adopted = project.run_args(&["adopt", "posts/one.md", &address, "--json"]);
        assert_eq!(adopted.exits(0).json()["receipt"]["id"], receipt["id"]);
        assert_eq!(build(&project, 0)["code"], "already_sent");
    }
    project
        .run("adopt posts/one.md https://dev.to/alice/another-1")
        .exits(1);
    assert_eq!(server.requests("POST", ARTICLES).len(), 1);
}

#[test]
fn copy_of_another_account_is_not_adopted() {
    let server = Server::start(Devto::new().with_article_of_another("One", LINK));
    let project = server.project(", publish: true").post("posts/one.md", ONE);
    let entry = build(&project, 3);
    assert_eq!(entry["code"], "duplicate", "{entry}");
    let hint = entry["diagnostic"]["hint"].as_str().unwrap_or_default();
    assert!(hint.contains("another account"), "{entry}");
    assert!(server.fake.posts().is_empty());
    build(&project, 0);
    assert_eq!(server.requests("POST", ARTICLES).len(), 1);
}

#[test]
fn throttled_article_waits() {
    let server = Server::start(Devto::new());
    let mut project = server.project("").post("posts/one.md", ONE);
    let later = Answer::text(429, "Retry later\n").with("retry-after", "1800");
    server.fake.inject(Fault::answer("POST", ARTICLES, later));
    let entry = build(&project, 0);
    assert_eq!(entry["code"], "throttled", "{entry}");
    assert!(server.fake.posts().is_empty());
    server.advance(&mut project, 31);
    assert_eq!(build(&project, 0)["outcome"], "sent");
}

#[test]
fn two_posts_are_spaced() {
    // The throttle of the fake counts by the system's clock here.
    let fake = platform_fakes::Fake::start(Devto::new(), clock::now);
    let two = ONE.replace("One", "Two");
    let project = project(fake.url(), "")
        .post("posts/one.md", ONE)
        .post("posts/two.md", &two);
    let plan = project.run("build --json").exits(0).json();
    assert_eq!(plan["plan"][0]["outcome"], "sent");
    assert_eq!(plan["plan"][1]["outcome"], "sent");
    let throttled = fake
        .exchanges()
        .into_iter()
        .filter(|exchange| exchange.status.is_some_and(|status| status.as_u16() == 429));
    assert_eq!(throttled.count(), 0);
}

#[test]
fn wrong_key_is_unauthorized() {
    let server = Server::start(Devto::new());
    let project = server.project("").post("posts/one.md", ONE);
    let project = project.env("DEVTO_API_KEY", "another-key-0123456789");
    let run = project.run("build --json").exits(3);
    assert!(!run.to_string().contains("another-key-0123456789"), "{run}");
    let entry = &run.json()["plan"][0];
    assert_eq!(entry["code"], "unauthorized", "{entry}");
    let hint = entry["diagnostic"]["hint"].as_str().unwrap_or_default();
    assert!(hint.contains("Settings › Extensions"), "{entry}");
}

#[test]
fn preview_and_dry_run_need_no_account() {
    let server = Server::start(Devto::new());
    let project = server
        .project("")
        .post("posts/one.md", ONE)
        .env("DEVTO_API_KEY", "");
    let preview = project.run("preview").exits(0);
    let preview = preview.says(&["One", "A body that says something.", LINK, "draft"]);
    assert!(!preview.stderr.contains("warning"), "{preview}");
    project.run("build --dry-run").exits(0);
    assert!(server.fake.requests().is_empty());
}

#[test]
fn check_names_account() {
    let server = Server::start(Devto::new());
    let project = server.project("").post("posts/one.md", ONE);
    let says = ["found an API key", "creates drafts", "posts as `@alice`"];
    project.run("check --online").exits(0).says(&says);
}
