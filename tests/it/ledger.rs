//! The ledger from the user's point of view.

use crate::build::pipeline;
use crate::support::{Platform, Project};

fn project(endpoint: &str) -> Project {
    Project::with_pipeline(&pipeline(endpoint))
        .picture("posts/a.png", 60, 31)
        .post("posts/one.md", "title: One\ndate: 2026-11-20\nimage: a.png")
}

#[test]
fn missing_ledger_sends_nothing() {
    let platform = Platform::start();
    let project = project(&platform.url);
    project
        .run("build")
        .exits(1)
        .says(&["[ledger_missing]", "--baseline", "--backfill"]);
    project
        .run("preview")
        .exits(0)
        .says(&["[ledger_missing]", "send"]);
    let said = project.run("build --json").exits(1).json();
    assert_eq!(said["code"], "ledger_missing");
    assert_eq!(platform.feed().len(), 0);
    assert!(!project.path("syndicate.ledger.jsonl").exists());
}

#[test]
fn empty_ledger_counts_as_missing() {
    let platform = Platform::start();
    let project = project(&platform.url).file("syndicate.ledger.jsonl", "");
    project.run("build").exits(1).says(&["[ledger_missing]"]);
    assert_eq!(platform.feed().len(), 0);
}

#[test]
fn baseline_marks_existing_posts_known() {
    let platform = Platform::start();
    let project = project(&platform.url);
    let plan = project.run("build --baseline --json").exits(0).json();
    assert_eq!(plan["plan"][0]["code"], "adopted");
    project.write(
        "posts/two.md",
        "---\ntitle: Two\ndate: 2026-11-21\nimage: a.png\n---\nText.\n",
    );
    project.run("build").exits(0);
    let feed = platform.feed();
    assert_eq!(feed.len(), 1);
    assert_eq!(feed[0]["article"]["title"], "Two");
    project
        .run("build --baseline")
        .exits(1)
        .says(&["already", "hint: ", "`--baseline NAME`"]);
    project.run("build --only posts/one.md").exits(0);
    assert_eq!(platform.feed().len(), 2);
}

#[test]
fn backfill_sends_existing_posts() {
    let platform = Platform::start();
    let project = project(&platform.url);
    project.run("build --backfill").exits(0).says(&["sent"]);
    assert_eq!(platform.feed().len(), 1);
}

#[test]
fn damaged_line_stops_build() {
    let platform = Platform::start();
    let project = project(&platform.url).with_ledger();
    let ledger = project.read("syndicate.ledger.jsonl");
    project.write(
        "syndicate.ledger.jsonl",
        format!("{ledger}no json\n{ledger}"),
    );
    project
        .run("build")
        .exits(1)
        .says(&["syndicate.ledger.jsonl:2", "[ledger_damaged]"]);
    assert_eq!(platform.feed().len(), 0);
}

#[test]
fn torn_last_line_is_repaired() {
    let platform = Platform::start();
    let project = project(&platform.url).with_ledger();
    let ledger = project.read("syndicate.ledger.jsonl");
    project.write(
        "syndicate.ledger.jsonl",
        format!("{ledger}{{\"v\":1,\"id\":\"x\",\"ki"),
    );
    project.run("build").exits(0).says(&["sent"]);
    for line in project.read("syndicate.ledger.jsonl").lines() {
        serde_json::from_str::<serde_json::Value>(line).unwrap();
    }
    assert_eq!(platform.feed().len(), 1);
}

#[test]
fn intent_without_outcome_is_not_repeated() {
    let platform = Platform::start();
    let project = project(&platform.url).with_ledger();
    project.run("build").exits(0);
    // Simulates a crash before the outcome was recorded.
    let ledger = project.read("syndicate.ledger.jsonl");
    let kept: String = ledger
        .lines()
        .filter(|line| !line.contains("\"kind\":\"sent\""))
        .map(|line| format!("{line}\n"))
        .collect();
    project.write("syndicate.ledger.jsonl", kept);
    project
        .run("build")
        .exits(1)
        .says(&["[ledger_rewound]", "status --restore"]);
    // On another machine the attempt may be in progress for 15 minutes.
    let state = project.path("elsewhere");
    let project = project.env("XDG_STATE_HOME", state.to_str().unwrap());
    let plan = project.run("build --json").exits(0).json();
    assert_eq!(plan["plan"][0]["action"], "wait");
    assert_eq!(plan["plan"][0]["code"], "claimed");
    let project = project.env("SYNDICATE_NOW", "2026-11-22T12:16:00Z");
    let plan = project.run("build --json").exits(4).json();
    assert_eq!(plan["plan"][0]["action"], "ask");
    assert_eq!(plan["plan"][0]["code"], "outcome_unknown");
    project.run("build --fail-on ask").exits(4);
    assert_eq!(platform.feed().len(), 1);
}

#[test]
fn two_concurrent_runs_send_once() {
    let platform = Platform::start();
    let project = project(&platform.url).with_ledger();
    let children: Vec<_> = (0..4)
        .map(|_| {
            let mut command = project.command(&["build"]);
            command
                .stdout(std::process::Stdio::null())
                .stderr(std::process::Stdio::null());
            command.spawn().unwrap()
        })
        .collect();
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    assert_eq!(platform.feed().len(), 1);
}

#[test]
fn locked_ledger_times_out() {
    let project = project("http://127.0.0.1:9").with_ledger();
    let file = std::fs::File::options()
        .append(true)
        .open(project.path("syndicate.ledger.jsonl"))
        .unwrap();
    file.lock().unwrap();
    project
        .run("build --lock-timeout 0")
        .exits(1)
        .says(&["[ledger_locked]"]);
    project
        .run("build --lock-timeout 10ms")
        .exits(1)
        .says(&["[ledger_locked]", "after 0.01 seconds"]);
    project
        .run("build --lock-timeout soon")
        .exits(2)
        .says(&["write it as `90s`, `10m`, `2h` or `1d`"]);
    project.run("status").exits(0);
}

#[test]
fn full_disk_sends_nothing() {
    let platform = Platform::start();
    let project = project(&platform.url).with_ledger();
    // A file size limit simulates a full disk: the ledger fills it to the last byte.
    let ledger = project.read("syndicate.ledger.jsonl");
    let line = |padding: &str| {
        format!(
            "{{\"v\":1,\"id\":\"1\",\"at\":\"2026-01-01T00:00:00Z\",\"kind\":\"note\",\"text\":\"{padding}\"}}\n"
        )
    };
    let padding = " ".repeat(4096 - ledger.len() - line("").len());
    project.write(
        "syndicate.ledger.jsonl",
        format!("{ledger}{}", line(&padding)),
    );
    let program = env!("CARGO_BIN_EXE_syndicate");
    // `ulimit -f` counts blocks of 512 bytes.
    let script = format!("trap '' XFSZ; ulimit -f 8; exec '{program}' build --json");
    let mut command = project.command(&[]);
    let output = std::process::Command::new("sh")
        .args(["-c", &script])
        .current_dir(project.folder())
        .env_clear()
        .envs(
            command
                .env("PATH", "/bin:/usr/bin")
                .get_envs()
                .filter_map(|(name, value)| Some((name, value?))),
        )
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(
        said.contains("ledger_unwritable") && said.contains("too large"),
        "{said}"
    );
    assert_eq!(platform.feed().len(), 0);
    assert_eq!(
        project.read("syndicate.ledger.jsonl").len(),
        4096,
        "nothing half written stays"
    );
    project.run("build").exits(0).says(&["sent"]);
    assert_eq!(platform.feed().len(), 1);
}
