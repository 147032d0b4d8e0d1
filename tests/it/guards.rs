//! Guards: the posts that are held back, and their codes.

use std::collections::BTreeMap;

use crate::build::pipeline;
use crate::support::{Platform, Project};

/// Returns the code of each post, keyed by file name.
fn codes(plan: &serde_json::Value) -> BTreeMap<String, String> {
    let name = |entry: &serde_json::Value| {
        let path = entry["path"].as_str().unwrap_or_default();
        path.rsplit('/')
            .next()
            .unwrap_or_default()
            .trim_end_matches(".md")
            .to_owned()
    };
    let code = |entry: &serde_json::Value| entry["code"].as_str().unwrap_or_default().to_owned();
    plan["plan"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| (name(entry), code(entry)))
        .collect()
}

fn project() -> Project {
    let pipeline = pipeline("http://127.0.0.1:9").replace("token: rehearsal", "thumbnail: skip");
    Project::with_pipeline(&pipeline)
        .with_ledger()
        .post("posts/draft.md", "title: A\ndate: 2026-11-20\ndraft: true")
        .post("posts/future.md", "title: B\ndate: 2026-11-23")
        .post("posts/old.md", "title: C\ndate: 2026-10-31 23:59")
        .post("posts/undated.md", "title: D")
        .post(
            "posts/opted_out.md",
            "title: E\ndate: 2026-11-20\nsyndicate: {skip: true}",
        )
        .post(
            "posts/scheduled.md",
            "title: F\ndate: 2026-11-20\nsyndicate: {at: 2026-12-01T09:00+01:00}",
        )
        .post("posts/first.md", "title: G\ndate: 2026-11-01")
        .post("posts/fine.md", "title: H\ndate: 2026-11-20")
}

#[test]
fn held_back_posts_have_codes() {
    let plan = project().run("preview --json").exits(0).json();
    let expected = [
        ("draft", "draft"),
        ("fine", "new"),
        ("first", "new"),
        ("future", "future"),
        ("old", "before_since"),
        ("opted_out", "opted_out"),
        ("scheduled", "scheduled"),
        ("undated", "no_date"),
    ];
    let expected = expected.map(|(name, code)| (name.to_owned(), code.to_owned()));
    assert_eq!(codes(&plan), BTreeMap::from(expected));
}

#[test]
fn since_uses_timezone_of_site() {
    let pipeline = pipeline("http://127.0.0.1:9")
        .replace("token: rehearsal", "thumbnail: skip")
        .replace("path: .", "path: ., timezone: America/New_York");
    // 2026-11-01 begins at 04:00 UTC in New York.
    let project = Project::with_pipeline(&pipeline)
        .with_ledger()
        .post("posts/before.md", "title: A\ndate: 2026-11-01T03:59:59Z")
        .post("posts/after.md", "title: B\ndate: 2026-11-01T04:00:00Z");
    let plan = project.run("preview --json").exits(0).json();
    let codes = codes(&plan);
    assert_eq!(
        (codes["before"].as_str(), codes["after"].as_str()),
        ("before_since", "new")
    );
}

#[test]
fn archive_is_not_sent_at_once() {
    let platform = Platform::start();
    let mut project = Project::with_pipeline(&pipeline(&platform.url)).with_ledger();
    for day in 1..=9 {
        let front = format!("title: Post {day}\ndate: 2026-11-0{day}\nimage: p{day}.png");
        project = project.picture(&format!("posts/p{day}.png"), 20 + day, 10);
        project = project.post(&format!("posts/{day}.md"), &front);
    }
    let first = project.run("build --json").exits(0).json();
    assert_eq!(first["summary"]["sent"], 3);
    assert_eq!(first["summary"]["codes"]["max_per_run"], 6);
    let sent: Vec<String> = platform
        .feed()
        .iter()
        .map(|post| post["article"]["title"].to_string())
        .collect();
    for day in 1..=3 {
        assert!(
            sent.contains(&format!("\"Post {day}\"")),
            "the oldest go first: {sent:?}"
        );
    }
    project.run("build").exits(0);
    assert_eq!(platform.feed().len(), 6);
    project
        .run("build --fail-on wait")
        .exits(0)
        .says(&["3 sent"]);
}

#[test]
fn named_old_post_is_sent() {
    let project = project();
    let plan = project
        .run("preview --json --only posts/old.md --only posts/draft.md")
        .exits(0)
        .json();
    let codes = codes(&plan);
    assert_eq!(codes.len(), 2);
    assert_eq!(
        (codes["old"].as_str(), codes["draft"].as_str()),
        ("new", "draft")
    );
    project
        .run("preview --only posts/olt.md")
        .exits(1)
        .says(&["did you mean `posts/old.md`?"]);
}

#[test]
fn local_address_is_never_sent() {
    for (url, code) in [
        ("http://localhost:4000", "url_not_public"),
        ("https://example.org", "new"),
    ] {
        let pipeline = pipeline("http://127.0.0.1:9")
            .replace("token: rehearsal", "thumbnail: skip")
            .replace("https://blog.example.org", url);
        let project = Project::with_pipeline(&pipeline)
            .with_ledger()
            .post("posts/a.md", "title: A\ndate: 2026-11-20");
        let plan = project.run("preview --json").exits(0).json();
        assert_eq!(plan["plan"][0]["code"], code, "{url}");
    }
}

#[test]
fn transform_reports_excluded_post() {
    let pipeline = pipeline("http://127.0.0.1:9").replace(
        "sinks:",
        "transforms:\n  worthy: {type: filter, tags: {none: [note]}}\nsinks:",
    );
    let project = Project::with_pipeline(&pipeline)
        .with_ledger()
        .post("posts/a.md", "title: A\ndate: 2026-11-20\ntags: [Note]");
    let plan = project.run("preview --json").exits(0).json();
    assert_eq!(plan["plan"][0]["code"], "filtered");
    assert_eq!(plan["plan"][0]["reason"], "`worthy`: has the tag `note`");
}

#[test]
fn post_without_address_is_held_back() {
    let sinks = "linkedin: {type: linkedin, post: text, commentary: '{{title}} {{description}}'}\n  \
         pictures: {type: linkedin, post: image}\n  \
         notes: {type: file}";
    let pipeline = format!(
        "sources:\n  blog: {{type: site, path: ., content: posts}}\nsinks:\n  {sinks}\n\
         policy: {{since: 2026-11-01, live_check: false}}\n"
    );
    let project = Project::with_pipeline(&pipeline)
        .with_ledger()
        .picture("posts/a.png", 300, 300)
        .post("posts/a.md", "title: A\ndate: 2026-11-20\nimage: a.png")
        .post(
            "posts/b.md",
            "title: B\ndate: 2026-11-20\nsyndicate: {commentary: Mine}",
        );
    for command in ["preview --json", "preview --sandbox --json"] {
        let plan = project.run(command).exits(0).json();
        let plan = plan["plan"].as_array().unwrap();
        let skipped = plan
            .iter()
            .filter(|entry| entry["code"] == "no_url")
            .count();
        let rehearsed = plan
            .iter()
            .filter(|entry| entry["code"] != "no_sandbox")
            .count();
        assert_eq!((skipped, plan.len()), (rehearsed, 6), "{command}: {plan:?}");
    }
}

#[test]
fn canonical_on_another_host_is_a_warning() {
    let project = Project::with_pipeline(
        &pipeline("http://127.0.0.1:9").replace("token: rehearsal", "thumbnail: skip"),
    )
    .with_ledger()
    .post(
        "posts/a.md",
        "title: A\ndate: 2026-11-20\ncanonical_url: https://medium.com/@ada/a-1",
    )
    .post(
        "posts/b.md",
        "title: B\ndate: 2026-11-20\ncanonical_url: https://blog.example.org/b/",
    )
    .post("posts/c.md", "title: C\ndate: 2026-11-20");
    let plan = project.run("preview --json").exits(0).json();
    let warnings: Vec<_> = plan["plan"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| entry["warnings"].to_string())
        .filter(|warnings| warnings.contains("canonical"))
        .collect();
    assert_eq!(warnings.len(), 1, "{plan}");
    assert!(
        warnings[0].contains("`https://medium.com/%40ada/a-1` is on another host; the post leads to `https://blog.example.org/"),
        "{warnings:?}"
    );
}

#[test]
fn null_removes_limit_of_posts() {
    let platform = Platform::start();
    let text = pipeline(&platform.url).replace("token: ", "max_per_run: null, token: ");
    let mut project = Project::with_pipeline(&text).with_ledger();
    for day in 1..=5 {
        let front = format!("title: Post {day}\ndate: 2026-11-0{day}\nimage: p{day}.png");
        project = project.picture(&format!("posts/p{day}.png"), 20 + day, 10);
        project = project.post(&format!("posts/{day}.md"), &front);
    }
    project.run("build").exits(0).says(&["5 sent"]);
}
