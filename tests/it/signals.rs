//! SIGINT and SIGTERM during `build` and `update`: the current delivery is finished and recorded, the
//! remaining ones are not attempted, and every wait ends.

use std::os::unix::fs::PermissionsExt as _;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::build::pipeline;
use crate::crash::{project, titles};
use crate::support::project::Run;
use crate::support::{GateAction, Platform, Project, RawServer};

/// Upper limit for a reaction, far below the waits that a signal ends here.
const MAX_REACTION: Duration = Duration::from_secs(20);

/// A running program.
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

    /// Waits until the program has installed its signal handlers; before that, a signal kills it.
    #[cfg(target_os = "linux")]
    fn wait_for_handlers(&self) {
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
            assert!(
                start.elapsed() < MAX_REACTION,
                "no signal handler was installed"
            );
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    fn end(self) -> Run {
        let output = self.child.wait_with_output().unwrap();
        let arguments: Vec<&str> = self.arguments.iter().map(String::as_str).collect();
        Run::of(&arguments, output)
    }
}

/// Starts a build of three posts and waits until the first one is at the platform.
fn start_blocked_build(
    arguments: &str,
) -> (Platform, crate::support::gate::Gate, Project, Running) {
    let (platform, gate) = Platform::gated("POST", "/rest/posts", GateAction::HoldRequest);
    let project = project(&platform, 3);
    let build = Running::start(&project, arguments);
    gate.wait();
    (platform, gate, project, build)
}

#[test]
fn first_signal_finishes_delivery() {
    for signal in ["INT", "TERM"] {
        let (platform, gate, project, build) = start_blocked_build("build --json");
        build.signal(signal);
        // The signal must arrive before the response.
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
fn summary_names_remaining_posts() {
    let (_platform, gate, _project, build) = start_blocked_build("build");
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
    let (platform, gate, project, build) = start_blocked_build("build --json");
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

/// Returns a project with two posts that are old by the real clock. With a fixed clock no wait takes time.
fn two_old_posts(pipeline: &str) -> Project {
    Project::with_pipeline(&pipeline.replace("2026-11-01", "2020-01-01"))
        .with_ledger()
        .with_system_clock()
        .post("posts/one.md", "title: One\ndate: 2020-11-20")
        .post("posts/two.md", "title: Two\ndate: 2020-11-21")
}

#[test]
fn signal_ends_retries() {
    let server = RawServer::answering(
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
    // A label of this length is not valid in DNS, so no query leaves this machine.
    let host = format!("https://{}.org", "a".repeat(64));
    let pipeline = pipeline(&platform.url)
        .replace("https://blog.example.org", &host)
        .replace("since:", "live_check: true, since:");
    let project = two_old_posts(&pipeline.replace("token:", "thumbnail: skip, token:"));
    project.run("build").exits(0).says(&["not_live"]);
    let start = Instant::now();
    let build = Running::start(&project, "build --wait 10m");
    build.wait_for_handlers();
    // The program most likely waits by now. An earlier signal has the same result.
    std::thread::sleep(Duration::from_millis(500));
    build.signal("TERM");
    let said = build.end().exits(0);
    said.says(&["stopped by a signal; 2 deliveries were not tried"]);
    assert!(start.elapsed() < MAX_REACTION);
    assert_eq!(titles(&platform).len(), 0);
}

#[cfg(target_os = "linux")]
#[test]
fn signal_ends_wait_for_lock() {
    let (platform, gate, project, first) = start_blocked_build("build");
    let start = Instant::now();
    let second = Running::start(&project, "build");
    second.wait_for_handlers();
    second.signal("INT");
    second
        .end()
        .exits(0)
        .says(&["stopped by a signal; 2 deliveries were not tried"]);
    assert!(start.elapsed() < MAX_REACTION);
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
        build.wait_for_handlers();
        std::thread::sleep(Duration::from_millis(500));
        build.signal(signal);
        build.end().exits(0);
    }
    assert_eq!(titles(&platform).len(), 0);
}

#[cfg(target_os = "linux")]
#[test]
fn signal_ends_wait_for_plugin() {
    let platform = Platform::start();
    let hanging = "#!/bin/sh\nread -r hello\n\
        echo '{\"hello\":{\"protocol\":1,\"kind\":\"transform\",\"name\":\"x\",\"version\":\"1\"}}'\n\
        read -r open\necho '{\"id\":1,\"ok\":{}}'\nsleep 600\n";
    let mut project = project(&platform, 2).file("plugins/syndicate-plugin-hanging", hanging);
    let file = project.path("plugins/syndicate-plugin-hanging");
    std::fs::set_permissions(file, std::fs::Permissions::from_mode(0o755)).unwrap();
    let transforms = "transforms:\n  hanging: {type: hanging, timeout: 10m}\nsinks:";
    let pipeline = project.read("pipeline.yaml").replace("sinks:", transforms);
    project = project.file("pipeline.yaml", pipeline);
    let start = Instant::now();
    let build = Running::start(&project, "build");
    build.wait_for_handlers();
    build.signal("INT");
    let run = build.end().exits(3);
    run.says(&["plugin `hanging`: the run was ended before it answered"]);
    assert!(start.elapsed() < MAX_REACTION);
    assert_eq!(titles(&platform).len(), 0);
}

#[test]
fn signal_ends_update_between_posts() {
    let (platform, gate) = Platform::gated("POST", "/rest/posts/", GateAction::HoldRequest);
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
        "1 updated (1 changed), 1 to update (1 changed)",
    ]);
}
