//! The options of every verb.

use std::path::{Path, PathBuf};

use clap::{ArgAction, Args, ValueHint};

use super::failure::CliError;
use super::output::eprint_status;
use crate::config::{FILE_NAME, find_above};

/// Options of every verb.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Options of every verb")]
pub(super) struct GlobalOptions {
    /// Run as if started in DIR: paths of other options are relative to it
    #[arg(short = 'C', value_name = "DIR", global = true, value_hint = ValueHint::DirPath)]
    directory: Option<PathBuf>,
    /// The pipeline's file, if not `pipeline.yaml` here or in a folder above
    #[arg(long, value_name = "FILE", global = true)]
    config: Option<PathBuf>,
    /// Print JSON on standard output, for programs
    #[arg(long, global = true)]
    pub(super) json: bool,
    /// Read nothing from the network: feeds are as they were last read
    #[arg(long, global = true)]
    pub(super) offline: bool,
    /// Log what is done on standard error; `-vv` also logs HTTP requests
    #[arg(short, long, global = true, action = ArgAction::Count)]
    pub(super) verbose: u8,
}

impl GlobalOptions {
    /// Changes into the folder of `-C`, as git and cargo do. Call it once, before anything reads a path.
    pub(super) fn enter_directory(&self) -> Result<(), CliError> {
        let Some(directory) = &self.directory else {
            return Ok(());
        };
        std::env::set_current_dir(directory).map_err(|error| {
            let message = format!("cannot change into `{}`: {error}", directory.display());
            CliError::usage(message, "name a folder that exists after `-C`")
        })
    }

    /// Returns the path of pipeline.yaml: the one that is named, or else the nearest one in this folder or
    /// above it. Says so if it is not in this folder.
    pub(super) fn pipeline(&self) -> anyhow::Result<PathBuf> {
        let file = self.new_pipeline();
        if self.directory.is_some() || self.config.is_some() || file.exists() {
            return Ok(file);
        }
        let Some(found) = find_above() else {
            return Ok(file);
        };
        eprint_status(&format!("using `{}`", found.display()))?;
        Ok(found)
    }

    /// Returns the path of a pipeline.yaml that is to be made, which is looked for nowhere else.
    pub(super) fn new_pipeline(&self) -> PathBuf {
        self.config.clone().unwrap_or_else(|| FILE_NAME.into())
    }

    /// Returns where a file is from where the program was started.
    pub(super) fn path_from_start(&self, path: &Path) -> PathBuf {
        match &self.directory {
            Some(directory) => directory.join(path),
            None => path.to_owned(),
        }
    }
}
