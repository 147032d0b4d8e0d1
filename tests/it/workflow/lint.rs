//! The generated workflows pass actionlint, which runs ShellCheck on their scripts, and zizmor.

use std::process::Command;

use super::sites::{ACTION, SITES, repository};
use crate::support::Project;
use crate::support::tools::tools;

/// Runs a linter in the project's folder and panics if it has findings.
fn lint(project: &Project, program: &str, arguments: &[&str]) {
    let bin = tools("linters").join("bin");
    let path = std::env::var_os("PATH").unwrap_or_default();
    let path = std::env::join_paths(
        [bin.clone()]
            .into_iter()
            .chain(std::env::split_paths(&path)),
    );
    let output = Command::new(bin.join(program))
        .args(arguments)
        .current_dir(project.folder())
        // actionlint finds ShellCheck on the PATH.
        .env("PATH", path.unwrap())
        .output()
        .unwrap_or_else(|error| panic!("{program}: {error}"));
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let (out, err) = (text(&output.stdout), text(&output.stderr));
    assert!(output.status.success(), "{program}: {out}{err}");
}

/// Generates the workflow of a site and lints it.
fn check(name: &str, folder: &str, files: &[(&str, &str)], arguments: &str) {
    let project = repository(folder, files);
    let folder = if folder.is_empty() { "." } else { folder };
    let run = project.run(&format!(
        "-C {folder} init --ci github --action {ACTION} {arguments}"
    ));
    run.exits(0).says(&[name]);
    lint(&project, "actionlint", &["-no-color"]);
    lint(
        &project,
        "zizmor",
        &["--offline", "--no-progress", "--persona=auditor", "."],
    );
}

#[test]
#[ignore = "needs actionlint and zizmor: tests/run installs them"]
fn deploying_workflow_has_no_findings() {
    for (name, files) in SITES.iter().filter(|(name, _)| !name.starts_with("folder")) {
        check(name, "", files, "--deploy pages");
    }
}

#[test]
#[ignore = "needs actionlint and zizmor: tests/run installs them"]
fn building_workflow_has_no_findings() {
    for (name, files) in SITES {
        check(name, "sites/blog/", files, "--deploy none");
    }
}

#[test]
#[ignore = "needs actionlint and zizmor: tests/run installs them"]
fn linters_find_unsafe_workflow() {
    let (_, files) = SITES[0];
    let project = repository("", files);
    project
        .run(&format!("init --ci github --action {ACTION}"))
        .exits(0);
    lint(&project, "actionlint", &["-no-color"]);
    lint(&project, "zizmor", &["--offline", "--no-progress", "."]);
    let file = ".github/workflows/syndicate.yml";
    let text = project
        .read(file)
        .replace("\"${arguments[@]}\"", "${{ inputs.arguments }}");
    project.write(file, text);
    let is_found = |program, arguments: &[&str]| {
        std::panic::catch_unwind(|| lint(&project, program, arguments)).is_err()
    };
    assert!(is_found("zizmor", &["--offline", "--no-progress", "."]));
    project.write(file, project.read(file).replace("$HASHES", "${HASHES"));
    assert!(is_found("actionlint", &["-no-color"]));
}
