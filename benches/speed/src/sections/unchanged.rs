//! A build after which nothing is sent.

use std::fs;
use std::io::Write;

use super::{Bench, print_growth};
use crate::comparison::Comparison;
use crate::table::Goal;

pub(super) fn measure(bench: &mut Bench, out: &mut dyn Write) -> anyhow::Result<()> {
    let mut sizes = vec![1000, 10_000];
    if bench.is_big {
        sizes.push(100_000);
    }
    let mut times = Vec::new();
    for posts in sizes {
        let site = bench.recorded_site(posts)?;
        let build = bench.programs.syndicate(&site).args("build");
        let empty = bench.folders.get("no-cache")?;
        fs::remove_dir_all(&empty)?;
        // A file in the place of the folder: nothing can be cached.
        fs::write(&empty, "")?;
        let uncached = build
            .clone()
            .env("XDG_CACHE_HOME", empty.display().to_string());
        let walk = bench.programs.limit("walk-stat").arg(site.join("content"));
        let title = format!("{posts} posts, one event each");
        let measured = Comparison::new(title, "list files with metadata", walk)
            .with("build", build)
            .with("build without a cache", uncached)
            .run(if posts > 10_000 { 3 } else { 5 }, out)?;
        fs::remove_file(&empty)?;
        times.push((posts, measured.get(1).cpu()));
        for (place, name, most) in [(1, "build", 1.5), (2, "build without a cache", 5.0)] {
            let figures = (
                measured.get(0).cpu(),
                measured.get(place).cpu(),
                measured.cpu_ratio(place),
            );
            let work = format!("unchanged {name}, {posts} posts (CPU)");
            bench
                .table
                .ratio(work, "listing with metadata", figures, Goal::AtMost(most));
        }
        if posts == 100_000 {
            let peak = measured.get(1).peak();
            bench.table.figure(
                "memory, 100,000 posts unchanged",
                peak,
                " MiB",
                Goal::AtMost(32.0),
            );
        }
    }
    print_growth(&times, out)
}
