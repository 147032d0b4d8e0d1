//! `build --dry-run` needs no account, no token and no network for any sink.

use std::net::TcpListener;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::{PIPELINE, POST, sinks::SINKS};
use crate::support::{Project, Run};

/// Returns the pipeline as users write it: without endpoints, with secrets in variables that are not set.
fn project() -> Project {
    let mut pipeline = PIPELINE.to_owned();
    for sink in SINKS {
        pipeline = pipeline.replace(&format!("endpoint: \"${{{}}}\"", sink.url_variable), "");
    }
    let pipeline = pipeline.replace(", ,", ",");
    let pipeline = pipeline.replace(
        "{type: mastodon,",
        "{type: mastodon, endpoint: \"https://mastodon.example\",",
    );
    Project::with_pipeline(&pipeline)
        .with_ledger()
        .picture("posts/a.png", 600, 314)
        .post(POST, super::FRONT_MATTER)
}

#[track_caller]
fn check(run: Run) {
    let run = run.exits(0);
    let plan = run.json();
    let entries = plan["plan"].as_array().unwrap();
    assert_eq!(entries.len(), SINKS.len(), "{plan}");
    for entry in entries {
        assert_eq!(entry["action"], "send", "{entry}");
        let hash = entry["hash"].as_str().unwrap_or_default();
        assert!(hash.starts_with("sha256:"), "{entry}");
    }
}

#[test]
fn dry_run_needs_no_account() {
    let project = project();
    check(project.run("build --dry-run --json"));
    let ledger = project.read("syndicate.ledger.jsonl");
    assert_eq!(ledger.lines().count(), 1, "{ledger}");
}

/// A proxy that closes every connection.
struct DeadProxy {
    url: String,
    connections: Arc<AtomicUsize>,
}

impl DeadProxy {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let connections = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&connections);
        std::thread::spawn(move || {
            for _ in listener.incoming() {
                counted.fetch_add(1, Ordering::SeqCst);
            }
        });
        Self { url, connections }
    }

    fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }
}

/// Every request to a platform goes to a proxy that answers none. Where the system permits it, the run is repeated in a
/// network namespace without interfaces.
#[test]
fn dry_run_needs_no_network() {
    let proxy = DeadProxy::start();
    let project = project()
        .env("HTTP_PROXY", &proxy.url)
        .env("HTTPS_PROXY", &proxy.url);
    check(project.run("--offline build --dry-run --json"));
    assert_eq!(proxy.connections(), 0, "an offline run opens no connection");
    check(project.run("build --dry-run --json"));
    assert!(
        proxy.connections() > 0,
        "the run asks the servers for their limits, so the proxy proves nothing"
    );
    if cfg!(target_os = "linux") {
        check_without_interfaces(&project);
    }
}

fn check_without_interfaces(project: &Project) {
    let without_network = ["unshare", "--map-root-user", "--net"];
    let mut probe = Command::new(without_network[0]);
    let is_possible = probe.args(&without_network[1..]).arg("true").output();
    if !is_possible.is_ok_and(|output| output.status.success()) {
        return;
    }
    let arguments = ["build", "--dry-run", "--json"];
    let own = project.command(&arguments);
    let mut command = Command::new(without_network[0]);
    command
        .args(&without_network[1..])
        .arg(own.get_program())
        .args(own.get_args())
        .current_dir(project.folder())
        .env_clear()
        .envs(
            own.get_envs()
                .filter_map(|(name, value)| Some((name, value?))),
        );
    check(Run::of(&arguments, command.output().unwrap()));
}
