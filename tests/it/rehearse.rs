//! Sandbox runs: `build --sandbox` and `syndicate sandbox`.

use crate::build::pipeline;
use crate::support::{Project, announced};

#[test]
fn sandbox_build_leaves_no_trace() {
    let project = Project::with_pipeline(
        &pipeline("https://api.linkedin.com")
            .replace("sinks:\n", "sinks:\n  files: {type: file}\n"),
    )
    .picture("posts/a.png", 60, 31)
    .post(
        "posts/one.md",
        "title: One (of two)\ndate: 2026-11-20\nimage: a.png",
    );
    let run = project.run("build --sandbox").exits(0);
    run.says(&["sent", "no_sandbox", "One (of two)"]);
    assert!(!project.path("syndicate.ledger.jsonl").exists());
    assert!(!project.path("out").exists());

    let plan = project.run("build --sandbox --json").exits(0).json();
    let real = project.run("preview --json").exits(0).json();
    let hash = |plan: &serde_json::Value| {
        let entries = plan["plan"].as_array().unwrap().iter();
        entries
            .filter(|entry| entry["sink"] == "linkedin")
            .map(|entry| entry["hash"].clone())
            .next()
    };
    assert_eq!(
        hash(&plan),
        hash(&real),
        "a rehearsal sends what the real run would"
    );
}

#[test]
fn sandbox_prints_its_address() {
    let project = Project::new();
    let (mut child, url) = announced(&project, &["sandbox", "--port", "0", "--json"]);
    let pipeline = pipeline(&url);
    let project = Project::with_pipeline(&pipeline)
        .with_ledger()
        .picture("posts/a.png", 60, 31)
        .post("posts/one.md", "title: One\ndate: 2026-11-20\nimage: a.png");
    let run = project.run("build");
    child.kill().unwrap();
    child.wait().unwrap();
    run.exits(0).says(&["sent"]);
}
