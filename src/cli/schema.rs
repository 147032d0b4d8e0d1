//! `syndicate schema`: prints the JSON Schema of pipeline.yaml.

use clap::Args;

use super::output::print_lines;
use super::{CliError, ExitStatus, GlobalOptions, open_session};
use crate::config::pipeline_schema;
use crate::registry::BUILT_IN;

/// Options of `schema`.
#[derive(Args, Debug)]
#[command(after_help = "\
  syndicate schema > pipeline.schema.json

In a folder with a pipeline.yaml, the schema has the options of its plugins
that are other programs, which are started for that.

An editor with a YAML language server then completes and checks a pipeline
whose first line is
  # yaml-language-server: $schema=pipeline.schema.json")]
pub(super) struct SchemaOptions {}

pub(super) fn run(global: &GlobalOptions, _: &SchemaOptions) -> Result<ExitStatus, CliError> {
    let mut schema = pipeline_schema(&BUILT_IN);
    if global.pipeline()?.is_file() {
        let session = open_session(global, false)?;
        session.add_plugins_to(&mut schema);
    }
    print_lines(&format!("{schema:#}"))?;
    Ok(ExitStatus::Success)
}
