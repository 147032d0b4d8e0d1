//! The archive that scripts/package writes.

use std::fs::{File, Permissions};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, UNIX_EPOCH};

use super::{pack, run, target};

/// Returns the paths of the files in an archive, in its order.
pub(super) fn members(archive: &Path) -> Vec<String> {
    let mut command = Command::new("tar");
    command.arg("-tzf").arg(archive);
    let list = run(command).exits(0).stdout;
    let files = list.lines().filter(|path| !path.ends_with('/'));
    files.map(str::to_owned).collect()
}

#[test]
fn archive_has_program_and_documents() {
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("syndicate");
    std::fs::write(&program, "program").unwrap();
    let archive = pack(&program, &target(), folder.path());
    let stem = format!("syndicate-{}-{}", env!("CARGO_PKG_VERSION"), target());
    assert_eq!(
        archive.file_name().unwrap().to_str().unwrap(),
        format!("{stem}.tar.gz")
    );
    let members = members(&archive);
    for path in [
        "syndicate",
        "README.md",
        "CHANGELOG.md",
        "LICENSE-APACHE",
        "LICENSE-MIT",
        "completions/_syndicate",
        "completions/syndicate.bash",
        "man/syndicate.1",
        "man/syndicate-build.1",
    ] {
        let path = format!("{stem}/{path}");
        assert!(members.contains(&path), "missing {path} in {members:?}");
    }
    let mut sorted = members.clone();
    sorted.sort();
    assert_eq!(members, sorted);

    let mut check = Command::new("sha256sum");
    check
        .arg("--check")
        .arg("--strict")
        .arg(format!("{stem}.tar.gz.sha256"));
    check.current_dir(folder.path());
    run(check).exits(0);
}

/// Packs equal programs for `target`, whose permissions and times differ. Returns the bytes of the archives.
pub(super) fn pack_twice(target: &str) -> [Vec<u8>; 2] {
    [0o755, 0o600].map(|mode| {
        let folder = tempfile::tempdir().unwrap();
        let program = folder.path().join("syndicate");
        std::fs::write(&program, "program").unwrap();
        std::fs::set_permissions(&program, Permissions::from_mode(mode)).unwrap();
        let time = UNIX_EPOCH + Duration::from_secs(mode.into());
        let file = File::options().append(true).open(&program).unwrap();
        file.set_modified(time).unwrap();
        std::fs::read(pack(&program, target, folder.path())).unwrap()
    })
}

#[test]
fn same_files_make_same_archive() {
    let [one, other] = pack_twice(&target());
    assert!(one == other);
}
