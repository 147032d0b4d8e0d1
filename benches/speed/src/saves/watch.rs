//! A running `watch`.

use std::io::BufRead as _;
use std::time::Duration;

use anyhow::Context as _;

use super::RunningProgram;
use crate::process::Runnable;

/// The wait for the end of work that follows the first plan.
const SETTLE: Duration = Duration::from_secs(2);

/// A running `watch`, which is killed when it is dropped.
pub(super) struct Watching {
    _program: RunningProgram,
}

impl Watching {
    /// Starts `watch`, and waits until it has planned.
    pub(super) fn start(syndicate: &Runnable) -> anyhow::Result<Self> {
        let command = syndicate.clone().args("watch --json");
        let (program, output) = RunningProgram::start(&command)?;
        let mut lines = output.lines();
        lines.next().context("`watch` did not start")??;
        // Later output must be read, or else the program blocks on a full pipe.
        std::thread::spawn(move || lines.for_each(drop));
        std::thread::sleep(SETTLE);
        Ok(Self { _program: program })
    }
}
