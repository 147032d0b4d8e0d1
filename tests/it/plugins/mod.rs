//! Plugins that are other programs, and the ways in which they fail. Each test writes its plugin as a script.

#[cfg(target_os = "linux")]
mod confinement;
mod conformance;
mod examples;
mod hostile;
mod list;
mod made_pictures;
mod new;
mod options;
mod page;
mod process;
mod sink;
mod source;
mod transcripts;
mod transform;
mod verdicts;
mod watch;

use std::os::unix::fs::PermissionsExt as _;

use crate::support::Project;

/// The beginning of plugins in Python: `hello` writes the first message, `requests` yields the requests after it.
const PYTHON: &str = r#"#!/usr/bin/env python3
import json, sys

def say(message):
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()

def hello(kind, **more):
    sys.stdin.readline()
    say({"hello": {"protocol": 1, "kind": kind, "name": "test", "version": "1.0.0", **more}})

def requests():
    for line in sys.stdin:
        request = json.loads(line)
        if request["do"] == "open":
            say({"id": request["id"], "ok": {}})
        else:
            yield request["id"], request

"#;

/// The pipeline of most tests: a site with a transform that is a program, and a sink that writes files.
const PIPELINE: &str = "\
sources:
  blog: {type: site, path: ., content: posts, url: https://example.org}
transforms:
  series: {type: test, timeout: 20s}
sinks:
  out: {type: file, endpoint: out, thumbnail: skip}
policy: {since: 2026-01-01, max_per_run: 1000, live_check: false}
";

/// Returns the pipeline of most tests with a transform that may write to the folder of pipeline.yaml.
fn writing_pipeline() -> String {
    PIPELINE.replace("20s", "20s, grant: {write: [.]}")
}

/// Returns a project with one post and this pipeline.
fn project(pipeline: &str) -> Project {
    Project::with_pipeline(pipeline).post("posts/a.md", "title: A\ndate: 2026-11-20\ntags: [rust]")
}

/// Adds the plugin `plugins/syndicate-plugin-test`.
fn with_plugin(project: Project, script: &str) -> Project {
    with_program(project, "plugins/syndicate-plugin-test", script)
}

/// Adds the plugin in Python `plugins/syndicate-plugin-test`, without the beginning.
fn with_python(project: Project, script: &str) -> Project {
    with_plugin(project, &format!("{PYTHON}{script}"))
}

/// Adds an executable file.
fn with_program(project: Project, path: &str, script: &str) -> Project {
    let project = project.file(path, script);
    let mode = std::fs::Permissions::from_mode(0o755);
    std::fs::set_permissions(project.path(path), mode).unwrap();
    project
}
