//! The archive of a release build, which `tests/run --soak` builds with scripts/build-release.

use std::path::PathBuf;
use std::process::Command;

use super::bare_root::{assert_runs_in_bare_root, unpack};
use super::run;

/// Returns the archive in `SYNDICATE_TEST_ARCHIVE`, which `tests/run --soak` builds.
fn released_archive() -> PathBuf {
    let archive = std::env::var_os("SYNDICATE_TEST_ARCHIVE");
    archive
        .expect("`SYNDICATE_TEST_ARCHIVE` names an archive of scripts/build-release")
        .into()
}

/// `scripts/build-release` links statically, so that the program runs on every distribution.
#[test]
#[ignore = "needs a release build: tests/run --soak makes one"]
fn program_is_small_and_portable() {
    let folder = tempfile::tempdir().unwrap();
    let program = unpack(&released_archive(), folder.path());
    let mut command = Command::new("objdump");
    command.arg("-p").arg(&program);
    let headers = run(command).exits(0).stdout;
    assert!(headers.contains("LOAD"), "{headers}");
    for dynamic in ["INTERP", "NEEDED"] {
        assert!(!headers.contains(dynamic), "{headers}");
    }

    let size = program.metadata().unwrap().len();
    assert!(size <= 22_000_000, "the program has {size} bytes");
}

#[test]
#[ignore = "needs a release build: tests/run --soak makes one"]
fn program_runs_in_bare_root() {
    let folder = tempfile::tempdir().unwrap();
    assert_runs_in_bare_root(&released_archive(), folder.path());
}
