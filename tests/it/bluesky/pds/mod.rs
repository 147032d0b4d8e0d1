//! Deliveries to the official PDS.

mod crash;
mod edit;
mod faults;
mod post;
mod sign_in;
mod standard_site;

use serde_json::Value;

use super::pipeline;
use crate::support::servers::{Pds, PdsAccount};
use crate::support::{Project, Proxy};

const POST: &str = "app.bsky.feed.post";
const PUT: &str = "POST /xrpc/com.atproto.repo.putRecord";
const LEDGER: &str = "syndicate.ledger.jsonl";

/// Returns the options of a sink that looks up its account at these servers.
fn servers(pds: &str, plc: &str) -> String {
    format!(", resolver: \"{pds}\", plc: \"{plc}\", thumbnail: warn")
}

/// Returns a project for `account`, without posts.
fn project_with(account: &PdsAccount, options: &str) -> Project {
    Project::with_pipeline(&pipeline(&account.handle, options))
        .with_ledger()
        .with_system_clock()
        .env("BLUESKY_APP_PASSWORD", &account.app_password)
}

/// Returns a project for a new account, without posts.
fn project(pds: &Pds, name: &str) -> (PdsAccount, Project) {
    let account = pds.account(name);
    let project = project_with(&account, &servers(pds.url(), pds.plc_url()));
    (account, project)
}

/// Returns a project with one post for a new account behind proxies.
fn project_behind_proxies(pds: &Pds, name: &str) -> (PdsAccount, Project, [Proxy; 2]) {
    let account = pds.account(name);
    let (proxy, plc) = pds.behind_proxies();
    let project = project_with(&account, &servers(&proxy.url, &plc.url)).post("posts/one.md", ONE);
    (account, project, [proxy, plc])
}

const ONE: &str = "title: One\ndate: 2026-11-20";

/// Returns the texts of the account's posts, sorted.
fn texts(pds: &Pds, account: &PdsAccount) -> Vec<String> {
    let posts = pds.records(&account.did, POST);
    let text = |post: &Value| post["value"]["text"].as_str().unwrap().to_owned();
    let mut texts: Vec<String> = posts.iter().map(text).collect();
    texts.sort();
    texts
}

/// Returns the events of the ledger of this kind.
fn events(project: &Project, kind: &str) -> Vec<Value> {
    let ledger = project.read(LEDGER);
    let events = ledger
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap());
    events.filter(|event| event["kind"] == kind).collect()
}

/// Builds and returns the first entry of the plan.
fn build(project: &Project, code: i32) -> Value {
    let built = project.run("build --json").exits(code).json();
    built["plan"]
        .as_array()
        .unwrap()
        .first()
        .cloned()
        .unwrap_or_default()
}
