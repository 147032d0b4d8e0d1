//! `syndicate ledger`, and the store that each command reads and writes.

mod broken;
mod clones;
mod import;
mod moved;
#[cfg(unix)]
mod verbs;

use crate::build::pipeline;
use crate::support::{Platform, Project};

const LEDGER: &str = "syndicate.ledger.jsonl";

/// Returns a project with one post that was sent.
fn sent(platform: &Platform) -> Project {
    let pipeline = pipeline(&platform.url).replace("token:", "thumbnail: skip, token:");
    let project =
        Project::with_pipeline(&pipeline).post("posts/one.md", "title: One\ndate: 2026-11-20");
    project.run("build --backfill").exits(0).says(&["1 sent"]);
    project
}
