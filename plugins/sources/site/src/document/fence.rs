//! Recognizes the lines that delimit front matter and the whitespace allowed before the first of them.
//!
//! The rules differ between generators: a file that has front matter for one has none for another. Each
//! rule was verified by running the generator.

use memchr::memchr_iter;
use syndicate_api::{Diagnostic, FileSpan};

use crate::value::invalid;

/// The format of front matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FrontMatterFormat {
    Yaml,
    Toml,
    /// The members of a JSON object, without its braces.
    JsonMembers,
    Json,
    /// JavaScript, which is not run; only its literals are read.
    JavaScript,
    /// Lines `Key: value`; an indented line continues the value of the line before it.
    Header,
}

/// The whitespace that may precede the opening fence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum LeadingWhitespace {
    /// No whitespace.
    #[default]
    None,
    /// One line end. The regular expression of Hexo allows it.
    LineEnd,
    /// Blank lines, as Astro allows.
    BlankLines,
    /// Spaces, tabs and blank lines, as Hugo and Zola allow.
    Any,
}

impl LeadingWhitespace {
    /// Returns the part of `text` that precedes the opening fence, if front matter follows.
    pub(super) fn prefix_of(self, text: &str) -> &str {
        let end = match self {
            Self::None => 0,
            Self::LineEnd => {
                let rest = text.strip_prefix('\r').unwrap_or(text);
                rest.strip_prefix('\n')
                    .map_or(0, |rest| text.len() - rest.len())
            }
            Self::BlankLines => {
                let blanks = text.len() - text.trim_start().len();
                text[..blanks].rfind('\n').map_or(0, |at| at + 1)
            }
            Self::Any => text.len() - text.trim_start_matches([' ', '\t', '\r', '\n']).len(),
        };
        &text[..end]
    }
}

/// The lines that a generator accepts as fences.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Fence {
    /// Three or more fence characters (such as `-`) and nothing else. The closing line has the same number
    /// of them.
    #[default]
    Equal,
    /// Three fence characters and nothing else.
    Three,
    /// Three fence characters and nothing else. The closing line may also be `...`, as in YAML (Jekyll).
    ThreeOrDots,
    /// Three fence characters, optionally followed by the name of a format. Any line that begins with three
    /// of them closes the front matter (gray-matter: Eleventy, Docusaurus, Gatsby, Next.js).
    Named,
    /// Any line that begins with three fence characters. The rest of the opening line belongs to the front
    /// matter, the rest of the closing line to the text (Hugo, Astro).
    Prefix,
    /// Three or more fence characters and nothing else. Any line that begins with the same number of them
    /// closes the front matter (Hexo).
    EqualPrefix,
}

/// An opening fence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Opening<'a> {
    pub(super) format: FrontMatterFormat,
    /// The characters of the closing fence, such as `---`.
    pub(super) marks: &'a str,
    /// `true` if front matter begins directly after the fence characters instead of on the next line.
    pub(super) is_inline: bool,
}

impl Fence {
    /// Parses `line` as an opening fence; returns `None` if it is not one. JavaScript is accepted if
    /// `allows_javascript` is set.
    ///
    /// # Errors
    /// Returns a diagnostic if the line names a format that cannot be read.
    pub(super) fn opening(
        self,
        line: &str,
        allows_javascript: bool,
    ) -> Result<Option<Opening<'_>>, Diagnostic> {
        let line = line.trim_end();
        if self == Self::Prefix {
            let format = match line.get(..3) {
                Some("---") => FrontMatterFormat::Yaml,
                Some("+++") => FrontMatterFormat::Toml,
                _ => return Ok(None),
            };
            return Ok(Some(Opening {
                format,
                marks: &line[..3],
                is_inline: line.len() > 3,
            }));
        }
        let opening = |format, marks| {
            Ok(Some(Opening {
                format,
                marks,
                is_inline: false,
            }))
        };
        if is_run(line, ';') {
            return opening(FrontMatterFormat::JsonMembers, line);
        }
        if line == "+++" {
            return opening(FrontMatterFormat::Toml, line);
        }
        if is_run(line, '-') {
            let is_taken = line.len() == 3 || matches!(self, Self::Equal | Self::EqualPrefix);
            return if is_taken {
                opening(FrontMatterFormat::Yaml, line)
            } else {
                Ok(None)
            };
        }
        let format = match line.strip_prefix("---").map(str::trim_start) {
            Some("yaml" | "yml") => FrontMatterFormat::Yaml,
            Some("toml") => FrontMatterFormat::Toml,
            Some("json") => FrontMatterFormat::Json,
            Some("js" | "javascript") if allows_javascript => FrontMatterFormat::JavaScript,
            Some(language @ ("js" | "javascript" | "coffee")) => {
                return Err(invalid(format!(
                    "cannot read front matter in `{language}`, because programs are not run"
                ))
                .at(FileSpan::of_line(1))
                .with_hint("write the front matter in YAML"));
            }
            _ => return Ok(None),
        };
        opening(format, &line[..3])
    }

    /// Splits `text` at the line that closes front matter opened by `marks`. Returns the text before and
    /// after that line, or `None` without such a line.
    pub(super) fn close<'a>(self, text: &'a str, marks: &str) -> Option<(&'a str, &'a str)> {
        let takes_prefix = matches!(self, Self::Named | Self::Prefix | Self::EqualPrefix);
        let mut start = 0;
        let line_ends = memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1);
        for end in line_ends.chain([text.len()]) {
            let line = &text[start..end];
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

/// Returns `true` if `line` consists of three or more `mark` characters.
pub(super) fn is_run(line: &str, mark: char) -> bool {
    line.len() >= 3 && line.chars().all(|c| c == mark)
}
