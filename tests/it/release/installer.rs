//! `install.sh`.

use std::process::Command;

use super::server::{REPOSITORY, Release, TOKEN, VERSION};
use super::{read, root, run, script};
use crate::support::Run;

/// Returns the command that installs from `release` into its folder `bin`.
fn command(release: &Release) -> Command {
    let mut command = script("install.sh", &[]);
    command
        .env("HOME", release.folder())
        .env(
            "SYNDICATE_REPOSITORY",
            format!("{}/{REPOSITORY}", release.url()),
        )
        .env("SYNDICATE_VERSION", VERSION);
    command
}

fn install(release: &Release) -> Run {
    run(command(release))
}

#[test]
fn installer_verifies_and_installs() {
    let release = Release::start().public();
    let folder = release.folder().join(".local/bin");
    let expected = format!("installed syndicate {VERSION} in {}\n", folder.display());
    for _ in 0..2 {
        assert_eq!(install(&release).exits(0).stdout, expected);
    }
    let files = std::fs::read_dir(folder).unwrap();
    assert_eq!(files.count(), 1);
}

#[test]
fn installer_runs_in_dash_from_pipe() {
    let release = Release::start().public();
    let bin = release.folder().join("bin");
    let mut command = Command::new("sh");
    let text = std::fs::File::open(root().join("install.sh")).unwrap();
    command
        .stdin(text)
        .env(
            "SYNDICATE_REPOSITORY",
            format!("{}/{REPOSITORY}", release.url()),
        )
        .env("SYNDICATE_VERSION", VERSION)
        .env("SYNDICATE_INSTALL_DIR", &bin)
        .env_remove("GITHUB_API_URL");
    run(command).exits(0);
    assert!(bin.join("syndicate").is_file());
}

/// A download that breaks off must not run half of the script.
#[test]
fn truncated_installer_does_nothing() {
    let text = read("install.sh");
    let (head, call) = text.trim_end().rsplit_once('\n').unwrap();
    assert_eq!(call, "main");
    let mut command = Command::new("sh");
    command
        .args(["-c", head])
        .env("SYNDICATE_REPOSITORY", "http://127.0.0.1:1/a/b");
    assert_eq!(run(command).exits(0).stderr, "");
}

#[test]
fn wrong_checksum_installs_nothing() {
    let release = Release::start().corrupt().public();
    install(&release)
        .exits(1)
        .says(&["error: wrong checksum of `syndicate-"]);
    assert!(!release.folder().join(".local").exists());
}

#[test]
fn missing_release_is_named() {
    let release = Release::start();
    let version = format!("has a release v{VERSION} for this platform");
    install(&release)
        .exits(1)
        .says(&["error: cannot download `syndicate-", &version]);
}

#[test]
fn unknown_platform_is_named() {
    let release = Release::start().public();
    let fake = release.folder().join("fake");
    std::fs::create_dir(&fake).unwrap();
    std::os::unix::fs::symlink("/bin/echo", fake.join("uname")).unwrap();
    let mut command = command(&release);
    let path = std::env::var("PATH").unwrap();
    command.env("PATH", format!("{}:{path}", fake.display()));
    run(command)
        .exits(1)
        .says(&["error: no release is built for -s -m; build it with"]);
}

#[test]
fn private_release_needs_token() {
    let release = Release::start().private();
    install(&release).exits(1);
    let mut with_token = command(&release);
    with_token
        .env("GITHUB_API_URL", release.api())
        .env("GITHUB_TOKEN", TOKEN);
    run(with_token).exits(0);
    let mut wrong_token = command(&release);
    wrong_token
        .env("GITHUB_API_URL", release.api())
        .env("GITHUB_TOKEN", "wrong");
    run(wrong_token).exits(1).says(&["error: cannot download"]);
}

#[test]
fn settings_are_required() {
    run(script("install.sh", &[]))
        .exits(1)
        .says(&["error: set SYNDICATE_REPOSITORY"]);
    let mut command = script("install.sh", &[]);
    command.env("SYNDICATE_REPOSITORY", "http://127.0.0.1:1/a/b");
    run(command)
        .exits(1)
        .says(&["error: set SYNDICATE_VERSION"]);
}

#[test]
fn released_installer_knows_its_release() {
    let release = Release::start().public();
    let url = format!("{}/{REPOSITORY}", release.url());
    let text = run(script("scripts/release-installer", &[&url]))
        .exits(0)
        .stdout;
    let mut command = Command::new("sh");
    command
        .args(["-c", &text])
        .env("HOME", release.folder())
        .env_remove("SYNDICATE_INSTALL_DIR");
    run(command)
        .exits(0)
        .says(&[&format!("installed syndicate {VERSION}")]);
}

#[test]
fn installer_is_short_enough_to_read() {
    let lines = read("install.sh").lines().count();
    assert!(lines <= 60, "install.sh has {lines} lines");
}
