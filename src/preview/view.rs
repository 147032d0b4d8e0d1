//! Prepares a delivery for display. The terminal, the pages and the table share this view, so that all of
//! them show the same text, card and hash.

use syndicate_api::{Card, Measure, Medium};
use url::Url;

use super::advice::{Advice, advice};
use super::fold::split_at_fold;
use crate::engine::{Composed, PlanEntry};

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
    /// Advice for the author.
    pub advice: Vec<Advice>,
}

/// A link card, prepared for display.
pub(super) struct CardView<'e> {
    /// The card as it is sent.
    pub card: &'e Card,
    /// The host shown on the card.
    pub domain: String,
    /// The card's picture.
    pub picture: Option<PictureView<'e>>,
    /// The text shown if the card has no picture.
    pub no_picture: &'e str,
}

/// A picture on a card.
pub(super) struct PictureView<'e> {
    /// The file that is uploaded.
    pub medium: &'e Medium,
    /// The alternative text.
    pub alt: Option<&'e str>,
    /// A description of the crop, if the feed crops the picture.
    pub crop: Option<String>,
}

impl<'e> DeliveryView<'e> {
    /// Prepares `entry`. Returns `None` if it was not composed.
    #[must_use]
    pub(super) fn of(entry: &'e PlanEntry) -> Option<Self> {
        let composed = entry.composed.as_ref()?;
        let text = composed.post.text.plain();
        let (shown, rest) = split_at_fold(&text, composed.appearance.fold);
        Some(Self {
            composed,
            shown: shown.to_owned(),
            rest: rest.to_owned(),
            card: composed
                .post
                .card
                .as_ref()
                .map(|card| card_view(composed, card)),
            advice: advice(composed),
        })
    }

    /// Formats the length of the commentary and the sink's limit.
    #[must_use]
    pub(super) fn count(&self) -> String {
        let measures = self.composed.measures.iter().map(|measure| {
            let Measure { unit, used, limit } = measure;
            format!("{used} of {limit} {unit}")
        });
        measures.collect::<Vec<_>>().join(", ")
    }
}

impl PictureView<'_> {
    /// Describes the picture's file: name, dimensions, type and size.
    #[must_use]
    pub(super) fn facts(&self) -> String {
        facts(self.medium)
    }
}

/// Describes a medium's file: name, dimensions, type and size.
pub(super) fn facts(medium: &Medium) -> String {
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

fn card_view<'e>(composed: &'e Composed, card: &'e Card) -> CardView<'e> {
    let picture = card.picture.as_ref().map(|picture| PictureView {
        medium: &picture.medium,
        alt: picture.alt.as_deref(),
        crop: picture.medium.pixels.and_then(|pixels| {
            let look = composed.appearance.picture?;
            crop(pixels, look.ideal)
        }),
    });
    CardView {
        card,
        domain: domain(&card.url),
        picture,
        no_picture: composed.card_note.as_deref().unwrap_or("no picture"),
    }
}

/// Returns the host of `address` without `www.`.
pub(super) fn domain(address: &str) -> String {
    let url = Url::parse(address).ok();
    let host = url.as_ref().and_then(Url::host_str).unwrap_or(address);
    host.strip_prefix("www.").unwrap_or(host).to_owned()
}

/// Describes the part that a card of the ratio `ideal` crops. Returns `None` for a crop of up to 1 %.
fn crop((width, height): (u32, u32), ideal: (u32, u32)) -> Option<String> {
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
pub(super) fn human_bytes(bytes: usize) -> String {
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{} kB", bytes.div_ceil(1_000)),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}

#[cfg(test)]
mod tests {
    use super::{crop, domain};

    #[test]
    fn card_names_host() {
        assert_eq!(domain("https://www.example.org/a?b"), "example.org");
        assert_eq!(domain("no address"), "no address");
    }

    #[test]
    fn crop_is_described() {
        let ideal = (1200, 627);
        assert_eq!(crop((1200, 627), ideal), None);
        assert_eq!(crop((600, 314), ideal), None);
        let square = crop((800, 800), ideal).unwrap();
        assert_eq!(square, "cropped to 1.91:1, top and bottom lose 48 %");
        assert!(crop((4000, 100), ideal).unwrap().contains("left and right"));
    }
}
