//! Formats the state of the ledger as text.

use jiff::Timestamp;
use jiff::fmt::temporal::DateTimePrinter;
use jiff::tz::{Offset, TimeZone};
use syndicate_api::Env;
use syndicate_api::text::plural;

use super::options::StatusOptions;
use super::state::{RunStatus, describe};
use crate::cli::output::{eprint_instructions, eprint_status, format_claimed, print_lines};
use crate::ledger::{DeliveryHistory, DeliveryState, History, LedgerState, ListedItem};
use crate::terminal::escape_value;

/// Number of bytes that are printed at once: a ledger may have many thousand deliveries.
const BATCH: usize = 32 * 1024;

/// Prints each delivery that the options select. Posts that were recorded as known and never sent are printed only with
/// `--all`.
pub(super) fn print(
    ledger_state: &LedgerState,
    runs: &RunStatus,
    (options, zone): (&StatusOptions, &TimeZone),
    env: &Env,
) -> anyhow::Result<()> {
    let mut counts = Counts::default();
    let mut lines = String::new();
    ledger_state.for_each_item(|item| {
        match item {
            ListedItem::Sent(post) => {
                if options.wants(Some(post.sink), Some(post.last), zone) {
                    counts.posts += 1;
                    let sent = ("sent", Some(post.at));
                    push_delivery(&mut lines, sent, (post.item, post.sink), Some(post.link));
                }
            }
            ListedItem::Other(mut history) => {
                let is_wanted = |delivery: &_| options.wants_delivery(delivery, zone);
                history.deliveries.retain(is_wanted);
                counts.posts += usize::from(!history.deliveries.is_empty());
                for delivery in &history.deliveries {
                    counts.add(&delivery.state, runs);
                    if options.all || !matches!(delivery.state, DeliveryState::Adopted { .. }) {
                        push_history(&mut lines, &history, delivery, runs);
                    }
                }
            }
        }
        print_if_longer(&mut lines, BATCH)
    })?;
    print_if_longer(&mut lines, 0)?;
    eprint_status(&recorded(counts.posts, counts.known))?;
    let Counts { open, equal, .. } = counts;
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

/// Numbers of posts and deliveries.
#[derive(Default)]
struct Counts {
    posts: usize,
    /// Deliveries that were recorded as known.
    known: usize,
    /// Deliveries of unknown outcome.
    open: usize,
    /// Deliveries that were refused as duplicates.
    equal: usize,
}

impl Counts {
    fn add(&mut self, state: &DeliveryState, runs: &RunStatus) {
        self.known += usize::from(matches!(state, DeliveryState::Adopted { .. }));
        let is_unknown = matches!(state, DeliveryState::Unknown { .. });
        self.open += usize::from(is_unknown && runs.claimed_until(state).is_none());
        self.equal += usize::from(matches!(state, DeliveryState::Duplicate { .. }));
    }
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

fn push_history(
    lines: &mut String,
    history: &History<'_>,
    delivery: &DeliveryHistory<'_>,
    runs: &RunStatus,
) {
    let (mut word, at, mut detail) = describe(&delivery.state);
    if let Some(until) = runs.claimed_until(&delivery.state) {
        word = "claimed";
        detail = Some(format_claimed(until));
    }
    let sink = delivery.sink.unwrap_or("every sink");
    push_delivery(lines, (word, at), (history.item, sink), detail.as_deref());
}

/// Appends the lines of a delivery in the state `word` since `at`.
fn push_delivery(
    lines: &mut String,
    (word, at): (&str, Option<Timestamp>),
    (item, sink): (&str, &str),
    detail: Option<&str>,
) {
    push_column(lines, 9, |lines| lines.push_str(word));
    push_column(lines, 16, |lines| {
        if let Some(at) = at {
            push_minute(lines, at);
        }
    });
    lines.push_str(&escape_value(item));
    lines.push_str(" → ");
    lines.push_str(&escape_value(sink));
    if let Some(detail) = detail {
        lines.push_str("\n          ");
        lines.push_str(&escape_value(detail));
    }
    lines.push('\n');
}

/// Appends ASCII text with `push`, and spaces up to `width` and one more.
fn push_column(lines: &mut String, width: usize, push: impl FnOnce(&mut String)) {
    let end = lines.len() + width;
    push(lines);
    let missing = end.saturating_sub(lines.len());
    lines.extend(std::iter::repeat_n(' ', missing + 1));
}

/// Appends `at` in UTC, such as `2026-07-23 09:30`.
fn push_minute(lines: &mut String, at: Timestamp) {
    const PRINTER: DateTimePrinter = DateTimePrinter::new().separator(b' ').precision(Some(0));
    let at = Offset::UTC.to_datetime(at);
    // A string accepts everything.
    if PRINTER.print_datetime(&at, &mut *lines).is_ok() {
        lines.truncate(lines.len() - ":00".len());
    }
}
