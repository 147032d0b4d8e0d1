//! git in a project's folder, with settings that do not depend on the machine.

use std::process::Command;

use super::Project;

/// Runs git and panics if it fails.
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
        .expect("git is installed, as these tests need it");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "git {arguments:?}: {said}");
}
