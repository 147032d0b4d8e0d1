//! Prepares a delivery for display. The terminal, the pages and the table share this view, so that all of
//! them show the same text, card and hash.

use syndicate_api::{
    Appearance, Card, CardPicturePosition, Measure, Medium, PagePart, PostLayout, RichText,
    TextSpan,
};
use url::Url;

use super::advice::{Advice, advice};
use super::fold::split_at_fold;
use super::shown_values::{LabelledValue, shown_values};
use crate::engine::{Composed, PagePicture, PageReading, PlanEntry};

/// A composed delivery, prepared for display.
pub(super) struct DeliveryView<'e> {
    /// The composed post.
    pub composed: &'e Composed,
    /// The visible part of the commentary.
    pub shown: String,
    /// The part of the commentary that the feed folds away.
    pub rest: String,
    /// The link card.
    pub card: Option<CardView<'e>>,
    /// The values of the request that readers or moderators see beside the post.
    pub values: Vec<LabelledValue>,
    /// Advice for the author.
    pub advice: Vec<Advice>,
}

/// A link card, prepared for display.
pub(super) struct CardView<'e> {
    /// The address that the card opens.
    pub url: &'e str,
    /// The title.
    pub title: &'e str,
    /// The description.
    pub description: Option<&'e str>,
    /// The host shown on the card.
    pub domain: String,
    /// The name of the site, else the host.
    pub site: String,
    /// The card's picture.
    pub picture: Option<PictureView<'e>>,
    /// The page from which the platform makes the card; `None` if the card is sent.
    pub page: Option<&'e PageReading>,
}

/// A picture on a card.
pub(super) struct PictureView<'e> {
    /// The file or the address of the picture.
    pub source: PictureSource<'e>,
    /// The alternative text.
    pub alt: Option<&'e str>,
    /// A description of the crop, if the feed crops the picture.
    pub crop: Option<String>,
    /// `true` if the card shows a small square beside the title.
    pub is_small: bool,
    /// `true` if the card shows the whole picture of any ratio.
    pub is_scaled: bool,
}

/// The origin of a card's picture.
#[derive(Clone, Copy)]
pub(super) enum PictureSource<'e> {
    /// A file: the one that is uploaded, or the one of the built site.
    File(&'e Medium),
    /// An address outside the built site.
    Address(&'e str),
}

impl<'e> DeliveryView<'e> {
    /// Prepares `entry`. Returns `None` if it was not composed.
    #[must_use]
    pub(super) fn of(entry: &'e PlanEntry) -> Option<Self> {
        let composed = entry.composed.as_deref()?;
        let (shown, rest) = shown_text(composed);
        let card = composed.post.card.as_ref();
        let card = card.filter(|_| composed.appearance.has_card());
        Some(Self {
            composed,
            shown,
            rest,
            card: card.map(|card| match composed.card_page() {
                Some(page) => CardView::of_page(card, page, &composed.appearance),
                None => CardView::of_post(card, &composed.appearance),
            }),
            values: shown_values(composed),
            advice: advice(composed),
        })
    }

    /// Returns the kind of the post, and its state if it is an article.
    #[must_use]
    pub(super) fn kind(&self) -> String {
        let Composed {
            post, appearance, ..
        } = self.composed;
        let is_article = post.article.is_some() && appearance.layout == PostLayout::Article;
        match &appearance.badge {
            Some(state) if is_article => format!("article, {state}"),
            _ if is_article => "article".to_owned(),
            _ => post.kind().to_string(),
        }
    }

    /// Formats the length of the commentary by each rule of the platform.
    #[must_use]
    pub(super) fn count(&self) -> String {
        let measures = self.composed.measures.iter().map(|measure| {
            let Measure { unit, used, limit } = measure;
            format!("{used} of {limit} {unit}")
        });
        measures.collect::<Vec<_>>().join(", ")
    }

    /// Returns the part of the system that makes the card and its source, if the platform makes it.
    #[must_use]
    pub(super) fn card_maker(&self) -> Option<String> {
        let page = self.card.as_ref()?.page?;
        let maker = match self.composed.appearance.platform.as_ref() {
            "" => "the platform",
            name => name,
        };
        Some(match &page.page {
            Some(file) => format!("card made by {maker} from your page `{file}`"),
            None => format!("card made by {maker} from your page, which was not read"),
        })
    }
}

/// Returns the part of the commentary that the feed shows, and the part that it folds away. A body of the author's own
/// shows what it has of the commentary.
pub(super) fn shown_text(composed: &Composed) -> (String, String) {
    if composed.appearance.has_own_body {
        return (String::new(), String::new());
    }
    let text: String = visible_spans(composed)
        .into_iter()
        .map(|(_, text)| text)
        .collect();
    let (shown, rest) = split_at_fold(&text, composed.appearance.fold);
    (shown.to_owned(), rest.to_owned())
}

/// Returns the spans of the commentary, each with its text in the post.
pub(super) fn visible_spans(composed: &Composed) -> Vec<(&TextSpan, String)> {
    let visible = |span: &TextSpan| match span {
        TextSpan::Link(link) => composed.visible_links.get(link).cloned(),
        _ => None,
    };
    let spans = composed.post.text.0.iter();
    let spans = spans.map(|span| {
        let text = visible(span).unwrap_or_else(|| RichText(vec![span.clone()]).plain());
        (span, text)
    });
    spans.collect()
}

impl<'e> CardView<'e> {
    /// Prepares a card that is sent.
    fn of_post(card: &'e Card, look: &Appearance) -> Self {
        let picture = card.picture.as_ref().map(|picture| {
            let source = PictureSource::File(&picture.medium);
            PictureView::new(source, picture.alt.as_deref(), look)
        });
        let domain = domain(&card.url);
        Self {
            url: &card.url,
            title: &card.title,
            description: card.description.as_deref(),
            site: domain.clone(),
            domain,
            picture,
            page: None,
        }
    }

    /// Prepares a card that the platform makes from `page`.
    fn of_page(card: &'e Card, page: &'e PageReading, look: &Appearance) -> Self {
        let picture = page.picture.as_ref().map(|picture| {
            let PagePicture {
                url, alt, medium, ..
            } = picture;
            let source = match medium {
                Some(medium) => PictureSource::File(medium),
                None => PictureSource::Address(url),
            };
            PictureView::new(source, alt.as_deref(), look)
        });
        let domain = domain(&card.url);
        let text = |part| page.part(part).map(|read| read.text.as_str());
        Self {
            url: &card.url,
            title: text(PagePart::Title).unwrap_or(&card.url),
            description: text(PagePart::Description),
            site: text(PagePart::Site).map_or_else(|| domain.clone(), str::to_owned),
            domain,
            picture,
            page: Some(page),
        }
    }

    /// Returns the text shown instead of a picture.
    pub(super) fn no_picture(&self) -> &'static str {
        match self.page {
            Some(_) => "no picture on the page",
            None => "no picture",
        }
    }
}

impl<'e> PictureView<'e> {
    fn new(source: PictureSource<'e>, alt: Option<&'e str>, look: &Appearance) -> Self {
        let pixels = source.pixels();
        let is_narrow = pixels
            .zip(look.picture)
            .is_some_and(|((width, _), size)| width < size.min_width);
        let is_small = is_narrow || look.card.picture == CardPicturePosition::Beside;
        let crop = pixels.zip(look.picture).filter(|_| !is_small);
        Self {
            source,
            alt,
            crop: crop.and_then(|(pixels, size)| crop_of(pixels, size.ideal)),
            is_small,
            is_scaled: look.picture.is_none() && !is_small,
        }
    }

    /// Describes the picture: file name, dimensions, type and size, or its address.
    #[must_use]
    pub(super) fn facts(&self) -> String {
        match self.source {
            PictureSource::File(medium) => facts(medium),
            PictureSource::Address(url) => format!("{url} (not in the built site)"),
        }
    }
}

impl PictureSource<'_> {
    /// Returns width and height, if they are known.
    pub(super) fn pixels(&self) -> Option<(u32, u32)> {
        match self {
            Self::File(medium) => medium.pixels,
            Self::Address(_) => None,
        }
    }
}

/// Describes a medium's file: name, dimensions, type and size.
pub(super) fn facts(medium: &Medium) -> String {
    let size = medium
        .pixels
        .map(|(width, height)| format!("{width}×{height} "));
    let file = medium.file.as_deref().unwrap_or("file");
    let bytes = human_bytes(medium.bytes.length());
    format!(
        "{file} ({}{}, {bytes})",
        size.unwrap_or_default(),
        medium.media_type
    )
}

/// Returns the host of `address` without `www.`.
pub(super) fn domain(address: &str) -> String {
    let url = Url::parse(address).ok();
    let host = url.as_ref().and_then(Url::host_str).unwrap_or(address);
    host.strip_prefix("www.").unwrap_or(host).to_owned()
}

/// Describes the part that a card of the ratio `ideal` crops. Returns `None` for a crop of up to 1 %.
fn crop_of((width, height): (u32, u32), ideal: (u32, u32)) -> Option<String> {
    let (is, wanted) = (
        f64::from(width) / f64::from(height),
        f64::from(ideal.0) / f64::from(ideal.1),
    );
    let (lost, sides) = if is > wanted {
        (1.0 - wanted / is, "left and right")
    } else {
        (1.0 - is / wanted, "top and bottom")
    };
    let percent = (lost * 100.0).round();
    (percent > 1.0).then(|| format!("cropped to {wanted:.2}:1, {sides} lose {percent:.0} %"))
}

/// Formats a number of bytes for display.
pub(super) fn human_bytes(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{} kB", bytes.div_ceil(1_000)),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}

#[cfg(test)]
mod tests {
    use super::{crop_of, domain};

    #[test]
    fn card_names_host() {
        assert_eq!(domain("https://www.example.org/a?b"), "example.org");
        assert_eq!(domain("no address"), "no address");
    }

    #[test]
    fn crop_is_described() {
        let ideal = (1200, 627);
        assert_eq!(crop_of((1200, 627), ideal), None);
        assert_eq!(crop_of((600, 314), ideal), None);
        let square = crop_of((800, 800), ideal).unwrap();
        assert_eq!(square, "cropped to 1.91:1, top and bottom lose 48 %");
        let wide = crop_of((4000, 100), ideal).unwrap();
        assert!(wide.contains("left and right"));
    }
}
