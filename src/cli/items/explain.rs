//! Formats the explanation of one file as text.

use serde_json::Value;
use syndicate_api::{FieldCandidate, FileExplanation, ItemField};

use crate::terminal::escape_value;

/// Formats an explanation with every candidate value of each field.
pub(super) fn format_explanation(explanation: &FileExplanation) -> String {
    let verdict = match &explanation.item {
        Some(item) if item.label() == explanation.path => "a post".to_owned(),
        Some(item) => format!("a post, `{}`", escape_value(item.label())),
        None => "no post".to_owned(),
    };
    let mut text = format!("{}: {verdict}\n", escape_value(&explanation.path));
    for reason in &explanation.reasons {
        text.push_str(&format!("  {}\n", escape_value(reason)));
    }
    for (field, candidates) in &explanation.fields {
        text.push_str(&format!("\n{}\n", name(*field)));
        candidates
            .iter()
            .for_each(|candidate| text.push_str(&line(candidate)));
    }
    if !explanation.remarks.is_empty() {
        text.push('\n');
    }
    for remark in &explanation.remarks {
        text.push_str(&format!("note: {}\n", escape_value(remark)));
    }
    text.truncate(text.trim_end().len());
    text
}

fn line(candidate: &FieldCandidate) -> String {
    let FieldCandidate {
        origin,
        value,
        reason: why,
        ..
    } = candidate;
    let mark = if candidate.is_chosen { '✓' } else { '·' };
    let origin = origin.to_string();
    let [value, origin, why] = [value, &origin, why].map(|text| escape_value(text));
    format!("  {mark} {value}\n      {origin}: {why}\n")
}

/// Returns the field's name as in JSON.
fn name(field: ItemField) -> String {
    let name = serde_json::to_value(field).ok();
    let name = name.as_ref().and_then(Value::as_str);
    name.unwrap_or_default().to_owned()
}
