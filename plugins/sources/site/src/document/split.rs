//! Where front matter ends and the text begins. The fences are those of the generators: `---` for
//! YAML, `+++` for TOML, `;;;` for JSON without its braces (Hexo), a leading `{` for JSON, a blank line
//! for Pelican's header. Nothing is parsed here, except that a JSON object has to be read to find its
//! end.

use serde_json::{Map, Value};
use syndicate_api::{Diagnostic, FileSpan};

use super::fence::{Fence, Lead, Notation, is_run};
use super::lookalike;
use super::parse::json_diagnostic;
use super::yaml::YamlRules;
use crate::value::invalid;

/// What a generator tolerates in front matter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct FrontMatterSyntax {
    /// Front matter may lack its opening fence ("Front-matter", Hexo's documentation).
    pub(crate) opening_is_optional: bool,
    /// What YAML may look like.
    pub(crate) yaml: YamlRules,
    /// Lines `Key: value` up to a blank one are front matter (Python-Markdown's documentation,
    /// Meta-Data).
    pub(crate) header: bool,
    /// Front matter may be JavaScript, of which literals are read.
    pub(crate) script: bool,
    /// What may stand before front matter.
    pub(crate) lead: Lead,
    /// Which lines fence it.
    pub(crate) fence: Fence,
}

/// A file in two parts.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Split<'a> {
    /// The notation; `None` where there is no front matter.
    pub(crate) notation: Option<Notation>,
    /// The front matter without its fences.
    pub(crate) source: &'a str,
    /// The line of the file that the source starts in, counted from 1.
    pub(crate) first_line: usize,
    /// What follows.
    pub(crate) body: &'a str,
}

/// Splits the text of a file that has no byte order mark.
///
/// # Errors
/// Returns a diagnostic if the front matter has no end, or if the text begins like front matter that the
/// generator does not read.
pub(super) fn split(text: &str, syntax: FrontMatterSyntax) -> Result<Split<'_>, Diagnostic> {
    let lead = syntax.lead.of(text);
    let rest = &text[lead.len()..];
    let found = fenced(rest, syntax).map(|split| {
        split.map(|split| Split {
            first_line: split.first_line + lead.matches('\n').count(),
            ..split
        })
    });
    if let Some(split) = found.map_err(|diagnostic| moved(diagnostic, lead))? {
        return Ok(split);
    }
    let (first, _) = cut_line(text);
    if syntax.header && is_header_line(first) {
        return Ok(header(text));
    }
    if syntax.opening_is_optional
        && let Some(split) = unopened(text)
    {
        return Ok(split);
    }
    match lookalike::find(text) {
        Some(diagnostic) => Err(diagnostic),
        None => Ok(Split {
            notation: None,
            source: "",
            first_line: 1,
            body: text,
        }),
    }
}

/// Returns the diagnostic with its line counted from the start of the file, which begins with `lead`.
fn moved(diagnostic: Diagnostic, lead: &str) -> Diagnostic {
    let lines = lead.matches('\n').count();
    match diagnostic.span() {
        Some(span) => {
            let line = span.line + lines;
            diagnostic.at(FileSpan { line, ..span })
        }
        None => diagnostic,
    }
}

/// Splits a text that begins with front matter in fences or braces.
fn fenced(text: &str, syntax: FrontMatterSyntax) -> Result<Option<Split<'_>>, Diagnostic> {
    let (first, rest) = cut_line(text);
    if let Some(opening) = syntax.fence.opening(first, syntax.script)? {
        let marks = opening.marks;
        return match syntax.fence.close(rest, marks) {
            // The rest of the opening line is front matter as well.
            Some((source, body)) if opening.is_inline => Ok(Some(Split {
                notation: Some(opening.notation),
                source: &text[marks.len()..text.len() - rest.len() + source.len()],
                first_line: 1,
                body,
            })),
            Some((source, body)) => Ok(Some(Split {
                notation: Some(opening.notation),
                source,
                first_line: 2,
                body,
            })),
            None => Err(invalid(format!(
                "the front matter that `{marks}` opens never closes"
            ))
            .at(FileSpan::of_line(1))
            .with_hint(format!("end it by a line `{marks}`"))),
        };
    }
    if starts_json_object(text) {
        return json_object(text).map(Some);
    }
    Ok(None)
}

/// The first line without its line end, and what follows it.
fn cut_line(text: &str) -> (&str, &str) {
    match text.split_once('\n') {
        Some((line, rest)) => (line.trim_end_matches('\r'), rest),
        None => (text, ""),
    }
}

/// Front matter without an opening fence: its first line must look like a key, for a text may well
/// hold a thematic break.
fn unopened(text: &str) -> Option<Split<'_>> {
    let (first, _) = cut_line(text);
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
    let notation = if fence.starts_with('-') {
        Notation::Yaml
    } else {
        Notation::Members
    };
    let (source, body) = Fence::Equal.close(text, fence)?;
    Some(Split {
        notation: Some(notation),
        source,
        first_line: 1,
        body,
    })
}

/// Whether a line gives a key of a header its value.
pub(super) fn is_header_line(line: &str) -> bool {
    let indent = line.len() - line.trim_start_matches(' ').len();
    let key = line.trim_start().split_once(':').map_or("", |(key, _)| key);
    let is_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    indent <= 3 && !key.is_empty() && key.chars().all(is_word)
}

/// Splits after the header that the text begins with.
fn header(text: &str) -> Split<'_> {
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
        notation: Some(Notation::Header),
        source: &text[..end],
        first_line: 1,
        body: &text[body..],
    }
}

/// Whether the text begins with a JSON object rather than with a template's `{{` or `{%`.
fn starts_json_object(text: &str) -> bool {
    text.strip_prefix('{')
        .is_some_and(|inside| inside.trim_start().starts_with('"'))
}

/// Splits after the JSON object that the text begins with.
fn json_object(text: &str) -> Result<Split<'_>, Diagnostic> {
    let mut objects = serde_json::Deserializer::from_str(text).into_iter::<Map<String, Value>>();
    match objects.next() {
        Some(Ok(_)) => {
            let (source, rest) = text.split_at(objects.byte_offset());
            Ok(Split {
                notation: Some(Notation::Json),
                source,
                first_line: 1,
                body: rest.trim_start_matches([' ', '\t', '\r', '\n']),
            })
        }
        Some(Err(error)) => Err(json_diagnostic(&error, 1, 0)),
        None => Err(invalid("the front matter is empty").at(FileSpan::of_line(1))),
    }
}
