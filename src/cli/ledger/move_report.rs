//! Prints the result of `syndicate ledger move`.

use syndicate_api::text::plural;

use crate::cli::output::{eprint_lines, print_result};
use crate::session::MovedLedger;
use crate::terminal::escape_value;

/// Prints the result of a move that changed the file `changed`.
pub(super) fn report(moved: &MovedLedger, changed: Option<&str>) -> anyhow::Result<()> {
    let MovedLedger {
        from, to, events, ..
    } = moved;
    let Some(from) = from else {
        return print_result(&format!("the ledger is in `{to}` already"));
    };
    let events = plural(*events, "event");
    print_result(&format!(
        "moved the ledger from `{from}` to `{to}`: {events}"
    ))?;
    let mut files = Vec::from_iter(changed);
    if let Some(file) = changed {
        print_result(&format!("changed: {file}"))?;
    }
    // From the closed file, other clones learn that the ledger has moved.
    files.extend(moved.is_from_file.then_some(from.as_str()));
    // Without the open file, other clones have no ledger and send everything again.
    files.extend(moved.is_to_file.then_some(to.as_str()));
    if files.is_empty() {
        return Ok(());
    }
    let files: Vec<String> = files
        .into_iter()
        .map(|file| escape_value(file).into_owned())
        .collect();
    eprint_lines(&format!("\nCommit and push: {}", files.join(", ")))
}
