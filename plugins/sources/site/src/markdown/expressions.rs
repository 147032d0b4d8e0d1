//! Replaces the expressions in the text of MDX ("Expressions", MDX's documentation): a literal by its value, any other
//! by a template output, which is later recorded as a gap. Expressions in tags are not text.

use std::borrow::Cow;

use super::closers::Closers;
use super::math::formula;
use super::walk::{Rewrite, rewrite};

/// The maximum length of an expression or a tag, in bytes.
const MAX_LENGTH: usize = 2_000;

/// The delimiters of a template output that stands for an expression.
const OUTPUT: (&str, &str) = ("{{=", "=}}");

/// Returns the text of MDX without expressions.
pub(crate) fn without_expressions(text: &str) -> Cow<'_, str> {
    if !text.contains('{') {
        return Cow::Borrowed(text);
    }
    let closers = Closers::new(text);
    Cow::Owned(rewrite(text, &mut Expressions { closers }))
}

/// Returns the expression for which the template output `tag` stands, with its braces.
pub(super) fn written_expression(tag: &str) -> Option<String> {
    let inside = tag.strip_prefix(OUTPUT.0)?.strip_suffix(OUTPUT.1)?;
    Some(["{", inside, "}"].concat())
}

struct Expressions<'a> {
    closers: Closers<'a>,
}

impl Rewrite for Expressions<'_> {
    fn is_trigger(byte: u8) -> bool {
        matches!(byte, b'{' | b'<' | b'$')
    }

    fn rewrite_at(&mut self, at: usize, rewritten: &mut String) -> usize {
        let text = self.closers.text();
        let rest = &text[at..];
        if text[..at].ends_with('\\') {
            return at;
        }
        let end = match rest.as_bytes() {
            [b'$', ..] => formula(&mut self.closers, at).map(|formula| formula.end - at),
            [b'<', ..] => end_of_tag(rest),
            [b'{', b'{', ..] => self.closers.find("}}", at).map(|close| close + 2 - at),
            [b'{', ..] => return at + replace(rest, rewritten),
            _ => None,
        };
        let length = end.filter(|end| *end <= MAX_LENGTH).unwrap_or(0);
        rewritten.push_str(&rest[..length]);
        at + length
    }
}

/// Replaces the expression at the start of `rest` and returns its length; 0 if there is none.
fn replace(rest: &str, rewritten: &mut String) -> usize {
    let Some(length) = end_of_braces(rest) else {
        return 0;
    };
    let written = &rest[1..length - 1];
    let inside = written.trim();
    // `{#id}` is the id of a heading, `{.class}` and `{:toc}` are attributes of other processors.
    if inside.starts_with(['#', '.', ':']) {
        return 0;
    }
    let quoted = ['"', '\'', '`'].into_iter().find_map(|quote| {
        let text = inside.strip_prefix(quote)?.strip_suffix(quote)?;
        (!text.contains([quote, '\\', '$'])).then_some(text)
    });
    let is_number = inside.bytes().all(|byte| byte.is_ascii_digit());
    match quoted {
        Some(text) => rewritten.push_str(text),
        None if inside.starts_with("/*") => {}
        None if is_number => rewritten.push_str(inside),
        None => {
            let closed = written.replace("}}", "} }");
            rewritten.extend([OUTPUT.0, &closed, OUTPUT.1]);
        }
    }
    length
}

/// Returns the offset after the brace that closes the one at the start of `rest`.
fn end_of_braces(rest: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, byte) in rest.bytes().enumerate().take(MAX_LENGTH) {
        match byte {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(at + 1);
        }
    }
    None
}

/// Returns the offset after the tag at the start of `rest`, whose attributes may have expressions.
fn end_of_tag(rest: &str) -> Option<usize> {
    if !rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/') {
        return None;
    }
    let mut depth = 0_usize;
    for (at, byte) in rest.bytes().enumerate().take(MAX_LENGTH) {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            b'>' if depth == 0 => return Some(at + 1),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{TextRules, read_with};
    use super::*;

    #[test]
    fn expressions_are_values_or_gaps() {
        for (text, clean) in [
            ("In {2026},{' '}by {\"Ann\"}", "In 2026, by Ann"),
            ("By {author.name} in", "By {{=author.name=}} in"),
            (
                "{a.map((x) => ({b: {c: x}}))}",
                "{{=a.map((x) => ({b: {c: x} }))=}}",
            ),
            ("<A b={c} d={{e: f}}>g</A>", "<A b={c} d={{e: f}}>g</A>"),
            ("`{a}` \\{b\\} {{ c }}", "`{a}` \\{b\\} {{ c }}"),
            (
                "## A {#id}\n\n```\n{b}\n```\n",
                "## A {#id}\n\n```\n{b}\n```\n",
            ),
            ("a < b {open", "a < b {open"),
            ("$\\frac{a}{b}$ costs $5", "$\\frac{a}{b}$ costs $5"),
        ] {
            assert_eq!(without_expressions(text), clean, "{text}");
            assert_eq!(
                without_expressions(&without_expressions(text)),
                clean,
                "{text}"
            );
        }
        let text = without_expressions("By {author.name} in 2026");
        let prose = read_with(&text, TextRules::default());
        assert_eq!(prose.first_gap(&prose.excerpt()), Some("{author.name}"));
    }

    proptest! {
        #[test]
        fn any_expressions_terminate(text in "[{}<>a\"'`\\\\ \n/*é=]{0,60}") {
            without_expressions(&text);
        }
    }
}
