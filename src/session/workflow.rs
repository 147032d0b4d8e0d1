//! Prepares the CI configuration of the pipeline's site: what `init --ci` writes.

use std::fs;
use std::path::{Component, Path, PathBuf};

use anyhow::Context as _;
use serde_json::Value;
use syndicate_api::{DetectedGenerator, Secret};

use super::error::SessionError;
use super::init::{LedgerPlace, detect, write_new};
use super::open::Session;
use crate::config::FILE_NAME;
use crate::registry::BUILT_IN;
use crate::workflow::{
    ActionPin, BuildRecipe, CiHost, GITHUB_FILE, GITLAB_FILE, GITLAB_INCLUDED_FILE,
    PipelineSummary, RecipeError, Repository, SiteFacts, WorkflowInput, github_workflow,
    gitlab_pipeline,
};

/// The user's choices for a CI configuration.
pub(crate) struct CiOptions {
    pub(crate) host: CiHost,
    /// `true` if the workflow deploys to the host's pages, or `None` to decide by the site.
    pub(crate) deploys: Option<bool>,
    /// The action that installs this program.
    pub(crate) action: Option<ActionPin>,
    /// The command that builds the site.
    pub(crate) build: Option<String>,
}

/// A CI configuration that is not written yet.
pub(crate) struct CiFile {
    pub(crate) host: CiHost,
    /// The path, relative to the current folder if it is below it.
    pub(crate) file: PathBuf,
    pub(crate) text: String,
    /// The secrets that the configuration reads.
    pub(crate) secrets: Vec<String>,
    /// `true` if the configuration deploys the site.
    pub(crate) deploys: bool,
    /// `true` if the pipeline keeps the ledger in a file that the job would have to commit.
    pub(crate) keeps_ledger_file: bool,
    /// Notes for the user.
    pub(crate) notes: Vec<String>,
}

impl CiFile {
    /// Writes the file.
    ///
    /// # Errors
    /// Returns an error if it exists already or cannot be written.
    pub(crate) fn write(&self) -> Result<(), SessionError> {
        if write_new(&self.file, &self.text)? {
            return Ok(());
        }
        Err(self.exists_error())
    }

    /// Returns an error if the file exists already.
    pub(crate) fn check_new(&self) -> Result<(), SessionError> {
        match self.file.exists() {
            true => Err(self.exists_error()),
            false => Ok(()),
        }
    }

    fn exists_error(&self) -> SessionError {
        SessionError::hinted(
            format!("`{}` already exists", self.file.display()),
            "compare it with the output of the same command and `--print`, or delete it first",
        )
    }
}

impl Session {
    /// Returns the CI configuration for this pipeline. A pipeline that does not exist yet is taken as
    /// `init` would write it.
    pub(crate) fn ci_file(&self, options: &CiOptions) -> Result<CiFile, SessionError> {
        let action = options.action.clone().or_else(ActionPin::of_release);
        let action = action.ok_or_else(|| {
            SessionError::usage(
                "this build of `syndicate` does not know the commit of its release, so the CI \
                 configuration cannot pin what it installs",
                "add `--action OWNER/REPO@SHA` with the repository of `syndicate` and the full hash of \
                 a release's commit, or use a released program",
            )
        })?;
        let mut notes = Vec::new();
        let input = self.workflow_input(options, &mut notes)?;
        if !input.pipeline.keeps_ledger_in_git {
            notes.push(
                "the files of a runner are lost: run `syndicate ledger move git`, so that the ledger \
                 outlives it"
                    .to_owned(),
            );
        }
        let (path, text) = match options.host {
            CiHost::Github => (GITHUB_FILE, github_workflow(&input, &action)?),
            CiHost::Gitlab => {
                let includes = input.repository.gitlab_pipeline();
                if let Some(file) = &includes {
                    notes.push(format!(
                        "add to `{file}`: `include: {GITLAB_INCLUDED_FILE}`"
                    ));
                }
                let path = includes
                    .as_ref()
                    .map_or(GITLAB_FILE, |_| GITLAB_INCLUDED_FILE);
                (path, gitlab_pipeline(&input, &action, includes.is_some())?)
            }
        };
        Ok(CiFile {
            host: options.host,
            file: self.path_in_repository(&input.repository, path),
            text,
            keeps_ledger_file: input.pipeline.keeps_ledger_file
                && !input.pipeline.keeps_ledger_in_git,
            secrets: input.pipeline.secrets.into_iter().collect(),
            deploys: input.deploys,
            notes,
        })
    }

    fn workflow_input(
        &self,
        options: &CiOptions,
        notes: &mut Vec<String>,
    ) -> Result<WorkflowInput, SessionError> {
        let base = self.base();
        let repository =
            Repository::find(&base).with_context(|| format!("cannot read `{}`", base.display()))?;
        let pipeline = self.pipeline_summary()?;
        let site = base.join(pipeline.site.as_deref().unwrap_or("."));
        let site =
            fs::canonicalize(&site).with_context(|| format!("cannot read `{}`", site.display()))?;
        let generator = detect(&site).ok().and_then(|(_, found)| found.generator);
        if !repository.exists {
            notes.push("this folder is not in a git repository yet: run `git init`".to_owned());
        }
        let other = match options.host {
            CiHost::Github => repository.deploying_workflow(),
            CiHost::Gitlab => repository.gitlab_pipeline(),
        };
        let deploys = options
            .deploys
            .unwrap_or(generator.is_some() && other.is_none());
        if let Some(file) = other.filter(|_| options.deploys.is_none()) {
            notes.push(format!(
                "`{file}` is taken to deploy the site, so this configuration does not; `--deploy pages` \
                 overrides that"
            ));
        }
        let is_built = options.build.is_some() || generator.is_some() && pipeline.output.is_some();
        let build = (deploys || is_built)
            .then(|| find_build(&repository, &site, generator.as_ref(), &pipeline, options))
            .transpose()?;
        let name = self.file.file_name().map(|name| name.to_string_lossy());
        let config = name.filter(|name| name != FILE_NAME).map(Into::into);
        Ok(WorkflowInput {
            repository,
            config,
            pipeline,
            build,
            deploys,
        })
    }

    fn pipeline_summary(&self) -> Result<PipelineSummary, SessionError> {
        let text = match self.file.exists() {
            true => fs::read_to_string(&self.file)
                .with_context(|| format!("cannot read `{}`", self.file.display()))?,
            false => self.new_pipeline(LedgerPlace::Git)?,
        };
        let summary = PipelineSummary::read(&text, &is_secret);
        Ok(summary.with_context(|| format!("cannot parse `{}`", self.file.display()))?)
    }

    /// Returns a path of the repository as seen from the current folder.
    fn path_in_repository(&self, repository: &Repository, path: &str) -> PathBuf {
        let mut root = self.base();
        for _ in repository.folder.split('/').filter(|part| !part.is_empty()) {
            if matches!(root.components().next_back(), Some(Component::Normal(_))) {
                root.pop();
            } else {
                root.push("..");
            }
        }
        let path = root.join(path);
        path.strip_prefix(".")
            .map_or_else(|_| path.clone(), Path::to_owned)
    }
}

fn find_build(
    repository: &Repository,
    site: &Path,
    generator: Option<&DetectedGenerator>,
    pipeline: &PipelineSummary,
    options: &CiOptions,
) -> Result<BuildRecipe, SessionError> {
    let outside = |_| {
        SessionError::hinted(
            format!("the site `{}` is outside the repository", site.display()),
            "move pipeline.yaml into the site's repository",
        )
    };
    let folder = site.strip_prefix(&repository.root).map_err(outside)?;
    let folder: Vec<_> = folder.iter().map(|part| part.to_string_lossy()).collect();
    let found = BuildRecipe::find(SiteFacts {
        root: site,
        folder: folder.join("/"),
        generator,
        output: pipeline.output.clone(),
        command: options.build.as_deref(),
    });
    found.map_err(|error| {
        let hint = match error {
            RecipeError::UnknownCommand(_) => {
                "add `--build COMMAND`, or `--deploy none` if another workflow deploys the site"
            }
            RecipeError::UnknownOutput => "set `output` of the site in pipeline.yaml",
        };
        SessionError::hinted(error.to_string(), hint)
    })
}

/// Returns `true` if the option `key` of the sink type `kind` holds a secret.
fn is_secret(kind: &str, key: &str) -> bool {
    let plugin = BUILT_IN.sinks.iter().find(|plugin| plugin.name == kind);
    let schema = plugin.map(|plugin| (plugin.schema)().to_value());
    let format =
        schema.and_then(|schema| Some(schema["properties"].get(key)?.get("format")?.clone()));
    format == Some(Value::from(Secret::FORMAT))
}
