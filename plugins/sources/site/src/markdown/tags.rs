//! Replaces template tags ("Tag Plugins", Hexo's documentation). Tags that show a picture become Markdown
//! pictures, tags that show words become these words, and all others are removed. The content between a
//! tag and its end tag is kept if it is prose. Attribute lists (`{: .class}`, kramdown's documentation)
//! are removed as well.

use syndicate_api::text::html::attribute;

use super::gaps::{Gaps, Surroundings};
use super::picture::{asset_reference, push_asset, push_picture};
use super::shortcodes;
use super::templates::{BlockTag, Templates};
use crate::urls;

/// Tags with an end tag whose content is not prose.
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

/// Arguments in which Jekyll's themes pass a picture to an included file.
const PICTURE_ARGUMENTS: &[&str] = &["image_path", "src", "url", "file", "path", "img", "image"];

/// Tags that write nothing themselves.
const SILENT: &[&str] = &[
    "assign", "block", "break", "comment", "continue", "extends", "from", "import", "macro", "raw",
    "set", "verbatim",
];

/// Tags that choose or repeat a part of the text.
const CONDITIONS: &[&str] = &["case", "for", "if", "unless"];

/// The maximum length of an attribute list, in bytes.
const MAX_ATTRIBUTES: usize = 1_000;

/// Returns `true` if the content between the tag `name` and its end tag is not prose.
pub(super) fn is_code(name: &str) -> bool {
    NOT_PROSE.contains(&name)
}

/// Replaces the tag at `at`, which is a `{`, and returns the offset after it.
pub(super) fn replace(
    (templates, gaps): (&mut Templates<'_>, &mut Gaps),
    at: usize,
    replaced: &mut String,
) -> usize {
    if let Some(end) = shortcodes::replace((&mut *templates, &mut *gaps), at, replaced) {
        return end;
    }
    let text = templates.closers.text();
    if text[at..].starts_with("{{") {
        return match templates.closers.find("}}", at + 2) {
            Some(close) => {
                if !shortcodes::replace_call(text[at + 2..close].trim(), replaced) {
                    gaps.push((text, at, close + 2), Surroundings::Paragraph, replaced);
                }
                close + 2
            }
            None => copy_unchanged(text, at, 2, replaced),
        };
    }
    if let Some(end) = end_of_attributes(templates, at) {
        return end;
    }
    let Some(tag) = templates.tag(at) else {
        let length = if text[at..].starts_with("{%") { 2 } else { 1 };
        return copy_unchanged(text, at, length, replaced);
    };
    let arguments = tag.arguments;
    match tag.name {
        "asset_img" => push_tag_picture(&words(arguments), true, replaced),
        "img" | "image" => push_tag_picture(&words(arguments), false, replaced),
        "asset_path" => {
            if let Some(slug) = words(arguments).first() {
                replaced.push_str(&asset_reference(slug));
            }
        }
        "post_link" | "asset_link" => match words(arguments).get(1) {
            Some(title) => replaced.push_str(title),
            None => gaps.push((text, at, tag.end), Surroundings::Line, replaced),
        },
        "include" | "include_cached" => push_included_picture(arguments, replaced),
        "link" => replaced.push_str(&link_text(&words(arguments))),
        name if is_code(name) => {
            let end = templates.end_of_tag(&tag.end_name(), tag.end);
            return end.unwrap_or(tag.end);
        }
        _ if is_gap(templates, &tag) => {
            gaps.push((text, at, tag.end), Surroundings::Line, replaced);
        }
        _ => {}
    }
    tag.end
}

/// Returns `true` if the words of `tag` are unknown. The content between a tag and its end tag is known.
fn is_gap(templates: &mut Templates<'_>, tag: &BlockTag<'_>) -> bool {
    let is_end = tag.name.starts_with("end") || tag.name.starts_with("el");
    let is_silent = SILENT.contains(&tag.name) || shortcodes::is_wordless(tag.name);
    let writes = !is_end && !is_silent;
    let mut has_content = || templates.end_of_tag(&tag.end_name(), tag.end).is_some();
    writes && (CONDITIONS.contains(&tag.name) || !has_content())
}

/// Returns the offset after the attribute list at `at`: `{: .class #id key="value"}`, `{:toc}` or
/// `{::comment}`.
fn end_of_attributes(templates: &mut Templates<'_>, at: usize) -> Option<usize> {
    let text = templates.closers.text();
    text[at..].strip_prefix("{:")?;
    let close = templates.closers.find("}", at + 2)?;
    let is_short = close - at <= MAX_ATTRIBUTES;
    let content = text[at + 2..close].trim_start();
    let opens = content.starts_with(|c: char| c.is_ascii_alphabetic() || ".#:/".contains(c));
    // `{:key => 1}` is Ruby code.
    let is_list = is_short && opens && !content.contains('\n') && !content.contains("=>");
    is_list.then_some(close + 1)
}

/// Writes the picture among the arguments of an included file.
fn push_included_picture(arguments: &str, replaced: &mut String) {
    let argument = |name: &&str| attribute(arguments, name);
    let source = PICTURE_ARGUMENTS.iter().filter_map(argument);
    if let Some(source) = source.into_iter().find(|source| looks_like_picture(source)) {
        let alt = ["alt", "caption", "description"].iter().find_map(argument);
        push_picture(&source, &alt.unwrap_or_default(), replaced);
    }
}

/// Copies `length` bytes at `at` unchanged and returns the offset after them.
fn copy_unchanged(text: &str, at: usize, length: usize, replaced: &mut String) -> usize {
    replaced.push_str(&text[at..at + length]);
    at + length
}

/// Writes `[class names] SOURCE [width] [height] ["title" ["alt"]]` as a Markdown picture.
fn push_tag_picture(words: &[String], asset: bool, replaced: &mut String) {
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
    // Hexo's documentation puts title and alt into another pair of quotes: `'"title" "alt"'`.
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

/// Returns the words before the URL in `{% link TEXT … URL [external] [title] %}`.
fn link_text(words: &[String]) -> String {
    let text: Vec<&str> = words
        .iter()
        .map(String::as_str)
        .take_while(|word| !urls::is_remote(word))
        .collect();
    text.join(" ")
}

/// Splits the arguments of a tag into words and quoted phrases.
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
