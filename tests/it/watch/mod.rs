//! `watch` sends each post once after it became publishable, for every method of saving.

mod grace;
mod many;
mod reasons;
mod start;

use std::fs;

use crate::build::pipeline;
use crate::crash::titles;
use crate::support::{Platform, Project, RawServer, Watcher};

fn project(platform: &Platform, policy: &str) -> Project {
    let pipeline = pipeline(&platform.url)
        .replace("since: 2026-11-01", &format!("since: 2026-11-01, {policy}"))
        .replace("token:", "thumbnail: skip, token:");
    Project::with_pipeline(&pipeline)
        .with_ledger()
        .post("posts/one.md", "title: One\ndate: 2026-11-20\ndraft: true")
}

fn post(title: &str, draft: bool, body: &str) -> String {
    format!("---\ntitle: {title}\ndate: 2026-11-20\ndraft: {draft}\n---\n\n{body}\n")
}

fn is_sent(event: &serde_json::Value) -> bool {
    event["delivery"]["outcome"] == "sent"
}

#[test]
fn published_draft_is_sent_once() {
    let platform = Platform::start();
    let project = project(&platform, "grace: 0s");
    let watcher = Watcher::start(&project);
    watcher.until_code("posts/one.md", "draft");
    project.write("posts/one.md", post("One", true, "Better."));
    project.write("posts/two.md", post("Two", true, "New."));
    watcher.until_code("posts/two.md", "draft");
    assert_eq!(platform.feed().len(), 0);
    project.write("posts/one.md", post("One", false, "Done."));
    watcher.until("it is sent", is_sent);
    watcher.until_code("posts/one.md", "already_sent");
    project.write(
        "posts/one.md",
        post("One", false, "Done, and a typo mended."),
    );
    project.write("posts/two.md", post("Two", false, "Done."));
    watcher.until("it is sent", is_sent);
    assert_eq!(watcher.stop(), Some(0));
    assert_eq!(titles(&platform), ["One", "Two"]);
}

#[test]
fn refused_post_uses_no_quota() {
    for limit in ["max_per_run: 1", "spacing: 6h"] {
        // The older post is refused until it is edited.
        let platform = Platform::with_fault("create:too-long@1");
        let project = project(&platform, &format!("grace: 0s, {limit}"));
        let watcher = Watcher::start(&project);
        watcher.until_code("posts/one.md", "draft");
        project.write("posts/one.md", post("One", false, "Text."));
        watcher.until("it is refused", |event| {
            event["delivery"]["code"] == "text_too_long"
        });
        let younger = post("Two", false, "Text.").replace("11-20", "11-21");
        project.write("posts/two.md", &younger);
        watcher.until("the other one is sent", is_sent);
        assert_eq!(titles(&platform), ["Two"], "{limit}");
        // The quota is used up, also for the refused post.
        project.write("posts/one.md", post("Uno", false, "Shorter."));
        let code = if limit.starts_with("max") {
            "max_per_run"
        } else {
            "spacing"
        };
        watcher.until_code("posts/one.md", code);
        assert_eq!(watcher.stop(), Some(0));
        assert_eq!(titles(&platform), ["Two"], "{limit}");
    }
}

#[test]
fn grace_restarts_after_each_save() {
    let platform = Platform::start();
    let project = project(&platform, "grace: 2s");
    let watcher = Watcher::start(&project);
    let began = std::time::Instant::now();
    for save in 0..6 {
        project.write("posts/one.md", post("One", false, &format!("Save {save}.")));
        std::thread::sleep(std::time::Duration::from_millis(500));
        assert_eq!(
            platform.feed().len(),
            0,
            "each save restarts the grace period"
        );
    }
    let last = std::time::Instant::now();
    let counts = watcher.until("it counts down", |event| {
        event["resting"][0]["seconds"] == 2
    });
    assert_eq!(counts["resting"][0]["sink"], "linkedin");
    watcher.until("it is sent", is_sent);
    assert!(last - began > std::time::Duration::from_secs(2));
    assert_eq!(platform.feed()[0]["article"]["description"], "Save 5.");
    // A draft flag cancels the grace period.
    project.write("posts/two.md", post("Two", false, "Text."));
    watcher.until_code("posts/two.md", "new");
    project.write("posts/two.md", post("Two", true, "Text."));
    watcher.until_code("posts/two.md", "draft");
    assert_eq!(watcher.stop(), Some(0));
    assert_eq!(titles(&platform), ["One"]);
}

#[test]
fn changed_pipeline_is_reloaded() {
    let platform = Platform::start();
    let project = project(&platform, "grace: 0s");
    let pipeline = project
        .read("pipeline.yaml")
        .replace("token:", "template: t.hbs, token:");
    project.write("t.hbs", "One: {{title}}");
    project.write("pipeline.yaml", &pipeline);
    let watcher = Watcher::start(&project);
    watcher.until_code("posts/one.md", "draft");
    project.write("pipeline.yaml", pipeline.replace("sinks:", "snks:"));
    // A read while the file is written may find it empty.
    watcher.until("an error about the key", |event| {
        let error = event["error"].as_str();
        error.is_some_and(|error| error.contains("snks"))
    });
    project.write("posts/one.md", post("One", false, "Text."));
    watcher.until("the old one stays in force", is_sent);
    project.write("pipeline.yaml", &pipeline);
    project.write("t.hbs", "Two: {{titel}}");
    // A read in progress may combine the old template with the new post.
    project.write("posts/two.md", post("Two", true, "Text."));
    watcher.until_code("posts/two.md", "draft");
    project.write("posts/two.md", post("Two", false, "Text."));
    watcher.until_code("posts/two.md", "template_error");
    project.write("t.hbs", "Two: {{title}}");
    watcher.until("it is sent", is_sent);
    assert_eq!(watcher.stop(), Some(0));
    let feed = platform.feed();
    let texts: Vec<_> = feed
        .iter()
        .map(|post| post["text"].as_str().unwrap())
        .collect();
    assert!(
        texts.contains(&"One: One") && texts.contains(&"Two: Two"),
        "{texts:?}"
    );
}

#[test]
fn removed_folder_can_return() {
    let platform = Platform::start();
    let project = project(&platform, "grace: 0s");
    let watcher = Watcher::start(&project);
    watcher.until_code("posts/one.md", "draft");
    fs::rename(project.path("posts"), project.path("gone")).unwrap();
    watcher.until("an error or an empty plan", |event| {
        event["event"] == "error" || event["plan"].as_array().is_some_and(Vec::is_empty)
    });
    fs::rename(project.path("gone"), project.path("posts")).unwrap();
    watcher.until_code("posts/one.md", "draft");
    project.write("posts/one.md", post("One", false, "Text."));
    watcher.until("it is sent", is_sent);
    assert_eq!(watcher.stop(), Some(0));
    assert_eq!(titles(&platform), ["One"]);
}

#[test]
fn watch_stops_between_deliveries() {
    let server = RawServer::answering_slowly(
        b"HTTP/1.1 201 Created\r\nx-restli-id: urn:li:share:7\r\nx-slow: 0123456789012345678901234567890123456789\r\ncontent-length: 0\r\n\r\n",
    );
    let options = "author: 'urn:li:person:me', thumbnail: skip, token:";
    let pipeline = pipeline(&server.url)
        .replace("since: 2026-11-01", "since: 2026-11-01, grace: 0s")
        .replace("token:", options);
    let project = Project::with_pipeline(&pipeline)
        .with_ledger()
        .post("posts/one.md", "title: One\ndate: 2026-11-20")
        .post("posts/two.md", "title: Two\ndate: 2026-11-21");
    let watcher = Watcher::start(&project);
    while server.requests() == 0 {
        std::thread::yield_now();
    }
    assert_eq!(watcher.stop(), Some(0));
    assert_eq!(server.requests(), 1, "the second is not begun");
    let status = project.run("status --json").exits(0).json();
    let items = status["items"].as_array().unwrap();
    assert_eq!(items.len(), 1);
    assert_eq!(
        items[0]["deliveries"][0]["state"], "sent",
        "the first is not torn"
    );
}

#[test]
fn quota_covers_24_hours() {
    let platform = Platform::start();
    let mut project = project(&platform, "grace: 0s, max_per_run: 2");
    for name in ["a", "b", "c"] {
        project = project.post(
            &format!("posts/{name}.md"),
            &format!("title: {name}\ndate: 2026-11-19"),
        );
    }
    let watcher = Watcher::start(&project);
    watcher.until_code("posts/c.md", "max_per_run");
    watcher.until("it is sent", is_sent);
    watcher.until("it is sent", is_sent);
    project.write("posts/two.md", post("Two", true, "Another save."));
    watcher.until_code("posts/two.md", "draft");
    assert_eq!(watcher.stop(), Some(0));
    assert_eq!(titles(&platform), ["a", "b"]);
    fs::remove_file(project.path("syndicate.ledger.jsonl")).unwrap();
    project.run("watch").exits(1).says(&["[ledger_missing]"]);
}

#[test]
fn approved_post_is_sent_at_once() {
    let platform = Platform::start();
    let project = project(&platform, "grace: 0s, approve: true")
        .post("posts/a.md", "title: A\ndate: 2026-11-19");
    let watcher = Watcher::start(&project);
    watcher.until_code("posts/a.md", "not_approved");
    let began = std::time::Instant::now();
    project.run("approve posts/a.md").exits(0);
    watcher.until("it is sent", is_sent);
    let took = began.elapsed();
    assert!(
        took < std::time::Duration::from_secs(30),
        "the ledger was not read in time: {took:?}"
    );
    assert_eq!(watcher.stop(), Some(0));
    assert_eq!(titles(&platform), ["A"]);
}

#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "the program waits for a time of the real clock"
)]
fn scheduled_post_is_sent_on_time() {
    let platform = Platform::start();
    let at = std::time::SystemTime::now() + std::time::Duration::from_secs(3);
    let at = jiff::Timestamp::try_from(at).expect("an instant");
    let project = project(&platform, "grace: 0s, spacing: 2s")
        .with_system_clock()
        .post("posts/a.md", "title: A\ndate: 2026-11-19")
        .post("posts/b.md", "title: B\ndate: 2026-11-19")
        .post(
            "posts/c.md",
            &format!("title: C\ndate: 2026-11-19\nsyndicate:\n  at: {at}"),
        );
    let began = std::time::Instant::now();
    let watcher = Watcher::start(&project);
    watcher.until_code("posts/c.md", "scheduled");
    for _ in 0..3 {
        watcher.until("it is sent", is_sent);
    }
    let took = began.elapsed();
    assert!(took > std::time::Duration::from_secs(4), "{took:?}");
    assert!(
        took < std::time::Duration::from_secs(30),
        "the schedule was not checked in time: {took:?}"
    );
    assert_eq!(watcher.stop(), Some(0));
    assert_eq!(titles(&platform), ["A", "B", "C"]);
}

/// The system limits the watches of a user, and an editor may have used the last one.
#[cfg(target_os = "linux")]
#[test]
fn refused_watch_falls_back_to_polling() {
    let platform = Platform::start();
    let project = project(&platform, "grace: 0s");
    const ENOSPC: &str = "watch:0:28";
    let watcher = Watcher::with_fault(&project, ENOSPC);
    watcher.until_code("posts/one.md", "draft");
    let note = watcher.until("a note", |event| event["event"] == "note");
    let text = note["note"].as_str().unwrap();
    assert!(text.contains("fs.inotify.max_user_watches"), "{text}");
    assert!(text.contains("every 2 seconds"), "{text}");
    project.write("posts/one.md", post("One", false, "Done."));
    watcher.until("it is sent", is_sent);
    project.write("posts/new/two.md", post("Two", false, "In a new folder."));
    watcher.until("it is sent", is_sent);
    let notes = watcher.drain_events();
    let repeated = notes.iter().any(|event| event["event"] == "note");
    assert!(!repeated, "{notes:?}");
    assert_eq!(watcher.stop(), Some(0));
    assert_eq!(titles(&platform), ["One", "Two"]);
}

#[test]
fn persistent_error_is_reported_once() {
    let platform = Platform::start();
    let project = project(&platform, "grace: 0s");
    let watcher = Watcher::start(&project);
    watcher.until_code("posts/one.md", "draft");
    let pipeline = project.read("pipeline.yaml");
    let errors = |events: &[serde_json::Value], text: &str| {
        let is = |event: &&serde_json::Value| {
            event["event"] == "error" && event.to_string().contains(text)
        };
        events.iter().filter(is).count()
    };
    // Each save reads all files again and produces the same error.
    project.write("pipeline.yaml", pipeline.replace("sinks:", "snks:"));
    watcher.until("an error", |event| event["event"] == "error");
    for name in ["two", "three", "four"] {
        project.write(&format!("posts/{name}.md"), post(name, true, "Text."));
        let events = watcher.until_code_with(&format!("posts/{name}.md"), "draft");
        assert_eq!(errors(&events, "snks"), 0, "{events:?}");
    }
    // Another error is reported, and so is the same one after it was fixed.
    project.write("pipeline.yaml", pipeline.replace("policy:", "polcy:"));
    watcher.until("another error", |event| event.to_string().contains("polcy"));
    project.write("pipeline.yaml", &pipeline);
    watcher.until("it is mended", |event| event["event"] == "loaded");
    project.write("pipeline.yaml", pipeline.replace("policy:", "polcy:"));
    watcher.until("the error again", |event| {
        event.to_string().contains("polcy")
    });
    project.write("pipeline.yaml", &pipeline);
    watcher.until("it is mended", |event| event["event"] == "loaded");
    // A missing folder is reported once, not for each change beside it.
    project.write("posts/six.md", post("six", true, "Text."));
    watcher.until_code("posts/six.md", "draft");
    fs::rename(project.path("posts"), project.path("gone")).unwrap();
    watcher.until("it is gone", |event| event["event"] == "error");
    project.write("pipeline.yaml", format!("{pipeline}\n# a comment\n"));
    project.write("pipeline.yaml", format!("{pipeline}\n# another\n"));
    std::thread::sleep(std::time::Duration::from_millis(1500));
    fs::rename(project.path("gone"), project.path("posts")).unwrap();
    let events = watcher.until_code_with("posts/six.md", "draft");
    assert_eq!(errors(&events, "posts"), 0, "{events:?}");
    assert_eq!(watcher.stop(), Some(0));
}
