//! Arranges a line: pieces of one font and one direction, from left to right as they are seen.

use std::ops::Range;

use unicode_bidi::{BidiInfo, Level};
use unicode_segmentation::UnicodeSegmentation as _;

use crate::fonts::{Fonts, is_ignorable};

/// The fonts of a text, in the order in which they are tried.
pub(crate) struct Typeface<'f> {
    pub(crate) fonts: &'f Fonts,
    /// The indices of the faces, never empty.
    pub(crate) faces: Vec<usize>,
}

/// A part of a line in one font and one direction.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Piece {
    pub(crate) text: String,
    /// The index of the face.
    pub(crate) face: usize,
    pub(crate) is_rtl: bool,
    /// The distance from the start of the line, in ems.
    pub(crate) x: f32,
}

/// A line of text.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Line {
    /// The pieces, from left to right.
    pub(crate) pieces: Vec<Piece>,
    /// The width in ems.
    pub(crate) width: f32,
}

impl Line {
    /// Arranges `text`, whose paragraph is read from right to left if `is_rtl`.
    pub(crate) fn new(text: &str, is_rtl: bool, typeface: &Typeface<'_>) -> Self {
        let mut line = Self::default();
        for (range, is_rtl) in visual_runs(text, is_rtl) {
            let mut pieces = in_fonts(&text[range], is_rtl, typeface);
            if is_rtl {
                pieces.reverse();
            }
            for (text, face) in pieces {
                let width = typeface.fonts.face(face).width(&text, is_rtl);
                let x = line.width;
                line.width += width;
                if !is_space_only(&text) {
                    line.pieces.push(Piece {
                        text,
                        face,
                        is_rtl,
                        x,
                    });
                }
            }
        }
        line
    }
}

/// Returns the runs of one direction from left to right, each with `true` if it is read from right to left.
fn visual_runs(text: &str, is_rtl: bool) -> Vec<(Range<usize>, bool)> {
    let level = if is_rtl { Level::rtl() } else { Level::ltr() };
    let info = BidiInfo::new(text, Some(level));
    let Some(paragraph) = info.paragraphs.first() else {
        return Vec::new();
    };
    let (levels, runs) = info.visual_runs(paragraph, paragraph.range.clone());
    let runs = runs.into_iter();
    runs.map(|run| {
        let is_rtl = levels.get(run.start).is_some_and(Level::is_rtl);
        (run, is_rtl)
    })
    .collect()
}

/// Splits `text` where the font changes. Punctuation stays in the font of the word before it. A space has the first font:
/// those of emoji are as wide as an emoji. It is a piece of its own in text from right to left, where the renderer would
/// move it to the other end of its piece.
fn in_fonts(text: &str, is_rtl: bool, typeface: &Typeface<'_>) -> Vec<(String, usize)> {
    let Typeface { fonts, faces } = typeface;
    let mut pieces: Vec<(String, usize)> = Vec::new();
    for cluster in text.graphemes(true) {
        let is_space = is_space(cluster);
        let is_neutral = !is_space && !cluster.chars().any(char::is_alphanumeric);
        let is_after_space = pieces
            .last()
            .is_some_and(|(last, _)| is_rtl && is_space_only(last));
        if let Some((last, face)) = pieces.last_mut()
            && is_neutral
            && !is_after_space
            && fonts.face(*face).covers(cluster)
        {
            last.push_str(cluster);
            continue;
        }
        let face = faces.iter().find(|face| fonts.face(**face).covers(cluster));
        // A missing glyph is reported later, with all others.
        let face = *face.unwrap_or(&faces[0]);
        let is_alone = is_after_space || is_rtl && is_space;
        match pieces.last_mut() {
            Some((last, same)) if *same == face && !is_alone => last.push_str(cluster),
            _ => pieces.push((cluster.to_owned(), face)),
        }
    }
    pieces
}

fn is_space(cluster: &str) -> bool {
    matches!(cluster, " " | "\u{a0}" | "\u{202f}")
}

fn is_space_only(text: &str) -> bool {
    text.graphemes(true).all(is_space)
}

/// Adds the clusters of `text` that no font can draw to `missing`, each once.
pub(crate) fn missing_glyphs(text: &str, typeface: &Typeface<'_>, missing: &mut Vec<String>) {
    let Typeface { fonts, faces } = typeface;
    for cluster in text.graphemes(true) {
        let is_covered = faces.iter().any(|face| fonts.face(*face).covers(cluster));
        if is_covered {
            continue;
        }
        let visible: String = cluster.chars().filter(|it| !is_ignorable(*it)).collect();
        if !missing.contains(&visible) {
            missing.push(visible);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arranged(text: &str) -> Vec<(String, bool)> {
        let fonts = Fonts::new();
        let typeface = Typeface {
            fonts: &fonts,
            faces: vec![0],
        };
        let line = Line::new(text, super::super::is_rtl(text), &typeface);
        let pieces = line.pieces.into_iter();
        pieces.map(|piece| (piece.text, piece.is_rtl)).collect()
    }

    #[test]
    fn runs_are_in_visual_order() {
        let piece = |text: &str, is_rtl| (text.to_owned(), is_rtl);
        assert_eq!(arranged("Rust!"), [piece("Rust!", false)]);
        assert_eq!(
            arranged("שלום Rust!"),
            [piece("!", true), piece("Rust", false), piece("שלום", true)]
        );
        assert_eq!(
            arranged("In שלום 12"),
            [piece("In ", false), piece("12", false), piece("שלום", true)]
        );
        assert_eq!(arranged(""), []);
    }

    #[test]
    fn missing_clusters_are_listed_once() {
        let fonts = Fonts::new();
        let typeface = Typeface {
            fonts: &fonts,
            faces: vec![0, 1],
        };
        let mut missing = Vec::new();
        missing_glyphs("漢 a漢字 👍\u{fe0f}é", &typeface, &mut missing);
        assert_eq!(missing, ["漢", "字", "👍"]);
    }
}
