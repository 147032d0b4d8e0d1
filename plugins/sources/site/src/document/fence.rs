//! Which lines fence front matter, and what may stand before the first. Generators differ here, so a file
//! that is front matter to one is a text to another; each of these rules was measured with the generator.

use syndicate_api::{Diagnostic, FileSpan};

use crate::value::invalid;

/// The notation of front matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Notation {
    Yaml,
    Toml,
    /// The members of a JSON object.
    Members,
    Json,
    /// JavaScript, which is not run.
    Script,
    /// Lines `Key: value`, of which those that are indented go on with the one before.
    Header,
}

/// What may stand before the opening fence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Lead {
    /// Nothing.
    #[default]
    Nothing,
    /// One line end, as Hexo's pattern happens to allow.
    LineEnd,
    /// Blank lines, as Astro allows.
    BlankLines,
    /// Blanks and blank lines, as Hugo and Zola allow.
    Blanks,
}

impl Lead {
    /// Returns what of `text` comes before the opening fence, if front matter follows.
    pub(super) fn of(self, text: &str) -> &str {
        let end = match self {
            Self::Nothing => 0,
            Self::LineEnd => {
                let rest = text.strip_prefix('\r').unwrap_or(text);
                rest.strip_prefix('\n')
                    .map_or(0, |rest| text.len() - rest.len())
            }
            Self::BlankLines => {
                let blanks = text.len() - text.trim_start().len();
                text[..blanks].rfind('\n').map_or(0, |at| at + 1)
            }
            Self::Blanks => text.len() - text.trim_start_matches([' ', '\t', '\r', '\n']).len(),
        };
        &text[..end]
    }
}

/// Which lines are fences.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Fence {
    /// Three or more marks and nothing else, and as many to close.
    #[default]
    Equal,
    /// Three marks and nothing else.
    Three,
    /// Three marks and nothing else; dots may close, as in YAML itself (Jekyll).
    ThreeOrDots,
    /// Three marks, or three and the name of a notation, and any line that begins with three to close
    /// (gray-matter: Eleventy, Docusaurus, Gatsby, Next.js).
    Named,
    /// Any line that begins with three marks, of which what follows them is front matter or text already
    /// (Hugo, Astro).
    Prefix,
    /// Three or more marks and nothing else, and any line that begins with as many to close (Hexo).
    EqualPrefix,
}

/// An opening fence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Opening<'a> {
    pub(super) notation: Notation,
    /// The marks that close it.
    pub(super) marks: &'a str,
    /// Whether front matter begins right behind the marks rather than in the next line.
    pub(super) is_inline: bool,
}

impl Fence {
    /// Returns the front matter that `line` opens, if it opens any. With `script`, that may be a program.
    ///
    /// # Errors
    /// Returns a diagnostic if the line names a notation that is not read.
    pub(super) fn opening(
        self,
        line: &str,
        script: bool,
    ) -> Result<Option<Opening<'_>>, Diagnostic> {
        let line = line.trim_end();
        if self == Self::Prefix {
            let notation = match line.get(..3) {
                Some("---") => Notation::Yaml,
                Some("+++") => Notation::Toml,
                _ => return Ok(None),
            };
            return Ok(Some(Opening {
                notation,
                marks: &line[..3],
                is_inline: line.len() > 3,
            }));
        }
        let opening = |notation, marks| {
            Ok(Some(Opening {
                notation,
                marks,
                is_inline: false,
            }))
        };
        if is_run(line, ';') {
            return opening(Notation::Members, line);
        }
        if line == "+++" {
            return opening(Notation::Toml, line);
        }
        if is_run(line, '-') {
            let is_taken = line.len() == 3 || matches!(self, Self::Equal | Self::EqualPrefix);
            return if is_taken {
                opening(Notation::Yaml, line)
            } else {
                Ok(None)
            };
        }
        let notation = match line.strip_prefix("---").map(str::trim_start) {
            Some("yaml" | "yml") => Notation::Yaml,
            Some("toml") => Notation::Toml,
            Some("json") => Notation::Json,
            Some("js" | "javascript") if script => Notation::Script,
            Some(language @ ("js" | "javascript" | "coffee")) => {
                return Err(invalid(format!(
                    "front matter in `{language}` is a program and is not run"
                ))
                .at(FileSpan::of_line(1))
                .with_hint("write it in YAML"));
            }
            _ => return Ok(None),
        };
        opening(notation, &line[..3])
    }

    /// Returns what comes before and after the line that closes front matter opened by `marks`.
    pub(super) fn close<'a>(self, text: &'a str, marks: &str) -> Option<(&'a str, &'a str)> {
        let takes_prefix = matches!(self, Self::Named | Self::Prefix | Self::EqualPrefix);
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            let end = start + line.len();
            let written = line.trim_end();
            let is_dots = self == Self::ThreeOrDots && written == "...";
            if written == marks || is_dots {
                return Some((&text[..start], &text[end..]));
            }
            if takes_prefix && line.starts_with(marks) {
                return Some((&text[..start], &text[start + marks.len()..]));
            }
            start = end;
        }
        None
    }
}

/// Whether `line` is three or more of `mark` and nothing else.
pub(super) fn is_run(line: &str, mark: char) -> bool {
    line.len() >= 3 && line.chars().all(|c| c == mark)
}
