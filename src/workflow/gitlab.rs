//! The GitLab pipeline.

use serde::Serialize;

use super::build_recipe::{BuildRecipe, HUGO};
use super::template::render;
use super::yaml::{scalar, script};
use super::{ActionPin, COMMANDS, WorkflowInput};
use crate::release;
use crate::terminal::shell_word;

/// The indentation of the lines of a `script:` block.
const SCRIPT_INDENT: usize = 6;

/// The image with Node: the newest version with long-term support.
const NODE: &str = "node:24";
/// The image with Ruby.
const RUBY: &str = "ruby:3.4";
/// The image with Python.
const PYTHON: &str = "python:3.13";
/// The image of a build without these.
const PLAIN: &str = "buildpack-deps:trixie-scm";
/// The stage after all others, for a file that is included in a pipeline with its own stages.
const LAST_STAGE: &str = ".post";

#[derive(Serialize)]
struct GitlabContext {
    build: Option<BuildContext>,
    commands: String,
    deploys: bool,
    /// The command that changes to the folder of the site.
    folder: Option<String>,
    has_submodules: bool,
    install: InstallContext,
    is_included: bool,
    needs: Option<&'static str>,
    options: String,
    output: Option<String>,
    reports: String,
    stages: Stages,
}

#[derive(Serialize)]
struct BuildContext {
    image: &'static str,
    steps: Vec<String>,
    variables: Vec<&'static str>,
}

#[derive(Serialize)]
struct InstallContext {
    repository: String,
    script: String,
    version: &'static str,
}

#[derive(Serialize)]
struct Stages {
    build: &'static str,
    deploy: &'static str,
    plan: &'static str,
    publish: &'static str,
}

/// Returns the text of the pipeline. `is_included` is `true` if another file includes it.
pub(crate) fn gitlab_pipeline(
    input: &WorkflowInput,
    action: &ActionPin,
    is_included: bool,
) -> anyhow::Result<String> {
    let folder = &input.repository.folder;
    let stage = |own: &'static str| if is_included { LAST_STAGE } else { own };
    let build = input.build.as_ref();
    let context = GitlabContext {
        build: build.map(|build| build_context(build, input.repository.has_submodules)),
        commands: COMMANDS.join(", "),
        deploys: input.deploys,
        folder: (!folder.is_empty()).then(|| script(&change_folder(folder), SCRIPT_INDENT)),
        has_submodules: input.repository.has_submodules,
        install: InstallContext {
            repository: action.url(),
            script: action.file_url("install.sh"),
            version: release::version(),
        },
        is_included,
        needs: match (build, input.deploys) {
            (Some(_), true) => Some("syndicate-build, pages"),
            (Some(_), false) => Some("syndicate-build"),
            // Every job of an earlier stage comes first, such as one that deploys the site.
            (None, _) => None,
        },
        options: input.options(),
        output: build.map(|build| scalar(&build.output_path())),
        reports: match folder.as_str() {
            "" => String::new(),
            folder => format!("{folder}/"),
        },
        stages: Stages {
            build: stage("build"),
            deploy: stage("deploy"),
            plan: stage("plan"),
            publish: stage("publish"),
        },
    };
    render(include_str!("templates/gitlab.yml"), &[], &context)
}

fn change_folder(folder: &str) -> String {
    format!("cd {}", shell_word(folder))
}

fn build_context(build: &BuildRecipe, has_submodules: bool) -> BuildContext {
    let image = match build.node {
        Some(_) => NODE,
        None if build.needs_ruby || build.is_github_jekyll => RUBY,
        None if build.needs_python || build.needs_hugo => PYTHON,
        None => PLAIN,
    };
    let mut commands = Vec::new();
    if !build.folder.is_empty() {
        commands.push(change_folder(&build.folder));
    }
    if build.needs_pnpm() {
        commands.push("corepack enable".to_owned());
    }
    if build.needs_hugo && build.node.is_some() {
        commands.push("apt-get update && apt-get install --yes python3-pip".to_owned());
    }
    if build.needs_hugo {
        commands.push(format!("pip install --break-system-packages hugo=={HUGO}"));
    }
    if build.is_github_jekyll {
        commands.push("gem install jekyll".to_owned());
    }
    // Jobs run as root, in images without sudo.
    commands.extend(build.steps.iter().map(|step| step.run.replace("sudo ", "")));
    if build.is_github_jekyll {
        commands.push("jekyll build".to_owned());
    }
    let mut variables = Vec::new();
    if build.needs_history {
        variables.push("GIT_DEPTH: 0 # the generator reads dates from the history");
    }
    if has_submodules {
        variables.push("GIT_SUBMODULE_STRATEGY: recursive");
    }
    BuildContext {
        image,
        steps: commands
            .iter()
            .map(|command| script(command, SCRIPT_INDENT))
            .collect(),
        variables,
    }
}
