//! `preview --markdown --comment`: the one comment on the pull request of a run.

use super::github_api::{Fault, GithubApi, JOB_TOKEN};
use super::{on_github, pipeline};
use crate::support::Project;

const MARKER: &str = "<!-- syndicate-preview -->\n";

/// Returns the workspace of a run for the pull request 5.
pub(super) fn pull_request(api: &GithubApi) -> Project {
    let project = on_github(
        Project::with_pipeline(&pipeline("http://127.0.0.1:9"))
            .with_ledger()
            .picture("posts/a.png", 600, 314)
            .post("posts/one.md", "title: One\ndate: 2026-11-20\nimage: a.png"),
    )
    .file(
        "event.json",
        r#"{"action": "opened", "number": 5, "pull_request": {"number": 5}}"#,
    );
    let event = project.path("event.json").to_str().unwrap().to_owned();
    project
        .env("GITHUB_EVENT_NAME", "pull_request")
        .env("GITHUB_EVENT_PATH", &event)
        .env("GITHUB_API_URL", &api.url)
        .env("GITHUB_TOKEN", JOB_TOKEN)
}

const COMMENT: &str = "preview --markdown --comment";

#[test]
fn one_comment_is_created_and_updated() {
    let api = GithubApi::start();
    let project = pull_request(&api);
    let run = project.run(COMMENT).exits(0);
    run.says(&["created the comment on pull request 5"]);
    project.run(COMMENT).exits(0).says(&["kept the comment"]);
    let project = project.post("posts/two.md", "title: Two\ndate: 2026-11-21\nimage: a.png");
    project.run(COMMENT).exits(0).says(&["updated the comment"]);
    let marked = api.marked();
    assert_eq!(marked.len(), 1);
    assert!(marked[0].contains("2 to send"), "{}", marked[0]);
    assert_eq!(
        api.requests(),
        ["GET 200", "POST 201", "GET 200", "GET 200", "PATCH 200"]
    );
}

#[test]
fn own_comment_is_found_on_later_page() {
    let api = GithubApi::start();
    for index in 0..230 {
        api.comment("ann", "User", &format!("comment {index}"));
    }
    api.comment("github-actions[bot]", "Bot", &format!("{MARKER}old"));
    pull_request(&api)
        .run(COMMENT)
        .exits(0)
        .says(&["updated the comment"]);
    assert_eq!(
        api.requests(),
        ["GET 200", "GET 200", "GET 200", "PATCH 200"]
    );
}

#[test]
fn marker_of_contributor_is_not_followed() {
    let api = GithubApi::start();
    let theirs = format!("{MARKER}mine now");
    api.comment("mallory", "User", &theirs);
    pull_request(&api)
        .run(COMMENT)
        .exits(0)
        .says(&["created the comment"]);
    let marked = api.marked();
    assert_eq!(marked.len(), 2);
    assert_eq!(marked[0], theirs);
}

#[test]
fn personal_token_finds_own_comment() {
    let api = GithubApi::start().with_login("ann");
    api.comment("mallory", "User", &format!("{MARKER}a"));
    api.comment("ann", "User", &format!("{MARKER}b"));
    pull_request(&api)
        .run(COMMENT)
        .exits(0)
        .says(&["updated the comment"]);
    let marked = api.marked();
    assert_eq!(marked[0], format!("{MARKER}a"));
    assert!(marked[1].contains("1 to send"));
}

#[test]
fn fork_gets_preview_in_summary() {
    let api = GithubApi::start();
    api.fail("POST", Fault::ReadOnly);
    let project = pull_request(&api);
    let run = project.run(COMMENT).exits(0);
    run.says(&[
        "warning: cannot comment on pull request 5",
        "a run for a fork never has it",
    ]);
    assert!(project.read(".summary").starts_with(MARKER));
    assert_eq!(api.marked().len(), 0);
}

#[test]
fn fork_without_summary_gets_preview_printed() {
    let api = GithubApi::start();
    api.fail("POST", Fault::ReadOnly);
    let project = pull_request(&api).env("GITHUB_STEP_SUMMARY", "");
    let run = project.run(COMMENT).exits(0);
    assert!(run.stdout.starts_with(MARKER), "{run}");
    run.says(&["cannot comment on pull request 5", "is printed instead"]);
}

#[test]
fn lost_answer_makes_no_second_comment() {
    let api = GithubApi::start();
    api.fail("POST", Fault::Lost);
    pull_request(&api).run(COMMENT).exits(0);
    assert_eq!(api.marked().len(), 1);
    assert_eq!(api.requests(), ["GET 200", "POST 502", "GET 200"]);
}

#[test]
fn refused_requests_are_repeated() {
    let api = GithubApi::start();
    api.fail("GET", Fault::Unavailable);
    api.fail("POST", Fault::Limited);
    pull_request(&api).run(COMMENT).exits(0);
    assert_eq!(api.marked().len(), 1);
    assert_eq!(
        api.requests(),
        ["GET 502", "GET 200", "POST 403", "POST 201"]
    );
}

#[test]
fn token_is_in_no_output() {
    let api = GithubApi::start();
    let project = pull_request(&api);
    let run = project
        .run("-vv preview --markdown --comment --format github")
        .exits(0);
    assert!(!format!("{run}").contains(JOB_TOKEN), "{run}");
    crate::secrets::search(project.folder(), &[JOB_TOKEN], None);
}

#[test]
fn run_without_pull_request_is_usage_error() {
    let api = GithubApi::start();
    let project = pull_request(&api);
    for (variable, value, said) in [
        ("GITHUB_TOKEN", "", "`GITHUB_TOKEN` is not set"),
        (
            "GITHUB_API_URL",
            "http://api.example.org",
            "invalid address",
        ),
    ] {
        let project = pull_request(&api).env(variable, value);
        project.run(COMMENT).exits(2).says(&[said]);
    }
    project.write("event.json", r#"{"ref": "refs/heads/main"}"#);
    project
        .run(COMMENT)
        .exits(2)
        .says(&["belongs to no pull request"]);
    assert_eq!(api.requests().len(), 0);
}

#[test]
fn broken_post_exits_after_comment() {
    let api = GithubApi::start();
    let project = pull_request(&api).file("posts/bad.md", "---\ndate: soon\n---\n\nx\n");
    project.run(COMMENT).exits(3);
    assert!(api.marked()[0].contains("**unreadable**"));
}

#[test]
fn large_preview_fits_into_comment() {
    let api = GithubApi::start();
    let mut project = pull_request(&api);
    let text = "🌈".repeat(400);
    for index in 0..60 {
        let front = format!(
            "title: Post {index}\ndate: 2026-11-20\nimage: a.png\nsyndicate: {{commentary: '{text} {index}'}}"
        );
        project = project.post(&format!("posts/many{index}.md"), &front);
    }
    let run = project
        .run("preview --markdown --comment --all --html page")
        .exits(0);
    let marked = api.marked();
    assert!(marked[0].len() < 65_536, "{run}");
    assert!(marked[0].len() > 50_000, "{}", marked[0].len());
    let tail = &marked[0][marked[0].rfind("\n**").unwrap()..];
    assert!(
        tail.contains("more** are on the page in <a href="),
        "{tail}"
    );
    assert!(tail.contains("actions/runs/7000&#35;artifacts"), "{tail}");
}

#[test]
fn pictures_are_named_and_not_loaded() {
    let api = GithubApi::start();
    let project = pull_request(&api);
    let run = project.run("preview --markdown --html page").exits(0);
    assert!(run.stdout.starts_with(MARKER), "{run}");
    for part in ["<img", "![", "data:", "http"] {
        let table = run.stdout.split("The page").next().unwrap();
        assert!(!table.contains(part), "{part}: {run}");
    }
    let (_, file) = run.stdout.split_once("`media/").unwrap();
    let file = format!("page/media/{}", file.split('`').next().unwrap());
    assert!(project.path(&file).is_file(), "{file}");
}
