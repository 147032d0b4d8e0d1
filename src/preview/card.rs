//! A post as a reader will see it, drawn in the terminal.

use super::attachment::{AttachmentPart, parts};
use super::view::{CardView, DeliveryView, facts};
use crate::engine::PlanEntry;
use crate::terminal::{Style, escape_value};

const FAINT: Style = Style::Faint;
const STRONG: Style = Style::Strong;
const WARN: Style = Style::Warn;

/// The narrowest and the widest that a card is drawn.
const WIDTHS: std::ops::RangeInclusive<usize> = 24..=76;

/// What a card shows.
pub(crate) struct CardFields<'a> {
    /// What is known of its picture, if it has one.
    pub picture: Option<String>,
    /// Its headline.
    pub title: &'a str,
    /// The line below.
    pub description: Option<&'a str>,
    /// What it opens.
    pub url: &'a str,
}

impl<'a> CardFields<'a> {
    fn of(card: &'a CardView<'_>) -> Self {
        Self {
            picture: card
                .picture
                .as_ref()
                .map(|picture| match (&picture.crop, picture.alt) {
                    (None, None) => picture.facts(),
                    (crop, alt) => {
                        let alt = alt.map(|alt| format!("alt: {alt}"));
                        let more: Vec<String> = crop.iter().cloned().chain(alt).collect();
                        format!("{}\n{}", picture.facts(), more.join("\n"))
                    }
                })
                .or_else(|| Some(card.no_picture.to_owned())),
            title: &card.card.title,
            description: card.card.description.as_deref(),
            url: &card.card.url,
        }
    }
}

/// Draws what `entry` would send, in lines of at most `width` columns, apart from addresses and
/// hashes, which nobody could copy in pieces; nothing where it sends nothing.
#[must_use]
pub(crate) fn render_delivery(entry: &PlanEntry, width: usize) -> String {
    let Some(view) = DeliveryView::of(entry) else {
        return String::new();
    };
    let card = view.card.as_ref().map(CardFields::of);
    let hanging = view.composed.post.attachment.as_ref();
    let hanging = hanging.map(|attachment| framed("│", hung(&parts(attachment), inner(width))));
    drawn(&view.shown, &view.rest, card.as_ref(), width)
        + &hanging.unwrap_or_default()
        + &footer(&view, width)
}

/// Draws a commentary and the card below it, in lines of at most `width` columns.
#[must_use]
pub(crate) fn render_card(text: &str, card: Option<&CardFields<'_>>, width: usize) -> String {
    drawn(text, "", card, width)
}

fn drawn(shown: &str, rest: &str, card: Option<&CardFields<'_>>, width: usize) -> String {
    let width = inner(width);
    let mut lines = framed("│", wrapped(shown, width));
    if !rest.trim().is_empty() {
        lines.push_str(&framed("│", vec![format!("{FAINT}…see more{FAINT:#}")]));
        lines.push_str(&framed("┆", wrapped(rest.trim_start(), width)));
    }
    if let Some(card) = card {
        lines.push_str(&framed("│", below(card, width)));
    }
    lines
}

fn hung(parts: &[AttachmentPart<'_>], width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for part in parts {
        lines.extend(match part {
            AttachmentPart::File(medium, alt) => {
                let mut file = styled(&facts(medium), width - 4, "▒ ", FAINT);
                file.extend(styled(alt.unwrap_or_default(), width - 4, "  ", FAINT));
                file
            }
            AttachmentPart::Title(title) => styled(title, width - 2, "", STRONG),
            AttachmentPart::Choice(choice) => styled(choice, width - 4, "○ ", Style::Plain),
            AttachmentPart::Post(post) => styled(post, width - 4, "↻ ", FAINT),
            AttachmentPart::Note(note) => styled(note, width - 2, "", FAINT),
        });
    }
    lines
}

fn below(card: &CardFields<'_>, width: usize) -> Vec<String> {
    let picture = card.picture.as_deref().unwrap_or("no picture");
    let mut lines = vec![String::new()];
    lines.extend(styled(picture, width - 4, "▒ ", FAINT));
    lines.extend(styled(card.title, width - 2, "", STRONG));
    lines.extend(styled(
        card.description.unwrap_or_default(),
        width - 2,
        "",
        Style::Plain,
    ));
    lines.push(format!("  {FAINT}{}{FAINT:#}", escape_value(card.url)));
    lines
}

fn framed(bar: &str, lines: Vec<String>) -> String {
    lines
        .iter()
        .map(|line| format!("{FAINT}{bar}{FAINT:#} {line}\n"))
        .collect()
}

fn inner(width: usize) -> usize {
    width.clamp(*WIDTHS.start(), *WIDTHS.end()) - 2
}

fn styled(text: &str, width: usize, mark: &str, style: Style) -> Vec<String> {
    let lines = wrapped(text, width).into_iter();
    lines
        .map(|line| format!("  {style}{mark}{line}{style:#}"))
        .collect()
}

fn footer(view: &DeliveryView<'_>, width: usize) -> String {
    let kind = view.composed.post.kind();
    let mut counts = format!("{kind} · {}", view.count());
    let titles = view.card.as_ref().zip(view.composed.appearance.title);
    if let Some((card, seen)) = titles {
        let length = card.card.title.chars().count();
        counts.push_str(&format!(" · title {length}, about {seen} seen"));
    }
    let mut counts = wrapped(&counts, inner(width)).into_iter();
    let first = counts.next().unwrap_or_default();
    let mut footer = format!("{FAINT}└ {first}{FAINT:#}\n");
    for line in counts.chain([view.composed.hash.clone()]) {
        footer.push_str(&format!("  {FAINT}{line}{FAINT:#}\n"));
    }
    for advice in &view.advice {
        let mut lines = wrapped(
            &format!("warning: {advice}"),
            width.max(*WIDTHS.start()) - 4,
        )
        .into_iter();
        let first = lines.next().unwrap_or_default();
        let first = first.replacen("warning:", &format!("{WARN}warning:{WARN:#}"), 1);
        footer.push_str(&format!("  {first}\n"));
        for line in lines {
            footer.push_str(&format!("    {line}\n"));
        }
    }
    footer
}

fn wrapped(text: &str, width: usize) -> Vec<String> {
    text.lines()
        .flat_map(|line| textwrap::wrap(line, width))
        .map(std::borrow::Cow::into_owned)
        .collect()
}
