//! The cost of starting.

use std::io::Write;

use super::Bench;
use crate::comparison::Comparison;
use crate::peers::Peers;
use crate::table::Goal;

pub(super) fn measure(bench: &mut Bench, out: &mut dyn Write) -> anyhow::Result<()> {
    let site = bench.small_site(0)?;
    let programs = &bench.programs;
    let version = programs.anywhere().args("--version");
    let verbs = ["check", "status", "build"];
    let mut comparison = Comparison::new(
        "a site of one post",
        "print one line",
        programs.limit("hello"),
    )
    .with("--version", version.clone());
    for verb in verbs {
        comparison = comparison.with(verb, programs.syndicate(&site).args(verb));
    }
    let measured = comparison.run(40, out)?;
    let limit = measured.get(0).wall();
    for (place, (name, most)) in [
        ("--version", 2.0),
        ("check", 3.0),
        ("status", 3.0),
        ("build", 3.0),
    ]
    .into_iter()
    .enumerate()
    {
        let place = place + 1;
        let figures = (
            limit,
            measured.get(place).wall(),
            measured.wall_ratio(place),
        );
        let work = format!("`{name}`, one post (wall)");
        bench
            .table
            .ratio(work, "print one line", figures, Goal::AtMost(most));
    }
    let peers = Peers::install(&bench.folders)?;
    let crosspost = peers
        .node("node_modules/@humanwhocodes/crosspost/dist/bin.js")
        .args("--help");
    let measured = Comparison::new("start of a tool for the same purpose", "--version", version)
        .with("crosspost --help", crosspost)
        .run(5, out)?;
    let figures = (
        measured.get(1).cpu(),
        measured.get(0).cpu(),
        measured.cpu_ratio(1),
    );
    bench.table.ratio(
        "`--version` (CPU)",
        "crosspost --help",
        figures,
        Goal::AtLeast(150.0),
    );
    Ok(())
}
