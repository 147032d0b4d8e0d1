//! Undoes double escaping by a theme: `Q&amp;amp;A` in the HTML is `Q&amp;A` after parsing, but the
//! author wrote `Q&A`.

use std::borrow::Cow;

use syndicate_api::text::collapse_whitespace;
use syndicate_api::text::html::decode;

use crate::page::fold;
use crate::value::Sourced;

/// The number of leading letters in which two texts must agree to count as the same. Themes cut texts.
const COMPARED_LETTERS: usize = 40;

/// Returns `stated`, a text that the page states, with the second escaping undone; `None` if the
/// author's text must be kept. `own` is the text from the Markdown, and `is_written` is `true` if it
/// is from the front matter. If `own` contains character references too, `stated` is not changed,
/// because the text may be about them.
pub(super) fn undo_double_escaping(
    stated: Sourced<String>,
    own: Option<&str>,
    is_written: bool,
) -> Sourced<String> {
    let (text, origin) = stated?;
    let Some(own) = own.filter(|own| !has_references(own)) else {
        return Some((text, origin));
    };
    if !has_references(&text) {
        return Some((text, origin));
    }
    if is_written {
        return None;
    }
    let clean = unescape_fully(&text);
    let is_same = have_same_beginning(&clean, own);
    Some((if is_same { clean } else { text }, origin))
}

fn has_references(text: &str) -> bool {
    matches!(decode(text), Cow::Owned(decoded) if decoded != text)
}

/// Decodes character references until none is left; some themes escape more than twice.
fn unescape_fully(text: &str) -> String {
    let mut clean = text.to_owned();
    while has_references(&clean) {
        clean = decode(&clean).into_owned();
    }
    collapse_whitespace(&clean)
}

fn have_same_beginning(a: &str, b: &str) -> bool {
    let beginning = |text: &str| {
        fold(text)
            .chars()
            .take(COMPARED_LETTERS)
            .collect::<String>()
    };
    let (a, b) = (beginning(a), beginning(b));
    !a.is_empty() && !b.is_empty() && (a.starts_with(&b) || b.starts_with(&a))
}

#[cfg(test)]
mod tests {
    use super::undo_double_escaping;
    use syndicate_api::FieldOrigin;

    #[track_caller]
    fn check(stated: &str, own: Option<&str>, is_written: bool, expected: Option<&str>) {
        let stated = Some((stated.to_owned(), FieldOrigin::Path));
        let text = undo_double_escaping(stated, own, is_written).map(|(text, _)| text);
        assert_eq!(text.as_deref(), expected);
    }

    #[test]
    fn escaped_text_loses_to_front_matter() {
        check("Ships &amp; boats", Some("Ships & boats"), true, None);
        check(
            "It&#39;s &quot;here&quot;…",
            Some("It's \"here\" now"),
            true,
            None,
        );
        check("Tom &amp;amp; Ann", Some("Tom & Ann"), true, None);
        let other = "Another text";
        check(other, Some("Ships & boats"), true, Some(other));
    }

    #[test]
    fn escaped_excerpt_is_decoded() {
        let own = "It's the first of May & we sail.";
        check(
            "It&#39;s the first",
            Some(own),
            false,
            Some("It's the first"),
        );
        check(
            "Tom &amp;amp; Ann",
            Some("Tom & Ann sail"),
            false,
            Some("Tom & Ann"),
        );
        // The theme's text differs and may be about HTML.
        let other = "How to write &amp; in HTML";
        check(other, Some(own), false, Some(other));
    }

    #[test]
    fn text_about_references_is_kept() {
        let text = "Write &amp; for an ampersand";
        check(text, Some(text), true, Some(text));
        check(text, None, false, Some(text));
        check("AT&T and R&D", Some("AT&T"), true, Some("AT&T and R&D"));
    }
}
