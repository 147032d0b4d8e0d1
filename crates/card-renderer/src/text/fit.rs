//! Fits a text to a box.

use super::hyphenate::split_wide;
use super::pieces::{Line, Typeface};
use super::segments::{Ruler, Segment};
use super::wrap::{text_of, wrap, wrap_balanced};

/// The step between two sizes in pixels. Smaller steps give no better cards.
const STEP: f32 = 2.0;

const ELLIPSIS: &str = "…";

/// A box for text. Lengths are in pixels of the template.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct TextBox {
    pub(crate) width: f32,
    pub(crate) height: f32,
    /// The largest font size.
    pub(crate) size: f32,
    /// The smallest font size.
    pub(crate) min_size: f32,
    /// The maximum number of lines.
    pub(crate) lines: usize,
    /// The distance of two baselines in font sizes.
    pub(crate) line_height: f32,
}

/// A text that fits its box.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct FittedText {
    pub(crate) lines: Vec<Line>,
    /// The font size in pixels.
    pub(crate) size: f32,
    /// `true` if the text was too long and ends with an ellipsis.
    pub(crate) is_shortened: bool,
}

/// Fits `text`, which is not empty, to `area`: in the largest size in which no word is split; if a word is too wide in
/// the smallest size, in the largest size in which its parts fit. A text that is still too long is shortened.
pub(crate) fn fit(
    text: &str,
    is_rtl: bool,
    lang: Option<&str>,
    area: &TextBox,
    typeface: &Typeface<'_>,
) -> FittedText {
    let ruler = Ruler { is_rtl, typeface };
    let whole = ruler.segments(text);
    let widest = whole.iter().map(|it| it.width).fold(0.0, f32::max);
    let splits = widest * area.min_size > area.width;
    let at = |size: f32| match splits {
        true => split_wide(whole.clone(), area.width / size, lang, &ruler),
        false => whole.clone(),
    };
    let mut size = area.size;
    loop {
        let is_last = size <= area.min_size;
        size = size.max(area.min_size);
        let segments = at(size);
        if fits(&segments, size, area) {
            let lines = lines(
                &segments,
                &wrap_balanced(&segments, area.width / size),
                &ruler,
            );
            // Shaping a whole line can make it a little wider than its parts.
            let is_within = |line: &Line| line.width * size <= area.width;
            if is_last || lines.iter().all(is_within) {
                return within(
                    FittedText {
                        lines,
                        size,
                        is_shortened: false,
                    },
                    area,
                );
            }
        }
        if is_last {
            return within(shortened(&segments, size, area, &ruler), area);
        }
        size -= STEP;
    }
}

/// Makes a text whose widest line is a little too wide smaller.
fn within(fitted: FittedText, area: &TextBox) -> FittedText {
    let widest = fitted
        .lines
        .iter()
        .map(|line| line.width)
        .fold(0.0, f32::max);
    let size = match widest * fitted.size > area.width {
        true => area.width / widest,
        false => fitted.size,
    };
    FittedText { size, ..fitted }
}

/// Returns the number of lines of this size that fit into `area`, at least one.
fn max_lines(size: f32, area: &TextBox) -> usize {
    // The first line needs its own height, and each further one the distance of two baselines.
    let further = (area.height - size) / (size * area.line_height);
    (1 + further.max(0.0) as usize).min(area.lines.max(1))
}

fn fits(segments: &[Segment], size: f32, area: &TextBox) -> bool {
    let width = area.width / size;
    let is_narrow = |it: &Segment| it.width + it.end_width <= width;
    segments.iter().all(is_narrow) && wrap(segments, width).len() <= max_lines(size, area)
}

fn lines(segments: &[Segment], counts: &[usize], ruler: &Ruler<'_, '_>) -> Vec<Line> {
    let mut rest = segments;
    let lines = counts.iter().map(|count| {
        let (line, after) = rest.split_at(*count);
        rest = after;
        Line::new(&text_of(line), ruler.is_rtl, ruler.typeface)
    });
    lines.collect()
}

/// Keeps as many segments as fit, and ends with an ellipsis.
fn shortened(segments: &[Segment], size: f32, area: &TextBox, ruler: &Ruler<'_, '_>) -> FittedText {
    let ellipsis = ruler.width(ELLIPSIS);
    let mut kept = segments.to_vec();
    while let Some(mut last) = kept.pop() {
        last.text = last
            .text
            .trim_end_matches([',', ';', ':', '–', '—', '-', '('])
            .to_owned();
        (last.end, last.end_width) = (ELLIPSIS, ellipsis);
        kept.push(last);
        if kept.len() == 1 || fits(&kept, size, area) {
            break;
        }
        kept.pop();
    }
    let counts = wrap(&kept, area.width / size);
    FittedText {
        lines: lines(&kept, &counts, ruler),
        size,
        is_shortened: true,
    }
}

/// Fits as many of the `parts` as possible, joined by `separator`, on one line of `area`.
pub(crate) fn fit_list(
    parts: &[String],
    separator: &str,
    (is_rtl, lang): (bool, Option<&str>),
    area: &TextBox,
    typeface: &Typeface<'_>,
) -> Option<FittedText> {
    let area = TextBox {
        lines: 1,
        ..area.clone()
    };
    let mut last = None;
    for count in (1..=parts.len()).rev() {
        let text = parts[..count].join(separator);
        let fitted = fit(&text, is_rtl, lang, &area, typeface);
        if !fitted.is_shortened {
            return Some(fitted);
        }
        last = Some(fitted);
    }
    last
}
