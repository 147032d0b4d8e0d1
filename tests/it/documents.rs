//! The documents match the program. `UPDATE_EXPECTED=1 cargo test` updates the reference of codes.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use syndicate::BUILT_IN;
use syndicate_api::{Code, CodeKind};

use crate::build::pipeline;
use crate::support::{Platform, Project};

/// A feed for the example of the feed source.
const FEED: &str = "<rss version=\"2.0\"><channel><title>A</title><item><title>A</title>\
    <link>https://example.org/a/</link></item></channel></rss>";

/// Pages whose commands are compared with the program's help.
const WRITTEN_PAGES: [&str; 18] = [
    "README.md",
    "docs/ci-github.md",
    "docs/ci-gitlab.md",
    "docs/commands.md",
    "docs/feed.md",
    "docs/front-matter.md",
    "docs/guides/deploy.md",
    "docs/guides/teams.md",
    "docs/ledger.md",
    "docs/linkedin-posts.md",
    "docs/linkedin.md",
    "docs/logs.md",
    "docs/pages.md",
    "docs/preview.md",
    "docs/sandbox.md",
    "docs/site.md",
    "docs/transforms.md",
    "docs/watch.md",
];

/// The text above the table of codes.
const CODES_HEAD: &str = "# Codes

This page helps you to look up a code that `syndicate` printed, such as `draft`. The code of a delivery
states why the post is or is not sent, the code of an error what kind of error it is. Codes are stable, so
scripts can rely on them.

| kind | effect |
|---|---|
| send, update | The post is sent, or changed in place. |
| skip | The post is not sent. |
| wait | The post is sent by a later run, once the reason no longer applies. |
| ask | The post is not sent until you decide. |
| fault | The post is not sent because of an error; other posts go on. |
| nothing is sent | The state of the ledger stops the run. |
| note | The run goes on. |
| error | A diagnostic that belongs to no delivery. |

This page is generated from the table in `plugins/api/src/code.rs`.

| code | kind | meaning | what to do |
|---|---|---|---|
";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

fn document(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap()
}

/// Checks that the file at `path` has this text; with `UPDATE_EXPECTED` in the environment writes it.
#[track_caller]
pub(crate) fn assert_current(path: &Path, text: &str) {
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    let is_current = std::fs::read_to_string(path).is_ok_and(|kept| kept == text);
    assert!(
        is_current,
        "{} is out of date: run `UPDATE_EXPECTED=1 cargo test`",
        path.display()
    );
}

/// Returns the names of the files in `folder`, in order.
pub(crate) fn file_names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

fn codes() -> String {
    let mut text = CODES_HEAD.to_owned();
    for code in Code::ALL {
        let kind = match code.kind() {
            CodeKind::Send => "send",
            CodeKind::Update => "update",
            CodeKind::Skip => "skip",
            CodeKind::Wait => "wait",
            CodeKind::Ask => "ask",
            CodeKind::Fault => "fault",
            CodeKind::Stop => "nothing is sent",
            CodeKind::Note => "note",
            CodeKind::Error => "error",
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
fn codes_page_is_current() {
    assert_current(&root().join("docs/codes.md"), &codes());
}

#[test]
fn readme_lists_every_plugin() {
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
fn feeds_page_pipeline_is_valid() {
    let page = document("docs/feed.md");
    let pipeline = page.split("```yaml\n").nth(1).unwrap();
    // The feed was never fetched here, so its missing cache is the only error.
    Project::with_pipeline(pipeline.split("```").next().unwrap())
        .run("items --offline")
        .exits(1)
        .says(&["source `news`", "is not in the cache"]);
}

#[test]
fn pipelines_in_pages_are_valid() {
    for page in ["docs/pipeline.md", "docs/site.md"] {
        let text = document(page);
        let blocks = text.split("```yaml\n").skip(1);
        let blocks = blocks.map(|rest| rest.split("```").next().unwrap());
        let pipelines: Vec<&str> = blocks
            .filter(|block| block.starts_with("sources:"))
            .collect();
        assert!(!pipelines.is_empty(), "{page}");
        for pipeline in pipelines {
            Project::with_pipeline(pipeline)
                .post("content/a.md", "title: A\ndate: 2026-11-22")
                .run("items")
                .exits(0);
        }
    }
}

#[test]
fn plugin_examples_are_valid() {
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

/// Returns a project with the repository's example pipeline and its posts.
pub(crate) fn example_project() -> Project {
    let project = Project::new();
    for path in ["pipeline.yaml", "templates/linkedin.hbs"] {
        project.write(path, document(path));
    }
    for folder in ["content", "content/pictures"] {
        for entry in std::fs::read_dir(root().join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                let name = path.file_name().unwrap().to_str().unwrap();
                project.write(&format!("{folder}/{name}"), std::fs::read(&path).unwrap());
            }
        }
    }
    project
}

#[test]
fn example_project_runs() {
    let project = example_project();
    project.run("check").exits(1).says(&["missing ledger"]);
    let run = project.run("build --sandbox").exits(0);
    run.says(&[
        "2 sent",
        "[draft]",
        "First flight: what a post goes through (and what it keeps)",
    ]);
}

#[test]
fn ledger_page_names_error_codes() {
    let page = document("docs/ledger.md");
    let is_asked_elsewhere = |code: &Code| *code == Code::NotApproved;
    for code in Code::ALL {
        let is_listed = matches!(code.kind(), CodeKind::Stop | CodeKind::Ask);
        if is_listed && !is_asked_elsewhere(code) {
            assert!(
                page.contains(&format!("`{code}`")),
                "docs/ledger.md lacks `{code}`"
            );
        }
    }
}

#[test]
fn ledger_page_names_line_fields() {
    let page = document("docs/ledger.md");
    let platform = Platform::start();
    let project = Project::with_pipeline(&pipeline(&platform.url))
        .picture("posts/a.png", 60, 31)
        .post("posts/one.md", "title: One\ndate: 2026-11-20\nimage: a.png");
    project.run("build --baseline").exits(0);
    project.run("build --only posts/one.md").exits(0);
    project.run("retract posts/one.md --by-hand").exits(0);
    let project = project.post("posts/two.md", "title: Two\ndate: 2026-11-20\nimage: a.png");
    project
        .run("adopt posts/two.md urn:li:share:7341234567890123456")
        .exits(0);
    let mut kinds = BTreeSet::new();
    for line in project.read("syndicate.ledger.jsonl").lines() {
        let event: serde_json::Value = serde_json::from_str(line).unwrap();
        let kind = event["kind"].as_str().unwrap();
        let fields = event.as_object().unwrap().keys().map(String::as_str);
        for name in fields.chain([kind]) {
            assert!(
                page.contains(&format!("`{name}`")),
                "docs/ledger.md lacks `{name}`"
            );
        }
        kinds.insert(kind.to_owned());
    }
    let expected = [
        "adopted",
        "created",
        "intent",
        "retracted",
        "sent",
        "settled",
    ];
    assert_eq!(kinds.into_iter().collect::<Vec<_>>(), expected);
}

#[test]
fn documented_commands_have_valid_flags() {
    let project = Project::new();
    let mut checked = 0;
    for path in WRITTEN_PAGES {
        let text = document(path);
        // A command ends at the end of its line, at a backtick or at a comment.
        let commands = text.split("syndicate ").skip(1);
        for command in commands.filter_map(|rest| rest.split(['\n', '`', '#', '|', ';']).next()) {
            let mut words = command.split_whitespace();
            let mut verb = words.next().unwrap_or_default().to_owned();
            if matches!(verb.as_str(), "auth" | "card" | "ledger") {
                verb = format!("{verb} {}", words.next().unwrap_or_default());
            }
            for flag in words.filter(|word| word.starts_with("--")) {
                let help = project.run(&format!("{verb} --help")).exits(0);
                help.says(&[flag.trim_end_matches(['.', ',', ')'])]);
                checked += 1;
            }
        }
    }
    assert!(checked > 40, "{checked}");
}
