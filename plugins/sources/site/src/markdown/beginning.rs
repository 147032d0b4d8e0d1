//! Reads only the beginning of a text, for the description of a post. The whole text is read if its end may change the
//! meaning of its beginning.

use memchr::{memchr, memchr3, memchr3_iter, memmem};

use super::prose::{Prose, TextRules, read_with};

/// The size of the first window in bytes, which contains the description of most texts. Each next window is twice as large.
const FIRST_WINDOW: usize = 512;

/// Signs anywhere in the text that may end, hide or rename something before them: the markers of an excerpt, and the
/// definitions of links and footnotes. Each begins with one of the bytes that [`has_distant`] searches.
const DISTANT: &[&str] = &["<!--", "{/*", "]:"];

/// Signs of notations in the beginning that may end after it: HTML, template tags, comments, formulas, wikilinks and
/// highlighted text.
const OPENING: &[&str] = &[
    "<", "{{", "{%", "{#", "{/", "{:", "{-", "%%", "$", "\\(", "\\[", "[[", "==",
];

/// Reads blocks at the beginning of `text` until `choose` returns a value. Returns `None` if the whole text has to be
/// read. The excerpt and the first paragraph and line begin like those of the whole text, which has no excerpt marker;
/// other fields may differ.
pub(crate) fn read_beginning<T>(
    text: &str,
    rules: TextRules,
    choose: impl Fn(Prose) -> Option<T>,
) -> Option<T> {
    if text.len() <= 2 * FIRST_WINDOW || has_distant(text) {
        return None;
    }
    let mut window = FIRST_WINDOW;
    loop {
        let beginning = &text[..end_of_blocks(text, window)?];
        if may_open(beginning) {
            return None;
        }
        if let Some(chosen) = choose(read_with(beginning, rules)) {
            return Some(chosen);
        }
        window = 2 * beginning.len();
    }
}

/// Returns `true` if a text contains a sign of [`DISTANT`].
fn has_distant(text: &str) -> bool {
    let bytes = text.as_bytes();
    let begins_sign = |at: usize| {
        let mut signs = DISTANT.iter();
        signs.any(|sign| bytes[at..].starts_with(sign.as_bytes()))
    };
    memchr3_iter(b'<', b'{', b']', bytes).any(begins_sign)
}

fn contains_any(text: &str, signs: &[&str]) -> bool {
    let mut signs = signs.iter();
    signs.any(|sign| memmem::find(text.as_bytes(), sign.as_bytes()).is_some())
}

/// Returns `true` if a text contains a sign of [`OPENING`]. Most texts do not even contain the first byte of one.
fn may_open(text: &str) -> bool {
    let bytes = text.as_bytes();
    let has_first_byte = memchr3(b'<', b'{', b'[', bytes).is_some()
        || memchr3(b'$', b'\\', b'=', bytes).is_some()
        || memchr(b'%', bytes).is_some();
    has_first_byte && contains_any(text, OPENING)
}

/// Returns the offset of the first line at or after `from` that begins a paragraph after a blank line. Such a line ends
/// every block before it, apart from a fenced code block, whose text is in no excerpt.
fn end_of_blocks(text: &str, mut from: usize) -> Option<usize> {
    while from < text.len() && !text.is_char_boundary(from) {
        from += 1;
    }
    let mut rest = text.get(from..)?;
    loop {
        rest = &rest[memmem::find(rest.as_bytes(), b"\n\n")? + 2..];
        if rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return Some(text.len() - rest.len());
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use syndicate_api::testkit::trials;

    use super::*;

    const PARAGRAPH: &str =
        "Some words of a paragraph that is long enough to fill a window of a text.\n\n";

    #[test]
    fn long_plain_text_is_read_in_part() {
        let text = PARAGRAPH.repeat(100);
        let with_paragraph = |prose: Prose| Some(prose).filter(|prose| prose.has_words());
        let prose = read_beginning(&text, TextRules::default(), with_paragraph).unwrap();
        assert!(prose.excerpt().len() < 700);
        assert_eq!(prose.first_paragraph(), PARAGRAPH.trim());
        for end in ["<!-- more -->\n\nEnd.", "[words]: /x", "[^1]: note"] {
            let text = format!("{text}{end}\n");
            assert_eq!(
                read_beginning(&text, TextRules::default(), with_paragraph),
                None
            );
        }
        assert_eq!(
            read_beginning(&text, TextRules::default(), |_| None::<Prose>),
            None
        );
    }

    #[test]
    fn each_opening_is_found() {
        for sign in OPENING {
            assert!(may_open(&format!("Words {sign} words")), "{sign}");
        }
        assert!(!may_open("Words (a) #1 !"));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(trials(128)))]

        #[test]
        fn beginning_agrees_with_whole_text(pieces in prop::collection::vec(prop::sample::select(vec![
            PARAGRAPH, PARAGRAPH, PARAGRAPH, PARAGRAPH, PARAGRAPH, PARAGRAPH, PARAGRAPH, PARAGRAPH, PARAGRAPH, PARAGRAPH,
            "words ", "words\n", "\n\n", "\n", "```\n", "```rust\nlet x = {y};\n```\n\n", "~~~\n", "- item\n", "- item\n\n", "1. item\n",
            "  continued\n\n", "    indented\n\n", "> quote\n", "> quote\n\n", "# Heading\n\n", "Heading\n===\n\n", "Heading\n---\n\n",
            "---\n\n", "| a | b |\n|---|---|\n| c | d |\n\n", "![a](b.png)\n\n", "[a](b) ", "[words] ", "[words]: /x\n\n", "[^1] ",
            "[^1]: note\n\n", "*em* ", "**", "_", "`code` ", "`", "\"quoted\" ", "'", ":tada: ", "!!! note\n    inside\n\n", "::: tip\n",
            ":::\n\n", "> [!note] Title\n> text\n\n", "<b>bold</b> ", "<!-- more -->\n\n", "<!-- a -->", "<div>\n", "</div>\n\n", "{{ x }} ",
            "{% raw %}", "{% endraw %}", "$", "$$\n", "==", "[[Page]] ", "[[", "%%", "{#id}\n", "\\", "^id\n\n", "* [ ] task\n", "東京 ",
            "\r\n\r\n", "\t", "[toc]\n\n", "*[HTML]: x\n\n", "https://example.org ", "&amp; ", "é",
        ]), 0..120), smart in any::<bool>()) {
            let text = pieces.concat();
            let rules = TextRules { is_smart: smart, has_emoji: true };
            let whole = read_with(&text, rules);
            for enough in [1, 400, 1_201] {
                let with_enough = |prose: Prose| {
                    let is_enough = prose.excerpt().len() >= enough && prose.has_words();
                    is_enough.then_some(prose)
                };
                let Some(prose) = read_beginning(&text, rules, with_enough) else {
                    continue;
                };
                prop_assert!(!whole.has_excerpt_marker && !prose.has_excerpt_marker);
                prop_assert_eq!(prose.first_paragraph(), whole.first_paragraph(), "{:?}", text);
                prop_assert_eq!(prose.first_line(), whole.first_line(), "{:?}", text);
                prop_assert!(whole.excerpt().starts_with(&prose.excerpt()), "{:?}", text);
                let with_headings = prose.excerpt_with_headings();
                prop_assert!(whole.excerpt_with_headings().starts_with(&with_headings), "{:?}", text);
            }
        }
    }
}
