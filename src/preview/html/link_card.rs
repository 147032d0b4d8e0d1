//! Renders a link card as HTML, with classes for the look of its platform.

use syndicate_api::{CardAppearance, CardFrame, CardPicturePosition, CardSitePosition};

use super::pictures::Pictures;
use super::text::web_address;
use crate::preview::view::{CardView, PictureSource, PictureView};
use loopback_page::Escaped;

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
            format!(
                "<img src=\"{}\" alt=\"{}\" width=\"{width}\" height=\"{height}\">",
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

fn strip(card: &CardView<'_>, look: CardAppearance) -> String {
    let title = format!("<span class=\"title\">{}</span>", Escaped(card.title));
    let about = card.description.filter(|_| look.description_lines > 0);
    let about = about.map(|about| {
        // The style sheet has classes for up to four lines.
        let lines = look.description_lines.min(4);
        format!(
            "<span class=\"about lines-{lines}\">{}</span>",
            Escaped(about)
        )
    });
    let about = about.unwrap_or_default();
    let site = |site: &str| format!("<span class=\"site muted\">{}</span>", Escaped(site));
    let text = match look.site {
        CardSitePosition::AboveTitle => site(&card.site) + &title + &about,
        CardSitePosition::Hidden => title + &about,
        CardSitePosition::BelowTitle => title + &about + &site(&card.domain),
    };
    format!("<span class=\"strip\" dir=\"auto\">{text}</span>")
}
