//! Workflow commands: lines on standard output that the runner interprets, such as
//! `::error file=a.md,line=3,title=new::message`.
//!
//! The runner decodes `%0D`, `%0A` and `%25` in the message, and `%3A` and `%2C` as well in a property
//! (`ActionCommand.cs` of actions/runner). It keeps ten annotations of each level per step and 4096
//! characters of each message (`ExecutionContext.cs`), and drops the rest silently. The last of ten
//! therefore says how many more there are.

use crate::ci::annotation::{Annotation, Level};
use crate::terminal::escape_lines;

/// Number of annotations of one level that GitHub shows for each step.
const MAX_PER_LEVEL: usize = 10;

/// Maximum number of bytes of a message, which has at most as many characters in any encoding.
const MAX_MESSAGE: usize = 4_000;

/// Returns one workflow command per annotation, the most severe first.
pub(crate) fn format_commands(annotations: &[Annotation]) -> Vec<String> {
    let mut commands = Vec::new();
    for level in [Level::Error, Level::Warning, Level::Notice] {
        let of_level: Vec<&Annotation> = annotations
            .iter()
            .filter(|annotation| annotation.level == level)
            .collect();
        let shown = match of_level.len() {
            0..=MAX_PER_LEVEL => of_level.len(),
            _ => MAX_PER_LEVEL - 1,
        };
        commands.extend(of_level[..shown].iter().map(|one| format_command(one)));
        let more = of_level.len() - shown;
        if more > 0 {
            commands.push(format!(
                "::{} title={more} more::{more} more are in the log and in the summary of this job",
                level_name(level)
            ));
        }
    }
    commands
}

fn format_command(annotation: &Annotation) -> String {
    let mut properties = Vec::new();
    if let Some(location) = &annotation.location {
        properties.push(format!("file={}", escape_property(&location.file)));
        let (line, column) = (location.line, location.column);
        properties.extend(line.map(|line| format!("line={line}")));
        // The runner refuses a column without a line.
        let column = column.filter(|_| line.is_some());
        properties.extend(column.map(|column| format!("col={column}")));
    }
    properties.push(format!("title={}", escape_property(annotation.code)));
    format!(
        "::{} {}::{}",
        level_name(annotation.level),
        properties.join(","),
        escape_data(cut(&escape_lines(&annotation.message)))
    )
}

fn level_name(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Notice => "notice",
    }
}

fn cut(message: &str) -> &str {
    &message[..message.floor_char_boundary(MAX_MESSAGE)]
}

/// Escapes the message of a command. `%` is first, because the other replacements contain it.
fn escape_data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// Escapes a property of a command.
fn escape_property(text: &str) -> String {
    escape_data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ci::annotation::SourceLocation;

    fn annotation(file: &str, message: &str) -> Annotation {
        Annotation {
            level: Level::Error,
            code: "unavailable",
            message: message.to_owned(),
            location: Some(SourceLocation {
                file: file.to_owned(),
                line: Some(3),
                column: Some(7),
            }),
        }
    }

    #[test]
    fn command_names_file_and_line() {
        let commands = format_commands(&[annotation("a.md", "invalid date\nhint: write it")]);
        let expected =
            "::error file=a.md,line=3,col=7,title=unavailable::invalid date%0Ahint: write it";
        assert_eq!(commands, [expected]);
    }

    #[test]
    fn property_cannot_end_early() {
        let commands = format_commands(&[annotation("a,line=9::b%0A\r\n.md", "100 %25")]);
        let expected = "::error file=a%2Cline=9%3A%3Ab%250A%0D%0A.md,line=3,col=7,\
                        title=unavailable::100 %2525";
        assert_eq!(commands, [expected]);
    }

    #[test]
    fn message_cannot_hold_second_command() {
        let message = "a\n::error::b\r::set-output::c\u{2028}##[group]d";
        for command in format_commands(&[annotation("a.md", message)]) {
            assert_eq!(command.lines().count(), 1, "{command}");
            assert!(!command.contains("##["), "{command}");
        }
    }

    #[test]
    fn column_needs_line() {
        let mut annotation = annotation("a.md", "x");
        annotation.location.as_mut().unwrap().line = None;
        let commands = format_commands(&[annotation]);
        assert_eq!(commands, ["::error file=a.md,title=unavailable::x"]);
    }

    #[test]
    fn eleventh_annotation_becomes_count() {
        let mut annotations = vec![annotation("a.md", "x"); 12];
        assert_eq!(format_commands(&annotations[..10]).len(), 10);
        annotations[0].level = Level::Notice;
        let commands = format_commands(&annotations);
        assert_eq!(commands.len(), 11);
        assert!(commands[9].starts_with("::error title=2 more::"));
        assert!(commands[10].starts_with("::notice "), "{commands:?}");
    }

    #[test]
    fn long_message_is_cut_between_characters() {
        let commands = format_commands(&[annotation("a.md", &"ö".repeat(5_000))]);
        assert_eq!(commands[0].matches('ö').count(), MAX_MESSAGE / 2);
    }
}
