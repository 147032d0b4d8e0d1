//! Makes a text fit its sink. What the template marks with `{{fit …}}` is shortened, the longest part
//! first, and nothing else ever is: hashtags at the end, a link, a call to read on all stay. A text
//! that fits is not touched.
//!
//! All parts get one cap, the highest with which the text fits; it is found by bisection, so even a
//! long text is put together fewer than twenty times.

use std::borrow::Cow;

use syndicate_api::{RichText, Sink};

use super::cut::{cut_at, cuts, offset_of};
use super::marks::TextPiece;
use super::mention_table::MentionTable;
use super::spans::spans;
use super::tidy::tidy;

/// How long a text may be, and how that is counted. Every sink is one.
pub(crate) trait MeasureText {
    /// The longest text allowed.
    fn limit(&self) -> usize;
    /// The length of `text`, in the same unit.
    fn measure(&self, text: &RichText) -> usize;
}

impl<S: Sink + ?Sized> MeasureText for S {
    fn limit(&self) -> usize {
        self.limits().text
    }

    fn measure(&self, text: &RichText) -> usize {
        Sink::measure(self, text)
    }
}

/// A text that fits, and whether a part of it had to be shortened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Rendered {
    /// The text.
    pub text: RichText,
    /// Whether a `{{fit …}}` part lost its end.
    pub shortened: bool,
}

/// A text that does not fit, even with all its parts as short as they may become.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TooLong {
    /// The least length that was reached.
    pub(super) length: usize,
    /// Whether there was any part to shorten.
    pub(super) had_parts: bool,
}

/// Puts `pieces`, which mention `people`, together so that `ruler` is content.
pub(super) fn fit(
    pieces: &[TextPiece],
    people: &MentionTable,
    ruler: &(impl MeasureText + ?Sized),
) -> Result<Rendered, TooLong> {
    let limit = ruler.limit();
    let whole = assemble(
        pieces
            .iter()
            .map(|piece| (piece, Cow::Borrowed(&*piece.text))),
        people,
    );
    let length = ruler.measure(&whole);
    if length <= limit {
        return Ok(Rendered {
            text: whole,
            shortened: false,
        });
    }
    let parts: Vec<Option<Part<'_>>> = pieces.iter().map(Part::of).collect();
    let capped = |cap| {
        let texts = pieces.iter().zip(&parts).map(|(piece, part)| {
            let text = match part {
                Some(part) => part.capped(cap, ruler),
                None => Cow::Borrowed(&*piece.text),
            };
            (piece, text)
        });
        assemble(texts, people)
    };
    let mut best = capped(0);
    let length = ruler.measure(&best);
    if length > limit {
        return Err(TooLong {
            length,
            had_parts: parts.iter().any(Option::is_some),
        });
    }
    // `best` fits with cap `low`; a part longer than the limit can never fit.
    let (mut low, mut high) = (0, limit.saturating_add(1));
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        let text = capped(middle);
        if ruler.measure(&text) <= limit {
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

/// Makes one text of `pieces`, each in these words.
fn assemble<'a>(
    pieces: impl Iterator<Item = (&'a TextPiece, Cow<'a, str>)>,
    people: &MentionTable,
) -> RichText {
    let texts: Vec<_> = pieces.map(|(piece, text)| (piece.origin, text)).collect();
    let tidied = tidy(texts.iter().map(|(origin, text)| (*origin, &**text)));
    spans(&tidied, people)
}

/// A part that may be shortened.
struct Part<'a> {
    text: &'a str,
    /// Where it may end early, with enough left.
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

    /// As much of it as contributes no more than `cap`, and never less than its minimum.
    fn capped(&self, cap: usize, ruler: &(impl MeasureText + ?Sized)) -> Cow<'a, str> {
        let contribution = |text: &str| ruler.measure(&RichText::text(text));
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
