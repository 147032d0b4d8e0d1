//! Wrong clocks, rate limits that last for years, and claims of other runs.

mod claims;

use std::sync::atomic::{AtomicUsize, Ordering};

use axum::http::{HeaderMap, HeaderValue};
use jiff::SignedDuration;
use serde_json::{Value, json};
use syndicate_api::Clock;

use crate::build::pipeline;
use crate::support::{Platform, Project, RawServer};
use crate::unknown;

const LEDGER: &str = "syndicate.ledger.jsonl";
const CREATE: &str = "POST /rest/posts";

const YEAR: SignedDuration = SignedDuration::from_hours(24 * 365);

/// Returns the `Date` header of a platform whose clock is ahead of this machine's.
fn date(ahead: SignedDuration) -> HeaderMap {
    let date = (Clock::system().now() + ahead).strftime("%a, %d %b %Y %H:%M:%S GMT");
    let value = HeaderValue::from_str(&date.to_string()).unwrap();
    HeaderMap::from_iter([(axum::http::header::DATE, value)])
}

/// Starts a platform whose responses for `path` have the time of another clock.
fn platform(path: &'static str, ahead: SignedDuration) -> Platform {
    Platform::with_headers(path, date(ahead))
}

/// Returns a project with two posts that have a picture.
fn project(platform: &Platform) -> Project {
    let post = |name: &str| {
        format!("---\ntitle: {name}\ndate: 2026-11-20\nimage: a.png\n---\n\nA text about {name}.\n")
    };
    Project::with_pipeline(&pipeline(&platform.url))
        .with_ledger()
        .picture("posts/a.png", 60, 31)
        .file("posts/one.md", post("one"))
        .file("posts/two.md", post("two"))
}

/// Returns the entry of the plan for this file and sink.
fn entry<'p>(plan: &'p Value, path: &str, sink: &str) -> &'p Value {
    let entries = plan["plan"].as_array().unwrap();
    let is_meant = |entry: &&Value| entry["path"] == path && entry["sink"] == sink;
    entries
        .iter()
        .find(is_meant)
        .unwrap_or_else(|| panic!("no {path} → {sink} in {plan}"))
}

fn kinds(project: &Project) -> Vec<String> {
    let ledger = project.read(LEDGER);
    let kind = |line: &str| serde_json::from_str::<Value>(line).unwrap()["kind"].clone();
    let kinds = ledger.lines().map(kind);
    kinds
        .map(|kind| kind.as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn wrong_clock_sends_nothing() {
    for (path, ahead, words) in [
        (
            "/v2/userinfo",
            SignedDuration::from_mins(10),
            "minutes behind",
        ),
        (
            "/v2/userinfo",
            -SignedDuration::from_mins(10),
            "minutes ahead of",
        ),
        ("/rest/images", YEAR, "364 days behind"),
        ("/rest/images", -YEAR, "365 days ahead of"),
        ("/v2/userinfo", SignedDuration::from_mins(4), "behind"),
    ] {
        let platform = platform(path, ahead);
        let project = project(&platform);
        let case = format!("{path} {ahead}");
        let run = project.run("build").exits(3);
        let run = run.says(&["[clock_wrong]", words, "hint: set the clock"]);
        assert_eq!(platform.requests(CREATE), 0, "{case}: {run}");
        let kinds = kinds(&project);
        assert!(!kinds.contains(&"intent".to_owned()), "{case}: {kinds:?}");
    }
}

#[test]
fn each_run_detects_wrong_clock() {
    let platform = platform("/", -YEAR);
    let project = project(&platform);
    for verb in ["build --json", "build --json --only posts/two.md"] {
        let plan = project.run(verb).exits(3).json();
        assert_eq!(plan["summary"]["failed"], 1, "{verb}: {plan}");
        assert_eq!(plan["summary"]["sent"], 0, "{verb}: {plan}");
        let two = entry(&plan, "posts/two.md", "linkedin");
        assert_eq!(two["code"], "clock_wrong", "{verb}: {plan}");
        assert_eq!(platform.requests(CREATE), 0, "{verb}");
    }
}

#[test]
fn small_clock_difference_is_fine() {
    for ahead in [
        SignedDuration::from_secs(60),
        -SignedDuration::from_secs(60),
    ] {
        let platform = platform("/", ahead);
        let plan = project(&platform).run("build --json").exits(0).json();
        assert_eq!(plan["summary"]["sent"], 2, "{ahead}");
    }
}

#[test]
fn cached_response_with_age_is_fine() {
    for age in [SignedDuration::from_mins(10), YEAR] {
        let mut headers = date(-age);
        headers.insert("age", HeaderValue::from(age.as_secs()));
        let platform = Platform::with_headers("/", headers);
        let plan = project(&platform).run("build --json").exits(0).json();
        assert_eq!(plan["summary"]["sent"], 2, "{age}: {plan}");
    }
    // An age of a few seconds does not explain ten minutes.
    let mut headers = date(-SignedDuration::from_mins(10));
    headers.insert("age", HeaderValue::from(5));
    let platform = Platform::with_headers("/", headers);
    project(&platform).run("build").exits(3);
    assert_eq!(platform.requests(CREATE), 0);
}

#[test]
fn wrong_clock_closes_one_sink_only() {
    let wrong = platform("/v2/userinfo", SignedDuration::from_mins(10));
    let right = Platform::start();
    let project = project(&wrong);
    let sinks = format!(
        "sinks:\n  other: {{type: linkedin, endpoint: \"{}\", token: rehearsal}}\n",
        right.url
    );
    let pipeline = project.read("pipeline.yaml").replace("sinks:\n", &sinks);
    project.write("pipeline.yaml", pipeline);
    let plan = project.run("build --json").exits(3).json();
    for path in ["posts/one.md", "posts/two.md"] {
        assert_eq!(entry(&plan, path, "other")["outcome"], "sent", "{plan}");
        let held = entry(&plan, path, "linkedin");
        assert_eq!(held["code"], "clock_wrong", "{plan}");
    }
    assert_eq!((right.feed().len(), wrong.requests(CREATE)), (2, 0));
}

#[test]
fn corrected_clock_sends_waiting_posts() {
    let wrong = platform("/v2/userinfo", SignedDuration::from_mins(10));
    let project = project(&wrong);
    project.run("build").exits(3);
    let right = Platform::start();
    let pipeline = project
        .read("pipeline.yaml")
        .replace(&wrong.url, &right.url);
    project.write("pipeline.yaml", pipeline);
    let plan = project.run("build --json").exits(0).json();
    assert_eq!(plan["summary"]["sent"], 2, "{plan}");
}

/// Starts a platform that answers the first create request with 429 and this `Retry-After`.
fn throttling(retry_after: &str) -> RawServer {
    let body = json!({"serviceErrorCode": 101, "status": 429, "message": "throttle limit"});
    let body = body.to_string();
    let length = body.len();
    let refused = format!(
        "HTTP/1.1 429 Too Many\r\nretry-after: {retry_after}\r\ncontent-length: {length}\r\n\r\n{body}"
    );
    let created =
        "HTTP/1.1 201 Created\r\nx-restli-id: urn:li:share:7\r\ncontent-length: 0\r\n\r\n";
    let count = AtomicUsize::new(0);
    RawServer::replying(move || match count.fetch_add(1, Ordering::SeqCst) {
        0 => refused.clone().into_bytes(),
        _ => created.as_bytes().to_vec(),
    })
}

#[test]
fn throttle_of_years_is_capped() {
    for (retry_after, next_run) in [
        ("315360000", "2026-11-22T12:00:00Z"),
        ("315360000", "2026-11-25T12:00:00Z"),
        ("Fri, 01 Jan 2094 00:00:00 GMT", "2026-11-22T12:00:05Z"),
        ("259200", "2026-11-22T13:00:00Z"),
    ] {
        let server = throttling(retry_after);
        let project = unknown::project(&server);
        let run = project.run("build").exits(0);
        run.says(&["wait ", "[throttled]", "; the next run tries again"]);
        assert_eq!(server.requests(), 1, "{retry_after}");
        let later = project.env("SYNDICATE_NOW", next_run);
        let plan = later.run("build --json").exits(0).json();
        assert_eq!(plan["plan"][0]["outcome"], "sent", "{retry_after}: {plan}");
        assert_eq!(server.requests(), 2, "{retry_after}");
    }
}

#[test]
fn throttle_of_hours_is_obeyed() {
    let server = throttling("7200");
    let project = unknown::project(&server);
    for _ in 0..2 {
        let run = project.run("build").exits(0);
        run.says(&["[throttled]", "sending continues at 2026-11-22 14:00 UTC"]);
    }
    assert_eq!(server.requests(), 1);
    let later = project.env("SYNDICATE_NOW", "2026-11-22T14:00:01Z");
    later.run("build").exits(0).says(&["sent "]);
    assert_eq!(server.requests(), 2);
}

/// Returns a ledger line of 0.1.0 that records a rate limit.
fn throttled_line(at: &str, until: &str) -> String {
    let line = json!({
        "v": 1, "id": "00000000-0000-7000-8000-000000000001", "at": at, "kind": "failed",
        "sink": "linkedin", "item": "https://blog.example.org/one",
        "keys": ["https://blog.example.org/one", "blog:posts/one.md"],
        "attempt": "a", "hash": "sha256:00", "code": "throttled",
        "message": "the limit is reached", "until": until,
    });
    format!("{line}\n")
}

#[test]
fn recorded_throttle_of_years_is_ignored() {
    for (at, until, sends) in [
        ("2026-11-22T11:00:00Z", "2099-01-01T00:00:00Z", true),
        // The clock was wrong when the line was written.
        ("2098-12-31T23:00:00Z", "2099-01-01T00:00:00Z", true),
        ("2026-11-22T11:00:00Z", "2026-11-24T12:00:01Z", true),
        ("2026-11-22T11:00:00Z", "2026-11-23T00:00:00Z", false),
        ("2026-11-21T11:00:00Z", "2026-11-22T11:59:59Z", true),
    ] {
        let platform = Platform::start();
        let project = project(&platform);
        let ledger = project.read(LEDGER) + &throttled_line(at, until);
        project.write(LEDGER, ledger);
        let plan = project.run("build --json").exits(0).json();
        let sent = if sends { 2 } else { 0 };
        assert_eq!(plan["summary"]["sent"], sent, "{at} {until}: {plan}");
        assert_eq!(platform.requests(CREATE), sent, "{at} {until}");
    }
}
