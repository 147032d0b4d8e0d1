//! Finds formulas in TeX (`$…$`, `$$…$$`, `\(…\)`, `\[…\]`, environments), as MathJax and KaTeX do. A
//! formula on lines of its own is removed like a figure. A formula within a line loses its delimiters. A
//! `$` that is not followed by something like a formula is a currency sign or a variable.

use super::closers::Closers;
use super::walk::{begins_line, ends_line};

/// The maximum length of a formula within a line, in bytes.
const MAX_INLINE_LENGTH: usize = 400;

/// The maximum length of any other formula, in bytes.
const MAX_BLOCK_LENGTH: usize = 10_000;

/// The delimiters of environments that are formulas.
const ENVIRONMENTS: &[(&str, &str)] = &[
    ("\\begin{align", "\\end{align"),
    ("\\begin{cases", "\\end{cases"),
    ("\\begin{eqnarray", "\\end{eqnarray"),
    ("\\begin{equation", "\\end{equation"),
    ("\\begin{gather", "\\end{gather"),
    ("\\begin{multline", "\\end{multline"),
];

/// A formula in a text.
pub(super) struct Formula<'a> {
    /// The TeX; `None` if the formula is on lines of its own.
    pub(super) shown: Option<&'a str>,
    /// The offset after the formula.
    pub(super) end: usize,
}

/// Returns the formula that begins at `at` with a `$` or a backslash.
pub(super) fn formula<'a>(closers: &mut Closers<'a>, at: usize) -> Option<Formula<'a>> {
    let text = closers.text();
    let rest = &text[at..];
    if rest.starts_with("$$") {
        return delimited_formula(closers, at, "$$");
    }
    if rest.starts_with('$') {
        return inline_formula(text, at);
    }
    if rest.starts_with("\\(") {
        return delimited_formula(closers, at, "\\)");
    }
    if rest.starts_with("\\[") {
        return delimited_formula(closers, at, "\\]");
    }
    let (_, end) = ENVIRONMENTS
        .iter()
        .find(|(begin, _)| rest.starts_with(begin))?;
    let close = closers.find(*end, at)?;
    let end = closers.find("}", close)? + 1;
    Some(Formula { shown: None, end })
}

/// Returns a formula with a delimiter of two characters on each side.
fn delimited_formula<'a>(
    closers: &mut Closers<'a>,
    at: usize,
    closer: &'static str,
) -> Option<Formula<'a>> {
    let text = closers.text();
    let close = closers.find(closer, at + 2)?;
    if close - at > MAX_BLOCK_LENGTH {
        return None;
    }
    let tex = &text[at + 2..close];
    let end = close + closer.len();
    let has_own_lines = begins_line(text, at) && ends_line(text, end);
    let is_tex = closer == "$$" || tex.contains(['\\', '^', '_', '=']);
    if tex.trim().is_empty() || tex.contains("\n\n") || !is_tex {
        return None;
    }
    if has_own_lines {
        return Some(Formula { shown: None, end });
    }
    let is_tight = closer != "$$" || tex == tex.trim();
    is_tight.then_some(Formula {
        shown: Some(tex.trim()),
        end,
    })
}

/// Returns a formula between two `$`.
fn inline_formula(text: &str, at: usize) -> Option<Formula<'_>> {
    let is_word = |c: char| c.is_alphanumeric() || c == '$';
    let inside = &text[at + 1..];
    if text[..at].ends_with(is_word) || inside.starts_with(|c: char| c.is_whitespace()) {
        return None;
    }
    let mut end = inside.len().min(MAX_INLINE_LENGTH);
    while !inside.is_char_boundary(end) {
        end -= 1;
    }
    let window = &inside[..end];
    let close = window
        .match_indices('$')
        .map(|(close, _)| close)
        .find(|close| {
            let is_open = window[..*close].ends_with(|c: char| c.is_whitespace() || c == '\\');
            !is_open && !inside[close + 1..].starts_with(is_word)
        })?;
    let tex = &window[..close];
    (!tex.contains("\n\n") && is_formula(tex)).then_some(Formula {
        shown: Some(tex),
        end: at + 1 + close + 1,
    })
}

/// Returns `true` if the text between two `$` looks like a formula.
fn is_formula(tex: &str) -> bool {
    if tex.chars().count() == 1 {
        return tex.starts_with(|c: char| c.is_alphanumeric());
    }
    let has_sign = tex.contains(['\\', '^', '_', '{', '=', '<', '>', '+', '*', '/', '-', '(']);
    // `5 per seat + 3` is an amount of money.
    let mut words = tex.split(|c: char| !c.is_alphabetic() && c != '\\');
    let is_prose = tex.starts_with(|c: char| c.is_ascii_digit())
        && words.any(|word| word.len() > 2 && !word.contains('\\'));
    has_sign && !is_prose
}

#[cfg(test)]
mod tests {
    use super::formula;
    use crate::markdown::closers::Closers;

    /// Returns the text of the first formula in `text`, or an empty text if it is a block formula.
    fn shown(text: &str) -> Option<&str> {
        let at = text.find(['$', '\\'])?;
        formula(&mut Closers::new(text), at).map(|formula| formula.shown.unwrap_or_default())
    }

    #[test]
    fn dollar_amounts_are_not_formulas() {
        for (text, tex) in [
            ("$v < 3$ in", Some("v < 3")),
            ("$x$, ", Some("x")),
            ("$\\alpha_1$", Some("\\alpha_1")),
            ("so $$x = y$$ is", Some("x = y")),
            ("so \\(x = y\\) is", Some("x = y")),
            ("$$\nx\n$$\n", Some("")),
            ("> $$x$$\n", Some("")),
            ("\\[\nx = 1\n\\]", Some("")),
            ("\\begin{align*}x\\end{align*}", Some("")),
            ("$5 and $10", None),
            ("$5 or 10$ a", None),
            ("$5 per seat + 3$ a", None),
            ("$HOME/bin:$PATH", None),
            ("$a and $b", None),
            ("US$3 = x$", None),
            ("$$ is the id, $$ too", None),
            ("\\[a note\\]", None),
            ("$open", None),
        ] {
            assert_eq!(shown(text), tex, "{text}");
        }
    }
}
