//! Text of a fork's pull request cannot run a workflow command, add an output or an entry of a report, or
//! end a Markdown construct.

use serde_json::Value;

use super::runner::{commands, outputs};
use super::{on_github, pipeline};
use crate::support::{Platform, Project};

/// Hostile values as JSON strings, which are YAML strings as well.
fn values() -> Vec<String> {
    let values: Vec<Value> = serde_json::from_str(include_str!("hostile_values.json")).unwrap();
    values.iter().map(Value::to_string).collect()
}

fn project(platform: &Platform, value: &str) -> Project {
    on_github(
        Project::with_pipeline(&pipeline(&platform.url))
            .with_ledger()
            .picture("posts/a.png", 600, 314)
            .post(
                "posts/one.md",
                &format!("title: {value}\ndescription: {value}\ndate: 2026-11-20\nimage: a.png\ntags: [{value}]"),
            )
            .post(
                "posts/two.md",
                &format!("title: Two\ndate: 2026-11-21\nsyndicate: {{commentary: {value}}}"),
            )
            .file("posts/bad.md", format!("---\ntitle: {value}\ndate: {value}\n---\n\nx\n")),
    )
}

/// Removes code, in which neither GitHub nor GitLab looks for references.
fn without_code(summary: &str) -> String {
    let parts = summary.split("<code>");
    let parts = parts.map(|part| part.split_once("</code>").map_or(part, |(_, rest)| rest));
    parts.collect()
}

#[test]
fn hostile_values_run_no_command() {
    for value in &values() {
        let platform = Platform::start();
        let project = project(&platform, value);
        for verb in [
            "preview",
            "preview --markdown",
            "preview --all --format github",
            "check --format github",
            "build --dry-run --format github",
            "build --format github",
            "status --format github",
            "items",
        ] {
            let run = project.run(verb);
            for command in commands(&run) {
                let is_ours = matches!(command.name.as_str(), "error" | "warning" | "notice");
                assert!(
                    is_ours && verb.contains("--format"),
                    "{value}: {command:?}\n{run}"
                );
                let file = command.properties.get("file").map_or("", String::as_str);
                let is_known = project.path(file).is_file();
                assert!(
                    is_known && command.properties.contains_key("title"),
                    "{value}: {command:?}"
                );
                assert!(command.properties.len() <= 4, "{value}: {command:?}");
            }
        }
        let outputs = outputs(&project.read(".output"));
        let names: Vec<&str> = outputs.keys().map(String::as_str).collect();
        assert_eq!(
            names,
            ["hashes", "held", "sent", "unknown", "urls"],
            "{value}"
        );
        let summary = without_code(&project.read(".summary"));
        for part in [
            "<script",
            "<img",
            "](",
            "@octocat",
            " #1",
            "GH-1",
            "0123456789abcdef",
        ] {
            assert!(!summary.contains(part), "{value}: {part}\n{summary}");
        }
    }
}

#[cfg(unix)]
#[test]
fn hostile_file_names_run_no_command() {
    let platform = Platform::start();
    let bad = "---\ntitle: x\ndate: soon\n---\n\nx\n";
    let project = project(&platform, "One")
        .file("posts/a,line=9::b%0A.md", bad)
        .file("posts/c\n::error::d.md", bad)
        .file("posts/`e` --not-sent.md", bad);
    let run = project.run("build --format github").exits(3);
    let files: Vec<String> = commands(&run)
        .into_iter()
        .filter(|command| command.name == "error")
        .map(|command| command.properties["file"].clone())
        .collect();
    let expected = [
        "posts/`e` --not-sent.md",
        "posts/a,line=9::b%0A.md",
        "posts/bad.md",
        "posts/c\n::error::d.md",
    ];
    for file in expected {
        assert!(files.contains(&file.to_owned()), "{file:?} of {files:?}");
    }
}
