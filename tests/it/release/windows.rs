//! The archive for Windows, which is a `.zip`.

use super::archive::pack_twice;
use super::{pack, read};

const TARGET: &str = "x86_64-pc-windows-msvc";

#[test]
#[ignore = "needs zip: tests/run installs it"]
fn windows_archive_is_zip() {
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("syndicate.exe");
    std::fs::write(&program, "program").unwrap();
    let archive = pack(&program, TARGET, folder.path());
    let bytes = std::fs::read(&archive).unwrap();
    assert!(bytes.starts_with(b"PK\x03\x04"));
    let stem = archive.file_stem().unwrap().to_str().unwrap();
    let member = format!("{stem}/syndicate.exe");
    assert!(
        bytes
            .windows(member.len())
            .any(|part| part == member.as_bytes())
    );

    let manifest: toml_edit::DocumentMut = read("Cargo.toml").parse().unwrap();
    let binstall = &manifest["package"]["metadata"]["binstall"];
    let format = binstall["overrides"][TARGET]["pkg-fmt"].as_str();
    assert_eq!(format, archive.extension().unwrap().to_str());
}

#[test]
#[ignore = "needs zip: tests/run installs it"]
fn same_files_make_same_zip() {
    let [one, other] = pack_twice(TARGET);
    assert!(one == other);
}
