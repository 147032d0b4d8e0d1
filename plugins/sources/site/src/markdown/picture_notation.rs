//! Rewrites pictures in notations that are not CommonMark but that some generator or editor accepts: a
//! size after the URL (`![a](p.png =300x200)`), attributes after the picture (`{width=50%}`), Obsidian's
//! embeds (`![[p.png|300]]`), and URLs from a template (`{{ "/p.png" | url }}`).

use super::code::{CodeSpans, Fence};
use super::picture::push_vault_picture;
use super::tags::looks_like_picture;
use crate::urls;

/// Template variables that contain the URL or the base path of the site. The text after one is a path
/// from the site's root.
const SITE_URL_VARIABLES: &[&str] = &[
    ".site.baseurl",
    "base_url",
    "baseurl",
    "config.base_url",
    "config.url",
    "pathprefix",
    "site.base_url",
    "site.baseurl",
    "site.path",
    "site.url",
    "siteurl",
];

/// The maximum length of a picture's notation, in bytes. It bounds the work for each picture.
const MAX_NOTATION_LENGTH: usize = 2_048;

/// The text between `![[` and `]]`.
pub(super) struct Embed<'a> {
    pub(super) name: &'a str,
    pub(super) alt: Option<&'a str>,
}

impl<'a> Embed<'a> {
    pub(super) fn read(inside: &'a str) -> Self {
        let (name, alias) = inside.split_once('|').unwrap_or((inside, ""));
        let name = name.split('#').next().unwrap_or(name).trim();
        let alias = alias.rsplit('|').next_back().unwrap_or(alias).trim();
        Self {
            name,
            alt: Some(alias).filter(|alias| !alias.is_empty() && !is_size(alias)),
        }
    }
}

/// Returns `alt` without the size that Obsidian accepts at its end: `a hill|300x200`.
pub(super) fn without_alias_size(alt: &str) -> &str {
    match alt.rsplit_once('|') {
        Some((alt, size)) if is_size(size) => alt.trim_end(),
        None if is_size(alt) && alt.contains('x') => "",
        _ => alt,
    }
}

/// Returns `true` if `text` is a width, or a width and a height: `300`, `300x200`, `50%`.
fn is_size(text: &str) -> bool {
    let is_side = |side: &str| {
        let digits = side.trim_end_matches(['%', '*']).trim_end_matches("px");
        digits.len() <= 5 && digits.bytes().all(|byte| byte.is_ascii_digit())
    };
    let (width, height) = text.split_once('x').unwrap_or((text, ""));
    text.bytes().any(|byte| byte.is_ascii_digit()) && is_side(width) && is_side(height)
}

/// Rewrites the pictures of a text as CommonMark; returns `None` if nothing changes.
pub(super) fn rewrite_pictures(text: &str) -> Option<String> {
    if !text.contains("![") && !text.contains("<img") {
        return None;
    }
    let mut rewritten = String::with_capacity(text.len());
    let mut fence: Option<Fence> = None;
    let mut is_changed = false;
    for line in text.split_inclusive('\n') {
        let is_code = match &fence {
            Some(open) => {
                if open.is_closed_by(line) {
                    fence = None;
                }
                true
            }
            None => {
                fence = Fence::opened_by(line);
                fence.is_some()
            }
        };
        if is_code || !(line.contains("![") || line.contains("<img")) {
            rewritten.push_str(line);
        } else {
            let start = rewritten.len();
            rewrite_line(line, &mut rewritten);
            is_changed |= rewritten[start..] != *line;
        }
    }
    is_changed.then_some(rewritten)
}

fn rewrite_line(line: &str, rewritten: &mut String) {
    let spans = CodeSpans::of(line);
    let mut rest = line;
    while let Some(at) = rest.find(['`', '!', '<']) {
        rewritten.push_str(&rest[..at]);
        rest = &rest[at..];
        let mut end = rest.len().min(MAX_NOTATION_LENGTH);
        while !rest.is_char_boundary(end) {
            end -= 1;
        }
        let window = &rest[..end];
        let done = if rest.starts_with('`') {
            let length = spans.length(rest, line.len() - rest.len());
            rewritten.push_str(&rest[..length]);
            Some(length)
        } else if rest.starts_with("![[") {
            rewrite_embed(window, rewritten)
        } else if rest.starts_with("![") {
            rewrite_image(window, rewritten)
        } else if rest.starts_with("<img") {
            rewrite_element(window, rewritten)
        } else {
            None
        };
        let done = done.unwrap_or_else(|| {
            rewritten.push_str(&rest[..1]);
            1
        });
        rest = &rest[done..];
    }
    rewritten.push_str(rest);
}

/// Rewrites the embedded picture at the start of `text` and returns its length.
fn rewrite_embed(text: &str, rewritten: &mut String) -> Option<usize> {
    let inside = &text[3..3 + text[3..].find("]]")?];
    let embed = Embed::read(inside);
    if !looks_like_picture(embed.name) {
        return None;
    }
    push_vault_picture(embed.name, embed.alt.unwrap_or_default(), rewritten);
    let end = 3 + inside.len() + 2;
    Some(end + attributes_length(&text[end..]))
}

/// Rewrites the picture at the start of `text` and returns its length.
fn rewrite_image(text: &str, rewritten: &mut String) -> Option<usize> {
    let label = 2 + find_closing(&text[2..], '[', ']')?;
    let after = &text[label + 1..];
    if after.starts_with('[') {
        let end = label + 1 + after.find(']')? + 1;
        rewritten.push_str(&text[..end]);
        return Some(end + attributes_length(&text[end..]));
    }
    let inside = after.strip_prefix('(')?;
    let length = end_of_target(inside)?;
    let target = &inside[..length];
    let end = label + 2 + length + 1;
    rewritten.push_str(&text[..=label]);
    rewritten.push('(');
    match fill_templates(target) {
        Some(filled) if filled != target => rewritten.push_str(&urls::encode_url(&filled)),
        _ => rewritten.push_str(without_size(target)),
    }
    rewritten.push(')');
    Some(end + attributes_length(&text[end..]))
}

/// Rewrites the URL of the `<img>` at the start of `text` and returns the length that was processed.
fn rewrite_element(text: &str, rewritten: &mut String) -> Option<usize> {
    // A template in an attribute may contain the `>` that ends the element.
    let source = text.find("src=")? + 4;
    if text[..source].contains('>') {
        return None;
    }
    let quote = text[source..]
        .chars()
        .next()
        .filter(|c| matches!(c, '"' | '\''))?;
    let value = &text[source + 1..];
    let open = value.find("{{").or_else(|| value.find("{%"))?;
    if value[..open].contains(quote) {
        return None;
    }
    let close = open
        + value[open..]
            .find("}}")
            .or_else(|| value[open..].find("%}"))?
        + 2;
    let length = close + value[close..].find(quote)?;
    let filled = fill_templates(&value[..length])?;
    rewritten.push_str(&text[..=source]);
    rewritten.push_str(&urls::encode_url(&filled));
    Some(source + 1 + length)
}

/// Returns `target` with template expressions replaced that name a picture or the site's URL; `None` if
/// it contains any other expression.
pub(super) fn fill_templates(target: &str) -> Option<String> {
    let mut filled = String::with_capacity(target.len());
    let mut rest = target;
    while let Some(at) = rest.find("{{").into_iter().chain(rest.find("{%")).min() {
        let close = if rest[at..].starts_with("{{") {
            "}}"
        } else {
            "%}"
        };
        let inside = &rest[at + 2..];
        let end = inside.find(close)?;
        let after = &inside[end + 2..];
        filled.push_str(&rest[..at]);
        let content = inside[..end].trim_matches(|c: char| "<>%-".contains(c) || c.is_whitespace());
        match named_picture(content) {
            Some(name) => filled.push_str(name),
            None if is_site_url(content) && after.starts_with(['/', '{']) => {}
            None => return None,
        }
        rest = after;
    }
    filled.push_str(rest);
    Some(filled)
}

/// Returns the picture that a template expression contains as a literal.
fn named_picture(content: &str) -> Option<&str> {
    let mut quoted = content.split(['"', '\'', '`']).skip(1).step_by(2);
    let quoted = quoted.find(|literal| looks_like_picture(literal));
    quoted.or_else(|| {
        let mut words = content.split_whitespace().skip(1);
        words.find(|word| looks_like_picture(word) && !word.contains(['"', '\'', '(', '=']))
    })
}

fn is_site_url(content: &str) -> bool {
    let name = content.split('|').next().unwrap_or(content).trim();
    SITE_URL_VARIABLES.contains(&name.to_ascii_lowercase().as_str())
}

/// Returns the end of a picture's target and title: the offset of the closing parenthesis.
fn end_of_target(inside: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut quote: Option<char> = None;
    let mut escaped = false;
    for (at, c) in inside.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '\n' => return None,
            _ if quote == Some(c) => quote = None,
            _ if quote.is_some() => {}
            '"' => quote = Some(c),
            '<' if at == 0 => quote = Some('>'),
            '(' => depth += 1,
            ')' if depth == 0 => return Some(at),
            ')' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// Returns the offset of the `close` that matches an `open` before `text`.
fn find_closing(text: &str, open: char, close: char) -> Option<usize> {
    let mut depth = 0_usize;
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if c == open => depth += 1,
            _ if c == close && depth == 0 => return Some(at),
            _ if c == close => depth -= 1,
            _ => {}
        }
    }
    None
}

/// Returns a target without its size: `p.png =300x200`, also before or after a title.
pub(super) fn without_size(target: &str) -> &str {
    let (url, title) = target.split_once(" =").unwrap_or((target, ""));
    match title.split_whitespace().next() {
        Some(size) if is_size(size) => url,
        _ => target,
    }
}

pub(super) fn without_attributes(target: &str) -> &str {
    match target.find('{') {
        Some(at) if at > 0 && at + attributes_length(&target[at..]) == target.len() => {
            &target[..at]
        }
        _ => target,
    }
}

/// Returns the length of the attributes at the start of `text`: `{width=50%}`, `{.wide #a}`,
/// `{: .wide}`; 0 if there are none.
fn attributes_length(text: &str) -> usize {
    let Some(inside) = text.strip_prefix('{') else {
        return 0;
    };
    let Some(end) = inside.find(['}', '\n']) else {
        return 0;
    };
    let content = inside[..end].trim_start_matches(':').trim();
    let is_one = |word: &str| word.starts_with(['.', '#']) || word.contains('=');
    let has_any = content.split_whitespace().next().is_some_and(is_one);
    let is_closed = inside[end..].starts_with('}') && !inside.starts_with(['{', '%']);
    if has_any && is_closed { end + 2 } else { 0 }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn pictures_in_text_become_commonmark() {
        for (text, expected) in [
            ("![a](p.png =300x200) b", "![a](p.png) b"),
            ("![a](p.png =50%x*)", "![a](p.png)"),
            ("![a](p.png =x200 \"T\")", "![a](p.png)"),
            ("![a](p.png \"T\" =30x)", "![a](p.png \"T\")"),
            ("![a](p.png){width=50%} b", "![a](p.png) b"),
            ("![a](p.png){: .wide } b", "![a](p.png) b"),
            ("![a][r]{ #x .y }", "![a][r]"),
            ("![[My pic.png|300]] b", "![](vault-file:My%20pic%2Epng) b"),
            (
                "![[a/p.png#x|It's|20]]",
                "![It\\'s](vault-file:a%2Fp%2Epng)",
            ),
            ("![a]({{ \"/i/p.png\" | url }})", "![a](/i/p.png)"),
            ("![a]({{< ref \"p q.png\" >}})", "![a](p%20q.png)"),
            ("![a]({% link assets/p.png %})", "![a](assets/p.png)"),
            ("![a]({{ site.baseurl }}/p.png)", "![a](/p.png)"),
            (
                "<img src=\"{{ '/p.png' | url }}\" alt=\"a\">",
                "<img src=\"/p.png\" alt=\"a\">",
            ),
        ] {
            assert_eq!(rewrite_pictures(text).as_deref(), Some(expected), "{text}");
        }
        for text in [
            "![a](p.png)",
            "![a](p(1).png \"a = b\")",
            "`![a](p.png =300x200)`",
            "```\n![[p.png]]\n```",
            "![[A note]] and {width}",
            "![a](p.png){{ x }}",
            "![a](p.png) {not}",
        ] {
            assert_eq!(rewrite_pictures(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn rewriting_any_line_terminates(text in "(!\\[|\\]|\\(|\\)|\\{|\\}|<img src=|[\"'`|#= x0-9é.]|png){0,40}") {
            rewrite_pictures(&text);
        }
    }
}
