//! `policy.grace` counts from the time when a delivery became sendable, regardless of the cause.

use std::time::{Duration, Instant};

use super::{is_sent, post, project};
use crate::crash::titles;
use crate::support::{Platform, Project, Watcher};

const GRACE: Duration = Duration::from_secs(1);

/// Calls `change`, which makes a delivery sendable, and checks that the grace period precedes the sending.
#[track_caller]
fn assert_grace_after(project: &Project, (path, code): (&str, &str), change: impl FnOnce()) {
    let watcher = Watcher::start(project);
    watcher.until_code(path, code);
    // The grace period of the first plan is over, so only the change can start another one.
    std::thread::sleep(GRACE);
    let changed = Instant::now();
    change();
    watcher.until("it counts down", |event| {
        event["resting"][0]["sink"] == "linkedin"
    });
    watcher.until("it is sent", is_sent);
    let took = changed.elapsed();
    assert!(took >= GRACE, "sent after {took:?}");
    assert_eq!(watcher.stop(), Some(0));
}

#[test]
fn grace_restarts_after_since_edit() {
    let platform = Platform::start();
    let mut project = project(&platform, "grace: 1s, max_per_run: 10");
    for name in ["A", "B", "C", "D", "E"] {
        let front = format!("title: {name}\ndate: 2026-10-10");
        project = project.post(&format!("posts/{name}.md"), &front);
    }
    assert_grace_after(&project, ("posts/E.md", "before_since"), || {
        let edited = project
            .read("pipeline.yaml")
            .replace("2026-11-01", "2026-01-01");
        project.write("pipeline.yaml", edited);
    });
    assert_eq!(titles(&platform)[0], "A");
}

#[test]
fn grace_starts_after_template_fix() {
    let platform = Platform::start();
    let project = project(&platform, "grace: 1s").file("t.hbs", "{{titel}}");
    let pipeline = project.read("pipeline.yaml");
    let templated = pipeline.replace("token:", "template: t.hbs, token:");
    project.write("pipeline.yaml", templated);
    project.write("posts/one.md", post("One", false, "Text."));
    assert_grace_after(&project, ("posts/one.md", "template_error"), || {
        project.write("t.hbs", "{{title}}");
    });
}

#[test]
fn grace_starts_after_picture_fix() {
    let platform = Platform::start();
    let project = project(&platform, "grace: 1s");
    let pipeline = project.read("pipeline.yaml");
    project.write("pipeline.yaml", pipeline.replace("thumbnail: skip, ", ""));
    let project = project
        .picture("picture.png", 600, 314)
        .file("posts/a.png", "cut off")
        .post("posts/one.md", "title: One\ndate: 2026-11-20\nimage: a.png");
    assert_grace_after(&project, ("posts/one.md", "image_format"), || {
        let picture = std::fs::read(project.path("picture.png")).unwrap();
        project.write("posts/a.png", picture);
    });
}

#[test]
fn grace_starts_after_filter_change() {
    let platform = Platform::start();
    let project = project(&platform, "grace: 1s");
    let pipeline = project.read("pipeline.yaml").replace(
        "sinks:",
        "transforms:\n  worthy: {type: filter, tags: {none: [note]}}\nsinks:",
    );
    project.write("pipeline.yaml", &pipeline);
    let project = project.post("posts/one.md", "title: One\ndate: 2026-11-20\ntags: [note]");
    assert_grace_after(&project, ("posts/one.md", "filtered"), || {
        project.write("pipeline.yaml", pipeline.replace("[note]", "[other]"));
    });
}

#[test]
fn grace_starts_after_approval() {
    let platform = Platform::start();
    let project = project(&platform, "grace: 1s, approve: true");
    project.write("posts/one.md", post("One", false, "Text."));
    assert_grace_after(&project, ("posts/one.md", "not_approved"), || {
        project.run("approve posts/one.md").exits(0);
    });
}

#[test]
fn grace_starts_after_file_returns() {
    let platform = Platform::start();
    let project = project(&platform, "grace: 1s");
    let text = post("One", false, "Text.");
    project.write("posts/one.md", &text);
    let watcher = Watcher::start(&project);
    watcher.until_code("posts/one.md", "new");
    std::fs::rename(project.path("posts"), project.path("gone")).unwrap();
    watcher.until("it is gone", |event| {
        event["gone"]
            .as_array()
            .is_some_and(|gone| !gone.is_empty())
    });
    std::thread::sleep(GRACE);
    let returned = Instant::now();
    std::fs::rename(project.path("gone"), project.path("posts")).unwrap();
    watcher.until("it is sent", is_sent);
    assert!(returned.elapsed() >= GRACE);
    assert_eq!(watcher.stop(), Some(0));
    assert_eq!(titles(&platform), ["One"]);
}
