//! The documents say what the program does. `UPDATE_EXPECTED=1 cargo test` prints the reference of
//! codes anew.

use std::path::{Path, PathBuf};

use syndicate::registry::BUILT_IN;
use syndicate_api::{Code, CodeKind};

use crate::support::Project;

/// What the example of the feed source reads.
const FEED: &str = "<rss version=\"2.0\"><channel><title>A</title><item><title>A</title>\
    <link>https://example.org/a/</link></item></channel></rss>";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

fn document(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap()
}

fn codes() -> String {
    let mut text = "# Codes\n\nEvery delivery has one code, and scripts may rely on it. This page is printed from the table in\n`plugins/api/src/code.rs`.\n\n| code | what happens | meaning | what to do |\n|---|---|---|---|\n".to_owned();
    for code in Code::ALL {
        let kind = match code.kind() {
            CodeKind::Send => "send",
            CodeKind::Update => "update",
            CodeKind::Skip => "skip",
            CodeKind::Wait => "wait",
            CodeKind::Ask => "ask",
            CodeKind::Fault => "fault",
            CodeKind::Stop => "nothing is sent",
        };
        text.push_str(&format!(
            "| `{code}` | {kind} | {} | {} |\n",
            code.meaning(),
            code.remedy()
        ));
    }
    text
}

#[test]
fn the_page_of_codes_is_the_table() {
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        std::fs::write(root().join("docs/codes.md"), codes()).unwrap();
    }
    let is_current = document("docs/codes.md") == codes();
    assert!(
        is_current,
        "docs/codes.md is out of date: UPDATE_EXPECTED=1 cargo test prints it anew"
    );
}

#[test]
fn the_readme_names_every_plugin_with_its_own_sentence() {
    let readme = document("README.md");
    let rows = BUILT_IN
        .sources
        .iter()
        .map(|plugin| (plugin.name, "source", plugin.summary))
        .chain(
            BUILT_IN
                .transforms
                .iter()
                .map(|plugin| (plugin.name, "transform", plugin.summary)),
        )
        .chain(
            BUILT_IN
                .sinks
                .iter()
                .map(|plugin| (plugin.name, "sink", plugin.summary)),
        );
    for (name, kind, summary) in rows {
        let row = format!("| `{name}` | {kind} | {summary} |");
        assert!(readme.contains(&row), "README.md lacks {row}");
    }
}

#[test]
fn the_pipeline_in_the_page_on_feeds_is_a_good_one() {
    let page = document("docs/feed.md");
    let pipeline = page.split("```yaml\n").nth(1).unwrap();
    // Its feed was never read here, so that this is all there is to say against it.
    Project::with_pipeline(pipeline.split("```").next().unwrap())
        .run("items --offline")
        .exits(1)
        .says(&["source `news`", "was not read before"]);
}

#[test]
fn every_pipeline_in_the_readme_is_a_good_one() {
    let readme = document("README.md");
    let blocks = readme
        .split("```yaml\n")
        .skip(1)
        .map(|rest| rest.split("```").next().unwrap());
    let pipelines: Vec<&str> = blocks
        .filter(|block| block.starts_with("sources:"))
        .collect();
    assert!(!pipelines.is_empty());
    for pipeline in pipelines {
        Project::with_pipeline(pipeline)
            .post("content/a.md", "title: A\ndate: 2026-11-22")
            .run("items")
            .exits(0);
    }
}

#[test]
fn every_plugins_example_is_a_good_pipeline() {
    let indented = |example: &str| example.replace('\n', "\n    ");
    for plugin in BUILT_IN.sources {
        let pipeline = format!(
            "sources:\n  a:\n    type: {}\n    {}\n",
            plugin.name,
            indented(plugin.example)
        );
        Project::with_pipeline(&pipeline)
            .post("posts/a.md", "title: A")
            .file("public/feed.xml", FEED)
            .run("check")
            .exits(0);
    }
    for (section, name, example) in BUILT_IN
        .transforms
        .iter()
        .map(|plugin| ("transforms", plugin.name, plugin.example))
        .chain(
            BUILT_IN
                .sinks
                .iter()
                .map(|plugin| ("sinks", plugin.name, plugin.example)),
        )
    {
        let pipeline = format!(
            "sources: {{blog: {{type: site, path: .}}}}\n{section}:\n  a:\n    type: {name}\n    {}\n",
            indented(example)
        );
        Project::with_pipeline(&pipeline)
            .post("a.md", "title: A")
            .run("items")
            .exits(0);
    }
}

#[test]
fn the_example_runs_as_the_readme_says() {
    let project = Project::new();
    for path in ["pipeline.yaml", "templates/linkedin.hbs"] {
        project.write(path, document(path));
    }
    for entry in std::fs::read_dir(root().join("content")).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            let name = path.file_name().unwrap().to_str().unwrap();
            project.write(&format!("content/{name}"), std::fs::read(&path).unwrap());
        }
    }
    for name in ["first-flight.jpg", "same-thing-twice.webp"] {
        let bytes = std::fs::read(root().join("content/pictures").join(name)).unwrap();
        project.write(&format!("content/pictures/{name}"), bytes);
    }
    project.run("check").exits(1).says(&["there is no ledger"]);
    let run = project.run("build --sandbox").exits(0);
    run.says(&[
        "2 sent",
        "[draft]",
        "First flight: what a post goes through (and what it keeps)",
    ]);
}
