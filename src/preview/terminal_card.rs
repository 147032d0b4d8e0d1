//! Renders a link card for the terminal, in the frame of its platform.

use syndicate_api::{CardAppearance, CardFrame, CardPicturePosition, CardSitePosition};

use super::view::CardView;
use super::wrap::wrapped;
use crate::terminal::{Style, escape_value};

const FAINT: Style = Style::Faint;
const STRONG: Style = Style::Strong;

/// The contents of a link card, for display.
#[derive(Default)]
pub(crate) struct CardFields<'a> {
    /// A description of its picture, if it has one.
    pub picture: Option<String>,
    /// The title.
    pub title: &'a str,
    /// The description below the title.
    pub description: Option<&'a str>,
    /// The name of the site, if the platform shows it above the title.
    pub site: Option<&'a str>,
    /// The address that the card links to.
    pub url: &'a str,
    /// The look of the card.
    pub look: CardAppearance,
}

impl<'a> CardFields<'a> {
    pub(super) fn of(card: &'a CardView<'_>, look: CardAppearance) -> Self {
        let picture = card.picture.as_ref().map(|picture| {
            let small = picture.is_small.then(|| "beside the title".to_owned());
            let alt = picture.alt.map(|alt| format!("alt: {alt}"));
            let facts = picture.facts();
            let lines = [Some(facts), picture.crop.clone(), small, alt];
            lines.into_iter().flatten().collect::<Vec<_>>().join("\n")
        });
        Self {
            picture: Some(picture.unwrap_or_else(|| card.no_picture().to_owned())),
            title: card.title,
            description: card.description,
            site: (look.site == CardSitePosition::AboveTitle).then_some(card.site.as_str()),
            url: card.url,
            look,
        }
    }
}

/// Renders a card in lines of at most `width` columns, after an empty line.
pub(super) fn card_lines(card: &CardFields<'_>, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    match card.look.frame {
        CardFrame::Edges => lines.extend(indented(content(card, width - 2))),
        CardFrame::Box => lines.extend(boxed(card, width - 6)),
        CardFrame::Bar => {
            let content = content(card, width - 4);
            lines.extend(
                content
                    .iter()
                    .map(|line| format!("  {FAINT}▌{FAINT:#} {line}")),
            );
        }
    }
    // The address is complete, so that users can copy it.
    lines.push(format!("  {FAINT}{}{FAINT:#}", escape_value(card.url)));
    lines
}

/// Renders the lines of a card in the order of its platform, without the address.
fn content(card: &CardFields<'_>, width: usize) -> Vec<String> {
    let lines = content_lines(card, width).into_iter();
    lines
        .map(|(line, style)| format!("{style}{line}{style:#}"))
        .collect()
}

fn content_lines(card: &CardFields<'_>, width: usize) -> Vec<(String, Style)> {
    let picture = card.picture.as_deref().unwrap_or("no picture");
    let picture: Vec<(String, Style)> = wrapped(picture, width - 2)
        .into_iter()
        .map(|line| (format!("▒ {line}"), FAINT))
        .collect();
    let part = |text: &str, style: Style| {
        let lines = wrapped(text, width).into_iter();
        lines.map(move |line| (line, style)).collect::<Vec<_>>()
    };
    let mut lines = part(card.site.unwrap_or_default(), FAINT);
    lines.extend(part(card.title, STRONG));
    lines.extend(part(card.description.unwrap_or_default(), Style::Plain));
    match card.look.picture {
        CardPicturePosition::Below => lines.extend(picture),
        CardPicturePosition::Above | CardPicturePosition::Beside => {
            lines.splice(0..0, picture);
        }
    }
    lines
}

fn indented(lines: Vec<String>) -> impl Iterator<Item = String> {
    lines.into_iter().map(|line| format!("  {line}"))
}

/// Draws a box around the lines of a card.
fn boxed(card: &CardFields<'_>, width: usize) -> Vec<String> {
    let edge = "─".repeat(width + 2);
    let mut lines = vec![format!("  {FAINT}╭{edge}╮{FAINT:#}")];
    for (line, style) in content_lines(card, width) {
        let used = textwrap::core::display_width(&line);
        let space = " ".repeat(width.saturating_sub(used));
        lines.push(format!(
            "  {FAINT}│{FAINT:#} {style}{line}{style:#}{space} {FAINT}│{FAINT:#}"
        ));
    }
    lines.push(format!("  {FAINT}╰{edge}╯{FAINT:#}"));
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(look: CardAppearance) -> String {
        let card = CardFields {
            picture: Some("a.png".to_owned()),
            title: "Title",
            description: Some("About"),
            site: Some("Site"),
            url: "https://a.example/",
            look,
        };
        let lines = card_lines(&card, 24);
        lines
            .iter()
            .map(|line| format!("{}\n", crate::terminal::plain(line)))
            .collect()
    }

    #[test]
    fn frame_and_picture_follow_look() {
        let mut look = CardAppearance {
            frame: CardFrame::Box,
            ..CardAppearance::default()
        };
        assert_eq!(
            drawn(look),
            "\n  ╭────────────────────╮\n  │ ▒ a.png            │\n  │ Site               │\n  \
             │ Title              │\n  │ About              │\n  ╰────────────────────╯\n  \
             https://a.example/\n"
        );
        look.frame = CardFrame::Bar;
        look.picture = CardPicturePosition::Below;
        assert_eq!(
            drawn(look),
            "\n  ▌ Site\n  ▌ Title\n  ▌ About\n  ▌ ▒ a.png\n  https://a.example/\n"
        );
    }
}
