//! Replaces notations that are not Markdown by equivalent Markdown: template tags, formulas, Obsidian's
//! wikilinks and embeds, highlighted text, and placeholder lines such as that of a table of contents.

use std::borrow::Cow;

use memchr::{memchr, memchr2, memchr3, memmem};

use super::admonitions::{Admonitions, callout, is_colon_fence};
use super::gaps::Gaps;
use super::math::formula;
use super::tags;
use super::templates::Templates;
use super::walk::{Rewrite, ends_line, rewrite};

/// The maximum length of a wikilink or of highlighted text, in bytes.
const MAX_NOTATION_LENGTH: usize = 400;

/// Lines that a generator or an editor replaces by a table of contents, in lower case.
const TABLE_OF_CONTENTS_LINES: &[&str] = &[
    "[toc]",
    "[[toc]]",
    "[[_toc_]]",
    "@[toc]",
    "${toc}",
    "{{toc}}",
];

/// Returns `text` with all such notations replaced by Markdown, and the template tags whose words are unknown.
pub(super) fn as_markdown(text: &str) -> (Cow<'_, str>, Gaps) {
    const SIGNS: &[&str] = &["==", " ^", ":::", "!!!", "???"];
    let bytes = text.as_bytes();
    let has = |sign: &&str| memmem::find(bytes, sign.as_bytes()).is_some();
    let has_byte = memchr3(b'{', b'[', b'$', bytes).is_some() || memchr(b'\\', bytes).is_some();
    let has_first_byte =
        || memchr3(b'=', b'^', b':', bytes).is_some() || memchr2(b'!', b'?', bytes).is_some();
    let has_sign = has_byte || has_first_byte() && SIGNS.iter().any(has);
    if !has_sign {
        return (Cow::Borrowed(text), Gaps::default());
    }
    let mut notations = NotationRewriter {
        templates: Templates::of(text),
        admonitions: Admonitions::default(),
        raw: None,
        highlight_end: None,
        gaps: Gaps::default(),
    };
    let rewritten = rewrite(text, &mut notations);
    (Cow::Owned(rewritten), notations.gaps)
}

struct NotationRewriter<'a> {
    templates: Templates<'a>,
    admonitions: Admonitions,
    /// The offset of the tag that ends the text in which template tags have no meaning.
    raw: Option<usize>,
    /// The offset of the `==` that ends the highlighted text.
    highlight_end: Option<usize>,
    gaps: Gaps,
}

impl Rewrite for NotationRewriter<'_> {
    fn is_trigger(byte: u8) -> bool {
        matches!(byte, b'{' | b'[' | b'!' | b'$' | b'=' | b'^')
    }

    fn strip_indentation<'a>(&mut self, line: &'a str, _: &mut String) -> &'a str {
        self.admonitions.strip_indentation(line)
    }

    fn rewrite_whole_line(&mut self, _: usize, line: &str, rewritten: &mut String) -> usize {
        let content = line.trim();
        let is_machinery = self.admonitions.open(line)
            || is_colon_fence(line)
            || is_attributes(content)
            || content.starts_with("*[") && content.contains("]:")
            || TABLE_OF_CONTENTS_LINES.contains(&content.to_ascii_lowercase().as_str());
        if is_machinery {
            rewritten.push('\n');
            return line.len();
        }
        match callout(line) {
            Some(marks) => {
                rewritten.push_str(marks);
                rewritten.push('\n');
                line.len()
            }
            None => 0,
        }
    }

    fn rewrite_at(&mut self, at: usize, rewritten: &mut String) -> usize {
        let rest = &self.text()[at..];
        let end = match rest.as_bytes().first() {
            Some(b'{') => self.replace_tag(at, rewritten),
            Some(b'$' | b'\\') => self.replace_formula(at, rewritten),
            Some(b'[') if rest.starts_with("[[") => self.replace_wikilink(at, rewritten),
            Some(b'!') if rest.starts_with("![[") => self.skip_embed(at),
            Some(b'=') if rest.starts_with("==") => self.skip_highlight(at),
            Some(b'^') => self.skip_block_id(at),
            _ => None,
        };
        end.unwrap_or(at)
    }
}

impl<'a> NotationRewriter<'a> {
    fn text(&self) -> &'a str {
        self.templates.closers.text()
    }

    fn replace_tag(&mut self, at: usize, rewritten: &mut String) -> Option<usize> {
        if self.raw.is_some_and(|end| at < end) {
            return None;
        }
        let tag = self.templates.tag(at);
        if let Some(tag) = tag.filter(|tag| matches!(tag.name, "raw" | "verbatim")) {
            let end = self.templates.end_of_tag(&tag.end_name(), tag.end);
            self.raw = end.and_then(|end| self.text()[..end].rfind("{%"));
        }
        let gaps = &mut self.gaps;
        Some(tags::replace((&mut self.templates, gaps), at, rewritten))
    }

    fn replace_formula(&mut self, at: usize, rewritten: &mut String) -> Option<usize> {
        let formula = formula(&mut self.templates.closers, at)?;
        if let Some(tex) = formula.shown {
            push_text(tex, rewritten);
        }
        Some(formula.end)
    }

    /// Returns the text between `[[` and `]]`, and the offset after it.
    fn between_brackets(&mut self, from: usize) -> Option<(&'a str, usize)> {
        let close = self.templates.closers.find("]]", from)?;
        if close - from > MAX_NOTATION_LENGTH {
            return None;
        }
        let inside = &self.text()[from..close];
        let is_link =
            !inside.is_empty() && inside == inside.trim() && !inside.contains(['\n', '[']);
        is_link.then_some((inside, close + 2))
    }

    /// Writes the words of `[[Page]]`, `[[Page#Part]]` or `[[Page|words]]`. `[[1]](url)` is a Markdown
    /// link.
    fn replace_wikilink(&mut self, at: usize, rewritten: &mut String) -> Option<usize> {
        let (inside, end) = self.between_brackets(at + 2)?;
        let is_markdown = self.text()[end..].starts_with(['(', '[', ':']);
        if is_markdown || inside.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        match inside.split_once('|') {
            Some((_, words)) if !words.trim().is_empty() => rewritten.push_str(words),
            _ => push_text(&link_label(inside), rewritten),
        }
        Some(end)
    }

    /// Skips an embedded note, which is a separate block. Pictures were converted to Markdown before.
    fn skip_embed(&mut self, at: usize) -> Option<usize> {
        let (_, end) = self.between_brackets(at + 3)?;
        Some(end)
    }

    /// Skips the `==` on both sides of `==highlighted text==`.
    fn skip_highlight(&mut self, at: usize) -> Option<usize> {
        if self.highlight_end == Some(at) {
            self.highlight_end = None;
            return Some(at + 2);
        }
        let text = self.text();
        let inside = &text[at + 2..];
        let is_part = |c: char| c.is_alphanumeric() || c == '=';
        let is_open = |text: &str| text.starts_with(|c: char| c.is_whitespace() || c == '=');
        if text[..at].ends_with(is_part) || is_open(inside) {
            return None;
        }
        let mut end = inside.len().min(MAX_NOTATION_LENGTH);
        while !inside.is_char_boundary(end) {
            end -= 1;
        }
        let window = inside[..end].split("\n\n").next().unwrap_or_default();
        let close = window
            .match_indices("==")
            .map(|(close, _)| close)
            .find(|close| {
                let before = &window[..*close];
                let ends_word = before.ends_with(|c: char| !c.is_whitespace() && c != '=');
                ends_word && !inside[close + 2..].starts_with(is_part)
            })?;
        self.highlight_end = Some(at + 2 + close);
        Some(at + 2)
    }

    /// Skips `^id` at the end of a block, the anchor of links in Obsidian.
    fn skip_block_id(&mut self, at: usize) -> Option<usize> {
        let text = self.text();
        let rest = &text[at + 1..];
        let length = rest
            .find(|c: char| !c.is_ascii_alphanumeric() && c != '-')
            .unwrap_or(rest.len());
        let end = at + 1 + length;
        let next = text[end..].trim_start_matches([' ', '\t', '\r']);
        let ends_block = next.is_empty()
            || next
                .strip_prefix('\n')
                .is_some_and(|next| ends_line(next, 0));
        let is_apart = text[..at].ends_with([' ', '\n']);
        (is_apart && length > 1 && ends_block).then_some(end)
    }
}

/// Returns the text that Obsidian shows for a link to `target`.
fn link_label(target: &str) -> String {
    let (page, part) = target.split_once('#').unwrap_or((target, ""));
    let page = page.strip_suffix(".md").unwrap_or(page);
    let part = part.replace('#', " > ");
    if part.is_empty() || part.starts_with('^') {
        page.to_owned()
    } else if page.is_empty() {
        part
    } else {
        format!("{page} > {part}")
    }
}

/// Returns `true` if a line is a list of attributes for the block around it: `{.class #id}`.
fn is_attributes(line: &str) -> bool {
    let inside = line
        .strip_prefix('{')
        .and_then(|line| line.strip_suffix('}'));
    inside.is_some_and(|inside| {
        let is_attribute = |word: &str| word.starts_with(['.', '#']) && word.len() > 1;
        let first = inside.split_whitespace().next();
        first.is_some_and(is_attribute) && !inside.contains(['{', '}']) && !inside.ends_with('#')
    })
}

/// Writes a text with all Markdown characters escaped.
fn push_text(text: &str, rewritten: &mut String) {
    for c in text.chars() {
        if c.is_ascii_punctuation() {
            rewritten.push('\\');
        }
        rewritten.push(if c == '\n' { ' ' } else { c });
    }
}

#[cfg(test)]
mod tests {
    use crate::markdown::read;

    #[track_caller]
    fn excerpts(rows: &[(&str, &str)]) {
        for (text, excerpt) in rows {
            assert_eq!(read(text).excerpt(), *excerpt, "{text:?}");
        }
    }

    #[test]
    fn wikilinks_become_link_text() {
        excerpts(&[
            (
                "See [[Boats]] and [[Places/Harbour|the *old* harbour]].",
                "See Boats and the old harbour.",
            ),
            (
                "[[Tides#Low|low]], [[Tides#Low#Spring]], [[#Part]], [[a.md#^b1]]",
                "low, Tides > Low > Spring, Part, a",
            ),
            (
                "[[1]](https://x.org), [[2]], [[ -f x ]], [[a]][b]",
                "[1], [[2]], [[ -f x ]], [[a]][b]",
            ),
            ("`[[code]]` \\[[x]] [[open", "[[code]] [[x]] [[open"),
        ]);
    }

    #[test]
    fn embeds_are_not_excerpt_text() {
        excerpts(&[
            (
                "![[cover.png|300]]\n\nText ![[Note]] more ![[Note#Part|x]].",
                "Text more .",
            ),
            ("![[paper.pdf]] a", "a"),
        ]);
        let pictures = read("![[a b.png|A hill]]").pictures;
        assert_eq!(pictures[0].alt.as_deref(), Some("A hill"));
    }

    #[test]
    fn highlighted_text_and_block_ids() {
        excerpts(&[
            (
                "A ==bright== and ==**very** bright== day. ^b1",
                "A bright and very bright day.",
            ),
            ("if a==b and c==d, or a == b", "if a==b and c==d, or a == b"),
            ("==open", "==open"),
            (
                "press ^C\n\nx ^2\n\nlast ^abc-1\nline",
                "press ^C x ^2 last ^abc-1 line",
            ),
        ]);
    }

    #[test]
    fn block_and_inline_formulas() {
        excerpts(&[
            (
                "$$\n\\frac{a}{b} = c\n$$\n\nSlow when $v_1 < 3 * x$.",
                "Slow when v_1 < 3 * x.",
            ),
            (
                "It costs $5 or $10, `$x$`, \\$x$.",
                "It costs $5 or $10, $x$, $x$.",
            ),
        ]);
    }

    #[test]
    fn admonition_markers_and_titles_are_removed() {
        excerpts(&[
            (
                "!!! note \"Mind\"\n    Take a coat.\n\n    And *boots*.\n\nSlow.",
                "Take a coat. And boots. Slow.",
            ),
            (
                "Text.\n\n??? tip\n\n    Hidden `x`.\n\n        code\n\nMore.",
                "Text. Hidden x. More.",
            ),
            (
                ":::tip[Mind]\nTake a coat.\n:::\n\n:::: {.note}\nx\n::::\n",
                "Take a coat. x",
            ),
            (
                "> [!note] Tide\n> Low.\n\n> [!faq]- Why?\n> So.",
                "Low. So.",
            ),
            ("!!! Watch out!", "!!! Watch out!"),
        ]);
    }

    #[test]
    fn tables_of_contents_are_removed() {
        for line in [
            "[TOC]",
            "[[toc]]",
            "[[_TOC_]]",
            "${toc}",
            "@[toc]",
            "{.lead #a}",
        ] {
            let text = format!("{line}\n\nText.\n");
            assert_eq!(read(&text).excerpt(), "Text.", "{line}");
        }
        excerpts(&[
            ("The [TOC] macro", "The [TOC] macro"),
            ("*[HTML]: Markup\n\na", "a"),
        ]);
    }

    #[test]
    fn raw_template_text_is_shown() {
        excerpts(&[
            (
                "{% raw %}Write {{ x }}.{% endraw %} {{< icon y >}} end",
                "Write {{ x }}. end",
            ),
            ("{% raw %}open\n\n{{ x }}", "open"),
        ]);
    }
}
