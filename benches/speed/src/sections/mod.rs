//! The sections of the benchmark.

mod cards;
mod ledger;
mod memory;
mod peers;
mod plugins;
mod program;
mod reading;
mod saves;
mod start;
mod throughput;
mod unchanged;
mod workers;

use std::io::Write;

use crate::folders::Folders;
use crate::programs::Programs;
use crate::table::Table;

/// The state of a run of the benchmark.
pub(crate) struct Bench {
    /// `true` if sites of 100,000 posts and ledgers of 1,000,000 events are measured too.
    pub(crate) is_big: bool,
    pub(crate) folders: Folders,
    pub(crate) programs: Programs,
    pub(crate) table: Table,
}

/// A section of the benchmark.
pub(crate) struct Section {
    pub(crate) name: &'static str,
    pub(crate) about: &'static str,
    pub(crate) measure: fn(&mut Bench, &mut dyn Write) -> anyhow::Result<()>,
}

/// All sections, in the order in which they are measured.
pub(crate) const SECTIONS: &[Section] = &[
    Section {
        name: "program",
        about: "the size of the program",
        measure: program::measure,
    },
    Section {
        name: "start",
        about: "the cost of starting, against a program that prints one line",
        measure: start::measure,
    },
    Section {
        name: "markdown",
        about: "`items --json` of Markdown files, against reading them",
        measure: reading::measure_markdown,
    },
    Section {
        name: "pages",
        about: "`items --json` of built pages, against reading them",
        measure: reading::measure_pages,
    },
    Section {
        name: "joined",
        about: "`items --json` of Markdown files with their pages, against each alone",
        measure: reading::measure_joined,
    },
    Section {
        name: "peers",
        about: "`items --json`, against other tools",
        measure: peers::measure,
    },
    Section {
        name: "unchanged",
        about: "`build` without a change, against reading the metadata of all files",
        measure: unchanged::measure,
    },
    Section {
        name: "ledger",
        about: "`status` of a large ledger, against reading its file",
        measure: ledger::measure,
    },
    Section {
        name: "saves",
        about: "the time from a save to the platform and to the preview page",
        measure: saves::measure,
    },
    Section {
        name: "throughput",
        about: "posts with a picture, against a plain client",
        measure: throughput::measure,
    },
    Section {
        name: "workers",
        about: "posts of several workers with a ledger in PostgreSQL, against its statements alone",
        measure: workers::measure,
    },
    Section {
        name: "cards",
        about: "drawing the card of a post",
        measure: cards::measure,
    },
    Section {
        name: "plugins",
        about: "items through another program, against piping them through `cat`",
        measure: plugins::measure,
    },
    Section {
        name: "memory",
        about: "the peak of a plan with large pictures",
        measure: memory::measure,
    },
];

/// Returns the chosen sections: all of them if none is named.
///
/// # Errors
/// If a section does not exist.
pub(crate) fn choose(names: &[String]) -> anyhow::Result<Vec<&'static str>> {
    let all = SECTIONS.iter().map(|section| section.name);
    if names.is_empty() {
        return Ok(all.collect());
    }
    let known: Vec<&str> = all.collect();
    for name in names {
        anyhow::ensure!(
            known.contains(&name.as_str()),
            "unknown section `{name}`; the sections are {}",
            known.join(", ")
        );
    }
    Ok(known
        .into_iter()
        .filter(|name| names.iter().any(|wanted| wanted == name))
        .collect())
}

/// Prints by which power of the number of posts the time grows: 1 is linear.
pub(crate) fn print_growth(points: &[(usize, f64)], out: &mut dyn Write) -> anyhow::Result<()> {
    for pair in points.windows(2) {
        let [(few, short), (many, long)] = pair else {
            continue;
        };
        let slope = (long / short).ln() / (*many as f64 / *few as f64).ln();
        writeln!(
            out,
            "from {few} to {many}: {short:.1} → {long:.1} ms, growth n^{slope:.2}"
        )?;
    }
    Ok(())
}
