//! Writes the CI configuration of a site: a GitHub workflow or a GitLab pipeline that builds and deploys the
//! site, plans, and publishes. It only renders text from what [`Repository::find`], [`BuildRecipe::find`] and
//! [`PipelineSummary::read`] see; it writes no file. The templates are YAML with handlebars blocks and use no
//! expression in a shell command, because a runner would insert it as code.

mod action_pin;
mod actions;
mod build_recipe;
mod github;
mod gitlab;
mod node;
mod paths;
mod pipeline_summary;
mod repository;
mod template;
mod yaml;

pub(crate) use self::action_pin::ActionPin;
pub(crate) use self::build_recipe::{BuildRecipe, RecipeError, SiteFacts};
pub(crate) use self::github::github_workflow;
pub(crate) use self::gitlab::gitlab_pipeline;
pub(crate) use self::paths::{GITHUB_FILE, GITLAB_FILE, GITLAB_INCLUDED_FILE};
pub(crate) use self::pipeline_summary::PipelineSummary;
pub(crate) use self::repository::Repository;
use crate::terminal::shell_word;

/// A CI host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CiHost {
    Github,
    Gitlab,
}

/// The commands that a person can run by hand.
const COMMANDS: &[&str] = &[
    "build",
    "settle",
    "adopt",
    "approve",
    "update",
    "retract",
    "baseline",
    "backfill",
    "same-site",
    "status",
    "check",
];

/// The input of a CI configuration.
pub(crate) struct WorkflowInput {
    pub(crate) repository: Repository,
    /// The option `--config` if the pipeline has another name than pipeline.yaml.
    pub(crate) config: Option<String>,
    pub(crate) pipeline: PipelineSummary,
    /// The build of the site, or `None` if neither the pipeline nor the deployment needs it.
    pub(crate) build: Option<BuildRecipe>,
    /// `true` if the workflow deploys to the host's own pages.
    pub(crate) deploys: bool,
}

impl WorkflowInput {
    /// Returns the program's options before its command, each with a space before it.
    fn options(&self) -> String {
        match &self.config {
            Some(config) => format!(" --config {}", shell_word(config)),
            None => String::new(),
        }
    }
}
