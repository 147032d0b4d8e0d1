//! The shell steps of the generated GitHub workflow, run against a bare repository and a sandbox.

use std::fs;

use serde_json::json;
use wiremock::matchers::{method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::runner::{Runner, WorkflowEvent, WorkflowRun};
use super::site::{Site, TOKEN, cards};
use super::sites::ACTION;
use crate::support::Platform;
use crate::support::git::git;
use crate::support::project::NOW;

/// A site with the workflow, and a runner.
struct GithubSite {
    site: Site,
    runner: Runner,
}

impl GithubSite {
    fn new(platform: &Platform) -> Self {
        let site = Site::new(platform);
        let run = site
            .project
            .run(&format!("init --ci github --action {ACTION}"));
        run.exits(0);
        site.push();
        let runner = Runner::new(site.origin(), site.pages())
            .secret(TOKEN, "rehearsal")
            .env("SYNDICATE_NOW", NOW)
            .env("TZ", "UTC");
        Self { site, runner }
    }

    fn run(&self, event: &WorkflowEvent) -> WorkflowRun {
        self.runner.run(event, &|_| {})
    }

    /// Creates the ledger with the present posts known.
    fn baseline(&self) {
        let run = self.run(&WorkflowEvent::dispatch("baseline", ""));
        run.ends(&[
            ("command", "success"),
            ("plan", "skipped"),
            ("publish", "skipped"),
        ]);
    }
}

#[test]
fn each_post_is_published_once() {
    let platform = Platform::start();
    let site = GithubSite::new(&platform);
    // Without a ledger nothing is sent, and the run names the command that creates it.
    let run = site.run(&WorkflowEvent::push());
    let run = run.ends(&[("plan", "failure"), ("publish", "skipped")]);
    let log = &run.job("plan").log;
    assert!(
        log.contains("ledger_missing") && log.contains("--baseline"),
        "{log}"
    );
    assert_eq!(cards(&platform), [""; 0]);
    site.baseline();

    site.site.post("first", "2026-11-21");
    let run = site.run(&WorkflowEvent::push());
    run.ends(&[
        ("plan", "success"),
        ("publish", "success"),
        ("command", "skipped"),
        ("preview", "skipped"),
    ]);
    assert_eq!(cards(&platform), ["Card of first"]);

    let run = site.run(&WorkflowEvent::schedule());
    run.ends(&[("plan", "success"), ("publish", "skipped")]);
    site.site.post("second", "2026-11-22");
    site.run(&WorkflowEvent::push())
        .ends(&[("publish", "success")]);
    assert_eq!(cards(&platform), ["Card of first", "Card of second"]);
    for job in ["plan", "publish"] {
        let log = &run.job(job).log;
        assert!(!log.contains("never-to-be-seen"), "{log}");
    }
}

#[test]
fn changed_payload_is_not_published() {
    let platform = Platform::start();
    let site = GithubSite::new(&platform);
    site.baseline();
    site.site.post("first", "2026-11-21");
    let run = site.runner.run(&WorkflowEvent::push(), &|job| {
        if job == "publish" {
            let page = site.runner.artefact("site").join("first/index.html");
            let text = fs::read_to_string(&page).unwrap();
            fs::write(&page, text.replace("Card of", "Other card of")).unwrap();
        }
    });
    run.ends(&[("plan", "success"), ("publish", "failure")]);
    assert_eq!(cards(&platform), [""; 0]);
}

#[test]
fn unknown_outcome_is_settled_by_hand() {
    let platform = Platform::with_fault("create:lost@1");
    let site = GithubSite::new(&platform);
    site.baseline();
    site.site.post("first", "2026-11-21");
    site.run(&WorkflowEvent::push())
        .ends(&[("plan", "success"), ("publish", "failure")]);

    // The run stays red, and other posts go out.
    site.site.post("second", "2026-11-22");
    site.run(&WorkflowEvent::push())
        .ends(&[("plan", "failure")]);
    let run = site.run(&WorkflowEvent::dispatch(
        "settle",
        "source/_posts/first.md --not-sent",
    ));
    run.ends(&[("command", "success"), ("deploy", "skipped")]);
    site.run(&WorkflowEvent::schedule())
        .ends(&[("plan", "success")]);
}

#[test]
fn arguments_are_never_run_by_shell() {
    let platform = Platform::start();
    let site = GithubSite::new(&platform);
    site.baseline();
    let run = site.run(&WorkflowEvent::dispatch("sttle", ""));
    run.ends(&[("command", "failure")]);
    assert!(
        run.job("command")
            .log
            .contains("::error::unknown command `sttle`")
    );
    let arguments = "'$(touch injected) a.md' --not-sent ; touch injected";
    let run = site.run(&WorkflowEvent::dispatch("settle", arguments));
    run.ends(&[("command", "failure")]);
    let log = &run.job("command").log;
    assert!(
        log.contains("unexpected argument") && !log.contains("injected) a.md:"),
        "{log}"
    );
}

/// Runs the preview of a pull request from the repository `from`. GitHub's API answers a request for a new
/// comment with `status`. Returns the log of the job and the number of these requests.
fn preview(from: &str, status: u16) -> (String, usize) {
    let platform = Platform::start();
    let mut site = GithubSite::new(&platform);
    site.baseline();
    git(&site.site.project, &["checkout", "--quiet", "-b", "draft"]);
    site.site.post("first", "2026-11-21");
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let api = runtime.block_on(async {
        let api = MockServer::start().await;
        let comments = format!("/repos/{}/issues/7/comments", Runner::REPOSITORY);
        let list = Mock::given(method("GET")).and(path(&comments));
        list.respond_with(ResponseTemplate::new(200).set_body_json(json!([])))
            .mount(&api)
            .await;
        let body = json!({"id": 1, "html_url": "https://github.com/owner/blog/pull/7#1"});
        let create = Mock::given(method("POST")).and(path(&comments));
        create
            .respond_with(ResponseTemplate::new(status).set_body_json(body))
            .mount(&api)
            .await;
        api
    });
    site.runner = site.runner.env("GITHUB_API_URL", &api.uri());
    let run = site.run(&WorkflowEvent::pull_request("draft", from));
    run.ends(&[
        ("preview", "success"),
        ("deploy", "skipped"),
        ("plan", "skipped"),
        ("publish", "skipped"),
        ("command", "skipped"),
    ]);
    let page = site.runner.artefact("preview").join("index.html");
    assert!(fs::read_to_string(page).unwrap().contains("Card of first"));
    assert_eq!(cards(&platform), [""; 0]);
    let requests = runtime.block_on(api.received_requests()).unwrap();
    let created = requests
        .iter()
        .filter(|request| request.method.as_str() == "POST");
    (run.job("preview").log.clone(), created.count())
}

#[test]
fn pull_request_gets_comment() {
    let (_, created) = preview(Runner::REPOSITORY, 201);
    assert_eq!(created, 1);
}

#[test]
fn fork_gets_preview_in_summary() {
    let (log, _) = preview("someone/blog", 403);
    assert!(log.contains("Card of first"), "{log}");
}
