//! The memory of a plan with large pictures.

use std::io::Write;

use super::Bench;
use crate::comparison::Comparison;
use crate::table::Goal;

/// The size of a picture: small pictures would hide that they are kept in memory.
const PADDING: usize = 4_000_000;

pub(super) fn measure(bench: &mut Bench, out: &mut dyn Write) -> anyhow::Result<()> {
    let site = bench.pictured_site(150, 150, PADDING)?;
    let plan = bench.programs.syndicate(&site).args("build --dry-run");
    let plan = plan.env("SYNDICATE_NOW", "2027-06-01T00:00:00Z");
    let measured =
        Comparison::new("150 posts with pictures of 4 MB", "build --dry-run", plan).run(1, out)?;
    let peak = measured.get(0).peak();
    bench.table.figure(
        "memory, plan of 150 posts with 4 MB pictures",
        peak,
        " MiB",
        Goal::AtMost(48.0),
    );
    Ok(())
}
