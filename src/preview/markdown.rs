//! Renders the plan as a Markdown table for a comment on a pull request. All text of posts is escaped: it
//! cannot end a cell, begin a heading, mention an account or load a picture.

use syndicate_api::CodeKind;

use super::attachment::{AttachmentPart, parts};
use super::view::{DeliveryView, facts};
use crate::engine::{Plan, PlanEntry};
use crate::preview::summary_lines;

/// Maximum number of characters of a commentary in a cell.
const MAX_CHARACTERS: usize = 280;

/// Renders `plan`. Deliveries without a payload or an error are listed only if `all` is set.
#[must_use]
pub(crate) fn render_markdown(plan: &Plan, all: bool) -> String {
    let mut text = format!("### Preview: {}\n\n", escape(&summary_lines(plan)));
    let listed = |entry: &&PlanEntry| {
        all || entry.composed.is_some() || entry.code.kind() == CodeKind::Fault
    };
    let rows: Vec<String> = plan.entries.iter().filter(listed).map(row).collect();
    if !rows.is_empty() {
        text.push_str("| | post | sink | preview | length | payload |\n");
        text.push_str("|---|---|---|---|---|---|\n");
        text.push_str(&rows.concat());
    }
    for fault in &plan.faults {
        text.push_str(&format!(
            "\n- **unreadable** {}",
            escape(&fault.to_string())
        ));
    }
    for note in &plan.notes {
        text.push_str(&format!("\n- {}", escape(note)));
    }
    if !plan.faults.is_empty() || !plan.notes.is_empty() {
        text.push('\n');
    }
    text
}

fn row(entry: &PlanEntry) -> String {
    let view = DeliveryView::of(entry);
    let seen = view.as_ref().map_or_else(
        || escape(&entry.reason),
        |view| {
            let mut seen = escape(&cut(&view.shown));
            if !view.rest.trim().is_empty() {
                seen.push_str(" <sub>…see more</sub>");
            }
            if let Some(card) = &view.card {
                let picture = match &card.picture {
                    Some(picture) => picture.facts(),
                    None => card.no_picture.to_owned(),
                };
                seen.push_str(&format!(
                    "<br><br>**{}**<br>{} · {}",
                    escape(&card.card.title),
                    escape(&card.domain),
                    escape(&picture)
                ));
            }
            if let Some(attachment) = &view.composed.post.attachment {
                for part in parts(attachment) {
                    seen.push_str(&format!("<br>{}", attachment_part(&part)));
                }
            }
            for advice in &view.advice {
                seen.push_str(&format!("<br>⚠ {}", escape(&advice.to_string())));
            }
            seen
        },
    );
    let title = entry.item.title.as_deref().unwrap_or("untitled");
    let hash = view
        .as_ref()
        .map(|view| format!("`{}`", short(&view.composed.hash)));
    format!(
        "| {} `{}` | {}<br>{} | {} | {seen} | {} | {} |\n",
        format!("{:?}", entry.action).to_lowercase(),
        entry.code,
        escape(title),
        escape(entry.item.label()),
        sender(entry),
        view.as_ref().map(DeliveryView::count).unwrap_or_default(),
        hash.unwrap_or_default(),
    )
}

/// Renders the sink and the account that it posts as.
fn sender(entry: &PlanEntry) -> String {
    let sink = escape(&entry.sink);
    match entry.sender.is_unknown() {
        true => sink,
        false => format!("{sink}<br>as {}", escape(&entry.sender.to_string())),
    }
}

fn attachment_part(part: &AttachmentPart<'_>) -> String {
    match part {
        AttachmentPart::File(medium, _) => escape(&facts(medium)),
        AttachmentPart::Title(title) => format!("**{}**", escape(title)),
        AttachmentPart::Choice(choice) => format!("○ {}", escape(choice)),
        AttachmentPart::Post(post) => format!("↻ {}", escape(post)),
        AttachmentPart::Note(note) => escape(note),
    }
}

/// Shortens a hash to a prefix that `approve` and `build --only` accept.
fn short(hash: &str) -> &str {
    hash.get(.."sha256:".len() + 12).unwrap_or(hash)
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(MAX_CHARACTERS) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

/// Escapes text for a table cell: every character with a meaning in Markdown becomes a character
/// reference.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let lines = text.trim().split('\n').map(str::trim_end);
    for (index, line) in lines.enumerate() {
        if index > 0 {
            escaped.push_str("<br>");
        }
        for character in line.chars() {
            match character {
                'a'..='z' | 'A'..='Z' | '0'..='9' | ' ' | ',' | ';' | '?' | '/' | '%' | '\'' => {
                    escaped.push(character);
                }
                // GitHub and GitLab find mentions and issues in the rendered text; a zero-width space
                // after the sign prevents that.
                '@' | '#' => escaped.push_str(&format!("&#{};&#8203;", character as u32)),
                other if other.is_ascii() => escaped.push_str(&format!("&#{};", other as u32)),
                other => escaped.push(other),
            }
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::escape;
    use proptest::prelude::*;

    #[test]
    fn escaped_text_stays_in_cell() {
        assert_eq!(escape("a | b\n# c"), "a &#124; b<br>&#35;&#8203; c");
        assert_eq!(escape("<img src=x>"), "&#60;img src&#61;x&#62;");
        assert_eq!(escape("@someone"), "&#64;&#8203;someone");
        assert_eq!(escape("Größe"), "Größe");
    }

    proptest! {
        #[test]
        fn escaped_text_has_no_markdown(text in any::<String>()) {
            let made = escape(&text).replace("<br>", "").replace("&#", "");
            prop_assert!(!made.contains(['|', '\n', '`', '*', '_', '[', ']', '<', '>', '@', '#']));
        }
    }
}
