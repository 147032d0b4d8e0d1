//! git in a project's folder, with settings of its own.

use std::process::Command;

use super::Project;

/// Whether there is git; says so where not.
#[expect(clippy::print_stderr, reason = "a test that is skipped says so")]
pub(crate) fn is_there() -> bool {
    let there = Command::new("git").arg("--version").output().is_ok();
    if !there {
        eprintln!("skipped: there is no git");
    }
    there
}

/// Runs git, which has to do well.
pub(crate) fn git(project: &Project, arguments: &[&str]) {
    let output = Command::new("git")
        .args(["-c", "user.name=A", "-c", "user.email=a@example.org"])
        .args([
            "-c",
            "init.defaultBranch=main",
            "-c",
            "commit.gpgsign=false",
        ])
        .args(arguments)
        .current_dir(project.folder())
        .env("HOME", project.folder())
        .output()
        .expect("git runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "git {arguments:?}: {said}");
}
