//! Template tags in a text ("Tag Plugins", Hexo's documentation). Those that show a picture become
//! Markdown pictures, those that show words become the words, all others go; of those with an end
//! tag, what lies between stays if it is prose. Lists of attributes (`{: .class}`, kramdown's
//! documentation) go as well. Code is left alone.

use syndicate_api::text::html::attribute;

use super::picture::{asset_reference, push_asset, push_picture};
use super::shortcodes;
use crate::address;

/// Tags with an end tag between which lies no prose.
const NOT_PROSE: &[&str] = &[
    "capture",
    "chart",
    "code",
    "codeblock",
    "comment",
    "css",
    "echarts",
    "gist",
    "graphviz",
    "highlight",
    "javascript",
    "jsfiddle",
    "math",
    "mermaid",
    "plantuml",
    "pre",
    "script",
    "style",
    "svg",
    "terminal",
];

/// What Jekyll's themes call the picture that an included file shows.
const PICTURE_ARGUMENTS: &[&str] = &["image_path", "src", "url", "file", "path", "img", "image"];

/// Replaces the template tags in `text`; `None` where there are none.
pub(super) fn replace(text: &str) -> Option<String> {
    if !["{%", "{{", "{:"].iter().any(|open| text.contains(open)) {
        return None;
    }
    let mut replaced = String::with_capacity(text.len());
    let mut rest = text;
    let mut fence: Option<Fence> = None;
    // Line by line, since a tag in fenced code is code.
    while !rest.is_empty() {
        let end = rest.find('\n').map_or(rest.len(), |at| at + 1);
        let line = &rest[..end];
        if let Some(open) = &fence {
            if open.is_closed_by(line) {
                fence = None;
            }
            replaced.push_str(line);
            rest = &rest[end..];
        } else if let Some(opened) = Fence::opened_by(line) {
            fence = Some(opened);
            replaced.push_str(line);
            rest = &rest[end..];
        } else {
            rest = replace_in_line(rest, end, &mut replaced);
        }
    }
    Some(replaced)
}

/// The fence of a code block.
pub(super) struct Fence {
    mark: char,
    length: usize,
}

impl Fence {
    pub(super) fn opened_by(line: &str) -> Option<Self> {
        let line = line.trim_start_matches([' ', '\t', '>', '-', '*']);
        let mark = line.chars().next().filter(|c| matches!(c, '`' | '~'))?;
        let length = line.chars().take_while(|c| *c == mark).count();
        // A line like ```` ```code``` ```` is a span, not a fence.
        let is_fence = length >= 3 && (mark == '~' || !line[length..].contains('`'));
        is_fence.then_some(Self { mark, length })
    }

    pub(super) fn is_closed_by(&self, line: &str) -> bool {
        let line = line.trim_start_matches([' ', '\t', '>']).trim_end();
        line.len() >= self.length && line.chars().all(|c| c == self.mark)
    }
}

/// Replaces the tags that begin in the first `end` bytes of `text`; returns what is still to do,
/// which begins after the line or after the tag that reaches beyond it.
fn replace_in_line<'a>(text: &'a str, end: usize, replaced: &mut String) -> &'a str {
    let mut at = 0;
    while at < end {
        let rest = &text[at..];
        let Some(offset) = rest[..end - at].find(['{', '`']) else {
            break;
        };
        replaced.push_str(&rest[..offset]);
        at += offset;
        let rest = &text[at..];
        let taken = if rest.starts_with('`') {
            let span = code_span(&rest[..end - at]);
            replaced.push_str(&rest[..span]);
            span
        } else {
            tag(rest, replaced)
        };
        at += taken;
    }
    if at < end {
        replaced.push_str(&text[at..end]);
        at = end;
    }
    &text[at..]
}

/// The length of the code span that `line` begins with, or of the backticks that open none.
pub(super) fn code_span(line: &str) -> usize {
    let ticks = line.len() - line.trim_start_matches('`').len();
    let mut at = ticks;
    while let Some(offset) = line[at..].find('`') {
        at += offset;
        let run = line[at..].len() - line[at..].trim_start_matches('`').len();
        at += run;
        if run == ticks {
            return at;
        }
    }
    ticks
}

/// Replaces the tag that `text`, which starts with `{`, begins with; returns how many bytes are
/// done.
fn tag(text: &str, replaced: &mut String) -> usize {
    if let Some(done) = shortcodes::replace(text, replaced) {
        return done;
    }
    if let Some(inside) = text.strip_prefix("{{") {
        return match inside.find("}}") {
            Some(end) => {
                shortcodes::call(inside[..end].trim(), replaced);
                end + 4
            }
            None => keep(text, 2, replaced),
        };
    }
    if let Some(length) = attribute_list(text) {
        return length;
    }
    let Some(inside) = text.strip_prefix("{%") else {
        return keep(text, 1, replaced);
    };
    let Some(end) = inside.find("%}") else {
        return keep(text, 2, replaced);
    };
    let content = inside[..end].trim_matches(|c: char| c == '-' || c.is_whitespace());
    let (name, arguments) = content
        .split_once(|c: char| c.is_whitespace() || c == '(')
        .unwrap_or((content, ""));
    // Zola's blocks are calls, and all of them end alike.
    let is_call = content[name.len()..].starts_with('(');
    let done = end + 4;
    match name {
        "asset_img" => picture(&words(arguments), true, replaced),
        "img" | "image" => picture(&words(arguments), false, replaced),
        "asset_path" => {
            if let Some(slug) = words(arguments).first() {
                replaced.push_str(&asset_reference(slug));
            }
        }
        "post_link" | "asset_link" => {
            if let Some(title) = words(arguments).get(1) {
                replaced.push_str(title);
            }
        }
        "include" | "include_cached" => included_picture(arguments, replaced),
        "link" => replaced.push_str(&link_text(&words(arguments))),
        _ if NOT_PROSE.contains(&name) => {
            let wanted = if is_call {
                "end"
            } else {
                &format!("end{name}")
            };
            if let Some(length) = end_of_block(&text[done..], wanted) {
                return done + length;
            }
        }
        _ => {}
    }
    done
}

/// The length of the attribute list that `text` begins with: `{: .class #id key="value"}`, `{:toc}`
/// or `{::comment}`.
fn attribute_list(text: &str) -> Option<usize> {
    let inside = text.strip_prefix("{:")?;
    let end = inside
        .find(['}', '\n'])
        .filter(|end| inside[*end..].starts_with('}'))?;
    let content = inside[..end].trim_start();
    let opens = content.starts_with(|c: char| c.is_ascii_alphabetic() || ".#:/".contains(c));
    // `{:key => 1}` is Ruby.
    (opens && !content.contains("=>")).then_some(end + 3)
}

/// The picture among the arguments of an included file.
fn included_picture(arguments: &str, replaced: &mut String) {
    let argument = |name: &&str| attribute(arguments, name);
    let source = PICTURE_ARGUMENTS.iter().filter_map(argument);
    if let Some(source) = source.into_iter().find(|source| looks_like_picture(source)) {
        let alt = ["alt", "caption", "description"].iter().find_map(argument);
        push_picture(&source, &alt.unwrap_or_default(), replaced);
    }
}

fn keep(text: &str, length: usize, replaced: &mut String) -> usize {
    replaced.push_str(&text[..length]);
    length
}

/// How far the end tag that is called `wanted` reaches.
fn end_of_block(text: &str, wanted: &str) -> Option<usize> {
    let mut at = 0;
    while let Some(offset) = text[at..].find("{%") {
        let start = at + offset + 2;
        let end = start + text[start..].find("%}")?;
        let content = text[start..end].trim_matches(|c: char| c == '-' || c.is_whitespace());
        if content.split_whitespace().next() == Some(wanted) {
            return Some(end + 2);
        }
        at = start;
    }
    None
}

/// `[class names] SOURCE [width] [height] ["title" ["alt"]]` as a Markdown picture.
fn picture(words: &[String], asset: bool, replaced: &mut String) {
    let source = words
        .iter()
        .position(|word| looks_like_picture(word))
        .or_else(|| words.iter().position(|word| !asset && word.contains('/')))
        .unwrap_or(0);
    let Some(name) = words.get(source) else {
        return;
    };
    let is_size = |word: &&String| word.bytes().all(|byte| byte.is_ascii_digit());
    let sizes = words[source + 1..]
        .iter()
        .take(2)
        .take_while(is_size)
        .count();
    let texts = &words[source + 1 + sizes..];
    // Hexo's documentation quotes title and alt once more: `'"title" "alt"'`.
    let nested: Vec<String> = match texts {
        [one] if one.starts_with(['"', '\'']) => self::words(one),
        _ => texts.to_vec(),
    };
    let alt = nested.get(1).or(nested.first()).map_or("", String::as_str);
    if asset {
        push_asset(name, alt, replaced);
    } else {
        push_picture(name, alt, replaced);
    }
}

pub(super) fn looks_like_picture(word: &str) -> bool {
    let extension = word.rsplit_once('.').map(|(_, end)| end.to_lowercase());
    matches!(
        extension.as_deref(),
        Some("png" | "jpg" | "jpeg" | "gif" | "webp" | "svg" | "avif" | "bmp" | "tif" | "tiff")
    )
}

/// The words of `{% link TEXT … URL [external] [title] %}` before the address.
fn link_text(words: &[String]) -> String {
    let text: Vec<&str> = words
        .iter()
        .map(String::as_str)
        .take_while(|word| !address::is_remote(word))
        .collect();
    text.join(" ")
}

/// The arguments of a tag: words, or phrases between quotes.
fn words(arguments: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut rest = arguments.trim_start();
    while let Some(first) = rest.chars().next() {
        let (word, after) = if matches!(first, '"' | '\'') {
            rest[1..].split_once(first).unwrap_or((&rest[1..], ""))
        } else {
            rest.split_once(char::is_whitespace).unwrap_or((rest, ""))
        };
        words.push(word.to_owned());
        rest = after.trim_start();
    }
    words
}
