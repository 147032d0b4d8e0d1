//! `--format gitlab`: the Code Quality report and the dotenv report.

use serde_json::Value;

use super::pipeline;
use crate::support::{Platform, Project, RawServer};
use crate::unknown;

fn on_gitlab(project: Project) -> Project {
    let root = project.folder().to_str().unwrap().to_owned();
    project
        .env("CI", "true")
        .env("GITLAB_CI", "true")
        .env("CI_PROJECT_DIR", &root)
        .env("CI_PROJECT_URL", "https://gitlab.example.org/octo/site")
        .env("CI_DEFAULT_BRANCH", "main")
}

fn report(project: &Project) -> Vec<Value> {
    let report = project.read("gl-code-quality-report.json");
    serde_json::from_str(&report).unwrap()
}

#[test]
fn build_writes_both_reports() {
    let platform = Platform::start();
    let project = on_gitlab(
        Project::with_pipeline(&pipeline(&platform.url))
            .with_ledger()
            .picture("posts/a.png", 600, 314)
            .post("posts/one.md", "title: One\ndate: 2026-11-20\nimage: a.png")
            .file("posts/bad.md", "---\ntitle: Bad\ndate: soon\n---\n\nx\n"),
    );
    let run = project.run("build --format gitlab").exits(3);
    assert!(!run.stdout.contains("::error"), "{run}");
    let report = report(&project);
    let bad = &report[0];
    assert_eq!(bad["check_name"], "invalid_front_matter", "{report:?}");
    assert_eq!(bad["severity"], "major");
    assert_eq!(bad["location"]["path"], "posts/bad.md");
    assert_eq!(bad["location"]["lines"]["begin"], 3);
    let dotenv = project.read("syndicate.env");
    let lines: Vec<&str> = dotenv.lines().collect();
    assert_eq!(
        lines[..4],
        [
            "SYNDICATE_SENT=1",
            "SYNDICATE_UNKNOWN=0",
            "SYNDICATE_HELD=0",
            "SYNDICATE_HASHES="
        ]
    );
    assert!(lines[4].starts_with("SYNDICATE_URLS=https://"), "{dotenv}");
    assert_eq!(lines.len(), 5);
}

#[test]
fn unknown_outcome_names_pipeline_variables() {
    let server = RawServer::answering(b"HTTP/1.1 504 Timeout\r\ncontent-length: 0\r\n\r\n");
    let project = on_gitlab(unknown::project(&server));
    project.write(
        "pipeline.yaml",
        format!("{}ledger: {{ci: true}}\n", project.read("pipeline.yaml")),
    );
    let run = project.run("build --format gitlab").exits(4);
    let said = "`SYNDICATE_COMMAND=settle` and \
                `SYNDICATE_ARGUMENTS=posts/one.md --sink linkedin --not-sent`";
    run.says(&[
        said,
        "https://gitlab.example.org/octo/site/-/pipelines/new?ref=main&var",
    ]);
    let description = report(&project)[0]["description"]
        .as_str()
        .unwrap()
        .to_owned();
    assert!(description.contains(said), "{description}");
    assert!(
        project
            .read("syndicate.env")
            .contains("SYNDICATE_UNKNOWN=1\n")
    );
    project.run("status --format gitlab").exits(4);
}

#[test]
fn broken_pipeline_is_in_report() {
    let project = on_gitlab(Project::with_pipeline("sources: {blog: {type: sit}}\n"));
    project.run("preview --format gitlab").exits(1);
    let report = report(&project);
    assert_eq!(report[0]["location"]["path"], "pipeline.yaml", "{report:?}");
}

#[test]
fn unwritable_report_is_warning() {
    let platform = Platform::start();
    let project = on_gitlab(
        Project::with_pipeline(&pipeline(&platform.url))
            .with_ledger()
            .picture("posts/a.png", 600, 314)
            .post("posts/one.md", "title: One\ndate: 2026-11-20\nimage: a.png")
            .file("syndicate.env/file", ""),
    );
    let run = project.run("build --format gitlab").exits(0);
    run.says(&["warning: ", "cannot write `syndicate.env`"]);
    assert_eq!(platform.feed().len(), 1);
}
