//! A post as a reader will see it, drawn in the terminal.

use anstyle::{AnsiColor, Style};
use syndicate_api::{Attachment, Medium, Picture};

use crate::engine::{Composed, Entry};

const FAINT: Style = Style::new().dimmed();
const STRONG: Style = Style::new().bold();
const WARN: Style = AnsiColor::Yellow.on_default();

/// The narrowest and the widest that a card is drawn.
const WIDTHS: std::ops::RangeInclusive<usize> = 24..=76;

/// What a card shows.
pub struct Face<'a> {
    /// What is known of its picture, if it has one.
    pub picture: Option<String>,
    /// Its headline.
    pub title: &'a str,
    /// The line below.
    pub description: Option<&'a str>,
    /// What it opens.
    pub url: &'a str,
}

/// Draws what `entry` would send, in lines of at most `width` columns; nothing where it sends nothing.
#[must_use]
pub fn draw_card(entry: &Entry, width: usize) -> String {
    let Some(composed) = &entry.composed else {
        return String::new();
    };
    let card = composed.post.card.as_ref().map(|card| Face {
        picture: card.picture.as_ref().map(picture_line),
        title: &card.title,
        description: card.description.as_deref(),
        url: &card.url,
    });
    let attachment = composed.post.attachment.as_ref();
    draw(&composed.post.text.plain(), card.as_ref(), width)
        + &attachment.map_or_else(String::new, |attachment| hanging(attachment, width))
        + &footer(composed)
}

/// Draws what hangs below a commentary in the place of a card.
fn hanging(attachment: &Attachment, width: usize) -> String {
    let width = width.clamp(*WIDTHS.start(), *WIDTHS.end()) - 6;
    let mut lines = vec![String::new()];
    let mut file = |line: &str, alt: Option<&str>| {
        lines.extend(styled(line, width, "▒ ", FAINT));
        lines.extend(styled(alt.unwrap_or_default(), width, "  ", FAINT));
    };
    match attachment {
        Attachment::Pictures(pictures) => {
            for picture in pictures {
                file(&picture_line(picture), picture.alt.as_deref());
            }
        }
        Attachment::Document { medium, title, alt } => {
            file(&medium_line(medium), alt.as_deref());
            lines.extend(styled(title, width, "", STRONG));
        }
        Attachment::Video { medium, title, alt } => {
            file(&medium_line(medium), alt.as_deref());
            lines.extend(styled(
                title.as_deref().unwrap_or_default(),
                width,
                "",
                STRONG,
            ));
        }
        Attachment::Poll(poll) => {
            lines.extend(styled(&poll.question, width, "", STRONG));
            for option in &poll.options {
                lines.extend(styled(option, width, "○ ", Style::new()));
            }
            let days = format!("open for {} days", poll.days);
            lines.extend(styled(&days, width, "", FAINT));
        }
        Attachment::Reshare(post) => lines.extend(styled(post, width, "↻ ", FAINT)),
        _ => {}
    }
    framed(&lines)
}

/// Draws a commentary and the card below it, in lines of at most `width` columns.
#[must_use]
pub fn draw(text: &str, card: Option<&Face<'_>>, width: usize) -> String {
    let width = width.clamp(*WIDTHS.start(), *WIDTHS.end()) - 2;
    let mut lines = wrapped(text, width);
    if let Some(card) = card {
        let picture = card.picture.as_deref().unwrap_or("no picture");
        lines.push(String::new());
        lines.extend(styled(picture, width - 4, "▒ ", FAINT));
        lines.extend(styled(card.title, width - 2, "", STRONG));
        lines.extend(styled(
            card.description.unwrap_or_default(),
            width - 2,
            "",
            Style::new(),
        ));
        lines.push(format!("  {FAINT}{}{FAINT:#}", card.url));
    }
    framed(&lines)
}

fn framed(lines: &[String]) -> String {
    lines
        .iter()
        .map(|line| format!("{FAINT}│{FAINT:#} {line}\n"))
        .collect()
}

fn styled(text: &str, width: usize, mark: &str, style: Style) -> Vec<String> {
    let lines = wrapped(text, width).into_iter();
    lines
        .map(|line| format!("  {style}{mark}{line}{style:#}"))
        .collect()
}

fn picture_line(picture: &Picture) -> String {
    medium_line(&picture.medium)
}

fn medium_line(medium: &Medium) -> String {
    let size = medium
        .pixels
        .map(|(width, height)| format!("{width}×{height} "));
    let file = medium.file.as_deref().unwrap_or("file");
    let bytes = human_bytes(medium.bytes.len());
    format!(
        "{file} ({}{}, {bytes})",
        size.unwrap_or_default(),
        medium.media_type
    )
}

fn footer(composed: &Composed) -> String {
    let Composed {
        hash,
        length,
        limit,
        warnings,
        post,
        ..
    } = composed;
    let kind = post.kind();
    let mut footer =
        format!("{FAINT}└ {kind} · {length} of {limit} characters · {hash}{FAINT:#}\n");
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
