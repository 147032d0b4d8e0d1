//! The log: its selection by `-v` and `RUST_LOG`, its destination, and the secrets that it omits.

mod secrets;

use crate::build::pipeline;
#[cfg(unix)]
use crate::support::Watcher;
use crate::support::project::{NOW, Run};
use crate::support::{Platform, Project};
use crate::terminal;

/// Returns the lines of the log on standard error.
fn log(run: &Run) -> Vec<&str> {
    let time = format!("{}.000Z ", NOW.trim_end_matches('Z'));
    let lines = run.stderr.lines();
    lines.filter_map(|line| line.strip_prefix(&time)).collect()
}

/// Checks that the log has lines with these parts, in this order.
#[track_caller]
fn assert_order(run: &Run, expected: &[&[&str]]) {
    let mut lines = log(run).into_iter();
    for parts in expected {
        let has_parts = |line: &&str| parts.iter().all(|part| line.contains(part));
        assert!(
            lines.any(|line| has_parts(&line)),
            "not in order: {parts:?}\n{run}"
        );
    }
}

fn project(endpoint: &str) -> Project {
    Project::with_pipeline(&pipeline(endpoint))
        .with_ledger()
        .picture("posts/a.png", 600, 314)
        .post("posts/one.md", "title: One\ndate: 2026-11-20\nimage: a.png")
}

#[test]
fn log_is_empty_without_flag() {
    let platform = Platform::start();
    let run = project(&platform.url)
        .env("RUST_LOG", "")
        .run("build")
        .exits(0);
    assert_eq!(log(&run), [""; 0]);
}

#[test]
fn verbose_flag_logs_steps_of_run() {
    let run = project("http://127.0.0.1:9")
        .run("build --sandbox -v")
        .exits(0);
    let delivery =
        "run{verb=\"build\"}:sink{name=\"linkedin\"}:post{id=\"https://blog.example.org/one\"}:";
    assert_order(
        &run,
        &[
            &[
                "INFO run{verb=\"build\"}: ",
                "pipeline loaded path=\"pipeline.yaml\" sources=1 transforms=0 sinks=1",
            ],
            &[
                "source{name=\"blog\"}: ",
                "source scanned posts=1 faults=0 elapsed_ms=",
            ],
            &["plan made send=1 update=0 wait=0 ask=0 skip=0"],
            &[delivery, "delivery started action=Send"],
            &[
                delivery,
                "delivery recorded outcome=Sent code=new remote_id=\"urn:li:share:",
            ],
        ],
    );
    let is_info = |line: &&str| line.starts_with(" INFO ");
    assert!(log(&run).iter().all(is_info), "{run}");
}

/// Returns the lines of a log without the parts that differ between runs and versions.
fn comparable(log: &str) -> String {
    let target = fancy_regex::Regex::new(": [a-z_]+(::[a-z_]+)+: ").unwrap();
    let time = fancy_regex::Regex::new("elapsed_ms=[0-9]+").unwrap();
    let log = target.replace_all(log, ": ");
    time.replace_all(&log, "elapsed_ms=").into_owned()
}

#[test]
fn log_in_document_is_real() {
    let page = include_str!("../../../docs/logs.md");
    let example = page.split("```text\n").nth(1).unwrap();
    let example = example.split("```").next().unwrap();
    let run = project("http://127.0.0.1:9").run("build --sandbox -v");
    let log: String = run
        .exits(0)
        .stderr
        .lines()
        .filter(|line| line.starts_with("2026-"))
        .map(|line| format!("{line}\n"))
        .collect();
    assert_eq!(comparable(example), comparable(&log));
}

#[test]
fn ledger_is_logged_with_its_events() {
    let platform = Platform::start();
    let run = project(&platform.url).run("-v build").exits(0);
    assert_order(
        &run,
        &[&["ledger locked and read path=\"syndicate.ledger.jsonl\" events=1"]],
    );
}

#[cfg(unix)]
#[test]
fn watch_logs_change_and_delivery() {
    let platform = Platform::start();
    let grace =
        pipeline(&platform.url).replace("since: 2026-11-01", "since: 2026-11-01, grace: 0s");
    let project = project(&platform.url).file("pipeline.yaml", grace);
    let watcher = Watcher::with_log(&project, &project.path("watch.log"));
    watcher.until_code("posts/one.md", "already_sent");
    project.write("posts/two.md", "---\ntitle: Two\ndraft: true\n---\nText.\n");
    watcher.until_code("posts/two.md", "draft");
    watcher.stop();
    let log = project.read("watch.log");
    for part in [
        "grace period over deliveries=1",
        "delivery recorded outcome=Sent",
        "files changed",
    ] {
        assert!(log.contains(&format!(": {part}")), "no `{part}`:\n{log}");
    }
}

#[cfg(unix)]
#[test]
fn log_among_posts_causes_no_reads() {
    let platform = Platform::start();
    let grace =
        pipeline(&platform.url).replace("since: 2026-11-01", "since: 2026-11-01, grace: 2s");
    let project = project(&platform.url).file("pipeline.yaml", grace);
    let watcher = Watcher::with_log(&project, &project.path("posts/output.txt"));
    // The grace period is long enough for several reads, if each one caused another.
    watcher.until_code("posts/one.md", "already_sent");
    watcher.stop();
    let log = project.read("posts/output.txt");
    let reads = log.matches(": files changed").count();
    assert!(reads <= 2, "{reads} reads:\n{log}");
}

#[test]
fn second_flag_logs_http_requests() {
    let platform = Platform::start();
    let host = platform.url.trim_start_matches("http://");
    let run = project(&platform.url).run("build -vv").exits(0);
    let request = |method: &str, path: &str, status: u16| {
        format!(
            "HTTP request method={method} host=\"{host}\" path=\"{path}\" status={status} elapsed_ms="
        )
    };
    assert_order(
        &run,
        &[
            &[
                "DEBUG ",
                "delivery planned",
                "action=Send code=new reason=\"not sent before\"",
            ],
            &[
                "step{role=\"prepare\" attempt=1}: ",
                &request("GET", "/v2/userinfo", 200),
            ],
            &[
                "step{role=\"create\" attempt=1}: ",
                &request("POST", "/rest/posts", 201),
            ],
        ],
    );
    let is_own = |line: &&str| line.contains(" syndicate");
    assert!(log(&run).iter().all(is_own), "{run}");
}

#[test]
fn sandbox_logs_answered_requests() {
    let run = project("http://127.0.0.1:9")
        .run("build --sandbox -vv")
        .exits(0);
    assert_order(
        &run,
        &[&[
            "loopback_page",
            "request answered method=POST path=\"/rest/posts\" status=201",
        ]],
    );
}

#[test]
fn repeated_request_is_logged_with_attempt() {
    let run = project("http://127.0.0.1:9").run("build -vv").exits(3);
    for attempt in 1..=4 {
        let step = format!("step{{role=\"prepare\" attempt={attempt}}}: ");
        assert_order(
            &run,
            &[&[
                &step,
                "host=\"127.0.0.1:9\" path=\"/v2/userinfo\" error_kind=\"not_sent\" error=\"cannot reach",
            ]],
        );
    }
    let waits = log(&run)
        .iter()
        .filter(|line| line.contains("waiting to repeat the request"))
        .count();
    assert_eq!(waits, 3, "{run}");
}

#[test]
fn variable_selects_targets_instead_of_flag() {
    let platform = Platform::start();
    let run = project(&platform.url)
        .env("RUST_LOG", "syndicate_api::http=debug")
        .run("build -v")
        .exits(0);
    let lines = log(&run);
    assert!(lines.len() >= 2, "{run}");
    assert!(
        lines.iter().all(|line| line.contains("HTTP request")),
        "{run}"
    );
    let platform = Platform::start();
    let run = project(&platform.url)
        .env("RUST_LOG", "hyper_util=debug,reqwest=debug")
        .run("build")
        .exits(0);
    assert_order(
        &run,
        &[
            &["reqwest::connect: starting new connection"],
            &["hyper_util", "connected to"],
        ],
    );
}

#[test]
fn faulty_variable_is_refused() {
    let project = project("http://127.0.0.1:9").env("RUST_LOG", "syndicate=loud");
    project.run("items").exits(2).says(&[
        "error: invalid `RUST_LOG` value `syndicate=loud`: error parsing level filter",
        "hint: set it to a level such as `debug`",
    ]);
    let run = project.run("items --json").exits(2);
    assert_eq!(run.json()["diagnostics"][0]["code"], "usage", "{run}");
}

#[test]
fn log_leaves_stdout_unchanged() {
    let project = project("http://127.0.0.1:9");
    for verb in [
        "items --json",
        "preview --json",
        "preview",
        "status --json",
        "schema",
    ] {
        let silent = project.run(verb).exits(0);
        let verbose = project.run(&format!("{verb} -vvv")).exits(0);
        assert_eq!(silent.stdout, verbose.stdout);
        let messages = |run: &Run| {
            let lines = run.stderr.lines().map(str::to_owned);
            lines
                .filter(|line| !line.starts_with("2026-11-22T12:00:00.000Z "))
                .collect::<Vec<_>>()
        };
        assert_eq!(messages(&silent), messages(&verbose));
    }
    let project = project.env("RUST_LOG", "trace");
    project.run("build --sandbox --json").exits(0).json();
}

#[test]
fn log_has_colours_only_on_terminal() {
    let project = project("http://127.0.0.1:9");
    let has_escape = |run: &Run| run.stderr.contains('\u{1b}');
    assert!(!has_escape(&project.run("items -v")));
    let project = project.env("CLICOLOR_FORCE", "1");
    assert!(has_escape(&project.run("items -v")));
    let project = project.env("NO_COLOR", "1");
    assert!(!has_escape(&project.run("items -v")));
}

#[test]
fn title_in_log_is_escaped() {
    let platform = Platform::start();
    let title = terminal::TITLE;
    let front = format!(
        "title: {title}\ndate: 2026-11-20\nimage: a.png\nsyndicate: {{id: {title}}}\ntags: [{title}]"
    );
    let project = project(&platform.url)
        .post("posts/one.md", &front)
        .env("CLICOLOR_FORCE", "1");
    let project = project.env("RUST_LOG", "trace");
    for verb in ["items --json", "preview --json", "build --sandbox", "build"] {
        let run = project.run(verb);
        terminal::check(&run);
        assert!(
            run.stderr.contains("handlebars") || verb.starts_with("items"),
            "{run}"
        );
    }
}
