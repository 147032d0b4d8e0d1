//! `syndicate completions`: prints a script that completes commands, options and their values.

use clap::{Args, Command};
use clap_complete::{Shell, generate};

use super::output::print_lines;
use super::{CliError, ExitStatus};

/// Options of `completions`.
#[derive(Args, Debug)]
#[command(after_help = "\
  syndicate completions bash > \\
    ~/.local/share/bash-completion/completions/syndicate
  syndicate completions fish > ~/.config/fish/completions/syndicate.fish
  syndicate completions zsh > ~/.zfunc/_syndicate

For zsh, the folder must be in `fpath`.")]
pub(super) struct CompletionsOptions {
    /// The shell to print a script for
    #[arg(value_enum)]
    shell: Shell,
}

pub(super) fn run(
    mut command: Command,
    options: &CompletionsOptions,
) -> Result<ExitStatus, CliError> {
    let name = command.get_name().to_owned();
    let mut script = Vec::new();
    generate(options.shell, &mut command, name, &mut script);
    print_lines(String::from_utf8_lossy(&script).trim_end())?;
    Ok(ExitStatus::Success)
}
