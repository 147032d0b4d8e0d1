//! Renders the lines of a post that have changed since it was sent or approved.

use similar::ChangeTag;

use super::names::DeliveryId;
use crate::preview::changes::{Changes, Difference};
use loopback_page::Escaped;

/// Renders the changes of a delivery.
#[must_use]
pub(crate) fn changes_html(changes: &Changes, of: &DeliveryId<'_>) -> String {
    let Changes { since, what } = changes;
    let what = match what {
        Difference::TextNotCached(hash) => format!(
            "<p>This machine has no copy of the earlier text. Its payload was <code>{}</code>.</p>",
            Escaped(hash)
        ),
        Difference::NotVisible => "<p>No visible changes.</p>".to_owned(),
        Difference::Lines(lines) => {
            let lines: String = lines.iter().map(line).collect();
            format!("<div class=\"lines\" dir=\"auto\">{lines}</div>")
        }
    };
    format!(
        "<details class=\"changed\" id=\"{}-changed\" open><summary>{}</summary>{what}</details>",
        of.id,
        of.label(&format!("Changes since it was {}", Escaped(since)))
    )
}

/// Renders one line. `<ins>` and `<del>` announce the change to screen readers.
fn line((tag, line): &(ChangeTag, String)) -> String {
    let line = Escaped(line);
    match tag {
        ChangeTag::Delete => format!("<del>{line}</del>"),
        ChangeTag::Insert => format!("<ins>{line}</ins>"),
        ChangeTag::Equal => format!("<span>{line}</span>"),
    }
}
