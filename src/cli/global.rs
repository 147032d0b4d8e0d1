//! The options of every verb.

use std::path::PathBuf;

use clap::Args;

/// Options of every verb.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Options of every verb")]
pub(super) struct Global {
    /// Run as if started in DIR
    #[arg(short = 'C', value_name = "DIR", global = true)]
    pub(super) directory: Option<PathBuf>,
    /// The pipeline's file
    #[arg(long, value_name = "FILE", global = true, default_value = crate::config::FILE_NAME)]
    config: PathBuf,
    /// Print JSON on standard output, for programs
    #[arg(long, global = true)]
    pub(super) json: bool,
    /// Read nothing from the network: feeds are as they were last read
    #[arg(long, global = true)]
    pub(super) offline: bool,
}

impl Global {
    /// Returns the path of pipeline.yaml.
    pub(super) fn pipeline(&self) -> PathBuf {
        match &self.directory {
            Some(directory) => directory.join(&self.config),
            None => self.config.clone(),
        }
    }
}
