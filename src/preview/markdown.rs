//! The plan as a table in Markdown, fit for a comment on a pull request. Whatever a post says is text
//! in it: it can neither end a cell nor begin a heading, mention nobody and load no picture.

use syndicate_api::CodeKind;

use super::attachment::{AttachmentPart, parts};
use super::view::{DeliveryView, facts};
use crate::engine::{Plan, PlanEntry};
use crate::preview::summary_lines;

/// The longest stretch of a commentary in a cell.
const MOST: usize = 280;

/// All of `plan`; what stays by itself is counted and not listed, unless `all` is asked for.
#[must_use]
pub(crate) fn render_markdown(plan: &Plan, all: bool) -> String {
    let mut text = format!("### Preview: {}\n\n", plain(&summary_lines(plan)));
    let listed = |entry: &&PlanEntry| {
        all || entry.composed.is_some() || entry.code.kind() == CodeKind::Fault
    };
    let rows: Vec<String> = plan.entries.iter().filter(listed).map(row).collect();
    if !rows.is_empty() {
        text.push_str("| | post | sink | what readers see | length | payload |\n");
        text.push_str("|---|---|---|---|---|---|\n");
        text.push_str(&rows.concat());
    }
    for fault in &plan.faults {
        text.push_str(&format!("\n- **unreadable** {}", plain(&fault.to_string())));
    }
    for note in &plan.notes {
        text.push_str(&format!("\n- {}", plain(note)));
    }
    if !plan.faults.is_empty() || !plan.notes.is_empty() {
        text.push('\n');
    }
    text
}

fn row(entry: &PlanEntry) -> String {
    let view = DeliveryView::of(entry);
    let seen = view.as_ref().map_or_else(
        || plain(&entry.reason),
        |view| {
            let mut seen = plain(&cut(&view.shown));
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
                    plain(&card.card.title),
                    plain(&card.domain),
                    plain(&picture)
                ));
            }
            if let Some(attachment) = &view.composed.post.attachment {
                for part in parts(attachment) {
                    seen.push_str(&format!("<br>{}", hung(&part)));
                }
            }
            for advice in &view.advice {
                seen.push_str(&format!("<br>⚠ {}", plain(&advice.to_string())));
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
        plain(title),
        plain(entry.item.label()),
        plain(&entry.sink),
        view.as_ref().map(DeliveryView::count).unwrap_or_default(),
        hash.unwrap_or_default(),
    )
}

fn hung(part: &AttachmentPart<'_>) -> String {
    match part {
        AttachmentPart::File(medium, _) => plain(&facts(medium)),
        AttachmentPart::Title(title) => format!("**{}**", plain(title)),
        AttachmentPart::Choice(choice) => format!("○ {}", plain(choice)),
        AttachmentPart::Post(post) => format!("↻ {}", plain(post)),
        AttachmentPart::Note(note) => plain(note),
    }
}

/// As much of a hash as `approve` and `build --only` take for one.
fn short(hash: &str) -> &str {
    hash.get(.."sha256:".len() + 12).unwrap_or(hash)
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(MOST) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

/// Text that means itself in a cell: every character that Markdown, or a host's additions to it, could
/// make something of is written as a character reference.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let lines = text.trim().split('\n').map(str::trim_end);
    for (index, line) in lines.enumerate() {
        if index > 0 {
            plain.push_str("<br>");
        }
        for character in line.chars() {
            match character {
                'a'..='z' | 'A'..='Z' | '0'..='9' | ' ' | ',' | ';' | '?' | '/' | '%' | '\'' => {
                    plain.push(character);
                }
                // Hosts look for accounts and issues in the finished text; a space without width
                // after the sign keeps them from finding any.
                '@' | '#' => plain.push_str(&format!("&#{};&#8203;", character as u32)),
                other if other.is_ascii() => plain.push_str(&format!("&#{};", other as u32)),
                other => plain.push(other),
            }
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::plain;
    use proptest::prelude::*;

    #[test]
    fn nothing_breaks_a_cell() {
        assert_eq!(plain("a | b\n# c"), "a &#124; b<br>&#35;&#8203; c");
        assert_eq!(plain("<img src=x>"), "&#60;img src&#61;x&#62;");
        assert_eq!(plain("@someone"), "&#64;&#8203;someone");
        assert_eq!(plain("Größe"), "Größe");
    }

    proptest! {
        #[test]
        fn no_character_of_markdown_is_left(text in any::<String>()) {
            let made = plain(&text).replace("<br>", "").replace("&#", "");
            prop_assert!(!made.contains(['|', '\n', '`', '*', '_', '[', ']', '<', '>', '@', '#']));
        }
    }
}
