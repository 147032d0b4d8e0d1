//! Renders a post for the terminal as readers will see it.

use syndicate_api::PostLayout;

use super::attachment::{AttachmentPart, parts};
use super::crawler::{reading_title, remark_lines};
use super::shown_values::LabelledValue;
use super::terminal_article::article_lines;
use super::terminal_card::{CardFields, card_lines};
use super::view::{DeliveryView, facts};
use super::wrap::{styled, wrapped};
use crate::engine::PlanEntry;
use crate::terminal::Style;

const FAINT: Style = Style::Faint;
const STRONG: Style = Style::Strong;
const WARN: Style = Style::Warn;

/// The minimum and maximum width of a card in columns.
const WIDTHS: std::ops::RangeInclusive<usize> = 24..=76;

/// Renders the payload of `entry` in lines of at most `width` columns, or nothing if it has none. Addresses
/// and hashes are not wrapped, so that users can copy them.
#[must_use]
pub(crate) fn render_delivery(entry: &PlanEntry, width: usize) -> String {
    let Some(view) = DeliveryView::of(entry) else {
        return String::new();
    };
    let appearance = &view.composed.appearance;
    let article = view.composed.post.article.as_ref();
    let values = framed("│", value_lines(&view.values, inner(width)));
    if let Some(article) = article.filter(|_| appearance.layout == PostLayout::Article) {
        let article = framed("│", article_lines(article, inner(width)));
        return article + &values + &footer(&view, width);
    }
    let card = view.card.as_ref();
    let card = card.map(|card| CardFields::of(card, appearance.card));
    let attachment = view.composed.post.attachment.as_ref();
    let attachment = attachment
        .map(|attachment| framed("│", attachment_lines(&parts(attachment), inner(width))));
    let maker = view.card_maker();
    let maker = maker.map(|maker| framed("│", styled(&maker, inner(width) - 2, "", FAINT)));
    render(&view.shown, &view.rest, card.as_ref(), width)
        + &maker.unwrap_or_default()
        + &attachment.unwrap_or_default()
        + &values
        + &footer(&view, width)
}

/// Renders a commentary and its card in lines of at most `width` columns.
#[must_use]
pub(crate) fn render_card(text: &str, card: Option<&CardFields<'_>>, width: usize) -> String {
    render(text, "", card, width)
}

fn render(shown: &str, rest: &str, card: Option<&CardFields<'_>>, width: usize) -> String {
    let width = inner(width);
    let mut lines = framed("│", wrapped(shown, width));
    if !rest.trim().is_empty() {
        lines.push_str(&framed("│", vec![format!("{FAINT}…see more{FAINT:#}")]));
        lines.push_str(&framed("┆", wrapped(rest.trim_start(), width)));
    }
    if let Some(card) = card {
        lines.push_str(&framed("│", card_lines(card, width)));
    }
    lines
}

fn attachment_lines(parts: &[AttachmentPart<'_>], width: usize) -> Vec<String> {
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

/// Renders values after an empty line, each after its label.
fn value_lines(values: &[LabelledValue], width: usize) -> Vec<String> {
    let lines = values.iter().flat_map(|LabelledValue { label, text }| {
        let separator = if text.contains('\n') { '\n' } else { ' ' };
        styled(
            &format!("{label}:{separator}{text}"),
            width - 2,
            "",
            Style::Plain,
        )
    });
    let mut lines: Vec<String> = lines.collect();
    if !lines.is_empty() {
        lines.insert(0, String::new());
    }
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

fn footer(view: &DeliveryView<'_>, width: usize) -> String {
    let mut counts = view.kind();
    if !view.composed.measures.is_empty() {
        counts.push_str(&format!(" · {}", view.count()));
    }
    let titles = view.card.as_ref().zip(view.composed.appearance.title);
    if let Some((card, seen)) = titles {
        let length = card.title.chars().count();
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
    if let Some(reading) = &view.composed.page {
        let title = reading_title(reading);
        footer.push_str(&format!("  {FAINT}{title}:{FAINT:#}\n"));
        for line in remark_lines(reading, width.max(*WIDTHS.start()) - 4) {
            footer.push_str(&format!("    {line}\n"));
        }
    }
    footer
}
