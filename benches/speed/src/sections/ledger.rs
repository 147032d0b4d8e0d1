//! Large ledgers.

use std::fs;
use std::io::Write;

use super::Bench;
use crate::comparison::Comparison;
use crate::table::Goal;

pub(super) fn measure(bench: &mut Bench, out: &mut dyn Write) -> anyhow::Result<()> {
    let mut sizes = vec![100_000];
    if bench.is_big {
        sizes.push(1_000_000);
    }
    for events in sizes {
        let site = bench.small_site(events)?;
        let read = bench
            .programs
            .limit("read-file")
            .arg(site.join("syndicate.ledger.jsonl"));
        let title = format!("a ledger of {events} events");
        let no_journal = bench.folders.get("no-journal")?;
        let status = bench.programs.syndicate(&site).args("status");
        let status = status.env("XDG_STATE_HOME", no_journal.display().to_string());
        // A file in the place of the folder: nothing can be cached.
        let no_cache = bench.folders.get("no-cache")?;
        fs::remove_dir_all(&no_cache)?;
        fs::write(&no_cache, "")?;
        let parsing = status
            .clone()
            .env("XDG_CACHE_HOME", no_cache.display().to_string());
        let measured = Comparison::new(title, "read the file", read)
            .with("status without a cache", parsing)
            .with("status", status)
            .run(3, out)?;
        fs::remove_file(&no_cache)?;
        for (place, name, most) in [(1, "without a cache", 4.0), (2, "with the tables", 1.0)] {
            let figures = (
                measured.get(0).cpu(),
                measured.get(place).cpu(),
                measured.cpu_ratio(place),
            );
            let work = format!("`status` {name}, {events} events (CPU)");
            bench
                .table
                .ratio(work, "reading the file", figures, Goal::AtMost(most));
        }
        // The first build fills the journal, which `status` compares with the ledger then.
        let build = bench.programs.syndicate(&site).args("build");
        Comparison::new("with one old post", "build", build)
            .with("status", bench.programs.syndicate(&site).args("status"))
            .run(3, out)?;
        if events == 1_000_000 {
            let peak = measured.get(1).peak();
            bench.table.figure(
                "memory, 1,000,000 events",
                peak,
                " MiB",
                Goal::AtMost(256.0),
            );
        }
    }
    let file = bench.folders.get("append")?.join("lines");
    let median = bench
        .programs
        .limit("append")
        .arg(file)
        .args("500")
        .output()?;
    writeln!(
        out,
        "\none durable line: {} µs; the program appends each event by one write and one `fdatasync`",
        median.trim()
    )?;
    Ok(())
}
