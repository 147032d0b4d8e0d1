//! Linters of the workflows, the action, the shell scripts and the container file. `tests/setup/sets` names
//! them.

use std::process::Command;

use super::{read, root, run};
use crate::support::tools::tools;

/// The workflows of this repository.
const WORKFLOWS: [&str; 2] = [".github/workflows/ci.yml", ".github/workflows/release.yml"];

/// Shell scripts without an extension, and the installer.
const SCRIPTS: [&str; 9] = [
    ".ci/run",
    ".ci/typos",
    "install.sh",
    "scripts/build-release",
    "scripts/package",
    "scripts/release-installer",
    "scripts/release-notes",
    "scripts/version",
    "tests/run",
];

/// Returns the command that runs a linter from PyPI in the root.
fn linter(name: &str) -> Command {
    let mut command = Command::new(tools("linters").join("bin").join(name));
    command.current_dir(root());
    command
}

#[test]
#[ignore = "needs linters: tests/run installs them"]
fn workflows_pass_actionlint() {
    let mut command = linter("actionlint");
    command.args(WORKFLOWS);
    assert_eq!(run(command).exits(0).stdout, "");
}

#[test]
#[ignore = "needs linters: tests/run installs them"]
fn workflows_pass_zizmor() {
    let mut command = linter("zizmor");
    command
        .args(["--offline", "--no-progress"])
        .args(WORKFLOWS)
        .arg("action.yml");
    run(command).exits(0).says(&["No findings to report"]);
}

#[test]
#[ignore = "needs linters: tests/run installs them"]
fn scripts_pass_shellcheck() {
    let mut command = linter("shellcheck");
    command.arg("--external-sources").args(SCRIPTS);
    assert_eq!(run(command).exits(0).stdout, "");
}

#[test]
#[ignore = "needs linters: tests/run installs them"]
fn containerfile_passes_hadolint() {
    let mut command = linter("hadolint");
    command.arg("Containerfile");
    assert_eq!(run(command).exits(0).stdout, "");
}

/// A tag of an action can be moved to other code, the hash of a commit cannot. The comment names the version.
#[test]
fn actions_are_pinned_by_commit() {
    for workflow in WORKFLOWS {
        let text = read(workflow);
        let uses = text
            .lines()
            .filter_map(|line| line.trim().trim_start_matches("- ").strip_prefix("uses: "));
        let uses: Vec<&str> = uses.collect();
        assert_eq!(uses.len(), text.matches("uses:").count(), "{workflow}");
        for action in uses {
            let (_, pin) = action.split_once('@').unwrap();
            let (commit, version) = pin.split_once(" # v").unwrap_or_else(|| panic!("{action}"));
            let is_commit =
                commit.len() == 40 && commit.bytes().all(|byte| byte.is_ascii_hexdigit());
            assert!(is_commit, "{action}");
            assert_eq!(version.split('.').count(), 3, "{action}");
        }
    }
}
