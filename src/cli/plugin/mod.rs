//! `syndicate plugin`: plugins that are other programs.

mod list;
mod new;
mod test;

use clap::{Args, Subcommand};

use super::{CliError, ExitStatus, GlobalOptions};

/// Options of `plugin`.
#[derive(Args, Debug)]
pub(super) struct PluginOptions {
    #[command(subcommand)]
    verb: PluginVerb,
}

#[derive(Debug, Subcommand)]
enum PluginVerb {
    /// List the plugins of the pipeline with their permissions, and those that it does not use
    List(list::ListOptions),
    /// Write a new plugin with its test
    New(new::NewOptions),
    /// Check that a plugin follows the protocol, and print a report
    Test(test::TestOptions),
}

pub(super) fn run(global: &GlobalOptions, options: &PluginOptions) -> Result<ExitStatus, CliError> {
    match &options.verb {
        PluginVerb::List(options) => list::run(global, options),
        PluginVerb::New(options) => new::run(global, options),
        PluginVerb::Test(options) => test::run(global, options),
    }
}
