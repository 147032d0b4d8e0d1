//! Measures the program against physical limits and other tools, side by side in one run, and prints a table.
//!
//! ```text
//! cargo speed [SECTION…]
//! ```
//!
//! Without a section, all are measured. The variables are described in `benches/README.md`.

mod comparison;
mod folders;
mod peers;
mod platform;
mod process;
mod programs;
mod saves;
mod sections;
mod sites;
mod table;

use std::io::Write as _;

use anyhow::Context as _;

use crate::folders::Folders;
use crate::programs::Programs;
use crate::sections::{Bench, SECTIONS};
use crate::table::Table;

#[expect(clippy::disallowed_methods, reason = "a benchmark prints its results")]
fn main() -> anyhow::Result<()> {
    let names: Vec<String> = std::env::args().skip(1).collect();
    let chosen = sections::choose(&names)?;
    let folders = Folders::open()?;
    let programs = Programs::build(&folders)?;
    let mut bench = Bench {
        is_big: std::env::var_os("BIG").is_some(),
        folders,
        programs,
        table: Table::default(),
    };
    let mut out = std::io::stdout().lock();
    writeln!(out, "{}", bench.programs.describe()?)?;
    for section in SECTIONS {
        if chosen.contains(&section.name) {
            writeln!(out, "\n## {}: {}", section.name, section.about)?;
            (section.measure)(&mut bench, &mut out)
                .with_context(|| format!("cannot measure `{}`", section.name))?;
        }
    }
    writeln!(out, "\n{}", bench.table)?;
    Ok(())
}
