//! The version of the program is in Cargo.toml alone, and `--version` reports it.

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
