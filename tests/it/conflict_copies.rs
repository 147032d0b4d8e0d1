//! Several files for the same post: conflict copies of sync programs, and names in another Unicode form.

use crate::build::pipeline;
use crate::support::{Platform, Project};

const POST: &str = "title: One\ndate: 2026-11-20\nimage: a.png";

fn project(platform: &Platform) -> Project {
    Project::with_pipeline(&pipeline(&platform.url))
        .with_ledger()
        .picture("posts/a.png", 60, 31)
}

#[test]
fn conflict_copies_are_held_back() {
    let platform = Platform::start();
    let mut project = project(&platform).post("posts/one.md", POST);
    project.run("build").exits(0).says(&["1 sent"]);
    for name in [
        "one (conflicted copy 2026-11-21)",
        "one (Jane's conflicted copy 2026-11-21)",
        "one.sync-conflict-20261121-101010-ABCDEFG",
        "one_conflict-20261121-101010",
        "one copy",
        "one - Kopie",
        "one-LAPTOP",
        "one 2",
        "._one",
    ] {
        project = project.post(&format!("posts/{name}.md"), POST);
    }
    let plan = project.run("build --json").exits(0).json();
    let codes = plan["plan"].as_array().unwrap().iter();
    let codes: Vec<_> = codes.map(|entry| entry["code"].as_str().unwrap()).collect();
    assert_eq!(
        codes.iter().filter(|code| **code == "copy").count(),
        2,
        "{plan}"
    );
    assert!(!codes.contains(&"new"), "{plan}");
    assert_eq!(platform.feed().len(), 1);
    project
        .run("items")
        .exits(0)
        .says(&["note: 6 files are not posts"]);
}

#[test]
fn unicode_form_keeps_identity() {
    let platform = Platform::start();
    let project = project(&platform).post("posts/u\u{308}ber.md", POST);
    project.run("build").exits(0).says(&["1 sent"]);
    let (from, to) = ("posts/u\u{308}ber.md", "posts/\u{fc}ber.md");
    std::fs::rename(project.path(from), project.path(to)).unwrap();
    let plan = project.run("build --json").exits(0).json();
    assert_eq!(plan["plan"][0]["code"], "already_sent", "{plan}");
    assert_eq!(platform.feed().len(), 1);
}
