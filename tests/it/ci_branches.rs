//! On a CI runner `build` sends on the default branch, or on those that `policy.branches` lists.

use crate::build::pipeline;
use crate::support::git::git;
use crate::support::{Platform, Project};

/// Returns a project on a runner of GitLab, for a run on `branch`. `rest` is added to pipeline.yaml.
fn on_branch(platform: &Platform, branch: &str, rest: &str) -> Project {
    let yaml = pipeline(&platform.url).replace("token:", "thumbnail: skip, token:");
    let yaml = yaml.replace("since: 2026-11-01", &format!("since: 2026-11-01{rest}"));
    Project::with_pipeline(&format!("{yaml}ledger: {{ci: true}}\n"))
        .with_ledger()
        .post("posts/one.md", "title: One\ndate: 2026-11-20")
        .env("CI", "true")
        .env("GITLAB_CI", "true")
        .env("CI_DEFAULT_BRANCH", "main")
        .env("CI_COMMIT_BRANCH", branch)
}

#[test]
fn other_branch_sends_and_writes_nothing() {
    let platform = Platform::start();
    let mut project = on_branch(&platform, "draft", "");
    let ledger = project.read("syndicate.ledger.jsonl");
    let plan = project.run("build --json").exits(0).json();
    let entry = &plan["plan"][0];
    assert_eq!(
        (&entry["action"], &entry["code"]),
        (&"skip".into(), &"ci_branch".into())
    );
    let reason = entry["reason"].as_str().unwrap();
    assert!(
        reason.contains("`draft`, not on the default branch `main`"),
        "{reason}"
    );
    // A payload that was approved by its hash does not go out either.
    project
        .run("build --only posts/one.md")
        .exits(0)
        .says(&["[ci_branch]"]);
    assert_eq!(platform.feed().len(), 0);
    assert_eq!(project.read("syndicate.ledger.jsonl"), ledger);
    project.set_env("CI_COMMIT_BRANCH", "main");
    project.run("build").exits(0).says(&["sent"]);
    assert_eq!(platform.feed().len(), 1);
}

#[test]
fn preview_on_other_branch_shows_what_would_be_sent() {
    let platform = Platform::start();
    let project = on_branch(&platform, "draft", "");
    for command in ["preview --json", "build --dry-run --json"] {
        let plan = project.run(command).exits(0).json();
        assert_eq!(plan["plan"][0]["action"], "send", "{command}");
        assert!(plan["plan"][0]["hash"].is_string(), "{command}");
        let notes = plan["notes"].to_string();
        assert!(
            notes.contains("would send nothing in this run [ci_branch]"),
            "{notes}"
        );
    }
    project.run("build --sandbox").exits(0).says(&["sent"]);
}

#[test]
fn listed_branch_sends_instead_of_default() {
    let platform = Platform::start();
    let mut project = on_branch(&platform, "main", ", branches: [live, 'release/*']");
    project
        .run("build")
        .exits(0)
        .says(&["[ci_branch]", "does not list"]);
    project.set_env("CI_COMMIT_BRANCH", "release/2");
    project.run("build").exits(0).says(&["sent"]);
    assert_eq!(platform.feed().len(), 1);
    let broken = on_branch(&platform, "main", ", branches: ['a[']");
    broken
        .run("check")
        .exits(1)
        .says(&["invalid branch pattern `a[`", "pipeline.yaml:"]);
}

#[test]
fn merge_request_never_sends() {
    let platform = Platform::start();
    let project = on_branch(&platform, "", ", branches: ['**']").env("CI_MERGE_REQUEST_IID", "7");
    project
        .run("build")
        .exits(0)
        .says(&["[ci_branch]", "pull request 7"]);
    assert_eq!(platform.feed().len(), 0);
}

#[test]
fn pull_request_of_github_never_sends() {
    let platform = Platform::start();
    let event = "{\"number\": 7, \"repository\": {\"default_branch\": \"main\"}}";
    let project = on_branch(&platform, "", "").file("event.json", event);
    let event = project.path("event.json").display().to_string();
    let mut project = project
        .env("GITLAB_CI", "")
        .env("GITHUB_ACTIONS", "true")
        .env("GITHUB_EVENT_PATH", &event)
        .env("GITHUB_EVENT_NAME", "pull_request_target")
        .env("GITHUB_REF", "refs/heads/main");
    project
        .run("build")
        .exits(0)
        .says(&["[ci_branch]", "pull request 7"]);
    project.set_env("GITHUB_EVENT_NAME", "push");
    project.run("build").exits(0).says(&["sent"]);
    assert_eq!(platform.feed().len(), 1);
}

#[test]
fn run_without_branch_sends() {
    let platform = Platform::start();
    let project = on_branch(&platform, "", "").env("CI_COMMIT_TAG", "v1");
    project.run("build").exits(0).says(&["sent"]);
    assert_eq!(platform.feed().len(), 1);
}

#[test]
fn clone_names_default_branch() {
    let platform = Platform::start();
    let project = on_branch(&platform, "", "")
        .env("GITLAB_CI", "")
        .env("CF_PAGES", "1")
        .env("CF_PAGES_BRANCH", "trunk");
    let unknown = project.run("build").exits(0);
    unknown.says(&["[ci_branch]", "`policy.branches: [trunk]`"]);
    git(&project, &["init", "-q"]);
    let head = "refs/remotes/origin/HEAD";
    git(
        &project,
        &["symbolic-ref", head, "refs/remotes/origin/trunk"],
    );
    project.run("build").exits(0).says(&["sent"]);
    assert_eq!(platform.feed().len(), 1);
}
