//! Renders a link card as HTML, with classes for the look of its platform.

use syndicate_api::{CardAppearance, CardFrame, CardPicturePosition, CardSitePosition};

use super::pictures::Pictures;
use super::text::web_address;
use crate::preview::view::{CardView, PictureSource, PictureView};
use loopback_page::Escaped;

/// The largest number of visible lines for which the style sheet has a class.
const MAX_CUT_LINES: u8 = 4;

/// Renders a card. It links to the card's address if that is on the web.
pub(super) fn link_card(
    card: &CardView<'_>,
    look: CardAppearance,
    pictures: Pictures<'_>,
) -> String {
    let picture = card.picture.as_ref();
    let is_small = picture.is_some_and(|picture| picture.is_small);
    let has_image = picture.is_some_and(|picture| matches!(picture.source, PictureSource::File(_)));
    let class = classes(look, is_small, has_image);
    let picture = picture.map(|picture| picture_html(picture, pictures));
    let strip = strip(card, look);
    let picture = picture.unwrap_or_default();
    let inner = match look.picture {
        CardPicturePosition::Below if !is_small => strip + &picture,
        _ => picture + &strip,
    };
    match web_address(card.url) {
        Some(address) => format!(
            "<a class=\"{class}\" href=\"{}\" rel=\"noopener noreferrer\" target=\"_blank\">{inner}</a>",
            Escaped(address)
        ),
        None => format!("<span class=\"{class}\">{inner}</span>"),
    }
}

fn classes(look: CardAppearance, is_small: bool, has_image: bool) -> String {
    let frame = match look.frame {
        CardFrame::Edges => "framed-edges",
        CardFrame::Box => "framed-box",
        CardFrame::Bar => "framed-bar",
    };
    let size = if is_small { " small" } else { "" };
    let bare = if has_image { "" } else { " bare" };
    format!("article {frame}{size}{bare}")
}

/// Renders a picture of the payload or of the built site. The preview loads nothing else, so a picture at another
/// address is only named.
fn picture_html(picture: &PictureView<'_>, pictures: Pictures<'_>) -> String {
    match picture.source {
        PictureSource::File(medium) => {
            let (width, height) = medium.pixels.unwrap_or((1200, 627));
            let class = if picture.is_scaled {
                " class=\"scaled\""
            } else {
                ""
            };
            format!(
                "<img{class} src=\"{}\" alt=\"{}\" width=\"{width}\" height=\"{height}\">",
                Escaped(&pictures(medium)),
                Escaped(picture.alt.unwrap_or_default())
            )
        }
        PictureSource::Address(url) => format!(
            "<span class=\"unread muted\">Picture at {}</span>",
            Escaped(url)
        ),
    }
}

/// Renders the text of a card. Each part has a direction of its own, because a site's name in Latin letters would
/// otherwise decide the direction of the title below it.
fn strip(card: &CardView<'_>, look: CardAppearance) -> String {
    let lines = look.description_lines;
    // A card with more lines than the style sheet has classes for shows its texts in full.
    let cut = if lines > MAX_CUT_LINES { "" } else { " cut" };
    let part = |class: &str, text: &str| {
        format!(
            "<span class=\"{class}\" dir=\"auto\">{}</span>",
            Escaped(text)
        )
    };
    let title = part(&format!("title{cut}"), card.title);
    let about = card.description.filter(|_| lines > 0);
    let about = about.map(|about| match cut {
        "" => part("about", about),
        cut => part(&format!("about{cut} lines-{lines}"), about),
    });
    let about = about.unwrap_or_default();
    let site = |site: &str| part("site muted", site);
    let text = match look.site {
        CardSitePosition::AboveTitle => site(&card.site) + &title + &about,
        CardSitePosition::Hidden => title + &about,
        CardSitePosition::BelowTitle => title + &about + &site(&card.domain),
    };
    format!("<span class=\"strip\">{text}</span>")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(site: CardSitePosition, description_lines: u8) -> String {
        let card = CardView {
            url: "https://a.example/",
            title: "\u{5e9}\u{5dc}\u{5d5}\u{5dd}",
            description: Some("About"),
            domain: "a.example".to_owned(),
            site: "A site".to_owned(),
            picture: None,
            page: None,
        };
        let look = CardAppearance {
            site,
            description_lines,
            ..CardAppearance::default()
        };
        strip(&card, look)
    }

    #[test]
    fn hebrew_title_below_latin_site_keeps_direction() {
        assert_eq!(
            text(CardSitePosition::AboveTitle, 2),
            "<span class=\"strip\"><span class=\"site muted\" dir=\"auto\">A site</span>\
             <span class=\"title cut\" dir=\"auto\">\u{5e9}\u{5dc}\u{5d5}\u{5dd}</span>\
             <span class=\"about cut lines-2\" dir=\"auto\">About</span></span>"
        );
    }

    #[test]
    fn whole_card_cuts_no_text() {
        let whole = text(CardSitePosition::Hidden, 12);
        assert!(
            !whole.contains("cut") && !whole.contains("lines-"),
            "{whole}"
        );
        assert!(whole.contains("About"));
        assert!(!text(CardSitePosition::Hidden, 0).contains("About"));
    }
}
