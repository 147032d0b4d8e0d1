//! The archive on a system that has only the C library, without Rust, certificates, git and a shell.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::{pack, run, target};
use crate::support::{Project, Run};

/// Unpacks an archive into `folder` and returns the program.
pub(super) fn unpack(archive: &Path, folder: &Path) -> PathBuf {
    let mut command = Command::new("tar");
    command
        .args(["--strip-components", "1", "-xzf"])
        .arg(archive)
        .arg("-C")
        .arg(folder);
    run(command).exits(0);
    folder.join("syndicate")
}

/// Packs the program of this build, without its debug information.
fn pack_debug_build(folder: &Path) -> PathBuf {
    let program = folder.join("syndicate");
    let mut strip = Command::new("strip");
    strip
        .arg("-o")
        .arg(&program)
        .arg(env!("CARGO_BIN_EXE_syndicate"));
    run(strip).exits(0);
    pack(&program, &target(), folder)
}

/// Returns the arguments that show the shared libraries of `program` inside the root.
fn libraries(program: &Path) -> Vec<String> {
    let mut command = Command::new("ldd");
    command.arg(program);
    let list = run(command).exits(0).stdout;
    let words = list.split_whitespace().filter(|word| word.starts_with('/'));
    words
        .flat_map(|path| ["--ro-bind", path, path].map(str::to_owned))
        .collect()
}

/// Runs the unpacked program in a root that has the C library, `/proc`, `/dev`, an empty `/tmp`, the site and
/// nothing else, as a user without rights.
fn run_in_root(unpacked: &Path, site: &Path, arguments: &[&str]) -> Run {
    let mut command = Command::new("bwrap");
    command
        .args([
            "--unshare-all",
            "--die-with-parent",
            "--uid",
            "1000",
            "--gid",
            "1000",
        ])
        .args(["--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp"])
        .args(libraries(&unpacked.join("syndicate")))
        .arg("--ro-bind")
        .arg(unpacked)
        .arg("/opt/syndicate")
        .arg("--bind")
        .arg(site)
        .arg("/site")
        .args(["--chdir", "/site", "--clearenv", "--setenv", "HOME", "/tmp"])
        .arg("/opt/syndicate/syndicate")
        .args(arguments);
    run(command)
}

pub(super) fn assert_runs_in_bare_root(archive: &Path, folder: &Path) {
    let unpacked = folder.join("unpacked");
    std::fs::create_dir(&unpacked).unwrap();
    unpack(archive, &unpacked);
    let site = Project::new().picture("content/a.png", 600, 314).post(
        "content/new.md",
        "title: Hello from a bare root\ndate: 2026-01-02\nimage: a.png",
    );
    // The user of the root is another one than the owner of the folder.
    let mut open = Command::new("chmod");
    open.args(["-R", "a+rwX"]).arg(site.folder());
    run(open).exits(0);

    let run = |arguments: &[&str]| run_in_root(&unpacked, site.folder(), arguments);
    run(&["init"]).exits(0).says(&["wrote: pipeline.yaml"]);
    let pipeline = site.read("pipeline.yaml");
    let (head, since) = pipeline.split_once("since: ").unwrap();
    site.write(
        "pipeline.yaml",
        format!("{head}since: 2026-01-01 # {since}"),
    );
    run(&["preview"])
        .exits(0)
        .says(&["Hello from a bare root", "sha256:"]);
    run(&["build", "--sandbox"]).exits(0).says(&["1 sent"]);
}

/// The program of the tests, packed in the same way as a release.
#[test]
#[ignore = "needs bubblewrap: tests/run installs it"]
fn debug_archive_runs_in_bare_root() {
    let folder = tempfile::tempdir().unwrap();
    let archive = pack_debug_build(folder.path());
    assert_runs_in_bare_root(&archive, folder.path());
}
