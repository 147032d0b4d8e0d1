//! Large ledgers.

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
        let measured = Comparison::new(title, "read the file", read)
            .with("status", bench.programs.syndicate(&site).args("status"))
            .with(
                "build, one old post",
                bench.programs.syndicate(&site).args("build"),
            )
            .run(3, out)?;
        let figures = (
            measured.get(0).cpu(),
            measured.get(1).cpu(),
            measured.cpu_ratio(1),
        );
        let work = format!("`status`, {events} events (CPU)");
        bench
            .table
            .ratio(work, "reading the file", figures, Goal::AtMost(4.0));
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
