//! Checks of the workspace's structure and prose, run by `.ci/run`:
//!
//! - `cargo xtask cycles` prints the import cycles between the files of a crate and fails on any,
//! - `cargo xtask duplicates` fails on a dependency that is compiled in two versions without a reason,
//! - `cargo xtask figures` prints the size of each crate,
//! - `cargo xtask prose` lists words that must not appear in names and prose, and fails on any.

mod cycles;
mod duplicates;
mod figures;
mod prose;
mod report;
mod source;
mod workspace;

use std::process::ExitCode;

use anyhow::{Result, bail};

fn main() -> ExitCode {
    match run() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            report::print_error(&error);
            ExitCode::FAILURE
        }
    }
}

/// Runs the check that the command line selects. Returns `true` if it passed.
fn run() -> Result<bool> {
    match std::env::args().nth(1).as_deref() {
        Some("cycles") => cycles::check(),
        Some("duplicates") => duplicates::check(),
        Some("figures") => figures::print(),
        Some("prose") => prose::check(),
        _ => bail!("usage: cargo xtask cycles|duplicates|figures|prose"),
    }
}
