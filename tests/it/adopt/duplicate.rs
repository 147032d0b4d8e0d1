//! The platform refuses a post as a duplicate: the response is recorded, and nothing is sent again until
//! the user decides.

use serde_json::{Value, json};

use super::{CREATE, LEDGER, elsewhere, events, sent_elsewhere};
use crate::support::{Platform, Project, Watcher};

/// Returns a project whose first post was sent and whose second build was refused as a duplicate, and the
/// post's URN.
fn refused(platform: &Platform) -> (Project, String) {
    let (project, urn) = sent_elsewhere(platform);
    let run = project.run("build --json").exits(3);
    let entry = run.json()["plan"][0].clone();
    assert_eq!(entry["outcome"], "failed", "{run}");
    assert_eq!(entry["code"], "duplicate", "{run}");
    assert!(entry["error"].to_string().contains(&urn), "{run}");
    assert_eq!(events(&project, "failed")[0]["existing"]["id"], urn);
    (project, urn)
}

#[test]
fn duplicate_asks_and_is_not_repeated() {
    let platform = Platform::start();
    let (project, urn) = refused(&platform);
    for verb in ["build", "build --failed", "build --only posts/one.md"] {
        project.run(verb).exits(0);
        assert_eq!(platform.requests(CREATE), 2, "{verb}");
    }
    let run = project.run("build").exits(0);
    let run = run.says(&["ask ", "[duplicate]", &urn, "`syndicate adopt posts/one.md"]);
    assert_eq!(run.stdout.matches(urn.as_str()).count(), 1, "{run}");
    project.run("build --fail-on ask").exits(3);
    let plan = project.run("preview --json").exits(0).json();
    assert_eq!(plan["plan"][0]["code"], "duplicate");
    // LinkedIn would accept an equal post the next day.
    let tomorrow = project.env("SYNDICATE_NOW", "2026-11-23T12:00:00Z");
    tomorrow.run("build --failed").exits(0);
    tomorrow.run("build").exits(0);
    assert_eq!(platform.requests(CREATE), 2);
}

#[test]
fn duplicate_is_open_in_lists() {
    let platform = Platform::start();
    let (project, urn) = refused(&platform);
    let status = project.run("status").exits(0).says(&[
        "duplicate ",
        &urn,
        "`syndicate adopt POST ID`",
        "`syndicate settle POST --not-sent`",
    ]);
    assert!(!status.stdout.contains("; it is `"), "{status}");
    project
        .run("settle")
        .exits(0)
        .says(&["1 open", "duplicate "]);
    let open = project.run("settle --json").exits(0).json();
    assert_eq!(open["open"][0]["duplicate"], true);
    project
        .run("check")
        .exits(0)
        .says(&["1 delivery waits for your answer", "`syndicate settle`"]);
    let status = project.run("status --json").exits(0).json();
    let delivery = &status["items"][0]["deliveries"][0];
    assert_eq!(delivery["state"], "duplicate");
    assert_eq!(delivery["receipt"]["id"], urn);
}

#[test]
fn duplicate_is_closed_by_adopt() {
    let platform = Platform::start();
    let (project, urn) = refused(&platform);
    project.run(&format!("adopt posts/one.md {urn}")).exits(0);
    let plan = project.run("build --json").exits(0).json();
    assert_eq!(plan["plan"][0]["code"], "already_sent");
    project.run("settle").exits(0).says(&["0 open"]);
    assert_eq!(platform.requests(CREATE), 2);
    project.run("retract posts/one.md").exits(0);
    assert_eq!(platform.feed().len(), 0);
}

#[test]
fn duplicate_settled_not_sent_is_free() {
    let platform = Platform::start();
    let (project, _) = refused(&platform);
    project
        .run("settle posts/one.md --not-sent")
        .exits(0)
        .says(&["settled as not sent"]);
    let post = project.read("posts/one.md");
    project.write("posts/one.md", post.replace("says", "said"));
    let plan = project.run("build --json").exits(0).json();
    assert_eq!(plan["plan"][0]["outcome"], "sent", "{plan}");
    assert_eq!(platform.feed().len(), 2);
}

#[test]
fn duplicate_is_not_probed() {
    // A probe would be compared with the existing post. Once the platform has forgotten that post, the probe
    // would create a second one.
    let platform = Platform::start();
    let (project, urn) = refused(&platform);
    let project = project.env("SYNDICATE_NOW", "2026-11-22T12:05:00Z");
    project
        .run("settle posts/one.md --probe")
        .exits(1)
        .says(&["has an equal post", "`--sent ID`"]);
    assert_eq!(platform.requests(CREATE), 2);
    project
        .run(&format!("settle posts/one.md --sent {urn}"))
        .exits(0);
}

#[test]
fn duplicate_of_old_ledger_asks() {
    // Version 0.1.0 recorded the refusal as a failure, without the URN of the existing post.
    let attempt = json!({
        "v": 1, "sink": "linkedin", "item": "https://blog.example.org/one",
        "keys": ["https://blog.example.org/one", "blog:posts/one.md"],
        "attempt": "a", "hash": "sha256:00",
    });
    let line = |id: &str, kind: &str, fields: Value| {
        let mut line = attempt.clone();
        line["id"] = id.into();
        line["at"] = "2026-11-21T12:00:00Z".into();
        line["kind"] = kind.into();
        let object = line.as_object_mut().unwrap();
        object.extend(fields.as_object().unwrap().clone());
        format!("{line}\n")
    };
    let message = "cannot create the post: Duplicate post is detected (DUPLICATE_POST)";
    let platform = Platform::start();
    let project = super::project(&platform);
    let ledger = project.read(LEDGER)
        + &line("1", "intent", json!({"slots": {}}))
        + &line(
            "2",
            "failed",
            json!({"code": "duplicate", "message": message}),
        );
    project.write(LEDGER, ledger);
    for verb in ["build", "build --failed", "build --only posts/one.md"] {
        project.run(verb).exits(0);
    }
    project
        .run("build")
        .exits(0)
        .says(&["ask ", "[duplicate]", "DUPLICATE_POST"]);
    assert_eq!(platform.requests(CREATE), 0);
    project.run("adopt posts/one.md urn:li:share:9").exits(0);
    let plan = project.run("build --json").exits(0).json();
    assert_eq!(plan["plan"][0]["code"], "already_sent");
}

#[test]
fn duplicate_after_failure_is_freed() {
    let platform = Platform::start();
    let (project, _) = refused(&platform);
    project.run("settle posts/one.md --not-sent").exits(0);
    // The same text is refused again, and the user must decide again.
    project.run("build").exits(3).says(&["[duplicate]"]);
    project.run("build").exits(0).says(&["ask "]);
    assert_eq!(platform.requests(CREATE), 3);
    assert_eq!(platform.feed().len(), 1);
}

#[test]
fn duplicate_survives_compaction_and_machines() {
    let platform = Platform::start();
    let (project, urn) = refused(&platform);
    project.run("status --compact").exits(0);
    let third = elsewhere(project, "third");
    let run = third.run("build").exits(0);
    run.says(&["ask ", "[duplicate]", &urn]);
    assert_eq!(platform.requests(CREATE), 2);
}

#[cfg(unix)]
#[test]
fn watch_does_not_repeat_duplicate() {
    let platform = Platform::start();
    let (project, urn) = sent_elsewhere(&platform);
    let pipeline = project.read("pipeline.yaml");
    let policy = pipeline.replace("since: 2026-11-01", "since: 2026-11-01, grace: 0s");
    project.write("pipeline.yaml", policy);
    let text = project.read("posts/one.md");
    project.write(
        "posts/one.md",
        text.replace("---\n\n", "draft: true\n---\n\n"),
    );
    let watcher = Watcher::start(&project);
    watcher.until_code("posts/one.md", "draft");
    project.write("posts/one.md", &text);
    watcher.until("it is refused", |event| {
        event["delivery"]["code"] == "duplicate"
    });
    watcher.until_code("posts/one.md", "duplicate");
    // Further saves of this post and of another one start new plans.
    project.write("posts/one.md", text.replace("says", "said"));
    project.write(
        "posts/two.md",
        text.replace("One", "Two").replace("body", "line"),
    );
    watcher.until("the other one is sent", |event| {
        event["delivery"]["outcome"] == "sent"
    });
    assert_eq!(watcher.stop(), Some(0));
    assert_eq!(platform.requests(CREATE), 3);
    project.run(&format!("adopt posts/one.md {urn}")).exits(0);
}
