//! The command line. Each command has a file or folder that parses its options, calls the session
//! and prints the result. Shared output is in `output`. Commands do not call each other, and no
//! other module depends on this one.

mod adopt;
mod approve;
mod auth;
mod build;
mod card;
mod check;
mod completions;
mod deferred;
mod duration;
mod exit;
mod export;
mod failure;
mod global;
mod init;
mod items;
mod ledger;
mod logging;
mod open;
mod output;
mod panic;
mod plugin;
mod preview;
mod retract;
mod sandbox;
mod schema;
mod settle;
mod sink_name;
mod status;
mod update;
mod usage;
mod watch;

use std::ffi::OsStr;
use std::io;

use clap::{ArgMatches, Args as _, CommandFactory as _, FromArgMatches as _, Parser, Subcommand};
use syndicate_api::Env;
use tokio::runtime::{Builder, Runtime};
use tracing::{Instrument as _, info_span};

pub(crate) use exit::ExitStatus;
pub(crate) use failure::CliError;

use self::deferred::{Deferred, define_all};
use self::global::GlobalOptions;
use self::logging::start_log;
use self::open::{open_new_session, open_session};
use self::output::{
    CiReport, OutputFormat, eprint_instructions, eprint_lines, eprint_warning, output_error,
    print_json,
};
use self::panic::report_panics;
use self::usage::{called_command, is_help, usage_diagnostic};
use crate::release::long_version;

/// Publishes each post of a static site once, as the post you previewed.
#[derive(Debug, Parser)]
#[command(name = "syndicate", version, long_version = long_version(), after_help = AFTER_HELP)]
struct Cli {
    #[command(flatten)]
    global: GlobalOptions,
    #[command(subcommand)]
    verb: Verb,
}

const AFTER_HELP: &str = "\
To start, run `syndicate init` in the site's folder. Then preview with
`syndicate preview`, test with `syndicate build --sandbox` and publish with
`syndicate build`.

Exit codes:
  0  nothing failed
  1  failed before anything was sent
  2  invalid command line
  3  some items or deliveries failed, the others succeeded
  4  unknown outcome: check the platform, then run `syndicate settle`";

#[derive(Debug, Subcommand)]
enum Verb {
    /// Set up a pipeline for the site in this folder
    Init(Deferred<init::InitOptions>),
    /// List the posts that the sources read, with the origin of each field
    Items(Deferred<items::ItemsOptions>),
    /// Show exactly what would be sent, and why the rest would not
    Preview(Deferred<preview::PreviewOptions>),
    /// Send new posts, each once
    Build(Deferred<build::BuildOptions>),
    /// Send each post some time after it was saved, until stopped
    Watch(Deferred<watch::WatchOptions>),
    /// Show the state of each post
    Status(Deferred<status::StatusOptions>),
    /// Approve payloads for sending
    Approve(Deferred<approve::ApproveOptions>),
    /// Record an unknown outcome, or the former name of a renamed post
    Settle(Deferred<settle::SettleOptions>),
    /// Record a post that is already on the platform
    Adopt(Deferred<adopt::AdoptOptions>),
    /// Update sent posts to their current text, if the platform allows it
    Update(Deferred<update::UpdateOptions>),
    /// Delete a sent post from its platform
    Retract(Deferred<retract::RetractOptions>),
    /// Sign in to a platform, show accounts, sign out
    Auth(Deferred<auth::AuthOptions>),
    /// Move the ledger to another store, export it, import lines
    Ledger(Deferred<ledger::LedgerOptions>),
    /// Write the links that pages contain about their posts
    Export(Deferred<export::ExportOptions>),
    /// Draw the cards of posts without a picture
    Card(Deferred<card::CardOptions>),
    /// Check for problems that would make a run fail
    Check(Deferred<check::CheckOptions>),
    /// List plugins that are other programs
    Plugin(Deferred<plugin::PluginOptions>),
    /// Print the JSON Schema of pipeline.yaml, for editors
    Schema(Deferred<schema::SchemaOptions>),
    /// Run a local LinkedIn sandbox
    Sandbox(Deferred<sandbox::SandboxOptions>),
    /// Print a completion script for a shell
    Completions(Deferred<completions::CompletionsOptions>),
}

impl Verb {
    /// Returns the CI service that the result is also shown on.
    fn format(&self) -> OutputFormat {
        let options = match self {
            Self::Build(options) => options.format,
            Self::Check(options) => options.format,
            Self::Preview(options) => options.format,
            Self::Retract(options) => options.format,
            Self::Status(options) => options.format,
            Self::Update(options) => options.format,
            _ => return OutputFormat::Text,
        };
        options.format
    }

    /// Returns `true` if the command sends posts or records a decision. Its output is a report then, and otherwise its
    /// whole result.
    fn acts(&self) -> bool {
        match self {
            Self::Build(options) => !options.dry_run,
            Self::Update(options) => !options.dry_run,
            Self::Adopt(_)
            | Self::Approve(_)
            | Self::Retract(_)
            | Self::Settle(_)
            | Self::Watch(_) => true,
            _ => false,
        }
    }

    /// Builds the runtime of the command. Starting a thread for each core takes longer than the rest of a run with
    /// nothing to do, and passing each request and response to another thread takes longer than a fast platform.
    fn runtime(&self) -> std::io::Result<Runtime> {
        let mut builder = match self {
            // They serve pages.
            Self::Auth(_) | Self::Preview(_) | Self::Sandbox(_) | Self::Watch(_) => {
                Builder::new_multi_thread()
            }
            _ => Builder::new_current_thread(),
        };
        builder.enable_all().build()
    }
}

/// Returns the definition of the command line, used for help, completions and man pages.
#[must_use]
pub fn command() -> clap::Command {
    define_all(Cli::command)
}

/// Runs the program with the arguments of this process.
#[must_use]
pub fn run() -> ExitStatus {
    report_panics();
    let (cli, verb) = match parse() {
        Ok(parsed) => parsed,
        Err(error) => return refuse(&error),
    };
    let global = cli.global.clone();
    let (format, acts) = (cli.verb.format(), cli.verb.acts());
    let started = start_log(cli.global.verbose).and_then(|()| cli.global.enter_directory());
    if let Err(failure) = started {
        return report(&failure, &verb, &global, format);
    }
    let outcome = cli
        .verb
        .runtime()
        .map_err(|error| CliError::Other(anyhow::Error::new(error)))
        .and_then(|runtime| {
            let span = info_span!("run", verb = verb.as_str());
            runtime.block_on(dispatch(cli).instrument(span))
        });
    let exit = outcome.unwrap_or_else(|failure| report(&failure, &verb, &global, format));
    match output_error() {
        Some(error) => report_missing_output(error, exit, acts),
        None => exit,
    }
}

/// Reports that results are missing on standard output, and returns the exit code. What a command did must not look
/// failed because its report is incomplete.
fn report_missing_output(error: &io::Error, exit: ExitStatus, acts: bool) -> ExitStatus {
    let message = format!("cannot write to standard output: {error}");
    if acts {
        let hint = "run `syndicate status` to see what was recorded";
        drop(eprint_warning(&message, hint));
        return exit;
    }
    let hint = "free space on the disk, or redirect the output to another file";
    drop(eprint_lines(&CliError::hinted(message, hint).message()));
    exit.max(ExitStatus::Error)
}

/// Parses the arguments of this process. Also returns the name of the command, such as `auth
/// login`.
fn parse() -> clap::error::Result<(Cli, String)> {
    let mut command = definition(std::env::args_os().nth(1).as_deref());
    let mut matches = command.try_get_matches_from_mut(std::env::args_os())?;
    let verb = verb_name(&matches);
    let cli = Cli::from_arg_matches_mut(&mut matches);
    Ok((cli.map_err(|error| error.format(&mut command))?, verb))
}

/// Returns the definition of a command line whose first argument is `first`. If that is a command, the definition lacks the
/// others: clap would copy the global options to each of them.
fn definition(first: Option<&OsStr>) -> clap::Command {
    let whole = Cli::command();
    let called = first
        .and_then(|first| whole.find_subcommand(first))
        .cloned();
    match called {
        Some(called) => {
            GlobalOptions::augment_args(clap::Command::new("syndicate")).subcommand(called)
        }
        None => whole,
    }
}

fn verb_name(matches: &ArgMatches) -> String {
    match matches.subcommand() {
        Some((name, matches)) => format!("{name} {}", verb_name(matches))
            .trim_end()
            .to_owned(),
        None => String::new(),
    }
}

/// Prints the help or the usage error that clap returned.
fn refuse(error: &clap::Error) -> ExitStatus {
    let exit = match error.use_stderr() {
        true => ExitStatus::Usage,
        false => ExitStatus::Success,
    };
    let is_json = std::env::args_os().any(|argument| argument == "--json");
    if is_help(error) && !(is_json && error.use_stderr()) {
        return error.print().map_or(ExitStatus::Error, |()| exit);
    }
    let called = || called_command(&command(), std::env::args_os().skip(1));
    report_in(&CliError::Usage(usage_diagnostic(error, called)), is_json)
}

/// Prints `failure`, also on the CI service that `format` names, and returns its exit code.
fn report(
    failure: &CliError,
    verb: &str,
    global: &GlobalOptions,
    format: OutputFormat,
) -> ExitStatus {
    let exit = report_in(failure, global.json);
    let (env, file) = (Env::process(), global.new_pipeline());
    let diagnostics = failure.diagnostics();
    for hint in diagnostics.iter().filter_map(|one| one.hint.as_deref()) {
        drop(eprint_instructions(hint, &env));
    }
    let report = CiReport::new(format, verb, &env, &file);
    drop(report.show_failure(&diagnostics));
    exit
}

/// Prints `failure` and returns its exit code.
fn report_in(failure: &CliError, is_json: bool) -> ExitStatus {
    if is_json {
        drop(print_json(&failure.json()));
    }
    // If standard error is closed, it cannot be reported.
    drop(eprint_lines(&failure.message()));
    failure.exit()
}

async fn dispatch(cli: Cli) -> Result<ExitStatus, CliError> {
    let Cli { global, verb } = cli;
    match verb {
        Verb::Init(options) => init::run(&global, &options).await,
        Verb::Items(options) => items::run(&global, &options).await,
        Verb::Preview(options) => preview::run(&global, &options).await,
        Verb::Build(options) => build::run(&global, &options).await,
        Verb::Card(options) => card::run(&global, &options).await,
        Verb::Export(options) => export::run(&global, &options).await,
        Verb::Approve(options) => approve::run(&global, &options).await,
        Verb::Settle(options) => settle::run(&global, &options).await,
        Verb::Adopt(options) => adopt::run(&global, &options).await,
        Verb::Update(options) => update::run(&global, &options).await,
        Verb::Retract(options) => retract::run(&global, &options).await,
        Verb::Watch(options) => watch::run(&global, &options).await,
        Verb::Status(options) => status::run(&global, &options).await,
        Verb::Ledger(options) => ledger::run(&global, &options).await,
        Verb::Auth(options) => auth::run(&global, &options).await,
        Verb::Check(options) => check::run(&global, &options).await,
        Verb::Plugin(options) => plugin::run(&global, &options),
        Verb::Schema(options) => schema::run(&global, &options),
        Verb::Sandbox(options) => sandbox::run(&global, &options).await,
        Verb::Completions(options) => completions::run(command(), &options),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the text that clap prints for these arguments, or the name of the command that they call.
    fn printed(mut definition: clap::Command, arguments: &[&str]) -> String {
        let arguments = ["syndicate"].iter().chain(arguments);
        match definition.try_get_matches_from_mut(arguments) {
            Ok(matches) => verb_name(&matches),
            Err(error) => error.render().to_string(),
        }
    }

    #[test]
    fn definition_of_one_command_prints_the_same() {
        let mut names: Vec<String> = Cli::command()
            .get_subcommands()
            .map(|command| command.get_name().to_owned())
            .collect();
        names.extend(["help", "--help", "--version", "builder"].map(str::to_owned));
        for name in &names {
            let first = definition(Some(OsStr::new(name)));
            let ends = [&["--help"][..], &["-h"], &["--jsno"], &["x", "y", "z"]];
            for more in ends.into_iter().chain([&["login", "--help"][..], &[]]) {
                let arguments: Vec<&str> = std::iter::once(name.as_str())
                    .chain(more.iter().copied())
                    .collect();
                let expected = printed(Cli::command(), &arguments);
                assert_eq!(
                    printed(first.clone(), &arguments),
                    expected,
                    "{arguments:?}"
                );
            }
        }
    }
}
