//! Checks that a run matches its row, does what was previewed, and sends no post twice.

use std::collections::BTreeMap;

use super::outcome::Outcome;
use super::parse::{Row, Step};

/// Fails if `outcome` differs from the lines below `step`.
pub(super) fn compare(outcome: &Outcome, step: &Step) -> Result<(), String> {
    let wrong = outcome.differences(step);
    if wrong.is_empty() {
        return Ok(());
    }
    let expected: Vec<String> = step
        .block
        .iter()
        .map(|line| format!("    {line}"))
        .collect();
    Err(format!(
        "  {}\n  expected:\n{}\n  actual:\n{}{}",
        wrong.join("\n  "),
        expected.join("\n"),
        outcome.lines(),
        outcome.written
    ))
}

/// Fails if `build` did something that `preview` did not show.
pub(super) fn compare_with_preview(shown: &Outcome, built: &Outcome) -> Result<(), String> {
    if built.stopped.is_some() {
        return Ok(());
    }
    for one in &built.deliveries {
        let mut entries = shown.deliveries.iter();
        let entry = entries.find(|entry| {
            entry.path == one.path && entry.title == one.title && entry.sink == one.sink
        });
        let same = entry.is_some_and(|entry| match one.outcome.as_deref() {
            Some("sent" | "updated") => matches!(entry.action.as_str(), "send" | "update"),
            // The outcome of a request is not known before the request.
            Some(_) => true,
            None => entry.code == one.code || matches!(entry.action.as_str(), "send" | "update"),
        });
        if !same {
            return Err(format!(
                "`preview` did not show that\n  preview:\n{}  build:\n{}",
                shown.lines(),
                built.lines()
            ));
        }
    }
    Ok(())
}

/// Fails if readers see the same title twice from one author.
pub(super) fn assert_unique(row: &Row, posts: &[serde_json::Value]) -> Result<(), String> {
    let mut seen: BTreeMap<(String, String), usize> = BTreeMap::new();
    for post in posts {
        let title = post["article"]["title"].as_str().unwrap_or_default();
        let author = post["raw"]["author"].as_str().unwrap_or_default();
        *seen
            .entry((title.to_owned(), author.to_owned()))
            .or_default() += 1;
    }
    for ((title, _), count) in &seen {
        let twice = row.twice.iter().any(|allowed| allowed == title);
        if *count > 1 + usize::from(twice) {
            return Err(format!("`{title}` is out {count} times"));
        }
    }
    let missing = row.twice.iter().find(|title| {
        let mut counts = seen.iter();
        !counts.any(|((of, _), count)| of == *title && *count == 2)
    });
    match missing {
        Some(title) => Err(format!("`{title}` was to be out twice")),
        None => Ok(()),
    }
}
