//! Removes the parts of a text that readers do not see, or only see with a password: comments in all
//! syntaxes, blocks of shortcodes, tags and components that hide or encrypt, and elements that HTML
//! hides. This happens before any other step. An unclosed comment hides the rest of the text, because
//! publishing too little is better than publishing a private remark. Code and the comments that mark the
//! end of an excerpt are kept.

#[cfg(test)]
mod tests;

use std::borrow::Cow;

use memchr::{memchr2, memmem};
use syndicate_api::text::html::attribute;

use super::admonitions::Admonitions;
use super::private::{Privacy, privacy};
use super::templates::Templates;
use super::walk::{Rewrite, begins_line, ends_line, rewrite};
use super::{shortcodes, tags};

/// Comments that mark the start or the end of an excerpt.
const MARKERS: &[&str] = &[
    "more",
    "truncate",
    "pelican_begin_summary",
    "pelican_end_summary",
];

/// HTML elements without content.
const VOID: &[&str] = &[
    "area", "br", "embed", "hr", "img", "input", "link", "meta", "source", "wbr",
];

/// Tags of Liquid and Nunjucks around text in which template tags have no meaning.
const RAW: &[&str] = &["raw", "verbatim"];

/// The delimiters of comments that have no other meaning.
const COMMENTS: &[(&str, &str)] = &[
    ("<%#", "%>"),
    ("<%--", "--%>"),
    ("{{!--", "--}}"),
    ("{{/*", "*/}}"),
    ("{{- /*", "*/ -}}"),
];

/// Returns the text without the parts that readers do not see.
pub(crate) fn without_hidden(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    if memchr2(b'<', b'{', bytes).is_none() && memmem::find(bytes, b"%%").is_none() {
        return Cow::Borrowed(text);
    }
    let mut hidden = HiddenText {
        templates: Templates::of(text),
        admonitions: Admonitions::default(),
        raw: 0,
    };
    let open = rewrite(text, &mut hidden);
    if open == text {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(open)
    }
}

struct HiddenText<'a> {
    templates: Templates<'a>,
    admonitions: Admonitions,
    /// The end of the text in which template tags have no meaning.
    raw: usize,
}

impl Rewrite for HiddenText<'_> {
    fn is_trigger(byte: u8) -> bool {
        matches!(byte, b'<' | b'{' | b'%')
    }

    fn strip_indentation<'a>(&mut self, line: &'a str, open: &mut String) -> &'a str {
        let inside = self.admonitions.strip_indentation(line);
        open.push_str(&line[..line.len() - inside.len()]);
        inside
    }

    fn rewrite_whole_line(&mut self, _: usize, line: &str, _: &mut String) -> usize {
        self.admonitions.open(line);
        0
    }

    fn rewrite_at(&mut self, at: usize, open: &mut String) -> usize {
        let rest = &self.text()[at..];
        let comment = COMMENTS.iter().find(|(start, _)| rest.starts_with(start));
        let end = match comment {
            Some((start, end)) => self.end_of(end, at + start.len()),
            None if rest.starts_with("<!--") => self.skip_html_comment(at, open),
            None if rest.starts_with('<') => self.skip_element(at),
            None if rest.starts_with("%%") => self.skip_obsidian_comment(at),
            None if rest.starts_with('{') => self.skip_braces(at, open),
            None => None,
        };
        end.unwrap_or(at)
    }
}

impl<'a> HiddenText<'a> {
    fn text(&self) -> &'a str {
        self.templates.closers.text()
    }

    /// Returns the offset after the next `closer`.
    fn end_of(&mut self, closer: &'static str, from: usize) -> Option<usize> {
        let close = self.templates.closers.find(closer, from)?;
        Some(close + closer.len())
    }

    fn rest_of_text(&self) -> usize {
        self.text().len()
    }

    /// Skips `<!-- … -->`; HTML also allows `<!-->`. An excerpt marker is kept.
    fn skip_html_comment(&mut self, at: usize, open: &mut String) -> Option<usize> {
        let Some(end) = self.end_of("-->", at + 2) else {
            return Some(self.rest_of_text());
        };
        let comment = &self.text()[at..end];
        let word = comment.trim_start_matches("<!--").trim_end_matches("-->");
        if MARKERS.contains(&word.trim().to_ascii_lowercase().as_str()) {
            open.push_str(comment);
        }
        Some(end)
    }

    /// Skips `%% … %%`. An unclosed block extends to the end of the text.
    fn skip_obsidian_comment(&mut self, at: usize) -> Option<usize> {
        let (before, rest) = self.text().split_at(at);
        let is_word = before.ends_with(|c: char| c.is_alphanumeric() || c == '%');
        if is_word || rest[2..].starts_with('%') {
            return None;
        }
        let is_block = begins_line(before, at) && ends_line(rest, 2);
        let end = self.end_of("%%", at + 2);
        end.or_else(|| is_block.then(|| self.rest_of_text()))
    }

    fn skip_braces(&mut self, at: usize, open: &mut String) -> Option<usize> {
        let rest = &self.text()[at..];
        if at < self.raw {
            return None;
        }
        if rest.starts_with("{/*") {
            let end = self.end_of("*/}", at + 3)?;
            let comment = &self.text()[at..end];
            let word = comment[3..comment.len() - 3].trim();
            if MARKERS.contains(&word.to_ascii_lowercase().as_str()) {
                open.push_str(comment);
            }
            return Some(end);
        }
        if rest.starts_with("{#") {
            return self.skip_nunjucks_comment(at);
        }
        if rest.starts_with("{::comment") && !rest.starts_with("{::comment /}") {
            let end = self
                .end_of("{:/comment}", at)
                .or_else(|| self.end_of("{:/}", at));
            return Some(end.unwrap_or_else(|| self.rest_of_text()));
        }
        self.skip_shortcode(at, open)
            .or_else(|| self.skip_tag(at, open))
    }

    /// Skips `{# … #}`; `{#name}` is the id of a heading.
    fn skip_nunjucks_comment(&mut self, at: usize) -> Option<usize> {
        let end = self.end_of("#}", at + 2)?;
        let brace = self.templates.closers.find("}", at + 2)?;
        let inside = &self.text()[at + 2..brace];
        let is_id = brace + 1 < end && inside.len() < 200 && !inside.contains(char::is_whitespace);
        (!is_id).then_some(end)
    }

    fn skip_shortcode(&mut self, at: usize, open: &mut String) -> Option<usize> {
        let tag = self.templates.shortcode(at)?;
        let is_block = !tag.closes && !tag.closes_itself;
        let privacy = if is_block {
            privacy(tag.name)
        } else {
            Privacy::Open
        };
        if privacy != Privacy::Open {
            let end = self.templates.end_of_shortcode(tag.name, tag.end);
            // `{{< comment id=1 >}}` may show a reader's comment.
            let is_all =
                privacy == Privacy::Private && (tag.name != "comment" || tag.arguments.is_empty());
            return end.or_else(|| is_all.then(|| self.rest_of_text()));
        }
        let is_code = is_block && shortcodes::is_code(tag.name);
        let end = is_code.then(|| self.templates.end_of_shortcode(tag.name, tag.end));
        self.copy_unchanged(at, end.flatten().unwrap_or(tag.end), open)
    }

    fn skip_tag(&mut self, at: usize, open: &mut String) -> Option<usize> {
        let tag = self.templates.tag(at)?;
        let end = |hidden: &mut Self| hidden.templates.end_of_tag(&tag.end_name(), tag.end);
        match privacy(tag.name) {
            Privacy::Private => return Some(end(self).unwrap_or_else(|| self.rest_of_text())),
            Privacy::Block => {
                if let Some(end) = end(self) {
                    return Some(end);
                }
            }
            Privacy::Open => {}
        }
        if RAW.contains(&tag.name) {
            self.raw = end(self).unwrap_or(tag.end);
        }
        let code_end = tags::is_code(tag.name).then(|| end(self)).flatten();
        self.copy_unchanged(at, code_end.unwrap_or(tag.end), open)
    }

    /// Copies the text between `at` and `end` unchanged.
    fn copy_unchanged(&self, at: usize, end: usize, open: &mut String) -> Option<usize> {
        open.push_str(&self.text()[at..end]);
        Some(end)
    }

    /// Skips the HTML element at `at` if it is not visible.
    fn skip_element(&mut self, at: usize) -> Option<usize> {
        let inside = &self.text()[at + 1..];
        let length = inside.find(|c: char| !c.is_ascii_alphanumeric() && !"-_.:".contains(c))?;
        let name = inside[..length].to_owned();
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return None;
        }
        let close = self.templates.closers.find(">", at)?;
        let attributes = &self.text()[at + 1 + length..close];
        let closes_itself = attributes.ends_with('/') || VOID.contains(&name.as_str());
        let is_private = privacy(&name) != Privacy::Open;
        if closes_itself || !(is_private || name == "template" || is_hidden(attributes)) {
            return None;
        }
        Some(self.end_of_element(&name, close + 1))
    }

    /// Returns the offset after the end tag of the element `name`, which is open at `from`, or the end of
    /// the text.
    fn end_of_element(&mut self, name: &str, mut from: usize) -> usize {
        let mut depth = 1_usize;
        while let Some(at) = self.templates.closers.find("<", from) {
            from = at + 1;
            let rest = &self.text()[at + 1..];
            let (closes, rest) = match rest.strip_prefix('/') {
                Some(rest) => (true, rest),
                None => (false, rest),
            };
            let is_it = rest
                .get(..name.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(name))
                && !rest[name.len()..].starts_with(|c: char| c.is_ascii_alphanumeric());
            if is_it && closes {
                depth -= 1;
            } else if is_it {
                depth += 1;
            }
            if depth == 0 {
                let close = self.templates.closers.find(">", at);
                return close.map_or_else(|| self.rest_of_text(), |close| close + 1);
            }
        }
        self.rest_of_text()
    }
}

/// Returns `true` if the attributes of an element hide it, in HTML or in JSX.
fn is_hidden(attributes: &str) -> bool {
    const MAX: usize = 4_000;
    if attributes.len() > MAX {
        return false;
    }
    let attributes = attributes.to_ascii_lowercase();
    if !(attributes.contains("hidden") || attributes.contains("display")) {
        return false;
    }
    let mut words = attributes.split_whitespace();
    if words.any(|word| word == "hidden" || word.starts_with("hidden=")) {
        return true;
    }
    let style = attribute(&attributes, "style").filter(|style| !style.starts_with('{'));
    let style = style.unwrap_or(attributes);
    let style: String = style
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '"' | '\''))
        .collect();
    style.contains("display:none") || style.contains("visibility:hidden")
}
