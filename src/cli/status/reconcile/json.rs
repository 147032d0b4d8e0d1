//! Formats a comparison with the platforms as JSON.

use serde_json::{Value, json};

use crate::engine::reconcile::{Comparison, ComparisonResult, SinkReport};
use crate::session::Reconciliation;

/// Returns the comparison as a JSON object.
pub(super) fn reconciliation_json(reconciliation: &Reconciliation) -> Value {
    let Reconciliation {
        reports,
        is_new,
        unlisted,
        recorded,
    } = reconciliation;
    let sinks: Vec<Value> = reports.iter().map(report_json).collect();
    json!({
        "v": 1,
        "is_new": is_new,
        "recorded": recorded,
        "unlisted": unlisted,
        "sinks": sinks,
    })
}

fn report_json(report: &SinkReport) -> Value {
    let sink = &report.sink;
    match &report.result {
        ComparisonResult::Unsupported => json!({"sink": sink, "listing": "unsupported"}),
        ComparisonResult::Incomplete { posts, reason } => {
            json!({"sink": sink, "listing": "incomplete", "posts": posts, "reason": reason})
        }
        ComparisonResult::OtherAccount { account } => {
            json!({"sink": sink, "listing": "other_account", "account": account})
        }
        ComparisonResult::Compared(comparison) => comparison_json(sink, comparison),
    }
}

fn comparison_json(sink: &str, comparison: &Comparison) -> Value {
    let found = comparison.found.iter().map(
        |found| json!({"item": found.item, "receipt": found.receipt, "by": found.by.as_str()}),
    );
    let ambiguous = comparison
        .ambiguous
        .iter()
        .map(|post| json!({"receipt": post.receipt, "items": post.items, "reason": post.reason}));
    let without_item = comparison
        .without_item
        .iter()
        .map(|post| json!({"receipt": post.receipt, "title": post.title, "links": post.links}));
    let missing = comparison.missing.iter();
    let missing = missing.map(|post| json!({"item": post.item, "receipt": post.receipt}));
    json!({
        "sink": sink,
        "listing": "complete",
        "known": comparison.known,
        "found": found.collect::<Vec<_>>(),
        "ambiguous": ambiguous.collect::<Vec<_>>(),
        "without_item": without_item.collect::<Vec<_>>(),
        "missing": missing.collect::<Vec<_>>(),
        "unsent": comparison.unsent,
    })
}
