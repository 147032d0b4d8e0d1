//! Converts clap's errors into diagnostics.

use std::ffi::OsString;

use clap::Command;
use clap::error::ErrorKind;
use syndicate_api::{Code, Diagnostic};

/// Returns `true` if clap only reports output that the user requested, such as help.
#[must_use]
pub(super) fn is_help(error: &clap::Error) -> bool {
    // Without a command, clap prints the help as an error.
    let is_asked_for = !error.use_stderr();
    is_asked_for || error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
}

/// Returns the command that `arguments` call, such as `syndicate auth login`.
pub(super) fn called_command(
    mut definition: &Command,
    arguments: impl IntoIterator<Item = OsString>,
) -> String {
    let mut words = vec!["syndicate"];
    for argument in arguments {
        if let Some(called) = definition.find_subcommand(&argument) {
            definition = called;
            words.push(called.get_name());
        }
    }
    words.join(" ")
}

/// Returns the error as a diagnostic. Clap's text has paragraphs `error: …`, `tip: …` and, in some errors, `Usage: …`; if
/// it does not name the command, `called` does.
#[must_use]
pub(super) fn usage_diagnostic(error: &clap::Error, called: impl FnOnce() -> String) -> Diagnostic {
    let text = error.render().to_string();
    let mut paragraphs = text.split("\n\n");
    let message = match error.kind() {
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => "missing command".to_owned(),
        _ => one_line(paragraphs.next().unwrap_or_default()),
    };
    let tips: Vec<String> = paragraphs
        .filter_map(|paragraph| paragraph.trim_start().strip_prefix("tip: "))
        .map(one_line)
        .collect();
    let hint = match tips.is_empty() {
        true => {
            let named = usage_command(&text).unwrap_or_else(called);
            format!("run `{named} --help`")
        }
        false => tips.join("; "),
    };
    let message = message.trim_start_matches("error: ");
    Diagnostic::new(Code::Usage, message).with_hint(hint)
}

/// Returns a paragraph on one line, with clap's quoted values in backticks.
fn one_line(paragraph: &str) -> String {
    let words: Vec<&str> = paragraph.split_whitespace().collect();
    words.join(" ").replace('\'', "`")
}

/// Returns the command in clap's usage line, if there is one, without its options and arguments.
fn usage_command(text: &str) -> Option<String> {
    let usage = text.lines().find_map(|line| line.strip_prefix("Usage: "))?;
    let words = usage.split_whitespace();
    let words = words.take_while(|word| !word.starts_with(['[', '<', '-']));
    Some(words.collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mistake(arguments: &[&str]) -> Diagnostic {
        let verb = Command::new("build")
            .arg(clap::arg!(--only <POST>))
            .arg(clap::arg!(<SITE>).value_parser(["blog", "news"]));
        let program = Command::new("syndicate").subcommand(verb);
        let called = called_command(&program, arguments.iter().map(OsString::from));
        usage_diagnostic(
            &program.try_get_matches_from(arguments).unwrap_err(),
            || called,
        )
    }

    #[test]
    fn tip_becomes_hint() {
        let mistake = mistake(&["syndicate", "build", "--onyl", "a.md"]);
        assert_eq!(mistake.code, Code::Usage);
        assert_eq!(mistake.message, "unexpected argument `--onyl` found");
        let hint = mistake.hint.unwrap();
        assert_eq!(hint, "a similar argument exists: `--only`");
    }

    #[test]
    fn command_without_tip_names_its_help() {
        let mistake = mistake(&["syndicate", "build"]);
        let message = "the following required arguments were not provided: <SITE>";
        assert_eq!(mistake.message, message);
        assert_eq!(mistake.hint.unwrap(), "run `syndicate build --help`");
    }

    #[test]
    fn possible_values_stay_in_message() {
        let mistake = mistake(&["syndicate", "build", "shop"]);
        let message = "invalid value `shop` for `<SITE>` [possible values: blog, news]";
        assert_eq!(mistake.message, message);
        assert_eq!(mistake.hint.unwrap(), "run `syndicate build --help`");
    }
}
