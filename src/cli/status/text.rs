//! Formats the state of the ledger as text.

use syndicate_api::Env;

use super::state::{RunStatus, describe};
use crate::cli::output::{eprint_instructions, eprint_status, format_claimed, plural, print_lines};
use crate::ledger::{DeliveryHistory, DeliveryState, History};
use crate::terminal::escape_value;

/// Number of bytes that are printed at once: a ledger may have many thousand deliveries.
const BATCH: usize = 32 * 1024;

/// Prints each delivery. With `is_all` also prints posts that were recorded as known and never
/// sent.
pub(super) fn print(
    histories: &[History<'_>],
    runs: &RunStatus,
    is_all: bool,
    env: &Env,
) -> anyhow::Result<()> {
    let mut known = 0;
    let mut open = 0;
    let mut equal = 0;
    let mut lines = String::new();
    for history in histories {
        for delivery in &history.deliveries {
            let adopted = matches!(delivery.state, DeliveryState::Adopted { .. });
            known += usize::from(adopted);
            let is_unknown = matches!(delivery.state, DeliveryState::Unknown { .. });
            open += usize::from(is_unknown && runs.claimed_until(&delivery.state).is_none());
            equal += usize::from(matches!(delivery.state, DeliveryState::Duplicate { .. }));
            if is_all || !adopted {
                lines.push_str(&format_delivery(history, delivery, runs));
                lines.push('\n');
                print_if_longer(&mut lines, BATCH)?;
            }
        }
    }
    print_if_longer(&mut lines, 0)?;
    eprint_status(&recorded(histories.len(), known))?;
    if open > 0 {
        eprint_status(&format!(
            "{open} of unknown outcome: check the platform, then run `syndicate settle`"
        ))?;
        eprint_instructions("`syndicate settle`", env)?;
    }
    if equal > 0 {
        eprint_status(&format!(
            "{equal} refused as duplicates of a post on the platform: if it is the same post, run `syndicate adopt \
             POST ID`; if not, run `syndicate settle POST --not-sent` and change the text"
        ))?;
    }
    Ok(())
}

/// Prints and clears `lines` if they are longer than `length`.
fn print_if_longer(lines: &mut String, length: usize) -> anyhow::Result<()> {
    if lines.len() > length {
        print_lines(lines.strip_suffix('\n').unwrap_or(lines))?;
        lines.clear();
    }
    Ok(())
}

/// Formats the number of recorded posts, of which `known` were recorded as known.
fn recorded(posts: usize, known: usize) -> String {
    match (posts, known) {
        (0, _) => "no posts recorded".to_owned(),
        (posts, 0) => format!("{} recorded", plural(posts, "post")),
        (posts, known) => format!("{} recorded, {known} as known", plural(posts, "post")),
    }
}

fn format_delivery(
    history: &History<'_>,
    delivery: &DeliveryHistory<'_>,
    runs: &RunStatus,
) -> String {
    let sink = escape_value(delivery.sink.unwrap_or("every sink"));
    let item = escape_value(history.item);
    let (mut word, at, mut detail) = describe(&delivery.state);
    if let Some(until) = runs.claimed_until(&delivery.state) {
        word = "claimed";
        detail = Some(format_claimed(until));
    }
    let at = at
        .map(|at| at.strftime("%Y-%m-%d %H:%M").to_string())
        .unwrap_or_default();
    let mut line = format!("{word:<9} {at:<16} {item} → {sink}");
    if let Some(detail) = detail {
        line.push_str(&format!("\n          {}", escape_value(&detail)));
    }
    line
}
