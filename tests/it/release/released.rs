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

/// `scripts/build-release` links for an old glibc, so that the program runs on old distributions.
#[test]
#[ignore = "needs a release build: tests/run --soak makes one"]
fn program_is_small_and_portable() {
    let folder = tempfile::tempdir().unwrap();
    let program = unpack(&released_archive(), folder.path());
    let mut command = Command::new("objdump");
    command.arg("-T").arg(&program);
    let symbols = run(command).exits(0).stdout;
    let versions: Vec<Vec<u32>> = symbols
        .split("GLIBC_")
        .skip(1)
        .map(|rest| {
            let version = rest.split([')', ' ']).next().unwrap();
            version
                .split('.')
                .map(|part| part.parse().unwrap())
                .collect()
        })
        .collect();
    assert!(versions.len() > 50, "{symbols}");
    let newest = versions.iter().max().unwrap();
    assert!(*newest <= vec![2, 17], "{newest:?}");

    let size = program.metadata().unwrap().len();
    assert!(size <= 22_000_000, "the program has {size} bytes");
}

#[test]
#[ignore = "needs a release build: tests/run --soak makes one"]
fn program_runs_in_bare_root() {
    let folder = tempfile::tempdir().unwrap();
    assert_runs_in_bare_root(&released_archive(), folder.path());
}
