//! Each diagnostic is one JSON object, and the same text on a terminal, regardless of its source.

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
            "message": "unknown sink type `fil`",
            "hint": "did you mean `file`?",
        },
    ]);
    assert_eq!(said["diagnostics"], expected, "{run}");
    let error = "pipeline.yaml:2:31: unknown key `contnt`\n\
                 pipeline.yaml:4:15: unknown sink type `fil`";
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
fn delivery_diagnostic_names_post() {
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
    // A file with several errors is one file.
    let errors = "---\ntitle: [A]\ndate: 2026-13-20\n---\n";
    let project = project.file("posts/broken.md", errors);
    project
        .run("items")
        .says(&["invalid date", "`title` is not text", "1 unreadable file\n"]);
    project.run("preview").says(&["1 unreadable"]);
}

/// Returns a site with `content: postz`, with `options` appended to the lines.
fn with_source(options: &str) -> Project {
    Project::with_pipeline(&format!(
        "sources:\n  blog:\n    type: site\n    path: .\n{options}"
    ))
    .post("posts/a.md", "title: A\ndate: 2026-11-20")
}

#[test]
fn missing_folder_has_line_number() {
    for (options, line, column, hint) in [
        ("    content: postz\n", 5, 14, "did you mean `posts`?"),
        (
            "    content: [posts, nowhere-at-all]\n",
            5,
            14,
            "set `content`",
        ),
        ("site:\n  content: post\n", 6, 12, "did you mean `posts`?"),
    ] {
        for verb in [
            "items --json",
            "check --json",
            "items --explain posts/a.md --json",
        ] {
            let run = with_source(options).run(verb).exits(1);
            let fault = &run.json()["diagnostics"][0];
            assert_eq!(
                (&fault["line"], &fault["column"]),
                (&json!(line), &json!(column)),
                "{run}"
            );
            assert_eq!(fault["path"], "pipeline.yaml", "{run}");
            assert!(fault["hint"].as_str().unwrap().contains(hint), "{run}");
        }
    }
    let project = with_source("");
    let pipeline = project
        .read("pipeline.yaml")
        .replace("path: .", "path: nowhere");
    project.write("pipeline.yaml", pipeline);
    project
        .run("items")
        .exits(1)
        .says(&["--> pipeline.yaml:4:11", "`path`"]);
}

#[test]
fn unknown_sink_key_gets_suggestion() {
    for (key, hint) in [
        ("comentary", "did you mean `commentary`?"),
        ("Template", "did you mean `template`?"),
        ("input", "did you mean `inputs`?"),
        ("access_token", "did you mean `token`?"),
        ("visbility", "did you mean `visibility`?"),
        ("grace", "move it to the section `policy`"),
        ("quiet_hour", "did you mean `quiet_hours`?"),
    ] {
        let pipeline =
            pipeline("http://127.0.0.1:9").replace("token:", &format!("{key}: 1, token:"));
        let run = Project::with_pipeline(&pipeline)
            .run("check --json")
            .exits(1);
        let fault = &run.json()["diagnostics"][0];
        assert_eq!(fault["message"], format!("unknown key `{key}`"), "{run}");
        assert!(fault["hint"].as_str().unwrap().starts_with(hint), "{run}");
    }
}

#[test]
fn wrong_type_names_expected_type() {
    for (policy, message) in [
        (
            "max_per_run: many",
            "`max_per_run` must be a whole number, not `many`",
        ),
        (
            "max_per_run: -1",
            "`max_per_run` must be a whole number from 0, not `-1`",
        ),
        (
            "live_check: [1]",
            "`live_check` must be `true` or `false`, not a list",
        ),
        (
            "quiet_hours: 22",
            "`quiet_hours` must be hours such as `22:00-07:00`, not `22`",
        ),
        (
            "since: 2026",
            "`since` must be a date such as `2026-11-22`, not `2026`",
        ),
        ("since: 2026-13-01", "invalid date `2026-13-01`"),
        (
            "grace: [1]",
            "`grace` must be a time such as `30d` or `36h`, not a list",
        ),
        ("spacing: 4", "`4` has no unit"),
        ("max_age: soon", "invalid time `soon`"),
    ] {
        let pipeline = pipeline("http://127.0.0.1:9").replace("since: 2026-11-01", policy);
        let run = Project::with_pipeline(&pipeline)
            .run("check --json")
            .exits(1);
        assert_eq!(run.json()["diagnostics"][0]["message"], message, "{run}");
        for word in ["usize", "i64", "untagged", "invalid type", "expected"] {
            assert!(!run.stderr.contains(word), "{run}");
        }
    }
}

#[test]
fn pipeline_is_found_in_parent() {
    let project = Project::with_pipeline(&pipeline("http://127.0.0.1:9"))
        .post("posts/deep/a.md", "title: A\ndate: 2026-11-20")
        .post("other/content/b.md", "title: B\ndate: 2026-11-20");
    let run_in = |folder: &str, arguments: &[&str]| {
        let mut command = project.command(arguments);
        command.current_dir(project.path(folder));
        project.finished(command, arguments)
    };
    let run = run_in("posts/deep", &["items", "--json"]).exits(0);
    assert_eq!(run.json_lines()[0]["path"], "posts/deep/a.md", "{run}");
    assert_eq!(run.stderr, "using `../../pipeline.yaml`\n", "{run}");
    let run = run_in("posts/deep", &["items", "--explain", "a.md"]).exits(0);
    run.says(&["posts/deep/a.md: a post"]);
    assert_eq!(
        run_in(".", &["items"]).exits(0).stderr,
        "1 post, 0 unreadable files\n"
    );
    // A folder or file given on the command line is not searched for in parent folders.
    for arguments in [
        &["-C", "deep", "items"][..],
        &["-C", ".", "items"],
        &["--config", "pipeline.yaml", "items"],
    ] {
        run_in("posts", arguments)
            .exits(1)
            .says(&["the file does not exist"]);
    }
    run_in("other", &["init"]).exits(0);
    assert!(
        project.path("other/pipeline.yaml").exists(),
        "init makes a pipeline here"
    );
}
