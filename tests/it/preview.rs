//! `preview`: the plan on the terminal.

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
fn card_has_text_picture_and_hash() {
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
fn commentary_sources_have_documented_order() {
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
    let commentary =
        &plan["plan"][0]["payload"]["steps"][0]["request"]["body"]["json"]["commentary"];
    assert_eq!(commentary, "Tagged #Rust in C\\# \\(yes\\)");
}

#[test]
fn sink_name_typo_is_reported() {
    let run = project("syndicate: {linkedn: {commentary: Hello}}").run("preview");
    run.says(&[
        "`syndicate.linkedn` names no sink",
        "did you mean `linkedin`?",
    ]);
}

#[test]
fn pipeline_without_sinks_sends_nothing() {
    let project = Project::with_pipeline(
        "sources: {blog: {type: site, path: ., content: posts, url: 'https://example.org'}}",
    )
    .post("posts/a.md", "title: Hello\ndate: 2026-01-02");
    project.run("preview").exits(0).says(&["nothing to do"]);
    project.run("build").exits(1).says(&["has no sinks"]);
}

/// Returns a project with a long text and a card that has warnings.
fn long(commentary: &str) -> Project {
    Project::with_pipeline(&pipeline("http://127.0.0.1:9"))
        .with_ledger()
        .picture("posts/a.png", 300, 300)
        .post(
            "posts/one.md",
            &format!(
                "title: One\ndate: 2026-11-20\nimage: a.png\nsyndicate: {{commentary: {commentary:?}}}"
            ),
        )
}

#[test]
fn folded_text_is_marked() {
    let text = "First line.\nSecond line.\nThird line.\nFourth line.";
    let run = long(text).run("preview").exits(0);
    let (seen, folded) = run.stdout.split_once("…see more").unwrap();
    assert!(seen.contains("Third line.") && !seen.contains("Fourth"));
    assert!(folded.contains("┆ Fourth line."), "{run}");
    let plan = long(text).run("preview --json").json();
    assert_eq!(
        plan["plan"][0]["post"]["shown"],
        "First line.\nSecond line.\nThird line."
    );
}

#[test]
fn preview_warns_of_poor_card() {
    let run = long("Look: https://blog.example.org/one/")
        .run("preview")
        .exits(0);
    let text = run.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    for part in [
        "beside the title",
        "the picture is only 300 pixels wide",
        "readers see the same link twice",
        "title 3, about 100 seen",
    ] {
        assert!(
            text.contains(part),
            "missing from the output: {part}\n{run}"
        );
    }
}

#[test]
fn card_fits_narrow_terminal() {
    let text = "A commentary that has more words than fit on a line of a narrow terminal.";
    let run = long(text).env("COLUMNS", "40").run("preview").exits(0);
    let card = run.stdout.lines().skip(1);
    let words = |line: &&str| !line.contains("sha256:") && !line.contains("https://");
    for line in card.filter(words) {
        assert!(line.chars().count() <= 40, "{line}\n{run}");
    }
}

#[test]
fn plain_terminal_gets_ascii() {
    let text = "First line.\nSecond line.\nThird line.\nFourth line.";
    for (name, value) in [("LANG", "C"), ("TERM", "dumb")] {
        let run = long(text)
            .env(name, value)
            .env("LINES", "20")
            .run("preview");
        let run = run.exits(0).says(&["...see more", ": Fourth line."]);
        assert!(run.stdout.is_ascii(), "{run}");
    }
    let coloured = long(text).env("NO_COLOR", "1").run("preview").exits(0);
    assert!(!coloured.stdout.contains('\x1b'));
}
