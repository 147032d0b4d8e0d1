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

An editor with a YAML language server then completes and checks a pipeline
whose first line is
  # yaml-language-server: $schema=pipeline.schema.json")]
pub(super) struct SchemaOptions {}

pub(super) fn run(_: &SchemaOptions) -> Result<ExitStatus, CliError> {
    let schema = pipeline_schema(&BUILT_IN);
    print_lines(&format!("{schema:#}"))?;
    Ok(ExitStatus::Success)
}
