//! Permissions of plugins. Each probe is first run directly, where it has to succeed, so that a refusal is the
//! work of the confinement and not of the system that runs the test.

use std::net::{TcpListener, UdpSocket};
use std::os::unix::fs::chown;
use std::os::unix::net::UnixListener;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::with_program;
use crate::support::{Project, Run};

const PROBE: &str = include_str!("probe.py");

/// A user without privileges, for tests that root runs. Its number has no meaning.
const UNPRIVILEGED: u32 = 65_534;

/// The probes that fail without permission.
const HOSTILE: &[&str] = &[
    "home",
    "listing",
    "project",
    "change",
    "environment_of_parent",
    "command_of_parent",
    "signal_to_parent",
    "limits_of_parent",
    "tcp",
    "udp",
    "unix",
    "datagram_pair",
    "netlink",
    "io_uring",
    "ptrace",
    "memory_of_child",
    "user_namespace",
    "session",
];

/// A project with a transform that makes probes, and the servers that it tries to reach.
struct Probes {
    project: Project,
    targets: Value,
    _servers: (TcpListener, UdpSocket, UnixListener),
}

impl Probes {
    fn new(grant: &str, probes: &[&str]) -> Self {
        let tcp = TcpListener::bind("127.0.0.1:0").unwrap();
        let udp = UdpSocket::bind("127.0.0.1:0").unwrap();
        let project = Project::new();
        let socket = project.path("daemon.sock");
        let unix = UnixListener::bind(&socket).unwrap();
        let targets = json!({
            "home": project.path(".home"),
            "tcp": tcp.local_addr().unwrap().port(),
            "udp": udp.local_addr().unwrap().port(),
            "unix": socket,
            "probes": probes,
        });
        let pipeline = format!(
            "\
sources:
  blog: {{type: site, path: ., content: posts, url: https://example.org}}
transforms:
  probe: {{type: exec, command: ['./plugins/probe.py', plugin, '{targets}'], timeout: 60s, grant: {grant}}}
sinks:
  out: {{type: file, endpoint: out, thumbnail: skip}}
policy: {{since: 2026-01-01, live_check: false}}
"
        );
        let project = project
            .file("pipeline.yaml", pipeline)
            .file(".home/.config/syndicate/token.json", "{}")
            .post("posts/a.md", "title: A\ndate: 2026-11-20");
        Self {
            project: with_program(project, "plugins/probe.py", PROBE),
            targets,
            _servers: (tcp, udp, unix),
        }
    }

    /// Makes the probes without a host.
    fn direct(&self) -> Value {
        let script = self.project.path("plugins/probe.py");
        let mut command = as_unprivileged(Path::new("sh"), &self.project);
        // The parent of the probe is a process of the same user, as it is for a plugin.
        command
            .args(["-c", "\"$@\"; exit $?", "sh", "python3"])
            .arg(script)
            .arg("direct")
            .arg(self.targets.to_string())
            .env("PATH", "/usr/local/bin:/usr/bin:/bin");
        let output = command.current_dir(self.project.folder()).output().unwrap();
        let errors = String::from_utf8_lossy(&output.stderr);
        serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {errors}"))
    }

    /// Makes the probes as a plugin.
    fn confined(&self) -> Value {
        let like = self.project.command(&["preview", "--all", "--json"]);
        let mut command = as_unprivileged(Path::new(like.get_program()), &self.project);
        command.args(like.get_args()).env_clear();
        command.envs(
            like.get_envs()
                .filter_map(|(name, value)| Some((name, value?))),
        );
        command.current_dir(self.project.folder());
        let run = self.project.finished(command, &["preview"]).exits(0);
        reason(&run)
    }
}

fn reason(run: &Run) -> Value {
    let plan = run.json();
    let reason = plan["plan"][0]["reason"].as_str().unwrap();
    serde_json::from_str(reason.trim_start_matches("`probe`: ")).unwrap_or_else(|_| panic!("{run}"))
}

/// Returns the command that starts a program as a user without privileges, to whom the project is given.
fn as_unprivileged(program: &Path, project: &Project) -> Command {
    if !rustix::process::geteuid().is_root() {
        return Command::new(program);
    }
    give(project.folder());
    let mut command = Command::new("setpriv");
    let user = UNPRIVILEGED.to_string();
    command.args(["--reuid", &user, "--regid", &user, "--clear-groups"]);
    command.arg(program);
    command
}

fn give(path: &Path) {
    chown(path, Some(UNPRIVILEGED), Some(UNPRIVILEGED)).unwrap();
    if path.is_dir() {
        for entry in std::fs::read_dir(path).unwrap() {
            give(&entry.unwrap().path());
        }
    }
}

/// Returns an object with the same result for each probe.
fn all(probes: &[&str], result: &str) -> Value {
    probes
        .iter()
        .map(|probe| ((*probe).to_owned(), json!(result)))
        .collect()
}

#[test]
fn every_layer_is_active() {
    let list = Probes::new("{}", &[])
        .project
        .run("plugin list --json")
        .exits(0)
        .json();
    let layers = &list["confinement"];
    let hint = "tests of confinement need Linux 6.12 or later with Landlock, and a system that allows user namespaces";
    assert!(layers["landlock"].as_u64() >= Some(6), "{layers}: {hint}");
    assert_eq!(layers["seccomp"], true, "{layers}: {hint}");
    assert_eq!(layers["network_namespace"], true, "{layers}: {hint}");
}

#[test]
fn hostile_plugin_is_refused() {
    let probes = Probes::new("{}", HOSTILE);
    assert_eq!(probes.direct(), all(HOSTILE, "open"));
    assert_eq!(probes.confined(), all(HOSTILE, "denied"));
}

#[test]
fn useful_plugin_is_not_refused() {
    let needed = ["programs", "scratch"];
    assert_eq!(Probes::new("{}", &needed).confined(), all(&needed, "open"));
}

#[test]
fn grants_open_what_they_name() {
    for (grant, opened) in [
        ("{read: [.home]}", &["home", "listing"][..]),
        ("{read: [pipeline.yaml]}", &["project"]),
        ("{write: [.]}", &["home", "listing", "project", "change"]),
        ("{network: true}", &["tcp", "udp"]),
    ] {
        let results = Probes::new(grant, HOSTILE).confined();
        let mut expected = all(HOSTILE, "denied");
        for probe in opened {
            expected[probe] = json!("open");
        }
        assert_eq!(results, expected, "{grant}");
    }
}

#[test]
fn fork_bomb_is_limited_and_ended() {
    let probes = Probes::new("{}", &["forks"]);
    assert_eq!(probes.direct(), all(&["forks"], "open"));
    assert_eq!(probes.confined(), all(&["forks"], "denied"));
    let start = Instant::now();
    let folder = probes.project.folder().display().to_string();
    while is_running(&folder) {
        assert!(
            start.elapsed() < Duration::from_secs(60),
            "children live on"
        );
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// Returns `true` if the command of a process contains `text`.
fn is_running(text: &str) -> bool {
    let processes = std::fs::read_dir("/proc").unwrap().flatten();
    let mut commands =
        processes.filter_map(|entry| std::fs::read(entry.path().join("cmdline")).ok());
    commands.any(|command| String::from_utf8_lossy(&command).contains(text))
}

/// A transform that asks for permissions.
fn with_wants(grant: &str, wants: &str) -> Project {
    let pipeline = super::PIPELINE.replace("20s", &format!("20s, grant: {grant}"));
    let hello = format!(
        r#"{{"hello":{{"protocol":1,"kind":"transform","name":"x","version":"1","wants":{wants}}}}}"#
    );
    let script = format!("#!/bin/sh\nread -r hello\necho '{hello}'\ncat >&2\n");
    super::with_plugin(super::project(&pipeline), &script)
}

#[test]
fn wants_without_grant_show_the_line() {
    let wants = r#"{"read":["posts"],"network":true}"#;
    with_wants("{env: [A]}", wants)
        .run("build")
        .exits(1)
        .says(&[
            "pipeline.yaml:4",
            "plugin `x` asks to read `posts`, to use the network",
            "write `grant: {env: [A], read: [posts], network: true}`",
        ]);
    let granted = with_wants("{read: [.], network: true}", wants);
    granted
        .run("plugin list")
        .exits(0)
        .says(&["network    all hosts", "reads      "]);
}

#[test]
fn option_equal_to_name_does_not_hide_plugin() {
    let pipeline = super::PIPELINE
        .replace("  series:", "  notes:")
        .replace("20s", "20s, folder: notes");
    let hello = r#"{"hello":{"protocol":1,"kind":"transform","name":"notes","version":"1","options":{"properties":{"folder":{"type":"string"}}},"wants":{"read":["{folder}"]}}}"#;
    let script = format!("#!/bin/sh\nread -r hello\necho '{hello}'\ncat >&2\n");
    let project = super::with_plugin(super::project(&pipeline), &script);
    project.run("preview").exits(1).says(&[
        "error: plugin `notes` asks to read the path in `folder`",
        "write `grant: {read: [notes]}`",
    ]);
}

#[test]
fn granted_path_must_exist() {
    with_wants("{read: [nots]}", "{}")
        .run("build")
        .exits(1)
        .says(&["pipeline.yaml:4", "no file or folder `nots`"]);
}

#[test]
fn source_that_watches_hidden_files_is_refused() {
    let pipeline = "\
sources:
  notes: {type: exec, command: ./notes.sh}
sinks:
  out: {type: file, endpoint: out, thumbnail: skip}
";
    let script = r#"#!/bin/sh
read -r hello
echo '{"hello":{"protocol":1,"kind":"source","name":"notes","version":"1"}}'
read -r open
echo '{"id":1,"ok":{"watch":["notes/**/*.md"]}}'
read -r scan
echo '{"id":2,"ok":{"items":0,"faults":0}}'
read -r end
"#;
    let project = Project::with_pipeline(pipeline).file("notes/a.md", "");
    let project = with_program(project, "notes.sh", script);
    project.run("items").exits(1).says(&[
        "pipeline.yaml:2",
        "plugin `notes` watches `notes/**/*.md`, which it may not read",
        "write `grant: {read: [notes]}`",
    ]);
    let granted = pipeline.replace("./notes.sh", "./notes.sh, grant: {read: [notes]}");
    project.write("pipeline.yaml", granted);
    project.run("items").exits(0);
}

#[test]
fn denied_plugin_gets_hint() {
    let script = "hello(\"transform\")\nopen(\"pipeline.yaml\")\n";
    let project = super::with_python(super::project(super::PIPELINE), script);
    project
        .run("check")
        .says(&["Permission denied", "such as `grant: {read: [notes]}`"]);
}
