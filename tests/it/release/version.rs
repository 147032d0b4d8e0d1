//! The version of the program is in Cargo.toml alone, and `--version` reports it.

use super::archive::members;
use super::{pack, read, run, script};
use crate::support::Project;

const VERSION: &str = env!("CARGO_PKG_VERSION");

#[test]
fn short_version_is_one_line() {
    let run = Project::new().run("-V").exits(0);
    assert_eq!(run.stdout, format!("syndicate {VERSION}\n"));
}

#[test]
fn long_version_names_commit_and_target() {
    let run = Project::new().run("--version").exits(0);
    let lines: Vec<&str> = run.stdout.lines().collect();
    let [name, commit, target, repository] = lines[..] else {
        panic!("{run}");
    };
    assert_eq!(name, format!("syndicate {VERSION}"));
    assert!(commit.starts_with("commit: "), "{run}");
    let target = target.strip_prefix("target: ").unwrap();
    assert!(target.starts_with(std::env::consts::ARCH), "{run}");
    assert!(repository.starts_with("repository: "), "{run}");
}

/// Files that a release must not have to change. The rest is generated, or checked by other tests.
const FILES: [&str; 8] = [
    "README.md",
    "CONTRIBUTING.md",
    "Containerfile",
    "action.yml",
    "docs/install.md",
    "install.sh",
    ".github/workflows/release.yml",
    "scripts/build-release",
];

#[test]
fn only_manifest_has_the_version() {
    for file in FILES {
        assert!(!read(file).contains(VERSION), "{file} repeats the version");
    }
    let script = run(script("scripts/version", &[])).exits(0);
    assert_eq!(script.stdout, format!("{VERSION}\n"));
}

/// The archives that `cargo binstall` looks for are those that scripts/package writes.
#[test]
fn binstall_metadata_names_archive() {
    let manifest: toml_edit::DocumentMut = read("Cargo.toml").parse().unwrap();
    let metadata = &manifest["package"]["metadata"]["binstall"];
    let expand = |key: &str, target: &str, suffix: &str| {
        let template = metadata[key].as_str().unwrap();
        let values = [
            ("repo", "https://example.org/syndicate"),
            ("name", "syndicate"),
            ("version", VERSION),
            ("target", target),
            ("archive-suffix", suffix),
            ("bin", "syndicate"),
            ("binary-ext", ""),
        ];
        values
            .iter()
            .fold(template.to_owned(), |text, (name, value)| {
                text.replace(&format!("{{ {name} }}"), value)
            })
    };
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("syndicate");
    std::fs::write(&program, "program").unwrap();
    let archive = pack(&program, "x86_64-apple-darwin", folder.path());
    let name = archive.file_name().unwrap().to_str().unwrap();
    let url = expand("pkg-url", "x86_64-apple-darwin", ".tar.gz");
    let expected = format!("https://example.org/syndicate/releases/download/v{VERSION}/{name}");
    assert_eq!(url, expected);
    let member = expand("bin-dir", "x86_64-apple-darwin", "");
    assert!(members(&archive).contains(&member), "{member}");
}
