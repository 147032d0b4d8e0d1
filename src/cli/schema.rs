//! `syndicate schema`: prints the JSON Schema of pipeline.yaml.

use clap::Args;

use super::output::print_lines;
use super::{CliError, ExitStatus};
use crate::config::pipeline_schema;
use crate::registry::BUILT_IN;

/// Options of `schema`.
#[derive(Args, Debug)]
#[command(after_help = "\
  syndicate schema > pipeline.schema.json

Editors with a YAML language server then complete and check a pipeline that
begins with
  # yaml-language-server: $schema=pipeline.schema.json")]
pub(super) struct Options {}

pub(super) fn run(_: &Options) -> Result<ExitStatus, CliError> {
    let schema = pipeline_schema(&BUILT_IN);
    print_lines(&format!("{schema:#}"))?;
    Ok(ExitStatus::Fine)
}
