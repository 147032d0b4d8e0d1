//! Splits a file into front matter and text. It recognises the fences of all generators: `---` for YAML,
//! `+++` for TOML, `;;;` for JSON without its braces (Hexo), a leading `{` for JSON, and a blank line
//! after Pelican's header. Only JSON objects are parsed here, because their end cannot be found
//! otherwise.

use syndicate_api::{Diagnostic, FileSpan};

use super::fence::{Fence, FrontMatterFormat, LeadingWhitespace, is_run};
use super::lookalike;
use super::parse::json_diagnostic;
use super::unique_json::UniqueValue;
use super::yaml::YamlRules;
use crate::value::invalid;

/// The front matter syntax that a generator accepts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct FrontMatterSyntax {
    /// The opening fence may be missing ("Front-matter", Hexo's documentation).
    pub(crate) is_opening_optional: bool,
    /// Deviations from YAML.
    pub(crate) yaml: YamlRules,
    /// Lines `Key: value` up to a blank line are front matter ("Meta-Data", Python-Markdown's
    /// documentation).
    pub(crate) allows_header: bool,
    /// Front matter may be JavaScript, whose literals are read.
    pub(crate) allows_javascript: bool,
    /// The whitespace allowed before front matter.
    pub(crate) leading: LeadingWhitespace,
    /// The lines that delimit it.
    pub(crate) fence: Fence,
}

/// A file split into front matter and text.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Split<'a> {
    /// The format; `None` if the file has no front matter.
    pub(crate) format: Option<FrontMatterFormat>,
    /// The front matter without its fences.
    pub(crate) source: &'a str,
    /// The line on which `source` starts, counted from 1 in the file.
    pub(crate) first_line: usize,
    /// The text after the front matter.
    pub(crate) body: &'a str,
}

/// Splits the text of a file that has no byte order mark.
///
/// # Errors
/// Returns a diagnostic if the front matter is not closed, or if the text begins like front matter that
/// the generator does not read.
pub(super) fn split(text: &str, syntax: FrontMatterSyntax) -> Result<Split<'_>, Diagnostic> {
    let lead = syntax.leading.prefix_of(text);
    let rest = &text[lead.len()..];
    let found = split_fenced(rest, syntax).map(|split| {
        split.map(|split| Split {
            first_line: split.first_line + lead.matches('\n').count(),
            ..split
        })
    });
    if let Some(split) = found.map_err(|diagnostic| shift_lines(diagnostic, lead))? {
        return Ok(split);
    }
    let (first, _) = split_line(text);
    if syntax.allows_header && is_header_line(first) {
        return Ok(split_header(text));
    }
    if syntax.is_opening_optional
        && let Some(split) = split_unopened(text)
    {
        return Ok(split);
    }
    match lookalike::find(text) {
        Some(diagnostic) => Err(diagnostic),
        None => Ok(Split {
            format: None,
            source: "",
            first_line: 1,
            body: text,
        }),
    }
}

/// Moves the line of a diagnostic down by the lines of `lead`, the whitespace before the fence.
fn shift_lines(diagnostic: Diagnostic, lead: &str) -> Diagnostic {
    let lines = lead.matches('\n').count();
    match diagnostic.span() {
        Some(span) => {
            let line = span.line + lines;
            diagnostic.at(FileSpan { line, ..span })
        }
        None => diagnostic,
    }
}

/// Splits a text that begins with fenced front matter or with a JSON object.
fn split_fenced(text: &str, syntax: FrontMatterSyntax) -> Result<Option<Split<'_>>, Diagnostic> {
    let (first, rest) = split_line(text);
    if let Some(opening) = syntax.fence.opening(first, syntax.allows_javascript)? {
        let marks = opening.marks;
        return match syntax.fence.close(rest, marks) {
            // The rest of the opening line belongs to the front matter.
            Some((source, body)) if opening.is_inline => Ok(Some(Split {
                format: Some(opening.format),
                source: &text[marks.len()..text.len() - rest.len() + source.len()],
                first_line: 1,
                body,
            })),
            Some((source, body)) => Ok(Some(Split {
                format: Some(opening.format),
                source,
                first_line: 2,
                body,
            })),
            None => Err(
                invalid(format!("missing `{marks}` at the end of the front matter"))
                    .at(FileSpan::of_line(1))
                    .with_hint(format!("end the front matter with a line `{marks}`")),
            ),
        };
    }
    if is_json_object(text) {
        return split_json_object(text).map(Some);
    }
    Ok(None)
}

/// Returns the first line without its line end, and the text after it.
fn split_line(text: &str) -> (&str, &str) {
    match text.split_once('\n') {
        Some((line, rest)) => (line.trim_end_matches('\r'), rest),
        None => (text, ""),
    }
}

/// Splits front matter without an opening fence. The first line must look like a key, because the
/// fence may also be a thematic break of the text.
fn split_unopened(text: &str) -> Option<Split<'_>> {
    let (first, _) = split_line(text);
    let (key, _) = first.split_once(':')?;
    let is_key = !key.is_empty()
        && key
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '"' | '\''));
    if !is_key {
        return None;
    }
    let fence = text
        .lines()
        .map(str::trim_end)
        .find(|line| is_run(line, '-') || is_run(line, ';'))?;
    let format = if fence.starts_with('-') {
        FrontMatterFormat::Yaml
    } else {
        FrontMatterFormat::JsonMembers
    };
    let (source, body) = Fence::Equal.close(text, fence)?;
    Some(Split {
        format: Some(format),
        source,
        first_line: 1,
        body,
    })
}

/// Returns `true` if a line assigns a value to a key of a header.
pub(super) fn is_header_line(line: &str) -> bool {
    let indent = line.len() - line.trim_start_matches(' ').len();
    let key = line.trim_start().split_once(':').map_or("", |(key, _)| key);
    let is_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    indent <= 3 && !key.is_empty() && key.chars().all(is_word)
}

/// Splits a text that begins with a header.
fn split_header(text: &str) -> Split<'_> {
    let mut end = 0;
    let mut body = text.len();
    for line in text.split_inclusive('\n') {
        let is_end = line.trim().is_empty() || matches!(line.trim_end(), "---" | "...");
        let goes_on = line.starts_with(['\t']) || line.starts_with("    ");
        if is_end || !(goes_on || is_header_line(line)) {
            body = end + if is_end { line.len() } else { 0 };
            break;
        }
        end += line.len();
    }
    Split {
        format: Some(FrontMatterFormat::Header),
        source: &text[..end],
        first_line: 1,
        body: &text[body..],
    }
}

/// Returns `true` if the text begins with a JSON object, not with a template's `{{` or `{%`.
fn is_json_object(text: &str) -> bool {
    text.strip_prefix('{')
        .is_some_and(|inside| inside.trim_start().starts_with('"'))
}

/// Splits a text that begins with a JSON object.
fn split_json_object(text: &str) -> Result<Split<'_>, Diagnostic> {
    let mut objects = serde_json::Deserializer::from_str(text).into_iter::<UniqueValue>();
    match objects.next() {
        Some(Ok(_)) => {
            let (source, rest) = text.split_at(objects.byte_offset());
            Ok(Split {
                format: Some(FrontMatterFormat::Json),
                source,
                first_line: 1,
                body: rest.trim_start_matches([' ', '\t', '\r', '\n']),
            })
        }
        Some(Err(error)) => Err(json_diagnostic(&error, 1, 0)),
        None => Err(invalid("the front matter is empty").at(FileSpan::of_line(1))),
    }
}
