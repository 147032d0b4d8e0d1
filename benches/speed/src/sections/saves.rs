//! The time from a save to the platform and to the preview page.

use std::io::Write;

use super::Bench;
use crate::process::median;
use crate::saves::{Delays, SiteCopy, measure as measure_saves};
use crate::table::Goal;

/// The sizes of the sites, each with the goal of the median until the post is sent, in milliseconds.
const SIZES: [(usize, f64); 3] = [(10, 6.0), (300, 8.0), (10_000, 15.0)];

/// The goal of the median until the page gets an event, in milliseconds.
const PAGE: f64 = 50.0;

pub(super) fn measure(bench: &mut Bench, out: &mut dyn Write) -> anyhow::Result<()> {
    let saves = std::env::var("SAVES").map_or(Ok(30), |saves| saves.parse())?;
    for (posts, most) in SIZES {
        let site = SiteCopy::of(&bench.recorded_site(posts)?)?;
        let program = bench.programs.syndicate(site.folder());
        let delays = measure_saves(&program, &site, saves)?;
        writeln!(out, "\n{saves} saves in a site of {posts} posts")?;
        for (name, times) in [
            ("plain file watch", &delays.plain),
            ("first byte of the post", &delays.posted),
            ("event on the page", &delays.page),
        ] {
            writeln!(out, "{name:24}{}", Delays::format(times))?;
        }
        let posted = median(delays.posted.into_iter());
        let work = format!("save → post, {posts} posts (p50)");
        bench.table.figure(work, posted, " ms", Goal::AtMost(most));
        let page = median(delays.page.into_iter());
        let work = format!("save → page, {posts} posts (p50)");
        bench.table.figure(work, page, " ms", Goal::AtMost(PAGE));
    }
    Ok(())
}
