//! A token is never seen: not on the screen, not in JSON, not in any file.

use crate::build::pipeline;
use crate::support::project::TOKEN;
use crate::support::{Platform, Project};

#[test]
fn nothing_that_the_program_writes_holds_the_token() {
    let platform = Platform::start();
    for (endpoint, token) in [
        (platform.url.as_str(), TOKEN.to_owned()),
        (platform.url.as_str(), format!("expired-{TOKEN}")),
        ("http://127.0.0.1:9", TOKEN.to_owned()),
    ] {
        let project = Project::with_pipeline(&pipeline(endpoint).replace(", token: rehearsal", ""))
            .with_ledger()
            .env("LINKEDIN_ACCESS_TOKEN", &token)
            .picture("posts/a.png", 60, 31)
            .post("posts/one.md", "title: One\ndate: 2026-11-20\nimage: a.png");
        for verb in [
            "items --json",
            "preview",
            "preview --json",
            "check",
            "check --json",
            "build",
            "build --json",
            "status --json",
        ] {
            let run = project.run(verb);
            assert!(
                !run.stdout.contains(TOKEN) && !run.stderr.contains(TOKEN),
                "{run}"
            );
        }
        search(project.folder());
    }
}

fn search(folder: &std::path::Path) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            search(&path);
        } else {
            let text = String::from_utf8_lossy(&std::fs::read(&path).unwrap()).into_owned();
            assert!(!text.contains(TOKEN), "{} holds the token", path.display());
        }
    }
}

#[test]
fn reading_verbs_need_no_token() {
    let project =
        Project::with_pipeline(&pipeline("http://127.0.0.1:9").replace(", token: rehearsal", ""))
            .with_ledger()
            .picture("posts/a.png", 60, 31)
            .post("posts/one.md", "title: One\ndate: 2026-11-20\nimage: a.png");
    for verb in ["items", "preview", "build --dry-run", "build --sandbox"] {
        project.run(verb).exits(0);
    }
    project
        .run("build")
        .exits(3)
        .says(&["LINKEDIN_ACCESS_TOKEN", "[unauthorized]"]);
}
