//! SIGINT and SIGTERM during `build` and `update`: the delivery under way is finished and recorded, the
//! rest is not tried, and no wait goes on.

use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::build::pipeline;
use crate::crash::{project, titles};
use crate::support::project::Run;
use crate::support::{Platform, Project, Raw, Stop};

/// Far less than the waits that a signal ends here.
const SOON: Duration = Duration::from_secs(20);

/// The program while it runs.
struct Running {
    child: Child,
    arguments: Vec<String>,
}

impl Running {
    fn start(project: &Project, arguments: &str) -> Self {
        let arguments: Vec<&str> = arguments.split_whitespace().collect();
        let child = project
            .command(&arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let arguments = arguments.into_iter().map(str::to_owned).collect();
        Self { child, arguments }
    }

    /// Sends a signal, such as `INT`.
    fn signal(&self, signal: &str) {
        let pid = self.child.id().to_string();
        let sent = Command::new("kill")
            .args([&format!("-{signal}"), &pid])
            .status();
        assert!(sent.unwrap().success());
    }

    /// Waits until the program handles signals, which would kill it before.
    #[cfg(target_os = "linux")]
    fn until_it_listens(&self) {
        const SIGINT_AND_SIGTERM: u64 = 1 << 1 | 1 << 14;
        let start = Instant::now();
        loop {
            let path = format!("/proc/{}/status", self.child.id());
            let status = std::fs::read_to_string(path).unwrap();
            let caught = status.lines().find_map(|line| line.strip_prefix("SigCgt:"));
            let caught = u64::from_str_radix(caught.unwrap().trim(), 16).unwrap();
            if caught & SIGINT_AND_SIGTERM == SIGINT_AND_SIGTERM {
                return;
            }
            assert!(start.elapsed() < SOON, "it never listens");
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    fn end(self) -> Run {
        let output = self.child.wait_with_output().unwrap();
        let arguments: Vec<&str> = self.arguments.iter().map(String::as_str).collect();
        Run::of(&arguments, output)
    }
}

/// A build of three posts, the first of which is at the platform.
fn at_the_platform(arguments: &str) -> (Platform, crate::support::gate::Gate, Project, Running) {
    let (platform, gate) = Platform::gated("POST", "/rest/posts", Stop::Held);
    let project = project(&platform, 3);
    let build = Running::start(&project, arguments);
    gate.wait();
    (platform, gate, project, build)
}

#[test]
fn first_signal_finishes_delivery() {
    for signal in ["INT", "TERM"] {
        let (platform, gate, project, build) = at_the_platform("build --json");
        build.signal(signal);
        // The signal is there before the answer.
        std::thread::sleep(Duration::from_millis(200));
        gate.open();
        let plan = build.end().exits(0).json();
        let outcomes: Vec<_> = (0..3).map(|post| &plan["plan"][post]["outcome"]).collect();
        assert_eq!(
            outcomes,
            [
                "sent".into(),
                serde_json::Value::Null,
                serde_json::Value::Null
            ]
            .iter()
            .collect::<Vec<_>>()
        );
        let note = "stopped by a signal; 2 deliveries were not tried";
        assert!(
            plan["notes"].as_array().unwrap().contains(&note.into()),
            "{plan}"
        );
        assert_eq!(titles(&platform), ["Post 0"]);
        let status = project.run("status --json").exits(0).json();
        assert_eq!(status["items"][0]["deliveries"][0]["state"], "sent");
        project.run("build").exits(0).says(&["2 sent"]);
        assert_eq!(titles(&platform), ["Post 0", "Post 1", "Post 2"]);
    }
}

#[test]
fn summary_names_what_is_left() {
    let (_platform, gate, _project, build) = at_the_platform("build");
    build.signal("INT");
    std::thread::sleep(Duration::from_millis(200));
    gate.open();
    build.end().exits(0).says(&[
        "note: stopped by a signal; 2 deliveries were not tried",
        "1 sent, 2 to send",
    ]);
}

#[test]
fn second_signal_ends_at_once() {
    let (platform, gate, project, build) = at_the_platform("build --json");
    build.signal("INT");
    std::thread::sleep(Duration::from_millis(200));
    build.signal("TERM");
    let error = build.end().exits(4).json();
    assert_eq!(
        error["error"],
        "stopped by a second signal, possibly during a delivery"
    );
    gate.open();
    let status = project.run("status --json").exits(0).json();
    assert_eq!(status["items"][0]["deliveries"][0]["state"], "unknown");
    drop(platform);
}

/// Two posts that are old by any clock: where the clock is fixed, no wait takes any time.
fn two_old_posts(pipeline: &str) -> Project {
    Project::with_pipeline(&pipeline.replace("2026-11-01", "2020-01-01"))
        .with_ledger()
        .by_the_clock()
        .post("posts/one.md", "title: One\ndate: 2020-11-20")
        .post("posts/two.md", "title: Two\ndate: 2020-11-21")
}

#[test]
fn signal_ends_retries() {
    let server = Raw::answering(
        b"HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\nconnection: close\r\n\r\n",
    );
    let pipeline = pipeline(&server.url).replace("token:", "thumbnail: skip, token:");
    let project = two_old_posts(&pipeline);
    let build = Running::start(&project, "build --json");
    while server.requests() == 0 {
        std::thread::yield_now();
    }
    build.signal("INT");
    let plan = build.end().exits(3).json();
    assert_eq!(server.requests(), 1, "nothing is repeated");
    assert_eq!(plan["plan"][0]["outcome"], "failed");
    assert_eq!(plan["plan"][1]["outcome"], serde_json::Value::Null);
    assert_eq!(
        plan["notes"][0],
        "stopped by a signal; 1 delivery was not tried"
    );
}

#[cfg(target_os = "linux")]
#[test]
fn signal_ends_wait_for_pages() {
    let platform = Platform::start();
    // A label this long is in no DNS, so that no question leaves this machine.
    let host = format!("https://{}.org", "a".repeat(64));
    let pipeline = pipeline(&platform.url)
        .replace("https://blog.example.org", &host)
        .replace("since:", "live_check: true, since:");
    let project = two_old_posts(&pipeline.replace("token:", "thumbnail: skip, token:"));
    project.run("build").exits(0).says(&["not_live"]);
    let start = Instant::now();
    let build = Running::start(&project, "build --wait 10m");
    build.until_it_listens();
    // By now it most likely waits; the result is the same before.
    std::thread::sleep(Duration::from_millis(500));
    build.signal("TERM");
    let said = build.end().exits(0);
    said.says(&["stopped by a signal; 2 deliveries were not tried"]);
    assert!(start.elapsed() < SOON);
    assert_eq!(titles(&platform).len(), 0);
}

#[cfg(target_os = "linux")]
#[test]
fn signal_ends_wait_for_lock() {
    let (platform, gate, project, first) = at_the_platform("build");
    let start = Instant::now();
    let second = Running::start(&project, "build");
    second.until_it_listens();
    second.signal("INT");
    second
        .end()
        .exits(0)
        .says(&["stopped by a signal; 2 deliveries were not tried"]);
    assert!(start.elapsed() < SOON);
    gate.open();
    first.end().exits(0).says(&["3 sent"]);
    assert_eq!(titles(&platform), ["Post 0", "Post 1", "Post 2"]);
}

#[cfg(target_os = "linux")]
#[test]
fn signal_ends_open_sandbox() {
    let platform = Platform::start();
    let project = project(&platform, 1).env("PATH", "/nonexistent");
    for signal in ["INT", "TERM"] {
        let build = Running::start(&project, "build --sandbox --open --json");
        build.until_it_listens();
        std::thread::sleep(Duration::from_millis(500));
        build.signal(signal);
        build.end().exits(0);
    }
    assert_eq!(titles(&platform).len(), 0);
}

#[test]
fn signal_ends_update_between_posts() {
    let (platform, gate) = Platform::gated("POST", "/rest/posts/", Stop::Held);
    let project = project(&platform, 2);
    project.run("build").exits(0).says(&["2 sent"]);
    for post in ["000", "001"] {
        let path = format!("posts/{post}.md");
        let text = project.read(&path);
        let front = "syndicate: {commentary: Changed.}\nimage:";
        project.write(&path, text.replace("image:", front));
    }
    let update = Running::start(&project, "update --all");
    gate.wait();
    update.signal("INT");
    std::thread::sleep(Duration::from_millis(200));
    gate.open();
    update.end().exits(0).says(&[
        "stopped by a signal; 1 delivery was not tried",
        "1 updated, 1 to update",
    ]);
}
