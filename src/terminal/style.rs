//! Styles for terminal text. A style is a mark, a Unicode noncharacter, that becomes an escape
//! sequence only when the text is printed. Any escape sequence found in a text before that is
//! untrusted input and can be escaped.

use std::fmt;

use anstyle::AnsiColor;

/// The first of the marks that begin styles, in the order of [`Style`].
const FIRST: u32 = 0xfdd0;

/// The mark that ends the current style.
const END: char = '\u{fdef}';

/// A style. Formats as the mark that begins it, and with `{:#}` as the mark that ends it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Style {
    /// The terminal's default style.
    Plain,
    /// The word `error`.
    Error,
    /// Failed or deleted.
    Bad,
    /// Successful or new.
    Good,
    /// Waiting, or in need of attention.
    Warn,
    /// Less important.
    Faint,
    /// More important.
    Strong,
}

const ALL: [Style; 7] = [
    Style::Plain,
    Style::Error,
    Style::Bad,
    Style::Good,
    Style::Warn,
    Style::Faint,
    Style::Strong,
];

impl Style {
    fn mark(self) -> char {
        char::from_u32(FIRST + self as u32).unwrap_or(END)
    }

    fn of_mark(mark: char) -> Option<Self> {
        ALL.into_iter().find(|style| style.mark() == mark)
    }

    fn ansi(self) -> anstyle::Style {
        match self {
            Self::Plain => anstyle::Style::new(),
            Self::Error => AnsiColor::Red.on_default().bold(),
            Self::Bad => AnsiColor::Red.on_default(),
            Self::Good => AnsiColor::Green.on_default(),
            Self::Warn => AnsiColor::Yellow.on_default(),
            Self::Faint => anstyle::Style::new().dimmed(),
            Self::Strong => anstyle::Style::new().bold(),
        }
    }
}

impl fmt::Display for Style {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use fmt::Write as _;
        f.write_char(if f.alternate() { END } else { self.mark() })
    }
}

/// Returns `true` if `c` is a style mark.
pub(super) fn is_mark(c: char) -> bool {
    c == END || Style::of_mark(c).is_some()
}

/// Returns `true` if `c` is a noncharacter, which Unicode reserves for internal use.
pub(super) fn is_noncharacter(c: char) -> bool {
    let code = u32::from(c);
    (FIRST..=u32::from(END)).contains(&code) || code & 0xfffe == 0xfffe
}

/// Returns `text` with escape sequences in place of the marks. A style that is still open ends with
/// the text.
pub(crate) fn paint(text: &str) -> String {
    let mut painted = String::with_capacity(text.len() + 16);
    let mut current = anstyle::Style::new();
    for c in text.chars() {
        match Style::of_mark(c) {
            Some(style) => {
                current = style.ansi();
                painted.push_str(&current.render().to_string());
            }
            None if c == END => {
                painted.push_str(&current.render_reset().to_string());
                current = anstyle::Style::new();
            }
            None => painted.push(c),
        }
    }
    painted.push_str(&current.render_reset().to_string());
    painted
}

/// Returns `text` without marks, for output that is not a terminal.
pub(crate) fn plain(text: &str) -> String {
    text.chars().filter(|c| !is_mark(*c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_become_escape_sequences() {
        let (bad, plain_style) = (Style::Bad, Style::Plain);
        let text = format!("{bad}failed{bad:#} {plain_style}a{plain_style:#}");
        assert_eq!(paint(&text), "\u{1b}[31mfailed\u{1b}[0m a");
        assert_eq!(plain(&text), "failed a");
    }

    #[test]
    fn open_style_ends_with_text() {
        let strong = Style::Strong;
        assert_eq!(paint(&format!("{strong}a")), "\u{1b}[1ma\u{1b}[0m");
    }

    #[test]
    fn each_style_has_own_mark() {
        for style in ALL {
            assert_eq!(Style::of_mark(style.mark()), Some(style));
            assert_ne!(style.mark(), END);
        }
    }
}
