//! Many posts with a picture, one after the other.

use std::fs;
use std::io::Write;

use super::Bench;
use crate::platform::Platform;
use crate::process::median;
use crate::table::Goal;

const POSTS: usize = 500;
const RUNS: usize = 4;

/// A time after the dates of all posts.
const NOW: &str = "2027-06-01T00:00:00Z";

pub(super) fn measure(bench: &mut Bench, out: &mut dyn Write) -> anyhow::Result<()> {
    let site = bench.pictured_site(POSTS, 50, 0)?;
    let ledger = site.join("syndicate.ledger.jsonl");
    let picture = site.join("img/0.png");
    let (mut ours, mut plain) = (Vec::new(), Vec::new());
    for _ in 0..RUNS {
        if ledger.exists() {
            fs::remove_file(&ledger)?;
        }
        let platform = Platform::listen()?;
        // The journal of the last run would miss the removed ledger.
        let state = tempfile::tempdir()?;
        let build = bench.programs.syndicate(&site).args("build --backfill");
        let build = build.env("XDG_STATE_HOME", state.path().display().to_string());
        build
            .env("EP", platform.url.clone())
            .env("SYNDICATE_NOW", NOW)
            .output()?;
        ours.push(platform.rate());
        let sent = fs::read_to_string(&ledger)?
            .matches("\"kind\":\"sent\"")
            .count();
        anyhow::ensure!(sent == POSTS, "{sent} of {POSTS} posts were sent");

        let platform = Platform::listen()?;
        let lines = bench.folders.get("append")?.join("sent");
        let limit = bench.programs.limit("send").args(&platform.url);
        let rate = limit
            .args(&POSTS.to_string())
            .arg(&picture)
            .arg(&lines)
            .output()?;
        plain.push(rate.trim().parse()?);
    }
    let (ours, plain) = (median(ours.into_iter()), median(plain.into_iter()));
    writeln!(
        out,
        "\n{POSTS} posts, median of {RUNS}: {ours:.0} posts a second; a plain client {plain:.0}"
    )?;
    let share = ours / plain * 100.0;
    bench.table.figure(
        "posts with a picture, share of a plain client's rate",
        share,
        " %",
        Goal::AtLeast(85.0),
    );
    Ok(())
}
