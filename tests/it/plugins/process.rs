//! The processes of plugins: their environment, and their end.

use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use super::{PIPELINE, project, with_python, writing_pipeline};
use crate::support::Project;

/// A token that the plugin must not get.
const TOKEN: &str = "a-token-that-no-plugin-gets";

#[test]
fn plugin_gets_only_granted_variables() {
    let script = r#"
import os
hello("transform", wants={"env": ["LANG_OF_POSTS", "SECRET_TOKEN"]})
for id, request in requests():
    env = {name: os.environ[name] for name in sorted(os.environ) if name not in ("LC_CTYPE",)}
    say({"id": id, "ok": {"skip": json.dumps(env)}})
"#;
    let pipeline = PIPELINE.replace("20s", "20s, grant: {env: [LANG_OF_POSTS, UNSET]}");
    let project = with_python(project(&pipeline), script)
        .env("LANG_OF_POSTS", "de")
        .env("SECRET_TOKEN", TOKEN);
    let run = project.run("preview --all --json").exits(0);
    let reason = run.json()["plan"][0]["reason"].as_str().unwrap().to_owned();
    let env = reason.trim_start_matches("`series`: ");
    let env: serde_json::Value = serde_json::from_str(env).unwrap();
    let expected = serde_json::json!({
        "LANG": "C.UTF-8", "LANG_OF_POSTS": "de", "PATH": env["PATH"], "TMPDIR": env["TMPDIR"],
    });
    assert_eq!(env, expected);
    assert!(!run.stdout.contains(TOKEN));
    project.run("check").says(&[
        "the plugin asks for the variable `SECRET_TOKEN` and does not get it",
        "add `grant: {env: [SECRET_TOKEN]}`",
    ]);
}

#[test]
fn command_without_items_starts_no_plugin() {
    let script = r#"
open("started", "w").close()
hello("transform")
for id, request in requests():
    say({"id": id, "ok": {}})
"#;
    let project = with_python(project(&writing_pipeline()), script).with_ledger();
    for command in ["status", "status --format github", "settle"] {
        project.run(command).exits(0);
        assert!(!project.path("started").exists(), "{command}");
    }
    project.run("preview").exits(0);
    assert!(project.path("started").exists());
}

/// A transform with a helper process that would live on, and writes both process numbers.
const WITH_HELPER: &str = r#"
import os, subprocess
helper = subprocess.Popen(["sleep", "600"])
with open("pids.new", "w") as file:
    file.write("%d %d" % (os.getpid(), helper.pid))
os.rename("pids.new", "pids")
hello("transform")
"#;

fn pids(project: &Project) -> Vec<String> {
    let text = project.read("pids");
    text.split(' ').map(str::to_owned).collect()
}

/// Returns `true` if the process runs.
fn is_alive(pid: &str) -> bool {
    let status = std::fs::read_to_string(Path::new("/proc").join(pid).join("stat"));
    status.is_ok_and(|status| !status.contains(") Z "))
}

/// Waits until a condition holds.
#[track_caller]
fn wait_for(what: &str, condition: impl Fn() -> bool) {
    let start = Instant::now();
    while !condition() {
        assert!(start.elapsed() < Duration::from_secs(60), "{what}");
        std::thread::sleep(Duration::from_millis(10));
    }
}

#[cfg(target_os = "linux")]
#[test]
fn helpers_end_with_plugin() {
    let script = format!(
        "{WITH_HELPER}\nfor id, request in requests():\n    say({{\"id\": id, \"ok\": {{}}}})\n"
    );
    let project = with_python(project(&writing_pipeline()), &script);
    project.run("build --backfill").exits(0).says(&["1 sent"]);
    for pid in pids(&project) {
        wait_for("the process ends", || !is_alive(&pid));
    }
}

#[cfg(target_os = "linux")]
#[test]
fn plugin_dies_with_program() {
    let script = format!(
        "{WITH_HELPER}\nimport time\nfor id, request in requests():\n    time.sleep(600)\n"
    );
    let project = with_python(project(&writing_pipeline().replace("20s", "10m")), &script);
    let mut command = project.command(&["build", "--backfill"]);
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let mut program = command.spawn().unwrap();
    wait_for("the plugin starts", || project.path("pids").exists());
    let pids = pids(&project);
    assert!(is_alive(&pids[0]));
    program.kill().unwrap();
    program.wait().unwrap();
    wait_for("the plugin ends", || !is_alive(&pids[0]));
    // Nothing can end the helper of a plugin whose host was killed; it has to notice by itself.
    let helper = pids[1]
        .parse()
        .ok()
        .and_then(rustix::process::Pid::from_raw);
    rustix::process::kill_process(helper.unwrap(), rustix::process::Signal::KILL).ok();
}

#[test]
fn plugin_that_ignores_end_of_input_is_killed() {
    let script = r#"
import time
hello("transform")
for id, request in requests():
    say({"id": id, "ok": {}})
while True:
    time.sleep(600)
"#;
    let project = with_python(project(PIPELINE), script);
    let start = Instant::now();
    project.run("build --backfill").exits(0).says(&["1 sent"]);
    assert!(start.elapsed() < Duration::from_secs(60));
}
