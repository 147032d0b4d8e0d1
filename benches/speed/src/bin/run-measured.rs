//! `run-measured PROGRAM [ARGUMENT…]` runs a program to its end without input and output, and prints its elapsed time
//! and CPU time in milliseconds, its peak of memory in MiB, and its exit code.
//!
//! Linux counts the peak of the process that starts a program as one of the program. This process is small, so the
//! figure is the program's own.

use std::io::Write as _;
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::Context as _;
use wait4::Wait4 as _;

#[expect(
    clippy::disallowed_methods,
    reason = "the measuring process reads the output"
)]
fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args_os().skip(1);
    let program = arguments.next().context("usage: run-measured PROGRAM …")?;
    let mut command = Command::new(&program);
    command
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let start = Instant::now();
    let used = command.spawn()?.wait4()?;
    let wall = start.elapsed();
    let cpu = used.rusage.utime + used.rusage.stime;
    let line = serde_json::json!({
        "wall": wall.as_secs_f64() * 1e3,
        "cpu": cpu.as_secs_f64() * 1e3,
        "peak": used.rusage.maxrss as f64 / (1024.0 * 1024.0),
        "code": used.status.code().unwrap_or(-1),
    });
    writeln!(std::io::stdout(), "{line}")?;
    Ok(())
}
