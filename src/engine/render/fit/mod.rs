//! Shortens a text to the limit of its sink.
//!
//! Only parts marked with `{{fit …}}` are shortened, the longest first; hashtags, links and other text
//! are kept. A text that fits is not changed. All parts get the same maximum length: the largest one
//! with which the text fits. It is found by bisection, in fewer than twenty steps for any text.

use std::borrow::Cow;

use syndicate_api::{Measure, RichText};

use super::cut::{cut_at, cuts, offset_of};
use super::mention_table::MentionTable;
use super::placeholders::TextPiece;
use super::spans::spans;
use super::tidy::tidy;

/// The length limit of a text and its unit.
pub(crate) trait MeasureText {
    /// Returns the maximum length.
    fn limit(&self) -> usize;
    /// Returns the length of `text` in the same unit.
    fn measure(&self, text: &RichText) -> usize;
    /// Returns the first measure by which `text` is too long.
    fn exceeded(&self, text: &RichText) -> Option<Measure> {
        let measure = Measure::new("characters", self.measure(text), self.limit());
        (!measure.fits()).then_some(measure)
    }
}

/// A text that fits the sink's limit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Rendered {
    /// The text as typed spans.
    pub text: RichText,
    /// `true` if a `{{fit …}}` part was shortened.
    pub shortened: bool,
}

/// A text that does not fit, even with all its parts at their minimum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct TooLong {
    /// The shortest possible length.
    pub(super) measure: Measure,
    /// `true` if the text has parts that may be shortened.
    pub(super) had_parts: bool,
}

/// Combines `pieces` to a text within the limit of `measurer`.
pub(super) fn fit(
    pieces: &[TextPiece],
    mentions: &MentionTable,
    measurer: &(impl MeasureText + ?Sized),
) -> Result<Rendered, TooLong> {
    let limit = measurer.limit();
    let whole = assemble(
        pieces
            .iter()
            .map(|piece| (piece, Cow::Borrowed(&*piece.text))),
        mentions,
    );
    if measurer.exceeded(&whole).is_none() {
        return Ok(Rendered {
            text: whole,
            shortened: false,
        });
    }
    let parts: Vec<Option<Part<'_>>> = pieces.iter().map(Part::of).collect();
    let capped = |cap| {
        let texts = pieces.iter().zip(&parts).map(|(piece, part)| {
            let text = match part {
                Some(part) => part.capped(cap, measurer),
                None => Cow::Borrowed(&*piece.text),
            };
            (piece, text)
        });
        assemble(texts, mentions)
    };
    let mut best = capped(0);
    if let Some(measure) = measurer.exceeded(&best) {
        return Err(TooLong {
            measure,
            had_parts: parts.iter().any(Option::is_some),
        });
    }
    // Invariant: the text fits with the maximum `low` and does not fit with `high`; `best` is the former.
    let (mut low, mut high) = (0, limit.saturating_add(1));
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        let text = capped(middle);
        if measurer.exceeded(&text).is_none() {
            (low, best) = (middle, text);
        } else {
            high = middle;
        }
    }
    Ok(Rendered {
        text: best,
        shortened: true,
    })
}

/// Combines `pieces`, with these texts, to one text.
fn assemble<'a>(
    pieces: impl Iterator<Item = (&'a TextPiece, Cow<'a, str>)>,
    mentions: &MentionTable,
) -> RichText {
    let texts: Vec<_> = pieces.map(|(piece, text)| (piece.origin, text)).collect();
    let tidied = tidy(texts.iter().map(|(origin, text)| (*origin, &**text)));
    spans(&tidied, mentions)
}

/// A part that may be shortened.
struct Part<'a> {
    text: &'a str,
    /// The byte offsets at which it may be cut, given its minimum.
    cuts: Vec<usize>,
}

impl<'a> Part<'a> {
    fn of(piece: &'a TextPiece) -> Option<Self> {
        let text = piece.text.as_str();
        let least = offset_of(text, piece.min?);
        let mut cuts = cuts(text);
        cuts.retain(|&offset| offset >= least);
        Some(Self { text, cuts })
    }

    /// Returns the longest beginning that measures at most `cap`, but never less than the minimum.
    fn capped(&self, cap: usize, measurer: &(impl MeasureText + ?Sized)) -> Cow<'a, str> {
        let contribution = |text: &str| measurer.measure(&RichText::text(text));
        if self.cuts.is_empty() || contribution(self.text) <= cap {
            return Cow::Borrowed(self.text);
        }
        let fitting = self
            .cuts
            .partition_point(|&offset| contribution(&cut_at(self.text, offset)) <= cap);
        Cow::Owned(cut_at(self.text, self.cuts[fitting.saturating_sub(1)]))
    }
}

#[cfg(test)]
mod tests;
