//! Texts that a theme escaped twice: `Q&amp;amp;A` in the page is `Q&amp;A` when it is read, which no
//! author wrote.

use std::borrow::Cow;

use syndicate_api::text::collapse_whitespace;
use syndicate_api::text::html::decode;

use crate::page::fold;
use crate::value::Sourced;

/// How many letters two texts must begin with in common to be the same: a theme may cut one of them.
const BEGINNING: usize = 40;

/// Returns `stated`, a text that the page states, with the second escaping undone; `None` where the
/// text that the author wrote is to be kept. `own` is the text that the Markdown gives, `is_written`
/// says whether its front matter does. A text about character references is left as it is where
/// `own` has them as well.
pub(super) fn undo(
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
    let clean = unescaped(&text);
    let is_same = begins_alike(&clean, own);
    Some((if is_same { clean } else { text }, origin))
}

fn has_references(text: &str) -> bool {
    matches!(decode(text), Cow::Owned(decoded) if decoded != text)
}

/// Some themes escape more than twice.
fn unescaped(text: &str) -> String {
    let mut clean = text.to_owned();
    while has_references(&clean) {
        clean = decode(&clean).into_owned();
    }
    collapse_whitespace(&clean)
}

fn begins_alike(a: &str, b: &str) -> bool {
    let beginning = |text: &str| fold(text).chars().take(BEGINNING).collect::<String>();
    let (a, b) = (beginning(a), beginning(b));
    !a.is_empty() && !b.is_empty() && (a.starts_with(&b) || b.starts_with(&a))
}

#[cfg(test)]
mod tests {
    use super::undo;
    use syndicate_api::FieldOrigin;

    #[track_caller]
    fn check(stated: &str, own: Option<&str>, is_written: bool, expected: Option<&str>) {
        let stated = Some((stated.to_owned(), FieldOrigin::Path));
        let text = undo(stated, own, is_written).map(|(text, _)| text);
        assert_eq!(text.as_deref(), expected);
    }

    #[test]
    fn escaped_text_yields_to_front_matter() {
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
        // The theme says something else, perhaps about HTML.
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
