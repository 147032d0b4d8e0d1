//! The GitHub workflow.

use serde::Serialize;

use super::actions::{ACTIONS, Actions};
use super::build_recipe::{BuildRecipe, HUGO};
use super::template::render;
use super::yaml::{scalar, script};
use super::{ActionPin, COMMANDS, WorkflowInput};

/// The indentation of the lines of a `run:` block.
const RUN_INDENT: usize = 10;

/// The version of Node if the site names none: the newest one with long-term support.
const NODE: &str = "24";
/// The version of pnpm if package.json names none.
const PNPM: &str = "10";
/// The version of Ruby if the site names none.
const RUBY: &str = "3.4";
/// The version of Python if the site names none.
const PYTHON: &str = "3.13";

const PARTIALS: &[(&str, &str)] = &[
    (
        "credentials",
        include_str!("templates/github-credentials.yml"),
    ),
    ("folder", include_str!("templates/github-folder.yml")),
    ("prepare", include_str!("templates/github-prepare.yml")),
];

#[derive(Serialize)]
struct GithubContext<'a> {
    actions: Actions,
    action: String,
    branches: String,
    build: Option<BuildContext>,
    commands: String,
    deploys: bool,
    folder: Option<String>,
    has_submodules: bool,
    options: String,
    output: Option<String>,
    secrets: Vec<&'a String>,
    sends_if: String,
    variables: Vec<&'a String>,
}

#[derive(Serialize)]
struct BuildContext {
    folder: Option<String>,
    hugo: Option<&'static str>,
    jekyll: Option<String>,
    needs_history: bool,
    node: Option<String>,
    pnpm: Option<String>,
    python: Option<String>,
    ruby: Option<String>,
    steps: Vec<StepContext>,
}

#[derive(Serialize)]
struct StepContext {
    name: &'static str,
    run: String,
}

/// Returns the text of the workflow.
pub(crate) fn github_workflow(input: &WorkflowInput, action: &ActionPin) -> anyhow::Result<String> {
    let branch = &input.repository.branch;
    let build = input.build.as_ref();
    let context = GithubContext {
        actions: ACTIONS,
        action: action.to_string(),
        // In a filter, `+` is a repetition.
        branches: scalar(&branch.replace('+', "\\+")),
        build: build.map(build_context),
        commands: COMMANDS.join(", "),
        deploys: input.deploys,
        folder: non_empty(&input.repository.folder),
        has_submodules: input.repository.has_submodules,
        options: input.options(),
        output: build.map(|build| scalar(&build.output_path())),
        secrets: input.pipeline.secrets.iter().collect(),
        sends_if: format!(
            "github.ref == 'refs/heads/{}' && github.event_name != 'pull_request' && (inputs.command || 'build') == 'build' && !inputs.arguments",
            branch.replace('\'', "''")
        ),
        variables: input.pipeline.variables.iter().collect(),
    };
    render(include_str!("templates/github.yml"), PARTIALS, &context)
}

fn build_context(build: &BuildRecipe) -> BuildContext {
    let version = |key: &str, version: &str| format!("{key}: {}", scalar(version));
    let steps = build.steps.iter().map(|step| StepContext {
        name: step.name,
        run: script(&step.run, RUN_INDENT),
    });
    BuildContext {
        folder: non_empty(&build.folder),
        hugo: build.needs_hugo.then_some(HUGO),
        jekyll: build
            .is_github_jekyll
            .then(|| match non_empty(&build.folder) {
                Some(folder) => folder,
                None => ".".to_owned(),
            }),
        needs_history: build.needs_history,
        node: build.node.as_ref().map(|node| match node.version_file {
            Some(file) => format!("node-version-file: {}", scalar(&build.path_of(file))),
            None => version("node-version", NODE),
        }),
        pnpm: build.needs_pnpm().then(|| {
            let names_version = build.node.as_ref().is_some_and(|node| node.names_manager);
            match names_version {
                true => format!(
                    "package_json_file: {}",
                    scalar(&build.path_of("package.json"))
                ),
                false => version("version", PNPM),
            }
        }),
        python: build
            .needs_python
            .then(|| version("python-version", PYTHON)),
        ruby: build.needs_ruby.then(|| version("ruby-version", RUBY)),
        steps: steps.collect(),
    }
}

/// Returns `folder` as a YAML scalar, or `None` if it is empty.
fn non_empty(folder: &str) -> Option<String> {
    (!folder.is_empty()).then(|| scalar(folder))
}
