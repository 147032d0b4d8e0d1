//! Reads the description of a post that its generator takes from the text.

use syndicate_api::text::{MAX_SHORTENED, shorten, shorten_beginning};

use crate::generators::Excerpt;
use crate::markdown::Prose;
use crate::site::Site;

/// A description, and the name of its origin.
pub(super) type Described = (String, &'static str);

const BEGINNING: &str = "beginning of the text";

/// Returns the description of a text whose prose is complete.
pub(super) fn of_text(site: &Site, prose: &Prose) -> Described {
    let kind = site.conventions.excerpt;
    if prose.has_excerpt_marker && kind != Excerpt::Line {
        let text = shown_text(site, prose);
        return (shorten(&text), "text before the excerpt marker");
    }
    match kind {
        Excerpt::Beginning => (shorten(&shown_text(site, prose)), BEGINNING),
        Excerpt::Line => (shorten(&prose.first_line()), "first line"),
        Excerpt::Paragraph => (shorten(&prose.first_paragraph()), "first paragraph"),
        Excerpt::Words(most) => {
            let text = shown_text(site, prose);
            let words = first_words(&text, most);
            (shorten(words.as_deref().unwrap_or(&text)), BEGINNING)
        }
    }
}

/// Returns the description of a text without an excerpt marker, of which `prose` is the beginning. Returns `None` if it
/// may depend on the rest of the text.
pub(super) fn of_beginning(site: &Site, prose: &Prose) -> Option<Described> {
    match site.conventions.excerpt {
        Excerpt::Beginning => {
            let text = shown_text(site, prose);
            let is_long = || text.chars().nth(MAX_SHORTENED).is_some();
            let description =
                shorten_beginning(&text).or_else(|| is_long().then(|| shorten(&text)))?;
            Some((description, BEGINNING))
        }
        Excerpt::Line | Excerpt::Paragraph => prose.has_words().then(|| of_text(site, prose)),
        Excerpt::Words(most) => {
            let words = first_words(&shown_text(site, prose), most)?;
            Some((shorten(&words), BEGINNING))
        }
    }
}

/// Returns the excerpt as the generator shows it.
fn shown_text(site: &Site, prose: &Prose) -> String {
    if site.conventions.excerpt_has_headings {
        prose.excerpt_with_headings()
    } else {
        prose.excerpt()
    }
}

/// Returns the first `most` words of `text` and `…`; `None` if it has no more.
fn first_words(text: &str, most: usize) -> Option<String> {
    let mut spaces = text.match_indices(' ').map(|(at, _)| at);
    let end = match most {
        0 if text.is_empty() => return None,
        0 => 0,
        most => spaces.nth(most - 1)?,
    };
    Some(format!("{}…", &text[..end]))
}
