//! The options of every command.

use std::path::{Path, PathBuf};

use clap::{ArgAction, Args, ValueHint};

use super::failure::CliError;
use super::output::eprint_status;
use crate::config::{FILE_NAME, find_above};

/// Options of every verb.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Global options")]
pub(super) struct GlobalOptions {
    /// Change to DIR first; the paths of other options are relative to it
    #[arg(short = 'C', value_name = "DIR", global = true, value_hint = ValueHint::DirPath)]
    directory: Option<PathBuf>,
    /// Path of the pipeline [default: pipeline.yaml here or in a parent folder]
    #[arg(long, value_name = "FILE", global = true)]
    config: Option<PathBuf>,
    /// Print JSON on standard output
    #[arg(long, global = true)]
    pub(super) json: bool,
    /// Read nothing from the network; take feeds from the cache
    #[arg(long, global = true)]
    pub(super) offline: bool,
    /// Log to standard error; `-vv` also logs HTTP requests
    #[arg(short, long, global = true, action = ArgAction::Count)]
    pub(super) verbose: u8,
}

impl GlobalOptions {
    /// Changes into the folder of `-C`, like git and cargo. Call it once, before any path is used.
    pub(super) fn enter_directory(&self) -> Result<(), CliError> {
        let Some(directory) = &self.directory else {
            return Ok(());
        };
        std::env::set_current_dir(directory).map_err(|error| {
            let message = format!("cannot change into `{}`: {error}", directory.display());
            CliError::usage(message, "name a folder that exists after `-C`")
        })
    }

    /// Returns the path of pipeline.yaml: the one given with `--config`, or the nearest one in this
    /// folder or its parents. Prints the path if it is in a parent folder.
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

    /// Returns the path for a new pipeline.yaml. Parent folders are not searched.
    pub(super) fn new_pipeline(&self) -> PathBuf {
        self.config.clone().unwrap_or_else(|| FILE_NAME.into())
    }

    /// Returns `path` relative to the folder in which the program was started.
    pub(super) fn path_from_start(&self, path: &Path) -> PathBuf {
        match &self.directory {
            Some(directory) => directory.join(path),
            None => path.to_owned(),
        }
    }
}
