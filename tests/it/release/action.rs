//! The steps of `action.yml`, run as GitHub's runner runs them: with the environment of a job, and with the
//! values of the expressions in `env`.

use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;

use super::server::{REPOSITORY, Release, TOKEN, VERSION};
use super::{read, root, run};
use crate::support::Run;

/// The values of the expressions that the action may use.
type Context = Vec<(&'static str, String)>;

/// Returns the values in a job that names the action by its repository, without inputs.
fn context() -> Context {
    vec![
        ("github.action_repository", REPOSITORY.to_owned()),
        ("github.action_path", root().display().to_string()),
        ("inputs.repository", String::new()),
        ("inputs.version", String::new()),
        ("inputs.token", TOKEN.to_owned()),
    ]
}

/// Returns `context` with another value.
fn with(mut context: Context, name: &str, value: &str) -> Context {
    let entry = context.iter_mut().find(|(known, _)| *known == name);
    value.clone_into(&mut entry.unwrap().1);
    context
}

fn action() -> Value {
    serde_saphyr::from_str(&read("action.yml")).unwrap()
}

/// Returns the value of `${{ NAME }}`.
fn expand(template: &str, context: &Context) -> String {
    let name = template
        .trim_start_matches("${{")
        .trim_end_matches("}}")
        .trim();
    let value = context.iter().find(|(known, _)| *known == name);
    value
        .unwrap_or_else(|| panic!("unknown expression {template}"))
        .1
        .clone()
}

/// Runs the only step of the action in a job whose server is `release`.
fn install(release: &Release, context: &Context) -> Run {
    let action = action();
    let [step] = &action["runs"]["steps"].as_array().unwrap()[..] else {
        panic!("the action has another number of steps");
    };
    assert_eq!(step["shell"], "bash");
    let code = release.folder().join("step.sh");
    std::fs::write(&code, step["run"].as_str().unwrap()).unwrap();
    let mut command = Command::new("bash");
    command
        .args(["--noprofile", "--norc", "-e", "-o", "pipefail"])
        .arg(code)
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap())
        .env("HOME", release.folder())
        .env("GITHUB_ACTIONS", "true")
        .env("GITHUB_SERVER_URL", release.url())
        .env("GITHUB_API_URL", release.api())
        .env("RUNNER_TEMP", release.folder().join("temp"));
    for file in ["PATH", "OUTPUT"] {
        command.env(format!("GITHUB_{file}"), release.folder().join(file));
    }
    for (name, value) in step["env"].as_object().unwrap() {
        command.env(name, expand(value.as_str().unwrap(), context));
    }
    run(command)
}

/// Returns a file that the runner reads after the step, or an empty text.
fn written(release: &Release, file: &str) -> String {
    std::fs::read_to_string(release.folder().join(file)).unwrap_or_default()
}

#[test]
fn action_installs_its_own_version() {
    let release = Release::start().private();
    install(&release, &context()).exits(0);
    assert_eq!(written(&release, "OUTPUT"), format!("version={VERSION}\n"));
    let bin = PathBuf::from(written(&release, "PATH").trim());
    assert!(bin.join("syndicate").is_file());
}

#[test]
fn action_takes_version_and_repository() {
    let release = Release::start().public();
    let context = with(context(), "github.action_repository", "other/action");
    let context = with(context, "inputs.repository", REPOSITORY);
    let context = with(context, "inputs.version", &format!("v{VERSION}"));
    let context = with(context, "inputs.token", "");
    install(&release, &context).exits(0);
    assert_eq!(written(&release, "OUTPUT"), format!("version={VERSION}\n"));
}

/// The runner leaves `github.action_repository` empty if a workflow names the action by its path.
#[test]
fn unknown_repository_is_an_annotation() {
    let release = Release::start().private();
    let context = with(context(), "github.action_repository", "");
    let failed = install(&release, &context).exits(1);
    failed.says(&[
        "::error title=cannot install syndicate::",
        "set the input repository",
    ]);
}

#[test]
fn failed_download_adds_nothing_to_path() {
    let missing = Release::start();
    let corrupted = Release::start().corrupt().private();
    for (release, message) in [(missing, "cannot download"), (corrupted, "wrong checksum")] {
        let failed = install(&release, &context()).exits(1);
        failed.says(&["::error title=cannot install syndicate::error: ", message]);
        assert_eq!(written(&release, "PATH"), "");
        assert_eq!(written(&release, "OUTPUT"), "");
    }
}

/// An expression in `run` becomes code, so inputs must come in variables.
#[test]
fn action_has_no_expression_in_code() {
    let action = action();
    let steps = action["runs"]["steps"].as_array().unwrap();
    for step in steps {
        let code = step["run"].as_str().unwrap();
        assert!(!code.contains("${{"), "{code}");
    }
    let output = &action["outputs"]["version"]["value"];
    assert_eq!(output, "${{ steps.install.outputs.version }}");
    assert_eq!(steps[0]["id"], "install");
}
