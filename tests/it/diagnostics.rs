//! What is wrong is one object for programs and one drawing for people, wherever it was found.

use serde_json::json;

use crate::build::pipeline;
use crate::support::{Platform, Project};

#[test]
fn config_mistakes_are_objects() {
    let project = Project::with_pipeline(
        "sources:\n  blog: {type: site, path: ., contnt: posts}\nsinks:\n  out: {type: fil}\n",
    );
    let run = project.run("items --json").exits(1);
    let said = run.json();
    let expected = json!([
        {
            "path": "pipeline.yaml",
            "line": 2,
            "column": 31,
            "code": "invalid_config",
            "message": "unknown key `contnt`",
            "hint": "did you mean `content`?",
        },
        {
            "path": "pipeline.yaml",
            "line": 4,
            "column": 15,
            "code": "invalid_config",
            "message": "there is no sink of type `fil`",
            "hint": "did you mean `file`?",
        },
    ]);
    assert_eq!(said["diagnostics"], expected, "{run}");
    let error = "pipeline.yaml:2:31: unknown key `contnt`\n\
                 pipeline.yaml:4:15: there is no sink of type `fil`";
    assert_eq!(said["error"], error, "{run}");
    run.says(&[
        "error: unknown key `contnt`",
        "--> pipeline.yaml:2:31",
        "hint: did you mean `content`?",
    ]);
}

#[test]
fn command_line_mistake_is_object() {
    let project = Project::new();
    let run = project.run("build --onyl a.md --json").exits(2);
    let said = run.json();
    let expected = json!([{
        "path": null,
        "line": null,
        "column": null,
        "code": "usage",
        "message": "unexpected argument `--onyl` found",
        "hint": "a similar argument exists: `--only`",
    }]);
    assert_eq!(said["diagnostics"], expected, "{run}");
    run.says(&["error: unexpected argument `--onyl` found", "hint: "]);
    project
        .run("build --onyl a.md")
        .exits(2)
        .says(&["error: unexpected argument `--onyl` found", "hint: "]);
    assert_eq!(project.run("--json").exits(2).json()["code"], "usage");
}

#[test]
fn broken_post_and_template_are_objects() {
    let platform = Platform::start();
    let pipeline = pipeline(&platform.url).replace("token:", "template: t.hbs, token:");
    let project = Project::with_pipeline(&pipeline)
        .with_ledger()
        .file("t.hbs", "Hello\n{{titel}}\n")
        .picture("posts/a.png", 60, 31)
        .post("posts/a.md", "title: A\ndate: 2026-11-20\nimage: a.png")
        .file("posts/bad.md", "---\ntitle: Bad\ntags: [a\n---\nText.\n");
    let run = project.run("preview --json");
    let said = run.json();
    let fault = &said["faults"][0];
    assert_eq!(fault["path"], "posts/bad.md", "{run}");
    assert_eq!(fault["code"], "invalid_front_matter", "{run}");
    assert!(fault["line"].is_number(), "{run}");
    assert_eq!(fault["message"], fault["error"], "{run}");
    let expected = json!({
        "path": "t.hbs",
        "line": 2,
        "column": 3,
        "code": "template_error",
        "message": "unknown name `titel`",
        "hint": "did you mean `title`?",
    });
    assert_eq!(said["plan"][0]["diagnostic"], expected, "{run}");
    project
        .run("preview")
        .says(&["--> posts/bad.md:", "t.hbs:2:3: unknown name `titel`"]);
    let said = project.run("check --json").exits(1).json();
    let findings = said["findings"].as_array().unwrap();
    let of_template = findings.iter().find(|finding| finding["path"] == "t.hbs");
    let finding = of_template.unwrap();
    assert_eq!(finding["level"], "error", "{finding}");
    assert_eq!(finding["message"], "unknown name `titel`", "{finding}");
}

#[test]
fn delivery_diagnostic_names_its_post() {
    let platform = Platform::start();
    let project = Project::with_pipeline(&pipeline(&platform.url))
        .with_ledger()
        .post("posts/a.md", "title: A\ndate: 2026-11-20");
    let run = project.run("preview --json");
    let said = run.json();
    let diagnostic = &said["plan"][0]["diagnostic"];
    assert_eq!(diagnostic["path"], "posts/a.md", "{run}");
    assert_eq!(diagnostic["code"], "thumbnail_missing", "{run}");
    project.run("items").says(&["1 post, 0 unreadable files"]);
}
