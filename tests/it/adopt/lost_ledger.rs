//! The ledger is lost, because a push failed or the file was deleted. LinkedIn's duplicate response is
//! then the evidence that the post exists, even after LinkedIn has forgotten the post.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use super::{CREATE, LEDGER, elsewhere, events, project};
use crate::support::{Platform, Project};

/// Runs the project as a CI job, which keeps the ledger in the repository and has only the checkout.
fn on_runner(project: Project, number: usize) -> Project {
    elsewhere(project, &format!("runner-{number}")).env("CI", "true")
}

/// Returns a project that CI builds.
fn of_ci(platform: &Platform) -> Project {
    let project = project(platform);
    let pipeline = project.read("pipeline.yaml") + "ledger: {ci: true}\n";
    project.write("pipeline.yaml", pipeline);
    project
}

/// Sends the post, and returns its URN.
fn sent(project: &Project) -> String {
    let built = project.run("build --json").exits(0).json();
    let id = built["plan"][0]["receipt"]["id"].as_str();
    id.unwrap().to_owned()
}

#[test]
fn lost_push_sends_no_second_post() {
    let hours = Arc::new(AtomicI64::new(0));
    let platform = Platform::with_clock_ahead(Arc::clone(&hours));
    let pushed = of_ci(&platform);
    let before = pushed.read(LEDGER);
    let project = on_runner(pushed, 1);
    let urn = sent(&project);

    // The push failed, so the next runner has the previous ledger.
    project.write(LEDGER, before);
    let project = on_runner(project, 2);
    let run = project.run("build").exits(3);
    let settle = format!("`syndicate settle POST --sent {urn}`");
    run.says(&["[duplicate]", &urn, &settle, "next: posts/one.md"]);
    assert_eq!(platform.requests(CREATE), 2);
    assert_eq!(events(&project, "failed")[0]["existing"]["id"], urn);

    // The push succeeds. Later runners send no request to LinkedIn, which would accept the post by now.
    hours.store(25, Ordering::SeqCst);
    let mut project = project.env("SYNDICATE_NOW", "2026-11-23T13:00:00Z");
    for number in 3..6 {
        project = on_runner(project, number);
        let plan = project.run("build --json").exits(0).json();
        assert_eq!(plan["plan"][0]["action"], "ask", "{plan}");
        assert_eq!(plan["plan"][0]["code"], "duplicate", "{plan}");
        let next = plan["plan"][0]["next"].as_str().unwrap();
        assert!(next.contains(&format!("--sent {urn}`")), "{next}");
        project.run("build --failed").exits(0);
        project.run("build --only posts/one.md").exits(0);
    }
    assert_eq!(platform.requests(CREATE), 2);
    assert_eq!(platform.feed().len(), 1);

    project
        .run(&format!("settle posts/one.md --sent {urn}"))
        .exits(0)
        .says(&["settled as sent"]);
    let project = on_runner(project, 6);
    let plan = project.run("build --json").exits(0).json();
    assert_eq!(plan["plan"][0]["code"], "already_sent", "{plan}");
    assert_eq!(platform.requests(CREATE), 2);
}

#[test]
fn duplicate_stays_evidence_after_window() {
    let hours = Arc::new(AtomicI64::new(0));
    let platform = Platform::with_clock_ahead(Arc::clone(&hours));
    let project = project(&platform);
    let urn = sent(&project);

    // The file is deleted, and another machine starts a new ledger.
    std::fs::remove_file(project.path(LEDGER)).unwrap();
    let project = elsewhere(project, "other");
    project.run("build").exits(1).says(&["[ledger_missing]"]);
    project
        .run("build --backfill")
        .exits(3)
        .says(&["[duplicate]", &urn]);
    assert_eq!(platform.requests(CREATE), 2);

    hours.store(30, Ordering::SeqCst);
    let project = project.env("SYNDICATE_NOW", "2026-11-23T18:00:00Z");
    for verb in [
        "build",
        "build --failed",
        "build --only posts/one.md",
        "build",
    ] {
        project.run(verb).exits(0);
    }
    project.run("settle posts/one.md --probe").exits(1);
    assert_eq!(platform.requests(CREATE), 2);
    assert_eq!(platform.feed().len(), 1);
    // The address that LinkedIn's menu copies is accepted like the URN.
    let number = urn.rsplit(':').next().unwrap();
    let copied = format!("https://www.linkedin.com/posts/jane-doe_one-share-{number}-Ab_1");
    project
        .run_args(&["settle", "posts/one.md", "--sent", &copied])
        .exits(0);
    let plan = project.run("build --json").exits(0).json();
    assert_eq!(plan["plan"][0]["code"], "already_sent", "{plan}");

    // Without any record, LinkedIn accepts the post a second time.
    std::fs::remove_file(project.path(LEDGER)).unwrap();
    let project = elsewhere(project, "third");
    project.run("build --backfill").exits(0);
    assert_eq!(platform.feed().len(), 2);
}

#[test]
fn duplicate_without_urn_requests_address() {
    let body = r#"{"status":422,"code":"DUPLICATE_POST","message":"Duplicate post is detected"}"#;
    let length = body.len();
    let answer = format!("HTTP/1.1 422 No\r\ncontent-length: {length}\r\n\r\n{body}");
    let server = crate::support::RawServer::answering(answer.leak().as_bytes());
    let project = crate::unknown::project(&server);
    project
        .run("build")
        .exits(3)
        .says(&["[duplicate]", "--sent URN`"]);
    for _ in 0..3 {
        let plan = project.run("build --json").exits(0).json();
        assert_eq!(plan["plan"][0]["action"], "ask", "{plan}");
    }
    assert_eq!(server.requests(), 1);
    project
        .run("settle posts/one.md --sent urn:li:ugcPost:7")
        .exits(0);
    let plan = project.run("build --json").exits(0).json();
    assert_eq!(plan["plan"][0]["code"], "already_sent", "{plan}");
}
