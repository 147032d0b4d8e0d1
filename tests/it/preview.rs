//! `preview`: the plan, shown.

use crate::build::pipeline;
use crate::support::Project;

fn project(front: &str) -> Project {
    Project::with_pipeline(&pipeline("http://127.0.0.1:9"))
        .with_ledger()
        .picture("posts/a.png", 600, 314)
        .post(
            "posts/one.md",
            &format!("title: One\ndate: 2026-11-20\nimage: a.png\n{front}"),
        )
}

#[test]
fn a_card_is_drawn_with_text_picture_and_hash() {
    let run = project("description: About (something) else.")
        .run("preview")
        .exits(0);
    run.says(&[
        "send",
        "posts/one.md → linkedin",
        "About (something) else.",
        "600×314 image/png",
        "sha256:",
        "1 to send",
    ]);
}

#[test]
fn own_words_win_in_the_order_of_the_reference() {
    for (front, expected) in [
        ("syndicate: {commentary: For all}", "For all"),
        (
            "syndicate: {commentary: For all, linkedin: {commentary: 'For LinkedIn #Rust'}}",
            "For LinkedIn #Rust",
        ),
    ] {
        let plan = project(front).run("preview --json").exits(0).json();
        assert_eq!(plan["plan"][0]["post"]["text"], expected);
    }
    let plan = project("syndicate: {linkedin: {commentary: 'Tagged #Rust in C# (yes)'}}")
        .run("preview --json")
        .exits(0)
        .json();
    let commentary = &plan["plan"][0]["payload"]["requests"][0]["body"]["commentary"];
    assert_eq!(commentary, "Tagged #Rust in C\\# \\(yes\\)");
}

#[test]
fn a_slip_in_a_sinks_name_is_noticed() {
    let run = project("syndicate: {linkedn: {commentary: Hello}}")
        .run("preview")
        .exits(0);
    run.says(&[
        "`syndicate.linkedn` names no sink",
        "did you mean `linkedin`?",
    ]);
}

#[test]
fn a_pipeline_without_sinks_has_nothing_to_send() {
    let project = Project::with_pipeline(
        "sources: {blog: {type: site, path: ., content: posts, url: 'https://example.org'}}",
    )
    .post("posts/a.md", "title: Hello\ndate: 2026-01-02");
    project.run("preview").exits(0).says(&["nothing to do"]);
    project.run("build").exits(1).says(&["has no sinks"]);
}
