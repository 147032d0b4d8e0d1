//! The parts of a text between which lines may break.

use unicode_linebreak::linebreaks;

use super::pieces::{Line, Typeface};

/// A part of a text that stays on one line.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Segment {
    /// The text, without the space at its end.
    pub(super) text: String,
    /// The space between this segment and the next one of the same line.
    pub(super) space: &'static str,
    /// The width of the text in ems.
    pub(super) width: f32,
    /// The width of the space in ems.
    pub(super) space_width: f32,
    /// The mark that is added if a line ends here: a hyphen within a word.
    pub(super) end: &'static str,
    /// The width of this mark in ems.
    pub(super) end_width: f32,
}

/// Measures parts of one text.
pub(super) struct Ruler<'t, 'f> {
    pub(super) is_rtl: bool,
    pub(super) typeface: &'t Typeface<'f>,
}

impl Ruler<'_, '_> {
    /// Returns the width of `text` in ems.
    pub(super) fn width(&self, text: &str) -> f32 {
        Line::new(text, self.is_rtl, self.typeface).width
    }

    /// Returns a segment without a space after it.
    pub(super) fn segment(&self, text: &str) -> Segment {
        Segment {
            text: text.to_owned(),
            space: "",
            width: self.width(text),
            space_width: 0.0,
            end: "",
            end_width: 0.0,
        }
    }

    /// Splits `text` where Unicode (UAX 14) allows a line to break.
    pub(super) fn segments(&self, text: &str) -> Vec<Segment> {
        let space_width = self.width(" ");
        let mut start = 0;
        let mut segments = Vec::new();
        for (end, _) in linebreaks(text) {
            let part = &text[start..end];
            start = end;
            let trimmed = part.trim_end_matches(' ');
            let mut segment = self.segment(trimmed);
            if trimmed.len() < part.len() {
                segment.space = " ";
                segment.space_width = space_width;
            }
            segments.push(segment);
        }
        segments
    }
}
