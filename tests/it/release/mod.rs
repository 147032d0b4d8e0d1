//! Releases: the archive, its installation, and the files that describe them. The scripts run for real,
//! with a server on loopback in place of GitHub.

mod action;
mod archive;
mod bare_root;
mod installer;
mod lint;
mod notes;
mod released;
mod server;
mod version;
mod windows;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::support::Run;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap()
}

/// Returns the target triple that the installer chooses on this machine.
fn target() -> String {
    format!("{}-unknown-linux-musl", std::env::consts::ARCH)
}

/// Returns the command that runs a script of the repository, with an isolated environment.
fn script(path: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(root().join(path));
    command
        .args(arguments)
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap());
    command
}

/// Runs `command` and waits until it exits.
fn run(mut command: Command) -> Run {
    let output: Output = command.output().unwrap();
    Run::of(&[&format!("{command:?}")], output)
}

/// Packs `program` for `target` into `folder` and returns the archive.
fn pack(program: &Path, target: &str, folder: &Path) -> PathBuf {
    let arguments = [program.to_str().unwrap(), target, folder.to_str().unwrap()];
    let mut command = script("scripts/package", &arguments);
    command.env("SOURCE_DATE_EPOCH", "1700000000");
    PathBuf::from(run(command).exits(0).stdout.trim())
}
