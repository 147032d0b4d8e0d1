//! A post as a reader will see it, drawn in the terminal.

use anstyle::{AnsiColor, Style};

use crate::engine::{Composed, Entry};

const FAINT: Style = Style::new().dimmed();
const STRONG: Style = Style::new().bold();
const WARN: Style = AnsiColor::Yellow.on_default();

/// The narrowest and the widest that a card is drawn.
const WIDTHS: std::ops::RangeInclusive<usize> = 24..=76;

/// Draws what `entry` would send, in lines of at most `width` columns; nothing where it sends nothing.
#[must_use]
pub fn draw_card(entry: &Entry, width: usize) -> String {
    let Some(composed) = &entry.composed else {
        return String::new();
    };
    let width = width.clamp(*WIDTHS.start(), *WIDTHS.end()) - 2;
    let mut drawn = String::new();
    let mut line = |text: &str| {
        drawn.push_str(&format!("{FAINT}│{FAINT:#} {text}\n"));
    };
    for text in wrapped(&composed.post.text.plain(), width) {
        line(&text);
    }
    if let Some(card) = &composed.post.card {
        line("");
        let picture = card.picture.as_ref().map_or_else(
            || "no picture".to_owned(),
            |picture| {
                let medium = &picture.medium;
                let size = medium
                    .pixels
                    .map(|(width, height)| format!("{width}×{height} "));
                let file = medium.file.as_deref().unwrap_or("picture");
                let bytes = human_bytes(medium.bytes.len());
                format!(
                    "{file} ({}{}, {bytes})",
                    size.unwrap_or_default(),
                    medium.media_type
                )
            },
        );
        for text in wrapped(&picture, width - 4) {
            line(&format!("  {FAINT}▒ {text}{FAINT:#}"));
        }
        for text in wrapped(&card.title, width - 2) {
            line(&format!("  {STRONG}{text}{STRONG:#}"));
        }
        for text in wrapped(card.description.as_deref().unwrap_or_default(), width - 2) {
            line(&format!("  {text}"));
        }
        line(&format!("  {FAINT}{}{FAINT:#}", card.url));
    }
    drawn.push_str(&footer(composed));
    drawn
}

fn footer(composed: &Composed) -> String {
    let Composed {
        hash,
        length,
        limit,
        warnings,
        ..
    } = composed;
    let mut footer = format!("{FAINT}└ {length} of {limit} characters · {hash}{FAINT:#}\n");
    for warning in warnings {
        footer.push_str(&format!("  {WARN}warning:{WARN:#} {warning}\n"));
    }
    footer
}

fn wrapped(text: &str, width: usize) -> Vec<String> {
    text.lines()
        .flat_map(|line| textwrap::wrap(line, width))
        .map(std::borrow::Cow::into_owned)
        .collect()
}

fn human_bytes(bytes: usize) -> String {
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{} kB", bytes.div_ceil(1_000)),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}
