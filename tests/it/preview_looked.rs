//! Previews of deliveries that the plan skips: drafts, old posts and sent posts. The terminal shows them
//! when the user names them, and the page on request. A preview sends nothing.

use std::time::{Duration, Instant};

use scraper::{ElementRef, Html, Selector};
use serde_json::{Value, json};

use crate::build::pipeline;
use crate::preview_page::Served;
use crate::support::{Platform, Project};

/// A delivery as the page shows it: the post with this title, to `sink`.
struct Delivery {
    order: Value,
    text: String,
    words: Option<String>,
    actions: Vec<String>,
}

fn select(selector: &str) -> Selector {
    Selector::parse(selector).expect("a selector")
}

fn delivery(served: &Served, title: &str, sink: &str) -> Delivery {
    let page = Html::parse_document(&served.get("/").body);
    let text = |found: ElementRef<'_>| found.text().collect::<String>();
    let item = page
        .select(&select(".item"))
        .find(|item| item.select(&select("h3")).any(|h3| text(h3) == title))
        .unwrap_or_else(|| panic!("the page lacks `{title}`"));
    let delivery = item
        .select(&select(".delivery"))
        .find(|part| part.select(&select(".verdict b")).any(|b| text(b) == sink))
        .unwrap_or_else(|| panic!("no `{sink}` for `{title}`"));
    let acts = delivery.select(&select(".acts")).next();
    let data = |name: &str| acts.and_then(|acts| acts.attr(name)).unwrap_or_default();
    Delivery {
        order: json!({"item": data("data-item"), "sink": sink, "hash": data("data-hash")}),
        text: text(delivery),
        words: delivery.select(&select(".words")).next().map(text),
        actions: delivery
            .select(&select("[data-action]"))
            .filter_map(|form| form.attr("data-action").map(str::to_owned))
            .collect(),
    }
}

impl Delivery {
    #[track_caller]
    fn order(&self, served: &Served, action: &str, value: Value) -> String {
        let mut order = self.order.clone();
        order["action"] = json!(action);
        order["value"] = value;
        let answer = served.order(&order);
        let message = answer["message"].as_str().unwrap_or_default().to_owned();
        assert_eq!(answer["done"], true, "{action}: {message}");
        message
    }

    fn offers(&self, action: &str) -> bool {
        self.actions.iter().any(|offered| offered == action)
    }
}

fn project(endpoint: &str) -> Project {
    Project::with_pipeline(&pipeline(endpoint))
        .with_ledger()
        .picture("posts/a.png", 1200, 627)
        .post("posts/old.md", "title: Old\ndate: 2020-01-01\nimage: a.png")
        .post(
            "posts/draft.md",
            "title: Draft\ndate: 2026-11-20\nimage: a.png\ndraft: true",
        )
        .post(
            "posts/bare.md",
            "title: Bare\ndate: 2026-11-20\ndraft: true",
        )
}

#[test]
fn named_draft_is_previewed() {
    let project = project("http://127.0.0.1:9");
    let draft = project.run("preview --only posts/draft.md").exits(0);
    draft.says(&["[draft]", "Draft", "1 skipped (1 draft)", "sha256:"]);
    let bare = project.run("preview --only posts/bare.md").exits(0);
    bare.says(&["it is a draft, and could not be sent", "has no picture"]);
    let all = project.run("preview").exits(0).stdout;
    assert!(!all.contains("sha256:"), "{all}");
    let plan = project
        .run("build --only posts/draft.md --json")
        .exits(0)
        .json();
    assert_eq!(plan["plan"][0]["code"], "draft");
    assert_eq!(plan["plan"][0]["hash"], Value::Null);
}

#[test]
fn draft_without_address_is_previewed() {
    let project = Project::with_pipeline(
        "sources: {blog: {type: site, path: .}}\nsinks: {linkedin: {type: linkedin, endpoint: \"http://127.0.0.1:9\", token: x}}\n",
    )
    .with_ledger()
    .file("_config.yml", "url: https://blog.example.org\ntheme: landscape\n")
    .file("package.json", r#"{"hexo": {"version": "7.0.0"}, "dependencies": {"hexo": "^7.0.0"}}"#)
    .post("source/_posts/a.md", "title: A\ndate: 2026-11-20")
    .post("source/_drafts/b.md", "title: B");
    let said = project.run("preview --only source/_drafts/b.md").exits(0);
    said.says(&["it is a draft, and has no address yet"]);
}

#[test]
fn old_post_is_sent_on_request() {
    let platform = Platform::start();
    let project = project(&platform.url);
    let served = Served::of(&project, &[]);
    let old = delivery(&served, "Old", "linkedin");
    assert_eq!(old.words, None);
    assert!(
        old.offers("look") && !old.offers("send"),
        "{:?}",
        old.actions
    );
    old.order(&served, "look", Value::Null);
    let old = delivery(&served, "Old", "linkedin");
    assert!(old.words.is_some() && old.text.contains("before_since"));
    assert!(
        old.offers("hide") && old.offers("send"),
        "{:?}",
        old.actions
    );
    old.order(&served, "hide", Value::Null);
    let hidden = delivery(&served, "Old", "linkedin");
    assert!(hidden.words.is_none() && !hidden.offers("send"));
    assert_eq!(platform.feed().len(), 0);
    hidden.order(&served, "look", Value::Null);
    let sent = old.order(&served, "send", Value::Null);
    assert!(sent.starts_with("sent to linkedin"), "{sent}");
    assert_eq!(platform.feed().len(), 1);
    let old = delivery(&served, "Old", "linkedin");
    assert!(!old.offers("send"), "{:?}", old.actions);
}

#[test]
fn page_shows_draft_without_send() {
    let project = project("http://127.0.0.1:9");
    let served = Served::of(&project, &[]);
    for title in ["Draft", "Bare"] {
        delivery(&served, title, "linkedin").order(&served, "look", Value::Null);
    }
    let draft = delivery(&served, "Draft", "linkedin");
    assert!(draft.words.is_some() && draft.offers("edit") && !draft.offers("send"));
    draft.order(&served, "edit", json!("Own words."));
    let draft = delivery(&served, "Draft", "linkedin");
    assert_eq!(draft.words.as_deref(), Some("Own words."));
    let bare = delivery(&served, "Bare", "linkedin");
    assert!(bare.text.contains("could not be sent"), "{}", bare.text);
}

#[test]
fn page_updates_changed_post() {
    let platform = Platform::start();
    let project = project(&platform.url).post(
        "posts/one.md",
        "title: One\ndate: 2026-11-20\nimage: a.png\nsyndicate: {commentary: First words.}",
    );
    project.run("build").exits(0).says(&["1 sent"]);
    let served = Served::of(&project, &[]);
    let one = delivery(&served, "One", "linkedin");
    one.order(&served, "look", Value::Null);
    let same = delivery(&served, "One", "linkedin");
    assert_eq!(same.words.as_deref(), Some("First words."));
    assert!(!same.offers("send") && !same.text.contains("Changes since"));
    same.order(&served, "hide", Value::Null);
    project.write(
        "posts/one.md",
        "---\ntitle: One\ndate: 2026-11-20\nimage: a.png\nsyndicate: {commentary: Second words.}\n---\nText\n",
    );
    one.order(&served, "look", Value::Null);
    let one = delivery(&served, "One", "linkedin");
    assert!(
        one.text.contains("Changes since it was sent on 2026-11-22"),
        "{}",
        one.text
    );
    assert!(one.text.contains("First words.") && one.offers("send"));
    let changed = one.order(&served, "send", Value::Null);
    assert_eq!(changed, "updated on linkedin");
    let feed = platform.feed();
    assert_eq!((feed.len(), &feed[0]["text"]), (1, &json!("Second words.")));
}

fn with_two_sinks(project: Project) -> Project {
    let pipeline = project.read("pipeline.yaml");
    let linkedin = pipeline
        .lines()
        .find(|line| line.trim_start().starts_with("linkedin:"))
        .expect("the sink");
    let page = linkedin
        .replace("linkedin: {", "page: {")
        .replace("token:", "author: \"urn:li:organization:1\", token:");
    project.write(
        "pipeline.yaml",
        pipeline.replace(linkedin, &format!("{linkedin}\n{page}")),
    );
    project
}

#[test]
fn commentary_of_one_sink_is_separate() {
    let platform = Platform::start();
    let project = project(&platform.url).post(
        "posts/one.md",
        "title: One\ndate: 2026-11-20\nimage: a.png\nsyndicate: {commentary: For all.}",
    );
    let project = with_two_sinks(project);
    let served = Served::of(&project, &[]);
    let words = |sink: &str| delivery(&served, "One", sink).words;
    assert_eq!(words("page").as_deref(), Some("For all."));
    let page = delivery(&served, "One", "page");
    page.order(&served, "edit", json!("For the page."));
    assert_eq!(words("page").as_deref(), Some("For the page."));
    assert_eq!(words("linkedin").as_deref(), Some("For all."));
    let page = delivery(&served, "One", "page");
    let message = page.order(&served, "edit", Value::Null);
    assert!(
        message.contains("another commentary in the front matter"),
        "{message}"
    );
    assert_eq!(words("page").as_deref(), Some("For all."));
    let message = delivery(&served, "One", "page").order(&served, "edit", Value::Null);
    assert_eq!(
        message,
        "commentary removed; all sinks use the template again"
    );
    assert_ne!(words("linkedin").as_deref(), Some("For all."));

    for sink in ["page", "linkedin"] {
        delivery(&served, "One", sink).order(&served, "skip", Value::Null);
    }
    assert!(project.read("posts/one.md").contains("skip: true"));
    delivery(&served, "One", "page").order(&served, "unskip", Value::Null);
    assert!(words("page").is_some());
    assert_eq!(words("linkedin"), None);
}

#[test]
fn page_shows_decisions_of_processes() {
    let yaml = pipeline("http://127.0.0.1:9").replace("2026-11-01}", "2026-11-01, approve: true}");
    let project = project("http://127.0.0.1:9")
        .file("pipeline.yaml", yaml)
        .post("posts/one.md", "title: One\ndate: 2026-11-20\nimage: a.png");
    let served = Served::of(&project, &[]);
    assert!(delivery(&served, "One", "linkedin").offers("approve"));
    project.run("approve posts/one.md").exits(0);
    let end = Instant::now() + Duration::from_secs(20);
    while delivery(&served, "One", "linkedin").offers("approve") {
        assert!(Instant::now() < end, "the page never showed it");
        std::thread::sleep(Duration::from_millis(5));
    }
}
