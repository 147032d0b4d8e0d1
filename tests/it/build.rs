//! `build` sends the previewed payload, once.

use serde_json::{Value, json};

use crate::support::{Platform, Project};

pub(crate) fn pipeline(endpoint: &str) -> String {
    format!(
        "sources:\n  blog: {{type: site, path: ., content: posts, url: \"https://blog.example.org\", permalink: \"/:slug/\"}}\n\
         sinks:\n  linkedin: {{type: linkedin, endpoint: \"{endpoint}\", token: rehearsal}}\n\
         policy: {{since: 2026-11-01}}\n"
    )
}

fn project(platform: &Platform) -> Project {
    Project::with_pipeline(&pipeline(&platform.url))
        .with_ledger()
        .picture("posts/a.png", 600, 314)
        .post("posts/one.md", "title: \"One (of #2) in C# and snake_case\"\ndate: 2026-11-20\nimage: a.png\ntags: [Static Sites]")
}

/// Fills the slots of a previewed body with the values that only the platform has.
fn fill(body: &Value, slots: &Value) -> Value {
    match body {
        Value::Object(map) => match map.get("$slot").and_then(Value::as_str) {
            Some(name) => slots[name].clone(),
            None => map
                .iter()
                .map(|(key, value)| (key.clone(), fill(value, slots)))
                .collect(),
        },
        Value::Array(values) => values.iter().map(|value| fill(value, slots)).collect(),
        other => other.clone(),
    }
}

#[test]
fn sent_payload_equals_preview() {
    let platform = Platform::start();
    let project = project(&platform);
    let preview = project.run("preview --json").exits(0).json();
    let built = project.run("build --json").exits(0).json();
    assert_eq!(preview["plan"][0]["hash"], built["plan"][0]["hash"]);
    assert_eq!(preview["plan"][0]["payload"], built["plan"][0]["payload"]);
    assert_eq!(built["plan"][0]["outcome"], "sent");

    let ledger = project.read("syndicate.ledger.jsonl");
    let intent: Value = ledger
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap())
        .find(|event| event["kind"] == "intent")
        .unwrap();
    assert_eq!(intent["hash"], preview["plan"][0]["hash"]);
    let previewed = &preview["plan"][0]["payload"]["steps"][0]["request"]["body"]["json"];
    let feed = platform.feed();
    assert_eq!(feed.len(), 1);
    assert_eq!(feed[0]["raw"], fill(previewed, &intent["slots"]));
    assert_eq!(feed[0]["text"], preview["plan"][0]["post"]["text"]);
    assert_eq!(feed[0]["cut_at"], Value::Null);
    assert_eq!(
        feed[0]["article"]["title"],
        "One (of #2) in C# and snake_case"
    );
    assert!(feed[0]["article"]["image"].is_string());
    assert_eq!(built["plan"][0]["receipt"]["id"], feed[0]["id"]);
}

#[test]
fn second_build_sends_nothing() {
    let platform = Platform::start();
    let project = project(&platform);
    project
        .run("build")
        .exits(0)
        .says(&["sent", "https://www.linkedin.com/feed/update/urn:li:share:"]);
    let second = project.run("build --json").exits(0).json();
    assert_eq!(second["plan"][0]["code"], "already_sent");
    assert_eq!(second["plan"][0]["action"], "skip");
    assert_eq!(platform.feed().len(), 1);
    project
        .run("status")
        .exits(0)
        .says(&["sent", "blog.example.org/one"]);
}

#[test]
fn moved_post_is_recognized_by_alias() {
    let platform = Platform::start();
    let project = project(&platform);
    project.run("build").exits(0);
    std::fs::remove_file(project.path("posts/one.md")).unwrap();
    project.write(
        "posts/renamed.md",
        "---\ntitle: Renamed\ndate: 2026-11-20\nimage: a.png\naliases: [/one/]\n---\nText.\n",
    );
    let plan = project.run("build --json").exits(0).json();
    assert_eq!(plan["plan"][0]["code"], "already_sent");
    assert_eq!(platform.feed().len(), 1);
}

#[test]
fn build_hash_selects_payload() {
    let platform = Platform::start();
    let project = project(&platform);
    let preview = project.run("preview --json").exits(0).json();
    let hash = preview["plan"][0]["hash"].as_str().unwrap().to_owned();
    project.write(
        "posts/one.md",
        project.read("posts/one.md").replace("One", "Uno"),
    );
    let refused = project
        .run_args(&["build", "--json", "--only", &hash])
        .json();
    assert_eq!(refused["plan"], json!([]));
    assert!(refused["notes"][0].as_str().unwrap().contains(&hash));
    assert_eq!(platform.feed().len(), 0);

    let preview = project.run("preview --json").exits(0).json();
    let hash = preview["plan"][0]["hash"].as_str().unwrap().to_owned();
    project.run_args(&["build", "--only", &hash]).exits(0);
    assert_eq!(platform.feed().len(), 1);
}

#[test]
fn dry_run_writes_nothing() {
    let platform = Platform::start();
    let project = project(&platform);
    let before = project.read("syndicate.ledger.jsonl");
    project
        .run("build --dry-run")
        .exits(0)
        .says(&["send", "posts/one.md", "sha256:"]);
    assert_eq!(project.read("syndicate.ledger.jsonl"), before);
    assert_eq!(platform.feed().len(), 0);
}

#[test]
fn one_of_two_sinks_fails() {
    let platform = Platform::start();
    let pipeline = pipeline(&platform.url).replace(
        "policy:",
        "  expired: {type: linkedin, endpoint: \"URL\", token: expired-token}\n  files: {type: file}\npolicy:",
    );
    let project = Project::with_pipeline(&pipeline.replace("URL", &platform.url))
        .with_ledger()
        .picture("posts/a.png", 60, 31)
        .post("posts/one.md", "title: One\ndate: 2026-11-20\nimage: a.png");
    let built = project.run("build --json").exits(3).json();
    let outcomes: Vec<(&str, &str)> = built["plan"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| {
            (
                entry["sink"].as_str().unwrap(),
                entry["outcome"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        outcomes,
        [
            ("linkedin", "sent"),
            ("expired", "failed"),
            ("files", "sent")
        ]
    );
    assert_eq!(built["plan"][1]["code"], "unauthorized");
    assert_eq!(std::fs::read_dir(project.path("out")).unwrap().count(), 2);
    assert_eq!(platform.feed().len(), 1);
}

#[test]
fn waiting_posts_are_listed_among_many() {
    let platform = Platform::start();
    // A label of this length is not valid in DNS, so no query leaves this machine.
    let host = format!("https://{}.org", "a".repeat(64));
    let pipeline = pipeline(&platform.url)
        .replace("https://blog.example.org", &host)
        .replace("since:", "live_check: true, max_per_run: 9, since:")
        .replace("token:", "thumbnail: skip, token:");
    let mut project = Project::with_pipeline(&pipeline).with_ledger();
    for day in 10..22 {
        let front = format!("title: Old {day}\ndate: 2026-10-{day}");
        project = project.post(&format!("posts/old{day}.md"), &front);
    }
    for day in 1..8 {
        let front = format!("title: Post {day}\ndate: 2026-11-1{day}");
        project = project.post(&format!("posts/post{day}.md"), &front);
    }
    let run = project.run("build").exits(0).says(&[
        "and 2 more waiting\n",
        "7 waiting (7 not_live), 12 skipped (12 before_since); run `syndicate preview --all`",
    ]);
    let listed = run.stdout.matches("[not_live] cannot").count();
    assert_eq!(listed, 5, "{run}");
    assert!(!run.stdout.contains("posts/old"), "{run}");
}
