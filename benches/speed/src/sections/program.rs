//! The size of the program.

use std::io::Write;

use super::Bench;
use crate::table::Goal;

pub(super) fn measure(bench: &mut Bench, out: &mut dyn Write) -> anyhow::Result<()> {
    let bytes = std::fs::metadata(&bench.programs.syndicate)?.len();
    writeln!(out, "{bytes} bytes")?;
    let megabytes = bytes as f64 / 1e6;
    bench
        .table
        .figure("size of the program", megabytes, " MB", Goal::AtMost(16.0));
    Ok(())
}
