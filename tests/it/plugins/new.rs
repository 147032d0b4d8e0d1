//! `syndicate plugin new`: each plugin that it writes passes its test and works in a pipeline.

use std::process::Command;

use crate::support::Project;

/// Writes a plugin, runs its test, and uses it as the lines that were printed say.
fn new_plugin(language: &str, kind: &str) {
    let project = Project::new()
        .file("notes/first.txt", "A \"title\"\nIts text.\n")
        .post("posts/a.md", "title: A\ndate: 2026-11-20\ntags: [web]");
    let run = project.run(&format!(
        "plugin new --lang {language} --kind {kind} my-plugin"
    ));
    let run = run
        .exits(0)
        .says(&["plugins/syndicate-plugin-my-plugin", "runs its test"]);
    let (_, command) = run.stderr.split_once('`').unwrap();
    let (command, lines) = command.split_once('`').unwrap();
    let test = Command::new("sh")
        .args(["-c", command])
        .current_dir(project.folder())
        .output()
        .unwrap();
    assert!(test.status.success(), "{test:?}");
    let (_, lines) = lines.split_once("pipeline.yaml:\n  ").unwrap();
    let lines = lines.replace("\n  ", "\n");
    let pipeline = match kind {
        "source" => lines,
        _ => format!(
            "sources:\n  blog: {{type: site, path: ., content: posts, url: https://example.org}}\n{lines}"
        ),
    };
    project.write(
        "pipeline.yaml",
        format!("{pipeline}\nsinks:\n  out: {{type: file, endpoint: out, thumbnail: skip}}\n"),
    );
    match kind {
        "source" => {
            let items = project.run("items --json").exits(0).json_lines();
            assert_eq!(items.len(), 1);
            assert_eq!(items[0]["title"], "A \"title\"");
            assert_eq!(items[0]["url"], "https://example.org/first/");
        }
        _ => {
            let run = project.run("preview --all").exits(0);
            run.says(&["`my-plugin`: it has no tag rust"]);
        }
    }
}

#[test]
fn python_plugins_work() {
    new_plugin("python", "source");
    new_plugin("python", "transform");
}

#[test]
fn shell_plugins_work() {
    new_plugin("shell", "source");
    new_plugin("shell", "transform");
}

#[test]
#[ignore = "needs Node.js: tests/run requires it"]
fn node_plugins_work() {
    new_plugin("node", "source");
    new_plugin("node", "transform");
}

#[test]
fn existing_files_stay() {
    let project = Project::new();
    let command = "plugin new --lang shell --kind source notes";
    project.run(command).exits(0);
    project.write("plugins/syndicate-plugin-notes", "mine");
    project.run(command).exits(1).says(&["exists already"]);
    assert_eq!(project.read("plugins/syndicate-plugin-notes"), "mine");
}

#[test]
fn wrong_names_and_kinds_are_refused() {
    let project = Project::new();
    for (arguments, message) in [
        (
            "--lang shell --kind source ../notes",
            "invalid name `../notes`",
        ),
        (
            "--lang shell --kind transform filter",
            "the type `filter` is built in",
        ),
        (
            "--lang shell --kind source exec",
            "the type `exec` is built in",
        ),
        ("--lang shell --kind sink notes", "cannot write a sink yet"),
    ] {
        project
            .run(&format!("plugin new {arguments}"))
            .exits(2)
            .says(&[message]);
    }
    assert!(!project.path("plugins").exists());
}

#[test]
fn new_plugin_is_written_beside_pipeline() {
    let project = Project::new().file("pipeline.yaml", "").file("posts/x", "");
    let arguments = [
        "plugin", "new", "--lang", "shell", "--kind", "source", "notes",
    ];
    let mut command = project.command(&arguments);
    command.current_dir(project.path("posts"));
    let run = project.finished(command, &arguments).exits(0);
    assert!(
        project.path("plugins/syndicate-plugin-notes").exists(),
        "{run}"
    );
}
