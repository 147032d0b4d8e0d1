//! Prints the lines of the ledger that a run could not write. On a CI runner the journal is lost with the
//! machine, so the log of the job is the only place that keeps them.

use syndicate_api::text::plural;

use super::json::to_json_line;
use super::print::eprint_lines;

/// Prints `lines` with the command that records them.
pub(crate) fn eprint_unrecorded(lines: &[String]) -> anyhow::Result<()> {
    match format_unrecorded(lines) {
        Some(text) => eprint_lines(&text),
        None => Ok(()),
    }
}

/// Returns the command that records `lines`, or `None` without lines.
pub(crate) fn format_unrecorded(lines: &[String]) -> Option<String> {
    if lines.is_empty() {
        return None;
    }
    let events = plural(lines.len(), "event");
    let lines: String = lines.iter().map(|line| printable(line)).collect();
    Some(format!(
        "error: {events} of this run could not be written to the ledger\nhint: before the next run, record \
         them with this command:\nsyndicate ledger import <<'EOF'\n{lines}EOF"
    ))
}

/// Returns `line` with JSON escapes for characters that a terminal or a CI service would interpret.
fn printable(line: &str) -> String {
    let value: serde_json::Result<serde_json::Value> = serde_json::from_str(line);
    let formatted = value.and_then(|value| to_json_line(&value));
    let line = formatted.unwrap_or_else(|_| line.trim_end().to_owned());
    format!("{line}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn import_command_has_all_lines() {
        assert_eq!(format_unrecorded(&[]), None);
        let lines = [
            "{\"v\":1,\"id\":\"a\"}\n".to_owned(),
            "{\"v\":1,\"id\":\"\u{202e}\"}\n".to_owned(),
        ];
        let text = format_unrecorded(&lines).unwrap();
        let (head, body) = text.split_once("<<'EOF'\n").unwrap();
        assert!(head.starts_with("error: 2 events of this run"), "{head}");
        let body: Vec<&str> = body.lines().collect();
        assert_eq!(body.len(), 3);
        assert_eq!(body[2], "EOF");
        for (printed, line) in body.iter().zip(&lines) {
            let read = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
            assert_eq!(read(printed), read(line));
        }
        assert!(!text.contains('\u{202e}'));
    }
}
