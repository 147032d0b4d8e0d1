//! `syndicate plugin list`.

use super::{PIPELINE, project, with_program, with_python};

const SCRIPT: &str = r#"
hello("transform", summary="Marks posts of a series.", needs=["title"], wants={"env": ["A", "B"]})
for id, request in requests():
    say({"id": id, "ok": {}})
"#;

#[test]
fn list_shows_permissions() {
    let pipeline = PIPELINE.replace("20s", "20s, grant: {env: [A]}");
    let project = with_python(project(&pipeline), SCRIPT);
    let project = with_program(
        project,
        "plugins/syndicate-plugin-other",
        "#!/bin/sh\ntouch started\n",
    );
    project.run("plugin list").exits(0).says(&[
        "transform `series`: test 1.0.0, protocol 1: Marks posts of a series.",
        "plugins/syndicate-plugin-test",
        "variables  A",
        "not granted B",
        "not used: `type: other`",
        "1 plugin of the pipeline",
    ]);
    assert!(!project.path("started").exists());
    let list = project.run("plugin list --json").exits(0).json();
    assert_eq!(list["v"], 1);
    assert_eq!(list["plugins"][0]["kind"], "transform");
    assert_eq!(list["plugins"][0]["plugin"]["version"], "1.0.0");
    assert_eq!(list["plugins"][0]["grant"]["env"][0], "A");
    assert_eq!(list["plugins"][0]["timeout_seconds"], 20.0);
    assert_eq!(list["unused"][0]["type"], "other");
}

#[test]
fn list_without_plugins_is_empty() {
    let pipeline = PIPELINE.replace("transforms:\n  series: {type: test, timeout: 20s}\n", "");
    let list = project(&pipeline).run("plugin list --json").exits(0).json();
    assert_eq!(list["plugins"].as_array().map(Vec::len), Some(0));
}
