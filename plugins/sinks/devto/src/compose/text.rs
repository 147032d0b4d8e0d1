//! The text of an article as Forem reads it. Forem's Markdown differs from CommonMark in two points that matter
//! here: it shows every line break of a paragraph (`hard_wrap` of Redcarpet), and `---` at the beginning opens a
//! front matter, whose fields win over those of the request.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag};
use syndicate_api::{Code, Diagnostic};
use url::{ParseError, Url};

use crate::liquid;

/// The line that replaces a thematic break at the beginning.
const BREAK: &str = "***";

/// Returns `markdown` as the site has to get it.
///
/// # Errors
/// Returns a [`Diagnostic`] if it is empty, or if a link or picture has no host.
pub(super) fn encode(markdown: &str) -> Result<String, Diagnostic> {
    let markdown = markdown.replace("\r\n", "\n");
    let markdown = markdown.trim_end().trim_start_matches('\n');
    if markdown.trim().is_empty() {
        let hint = "write a text, or name this sink under `syndicate.skip` in the front matter";
        return Err(Diagnostic::new(Code::TextEmpty, "the article is empty").with_hint(hint));
    }
    let joined = join_lines(markdown)?;
    Ok(liquid::protect(&without_front_matter(&joined)))
}

/// Returns `markdown` with each paragraph on one line, and checks the links on the way.
fn join_lines(markdown: &str) -> Result<String, Diagnostic> {
    let mut joined = String::with_capacity(markdown.len());
    let mut copied = 0;
    let mut soft_break: Option<Range<usize>> = None;
    for (event, range) in Parser::new_ext(markdown, syntax()).into_offset_iter() {
        if let Some(at) = soft_break.take() {
            // The next event begins after the markers of the blocks that contain the line.
            let next = range.start.max(at.end);
            joined.push_str(markdown[copied..at.start].trim_end_matches([' ', '\t']));
            joined.push(' ');
            copied = next;
        }
        match event {
            Event::SoftBreak => soft_break = Some(range),
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                check_destination(&dest_url)?;
            }
            _ => {}
        }
    }
    joined.push_str(&markdown[copied..]);
    Ok(joined)
}

/// Returns the extensions of Markdown that Forem has as well.
fn syntax() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH
}

/// Fails if `destination` is relative. Links within the text stay.
fn check_destination(destination: &str) -> Result<(), Diagnostic> {
    let is_within = destination.is_empty() || destination.starts_with('#');
    let is_relative = Url::parse(destination) == Err(ParseError::RelativeUrlWithoutBase);
    if is_within || !is_relative || destination.starts_with("//") {
        return Ok(());
    }
    let message = format!("the link `{destination}` leads nowhere outside of the site");
    Err(Diagnostic::new(Code::RelativeLink, message))
}

/// Replaces a thematic break at the beginning, which Forem reads as the beginning of a front matter.
fn without_front_matter(markdown: &str) -> String {
    let start = markdown.len() - markdown.trim_start().len();
    let rest = &markdown[start..];
    if !rest.starts_with("---") {
        return markdown.to_owned();
    }
    let (line, after) = rest.split_once('\n').unwrap_or((rest, ""));
    if line.trim_end().trim_start_matches(['-', ' ']).is_empty() {
        return format!("{BREAK}\n{after}");
    }
    // Any other text is kept: an escaped hyphen looks the same.
    format!("\\{rest}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encoded(markdown: &str) -> String {
        encode(markdown).unwrap()
    }

    #[test]
    fn wrapped_paragraph_is_joined() {
        for (markdown, expected) in [
            ("one\ntwo", "one two"),
            ("one \r\n  two\n\nthree", "one two\n\nthree"),
            ("> one\n> two", "> one two"),
            ("> one\ntwo", "> one two"),
            ("- one\n  two\n- three", "- one two\n- three"),
            ("1. > one\n   > two", "1. > one two"),
            ("one  \ntwo", "one  \ntwo"),
            ("one\\\ntwo", "one\\\ntwo"),
            ("a *b\nc* d", "a *b c* d"),
            ("a\n`b`\n**c**", "a `b` **c**"),
            ("[a\nb](https://example.org)", "[a b](https://example.org)"),
            ("```\na\nb\n```", "```\na\nb\n```"),
            ("    a\n    b", "    a\n    b"),
            ("| a |\n|---|\n| b |", "| a |\n|---|\n| b |"),
            ("<div>\na\n</div>", "<div>\na\n</div>"),
            ("# a\nb\nc", "# a\nb c"),
        ] {
            assert_eq!(encoded(markdown), expected, "{markdown:?}");
        }
    }

    #[test]
    fn break_at_beginning_is_replaced() {
        for (markdown, expected) in [
            ("---\ntitle: x\n---\n", "***\ntitle: x\n---"),
            ("- - -\na", "- - -\na"),
            ("\n\n----\n\na", "***\n\na"),
            ("---x\na", "\\---x a"),
            ("a\n\n---\n\nb", "a\n\n---\n\nb"),
        ] {
            assert_eq!(encoded(markdown), expected, "{markdown:?}");
        }
    }

    #[test]
    fn relative_link_is_refused() {
        for markdown in ["[a](/b/)", "![a](b.png)", "[a][b]\n\n[b]: ../c", "[a](?x)"] {
            let error = encode(markdown).unwrap_err();
            assert_eq!(error.code, Code::RelativeLink, "{markdown}");
        }
        for markdown in [
            "[a](#b)",
            "[a](mailto:a@example.org)",
            "<https://example.org>",
            "[a](//example.org/b)",
            "`[a](/b)`",
        ] {
            assert_eq!(encoded(markdown), markdown);
        }
    }

    #[test]
    fn empty_text_is_refused() {
        for markdown in ["", " \n\t\n"] {
            assert_eq!(encode(markdown).unwrap_err().code, Code::TextEmpty);
        }
    }
}
