//! `watch` says once why a post waits, and which command answers a question.

use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};

use super::{post, project};
use crate::crash::titles;
use crate::support::{Platform, Project, Watcher};

/// Makes the site's host one that cannot exist: a label of this length is not valid in DNS, so no query leaves this
/// machine.
fn unreachable_site(project: &Project) {
    let host = format!("https://{}.org", "a".repeat(64));
    let pipeline = project.read("pipeline.yaml");
    let pipeline = pipeline
        .replace("https://blog.example.org", &host)
        .replace("since:", "live_check: true, since:");
    project.write("pipeline.yaml", pipeline);
}

#[test]
fn unreachable_page_is_reported_once() {
    let platform = Platform::start();
    let project = project(&platform, "grace: 0s");
    unreachable_site(&project);
    let watcher = Watcher::start(&project);
    watcher.until_code("posts/one.md", "draft");
    project.write("posts/one.md", post("One", false, "Text."));
    let waits = watcher.until("it waits", |event| event["event"] == "delivery");
    let delivery = &waits["delivery"];
    assert_eq!(delivery["action"], "wait", "{delivery}");
    assert_eq!(delivery["code"], "not_live", "{delivery}");
    assert!(delivery["outcome"].is_null(), "{delivery}");
    watcher.until("it counts down to the next attempt", |event| {
        event["resting"][0]["retry"] == true
    });
    assert_eq!(watcher.stop(), Some(0));
    assert_eq!(titles(&platform).len(), 0);
}

#[test]
fn question_has_command_once() {
    let platform = Platform::start();
    let project = project(&platform, "grace: 0s, approve: true");
    project.write("posts/one.md", post("One", false, "Text."));
    let mut watch = project
        .command(&["watch"])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(watch.stderr.take().unwrap()).lines();
    let mut until = |part: &str| {
        let line = lines.find(|line| line.as_ref().unwrap().contains(part));
        line.unwrap_or_else(|| panic!("no line with {part}"))
            .unwrap()
    };
    let next = until("next:");
    assert!(
        next.starts_with("next: posts/one.md → linkedin: `syndicate approve sha256:"),
        "{next}"
    );
    project.write("posts/bad.md", "---\ntitle: [\n---\n");
    until("posts/bad.md");
    let killed = Command::new("kill")
        .args(["-TERM", &watch.id().to_string()])
        .status();
    assert!(killed.unwrap().success());
    let rest: Vec<String> = lines.map(Result::unwrap).collect();
    assert!(watch.wait().unwrap().success());
    assert!(
        !rest.iter().any(|line| line.starts_with("next:")),
        "{rest:?}"
    );
}
