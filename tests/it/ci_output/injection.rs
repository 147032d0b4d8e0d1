//! Text of a fork's pull request cannot run a workflow command, add an output or an entry of a report, or
//! end a Markdown construct.

use serde_json::Value;

use super::runner::{commands, outputs};
use super::{on_github, pipeline};
use crate::support::{Platform, Project};

/// Returns hostile values as JSON strings, which are YAML strings as well.
fn values() -> Vec<String> {
    let values: Vec<Value> = serde_json::from_str(include_str!("hostile_values.json")).unwrap();
    values.iter().map(Value::to_string).collect()
}

/// Returns a project with three posts for each of `values`: one that is sent, one with the value as its
/// commentary, and one that cannot be read.
fn project(platform: &Platform, values: &[String]) -> Project {
    let pipeline = pipeline(&platform.url).replace("policy: {", "policy: {max_per_run: 99, ");
    let mut project =
        Project::with_pipeline(&pipeline)
            .with_ledger()
            .picture("posts/a.png", 600, 314);
    for (index, value) in values.iter().enumerate() {
        let front =
            format!("date: 2026-11-20\nimage: a.png\ndescription: {value}\ntags: [{value}]");
        let commentary = format!("syndicate: {{commentary: {value}}}");
        project = project
            .post(
                &format!("posts/sent{index}.md"),
                &format!("title: {value}\n{front}"),
            )
            .post(
                &format!("posts/own{index}.md"),
                &format!("title: Own {index}\n{front}\n{commentary}"),
            )
            .post(
                &format!("posts/bad{index}.md"),
                &format!("title: {value}\ndate: {value}"),
            );
    }
    on_github(project)
}

/// Removes code, in which neither GitHub nor GitLab looks for references.
fn without_code(summary: &str) -> String {
    let parts = summary.split("<code>");
    let parts = parts.map(|part| part.split_once("</code>").map_or(part, |(_, rest)| rest));
    parts.collect()
}

#[test]
fn hostile_values_run_no_command() {
    let platform = Platform::start();
    let project = project(&platform, &values());
    for verb in [
        "preview",
        "preview --markdown --all",
        "preview --format github",
        "check --format github",
        "build --dry-run --format github",
        "build --format github",
        "status --format github",
        "items",
    ] {
        let run = project.run(verb);
        let commands = commands(&run);
        assert!(
            verb.contains("--format") || commands.is_empty(),
            "{commands:?}"
        );
        for command in commands {
            let is_ours = matches!(command.name.as_str(), "error" | "warning" | "notice");
            let file = command.properties.get("file");
            let is_known = file.is_none_or(|file| project.path(file).is_file());
            let names: Vec<&str> = command.properties.keys().map(String::as_str).collect();
            let known = ["col", "file", "line", "title"];
            let has_title = names.contains(&"title");
            let are_known = names.iter().all(|name| known.contains(name));
            assert!(
                is_ours && is_known && has_title && are_known,
                "{verb}: {command:?}"
            );
        }
    }
    assert!(platform.feed().len() > 20, "the posts are sent");
    let outputs = outputs(&project.read(".output"));
    let names: Vec<&str> = outputs.keys().map(String::as_str).collect();
    assert_eq!(names, ["hashes", "held", "sent", "unknown", "urls"]);
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
        assert!(!summary.contains(part), "{part}\n{summary}");
    }
}

#[cfg(unix)]
#[test]
fn hostile_file_names_run_no_command() {
    let platform = Platform::start();
    let bad = "---\ntitle: x\ndate: soon\n---\n\nx\n";
    let files = [
        "posts/`e` --not-sent.md",
        "posts/a,line=9::b%0A.md",
        "posts/bad0.md",
        "posts/c\n::error::d.md",
    ];
    let mut project = project(&platform, &["One".to_owned()]);
    for file in files {
        project = project.file(file, bad);
    }
    let run = project.run("build --format github").exits(3);
    let mut annotated: Vec<String> = commands(&run)
        .into_iter()
        .filter(|command| command.name == "error")
        .map(|command| command.properties["file"].clone())
        .collect();
    annotated.sort();
    assert_eq!(annotated, files, "{run}");
}
