//! Ledgers of two branches, merged by git.

use crate::build::pipeline;
use crate::support::git::git;
use crate::support::{Platform, Project};

#[test]
fn merged_ledgers_keep_both_branches() {
    let platform = Platform::start();
    let mut project = Project::with_pipeline(&pipeline(&platform.url))
        .with_ledger()
        .file(".gitattributes", "*.jsonl merge=union\n")
        .picture("posts/a.png", 60, 31);
    for (name, title) in [("one", "One"), ("two", "Two"), ("three", "Three")] {
        let front = format!("title: {title}\ndate: 2026-11-20\nimage: a.png");
        project = project.post(&format!("posts/{name}.md"), &front);
    }
    git(&project, &["init", "-q"]);
    git(&project, &["add", "-A"]);
    git(&project, &["commit", "-qm", "begin"]);
    git(&project, &["checkout", "-qb", "other"]);
    project.run("build --only posts/one.md").exits(0);
    git(&project, &["commit", "-qam", "one"]);
    git(&project, &["checkout", "-q", "main"]);
    project
        .run("build --only posts/two.md")
        .exits(1)
        .says(&["[ledger_rewound]"]);
    // Another machine, which has sent nothing so far.
    let state = project.path(".other");
    let project = project.env("XDG_STATE_HOME", state.to_str().unwrap());
    project.run("build --only posts/two.md").exits(0);
    project.run("status --compact").exits(0);
    git(&project, &["commit", "-qam", "two"]);
    git(&project, &["merge", "-q", "--no-edit", "other"]);

    project.run("status").exits(0).says(&["/one", "/two"]);
    let plan = project.run("build --json").exits(0).json();
    assert_eq!(plan["summary"]["codes"]["already_sent"], 2);
    assert_eq!(plan["summary"]["sent"], 1);
    assert_eq!(platform.feed().len(), 3);
}

#[test]
fn conflict_marker_in_ledger_is_reported() {
    let platform = Platform::start();
    let project = Project::with_pipeline(&pipeline(&platform.url))
        .with_ledger()
        .post("posts/one.md", "title: One\ndate: 2026-11-20");
    let ledger = project.read("syndicate.ledger.jsonl");
    let conflict = format!("{ledger}<<<<<<< HEAD\n{ledger}=======\n{ledger}>>>>>>> other\n");
    project.write("syndicate.ledger.jsonl", conflict);
    project.run("build").exits(1).says(&[
        "syndicate.ledger.jsonl:2",
        "conflict marker",
        "merge=union",
    ]);
    assert_eq!(platform.feed().len(), 0);
}
