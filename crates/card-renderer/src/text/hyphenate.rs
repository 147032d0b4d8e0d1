//! Splits words that are wider than their box.

use hypher::{Lang, hyphenate};
use unicode_segmentation::UnicodeSegmentation as _;

use super::segments::{Ruler, Segment};

const HYPHEN: &str = "-";

/// Splits the segments that are wider than `width` ems: between syllables if the language's rules are known, and else
/// between letters.
pub(super) fn split_wide(
    segments: Vec<Segment>,
    width: f32,
    lang: Option<&str>,
    ruler: &Ruler<'_, '_>,
) -> Vec<Segment> {
    let hyphen = ruler.width(HYPHEN);
    let mut split = Vec::with_capacity(segments.len());
    for segment in segments {
        if segment.width <= width {
            split.push(segment);
            continue;
        }
        let (space, space_width) = (segment.space, segment.space_width);
        let start = split.len();
        for syllable in syllables(&segment.text, lang) {
            let whole = ruler.segment(&syllable);
            if whole.width + hyphen <= width {
                split.push(whole);
            } else {
                let letters = syllable.graphemes(true);
                split.extend(letters.map(|letter| ruler.segment(letter)));
            }
        }
        for part in &mut split[start..] {
            if takes_hyphen(&part.text) {
                (part.end, part.end_width) = (HYPHEN, hyphen);
            }
        }
        if let Some(last) = split.last_mut() {
            (last.space, last.space_width) = (space, space_width);
            (last.end, last.end_width) = ("", 0.0);
        }
    }
    split
}

/// Returns `true` if a hyphen shows that a word goes on after `text`: not after punctuation, as in an address, and not in
/// scripts without capital letters, which have no hyphens.
fn takes_hyphen(text: &str) -> bool {
    let last = text.chars().next_back();
    last.is_some_and(|it| it.is_lowercase() || it.is_uppercase())
}

fn syllables(word: &str, lang: Option<&str>) -> Vec<String> {
    let code = lang.unwrap_or("en").to_ascii_lowercase();
    let code = code.as_bytes();
    let code: Option<[u8; 2]> = code.get(..2).and_then(|code| code.try_into().ok());
    match code.and_then(Lang::from_iso) {
        Some(lang) => hyphenate(word, lang).map(str::to_owned).collect(),
        None => vec![word.to_owned()],
    }
}

#[cfg(test)]
mod tests {
    use super::super::pieces::Typeface;
    use super::super::wrap::text_of;
    use super::*;
    use crate::fonts::Fonts;

    fn split(word: &str, width: f32, lang: Option<&str>) -> Vec<Segment> {
        let fonts = Fonts::new();
        let typeface = Typeface {
            fonts: &fonts,
            faces: vec![0],
        };
        let ruler = Ruler {
            is_rtl: false,
            typeface: &typeface,
        };
        split_wide(ruler.segments(word), width, lang, &ruler)
    }

    #[test]
    fn words_are_split_between_syllables() {
        let parts = split("extensively used", 4.0, Some("en-GB"));
        let texts: Vec<&str> = parts.iter().map(|it| &*it.text).collect();
        assert_eq!(texts, ["ex", "ten", "sively", "used"]);
        assert_eq!(text_of(&parts[..1]), "ex-");
        assert_eq!(text_of(&parts[..3]), "extensively");
        assert_eq!(text_of(&parts), "extensively used");
    }

    #[test]
    fn syllables_of_unknown_languages_are_letters() {
        let parts = split("lintulauta", 2.0, Some("xx"));
        assert_eq!(parts.len(), 10);
        assert_eq!(text_of(&parts[..4]), "lint-");
        assert!(parts.iter().all(|it| it.width + it.end_width <= 2.0));
    }
}
