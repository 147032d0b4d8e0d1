//! Commands from the page of `preview --serve`, in cases with a risk of doing more than the user requested
//! or of reporting an action that did not happen.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use syndicate_api::Clock;

use crate::build::pipeline;
use crate::preview_page::Served;
use crate::support::{Platform, Project};

/// Returns a command for the delivery of the post at `path`.
fn order(project: &Project, path: &str, action: &str, value: Value) -> Value {
    let plan = project.run("preview --all --json").json();
    let entries = plan["plan"].as_array().unwrap().iter();
    let mut entries = entries.filter(|entry| entry["path"] == path);
    let entry = entries.next().unwrap_or_else(|| panic!("{plan}"));
    let hash = entry["hash"].as_str().unwrap_or_default();
    json!({
        "item": entry["item"], "sink": entry["sink"], "hash": hash, "action": action, "value": value,
    })
}

#[test]
fn equal_texts_send_one_post() {
    let platform = Platform::start();
    let yaml = pipeline(&platform.url).replace("type: linkedin,", "type: linkedin, post: text,");
    let front = "title: Same\ndate: 2026-11-20\nsyndicate: {commentary: The same words}";
    let project = Project::with_pipeline(&yaml)
        .with_ledger()
        .post("posts/one.md", front)
        .post("posts/two.md", front);
    let served = Served::of(&project, &[]);
    let two = order(&project, "posts/two.md", "send", Value::Null);
    let one = order(&project, "posts/one.md", "send", Value::Null);
    assert_eq!(one["hash"], two["hash"]);
    let answer = served.order(&two);
    assert_eq!(answer["done"], true, "{answer}");
    assert_eq!(platform.feed().len(), 1);
    let ledger = project.read("syndicate.ledger.jsonl");
    assert!(
        ledger.contains("two") && !ledger.contains("posts/one.md"),
        "{ledger}"
    );
}

/// Waits until `what` holds for the page's HTML.
fn until(served: &Served, what: impl Fn(&str) -> bool) {
    let start = Instant::now();
    loop {
        let page = served.get("/").body;
        if what(&page) {
            return;
        }
        assert!(start.elapsed() < Duration::from_secs(30), "{page}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn page_offers_send_when_due() {
    let at = Clock::system().now() + jiff::SignedDuration::from_secs(3);
    let project =
        Project::with_pipeline(&pipeline("http://127.0.0.1:9").replace("2026-11-01", "2020-01-01"))
            .with_ledger()
            .with_system_clock()
            .picture("posts/a.png", 1200, 627)
            .post(
                "posts/one.md",
                &format!("title: One\ndate: 2020-01-02\nimage: a.png\nsyndicate: {{at: '{at}'}}"),
            );
    let served = Served::of(&project, &[]);
    until(&served, |page| {
        page.contains("To be sent by the next build")
    });
}

#[test]
fn site_wide_commentary_is_kept() {
    let yaml = pipeline("http://127.0.0.1:9")
        .replace("content: posts, ", "content: posts, generator: eleventy, ");
    let text = "---\ntitle: One\ndate: 2026-11-20\nimage: a.png\n---\nText\n";
    let project = Project::with_pipeline(&yaml)
        .with_ledger()
        .file(
            "posts/posts.json",
            r#"{"tags": "posts", "syndicate": {"skip": true, "commentary": "For all"}}"#,
        )
        .picture("posts/a.png", 1200, 627)
        .file("posts/one.md", text);
    let served = Served::of(&project, &[]);
    let give = |action, value| served.order(&order(&project, "posts/one.md", action, value));
    let answer = give("unskip", Value::Null);
    assert_eq!(answer["done"], true, "{answer}");
    let plan = project.run("preview --json").json();
    assert_eq!(plan["plan"][0]["code"], "new", "{plan}");
    let said = |plan: &Value| plan["plan"][0]["post"]["text"].as_str().unwrap().to_owned();
    assert!(said(&plan).contains("For all"), "{plan}");

    let before = project.read("posts/one.md");
    let answer = give("edit", Value::Null);
    assert_eq!(answer["done"], false, "{answer}");
    assert!(
        answer["message"]
            .as_str()
            .unwrap()
            .contains("configuration or data"),
        "{answer}"
    );
    assert_eq!(project.read("posts/one.md"), before);
    for words in [
        "  # Own – words: \n\n\t– of “several” lines 👩‍🚀 שלום",
        "- one",
        "'\"\\",
    ] {
        let answer = give("edit", json!(words));
        assert_eq!(answer["done"], true, "{answer}");
        let plan = project.run("preview --json").json();
        assert_eq!(said(&plan), words.trim_end());
    }
    assert_eq!(give("edit", Value::Null)["done"], true);
    assert_eq!(give("skip", Value::Null)["done"], true);
}

#[test]
fn schedule_uses_timezone_of_site() {
    let yaml = pipeline("http://127.0.0.1:9").replace(
        "content: posts, ",
        "content: posts, timezone: Europe/Oslo, ",
    );
    let project = Project::with_pipeline(&yaml)
        .with_ledger()
        .picture("posts/a.png", 1200, 627)
        .post(
            "posts/one.md",
            "title: One\ndate: 2026-11-20\nimage: a.png\nsyndicate: {at: '2026-12-01T09:00+03:00'}",
        );
    let served = Served::of(&project, &[]);
    let page = served.get("/").body;
    assert!(page.contains("Not before (Europe/Oslo)"), "{page}");
    assert!(page.contains("value=\"2026-12-01T07:00\""), "{page}");
    let typed = json!("2026-12-01T07:00");
    let answer = served.order(&order(&project, "posts/one.md", "schedule", typed));
    assert_eq!(answer["done"], true, "{answer}");
    let text = project.read("posts/one.md");
    assert!(text.contains("at: 2026-12-01T07:00+01:00"), "{text}");
}
