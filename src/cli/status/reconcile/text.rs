//! Formats a comparison with the platforms as text.

use syndicate_api::text::plural;

use crate::cli::output::{eprint_status, eprint_warning, print_lines};
use crate::engine::reconcile::{Comparison, ComparisonResult, SinkReport};
use crate::session::Reconciliation;
use crate::terminal::escape_value;

/// Prints one line for each post that is not known, and the next steps.
pub(super) fn print(reconciliation: &Reconciliation) -> anyhow::Result<()> {
    let Reconciliation {
        reports,
        is_new,
        unlisted,
        recorded,
    } = reconciliation;
    for report in reports {
        print_report(report)?;
    }
    let found: usize = reports.iter().map(|report| report.found().len()).sum();
    let ledger = match is_new {
        true => "a new ledger",
        false => "the ledger",
    };
    match recorded {
        _ if found == 0 && *is_new => {
            eprint_status("no posts were found, so no ledger was created")?;
        }
        Some(recorded) => eprint_status(&format!(
            "recorded {} in {ledger}",
            plural(*recorded, "post")
        ))?,
        None if found == 0 => eprint_status("nothing to record")?,
        None => eprint_status(&format!(
            "nothing was recorded; to record {} in {ledger}, run `syndicate status --reconcile \
             --yes`",
            plural(found, "post")
        ))?,
    }
    if *is_new && found > 0 {
        warn_unlisted(unlisted)?;
    }
    Ok(())
}

fn print_report(report: &SinkReport) -> anyhow::Result<()> {
    let sink = escape_value(&report.sink);
    match &report.result {
        ComparisonResult::Unsupported => eprint_status(&format!(
            "{sink}: this sink cannot list its posts, so nothing was compared"
        )),
        ComparisonResult::Incomplete { posts, reason } => eprint_warning(
            &format!(
                "{sink}: the listing is not complete ({}), so nothing of it is used: {reason}",
                plural(*posts, "post")
            ),
            "run `syndicate status --reconcile` again when the platform answers",
        ),
        ComparisonResult::OtherAccount { account } => eprint_warning(
            &format!(
                "{sink}: `{}` is not the account that sent the posts in the ledger, so nothing of its listing is used",
                escape_value(account)
            ),
            "sign in to the account that sent them, then run `syndicate status --reconcile` again",
        ),
        ComparisonResult::Compared(comparison) => {
            print_comparison(&sink, comparison)?;
            eprint_status(&format!("{sink}: {}", summary(comparison)))
        }
    }
}

fn print_comparison(sink: &str, comparison: &Comparison) -> anyhow::Result<()> {
    for found in &comparison.found {
        let (item, id) = (
            escape_value(&found.item),
            escape_value(found.receipt.label()),
        );
        let by = found.by.as_str();
        print_lines(&format!("found     {item} → {sink} as {id}, by its {by}"))?;
    }
    for post in &comparison.ambiguous {
        let items: Vec<_> = post.items.iter().map(|item| escape_value(item)).collect();
        let (items, id) = (items.join(", "), escape_value(post.receipt.label()));
        let reason = escape_value(&post.reason);
        print_lines(&format!(
            "ambiguous {items} → {sink} as {id}\n          {reason}"
        ))?;
    }
    for post in &comparison.missing {
        let (item, id) = (escape_value(&post.item), escape_value(post.receipt.label()));
        print_lines(&format!(
            "missing   {item} → {sink}\n          recorded as sent, as {id}, and not listed by \
             the platform"
        ))?;
    }
    for post in &comparison.without_item {
        let id = escape_value(post.receipt.label());
        let title = post.title.as_deref().unwrap_or_default();
        let line = format!("no item   {sink} {id} {}", escape_value(title));
        print_lines(line.trim_end())?;
    }
    Ok(())
}

fn summary(comparison: &Comparison) -> String {
    let Comparison {
        known,
        found,
        without_item,
        ambiguous,
        missing,
        unsent,
    } = comparison;
    let listed = known + found.len() + without_item.len() + ambiguous.len();
    let mut text = format!(
        "{} listed: {known} known, {} found, {} ambiguous, {} without an item",
        plural(listed, "post"),
        found.len(),
        ambiguous.len(),
        without_item.len(),
    );
    if !missing.is_empty() {
        text.push_str(&format!(
            "; {} recorded as sent and not listed, which changes nothing",
            plural(missing.len(), "post")
        ));
    }
    if *unsent > 0 {
        text.push_str(&format!(
            "; {} not listed and not recorded, so new under the policy",
            plural(*unsent, "item")
        ));
    }
    text
}

/// Names the sinks about which a new ledger knows nothing.
fn warn_unlisted(sinks: &[String]) -> anyhow::Result<()> {
    for sink in sinks {
        eprint_warning(
            &format!(
                "a new ledger knows no post of `{sink}`, so nothing is sent there until you decide"
            ),
            &format!(
                "run `syndicate build --baseline {sink}` to record every present post as known, or \
                 `--backfill {sink}` to treat them as new"
            ),
        )?;
    }
    Ok(())
}
