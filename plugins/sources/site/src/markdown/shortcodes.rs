//! Replaces shortcodes ("Shortcodes", Hugo's and Zola's documentation): `{{< … >}}` and `{{% … %}}` of
//! Hugo, `{{ name(…) }}` of Zola. Shortcodes that show a picture become Markdown pictures, those around
//! code are removed with the code, and of all others the content is kept. Hugo's `{{</* … */>}}` is an
//! escaped shortcode, which is shown as text.

use super::gaps::{Gaps, Surroundings};
use super::templates::{Shortcode, Templates};

/// Shortcodes whose content is not prose.
const NOT_PROSE: &[&str] = &[
    "chart",
    "code",
    "echarts",
    "gallery",
    "highlight",
    "katex",
    "math",
    "mermaid",
    "plantuml",
    "rawhtml",
    "script",
    "style",
];

/// Shortcodes that show a picture.
const PICTURES: &[&str] = &["figure", "image", "img", "picture"];

/// Shortcodes and tags that write no words.
const WORDLESS: &[&str] = &[
    "anchor",
    "audio",
    "br",
    "fa",
    "gist",
    "icon",
    "instagram",
    "toc",
    "tweet",
    "twitter",
    "video",
    "vimeo",
    "x",
    "youtube",
];

/// Arguments with the picture's path or URL.
const SOURCE: &[&str] = &["src", "path", "link", "url"];

/// Arguments with the picture's alternative text.
const TEXT: &[&str] = &["alt", "caption", "title"];

/// Returns `true` if the content of the shortcode `name` is not prose.
pub(super) fn is_code(name: &str) -> bool {
    NOT_PROSE.contains(&name)
}

/// Returns `true` if the shortcode or tag `name` writes no words.
pub(super) fn is_wordless(name: &str) -> bool {
    WORDLESS.contains(&name)
}

/// Replaces the shortcode at `at` and returns the offset after it; `None` if there is none.
pub(super) fn replace(
    (templates, gaps): (&mut Templates<'_>, &mut Gaps),
    at: usize,
    replaced: &mut String,
) -> Option<usize> {
    let tag = templates.shortcode(at)?;
    if let Some(comment) = tag.inside.strip_prefix("/*") {
        if let Some(shown) = comment.strip_suffix("*/") {
            replaced.push_str(tag.marks.0);
            replaced.push_str(shown);
            replaced.push_str(tag.marks.1);
        }
        return Some(tag.end);
    }
    if tag.closes {
        return Some(tag.end);
    }
    if PICTURES.contains(&tag.name) {
        push_picture(tag.arguments, replaced);
    } else if is_gap(templates, &tag) {
        let text = templates.closers.text();
        gaps.push((text, at, tag.end), Surroundings::Line, replaced);
    }
    if is_code(tag.name) && !tag.closes_itself {
        let end = templates.end_of_shortcode(tag.name, tag.end);
        return Some(end.unwrap_or(tag.end));
    }
    Some(tag.end)
}

/// Returns `true` if the words of a shortcode are unknown. The content between its tags is known.
fn is_gap(templates: &mut Templates<'_>, tag: &Shortcode<'_>) -> bool {
    let has_content = !tag.closes_itself && templates.end_of_shortcode(tag.name, tag.end).is_some();
    !(has_content || is_code(tag.name) || is_wordless(tag.name))
}

/// Writes the picture of a call such as `img(src="x.png")`. Returns `false` for any other content, which is dropped.
pub(super) fn replace_call(content: &str, replaced: &mut String) -> bool {
    let called = content.split_once('(').filter(|_| content.ends_with(')'));
    if let Some((name, arguments)) = called
        && PICTURES.contains(&name.trim())
    {
        push_picture(arguments.trim_end_matches(')'), replaced);
        return true;
    }
    false
}

/// Writes the picture that the arguments name; without named arguments, the first one is its path.
fn push_picture(text: &str, replaced: &mut String) {
    let arguments = arguments(text);
    let value = |names: &[&str]| {
        let found = names.iter().find_map(|name| {
            let named = arguments.iter().find(|(key, _)| key == name);
            named.map(|(_, value)| value.as_str())
        });
        found.filter(|value| !value.is_empty())
    };
    let first = arguments.first().filter(|(key, _)| key.is_empty());
    let source = value(SOURCE).or(first.map(|(_, value)| value.as_str()));
    if let Some(source) = source {
        super::picture::push_picture(source, value(TEXT).unwrap_or_default(), replaced);
    }
}

/// Parses arguments as pairs of a name, which may be empty, and a value. They are separated by white
/// space or commas, and values may be quoted with `"`, `'` or backticks.
fn arguments(text: &str) -> Vec<(String, String)> {
    let mut arguments = Vec::new();
    let between = |c: char| c.is_whitespace() || c == ',';
    let mut rest = text.trim_start_matches(between);
    while let Some(first) = rest.chars().next() {
        let name_end =
            rest.find(|c: char| c.is_whitespace() || matches!(c, '=' | '"' | '\'' | '`'));
        let name = match name_end {
            Some(end) if rest[end..].starts_with('=') => &rest[..end],
            _ => "",
        };
        let value_at = if name.is_empty() { 0 } else { name.len() + 1 };
        let after_name = &rest[value_at..];
        let quote = after_name
            .chars()
            .next()
            .filter(|c| matches!(c, '"' | '\'' | '`'));
        let (value, after) = match quote {
            Some(quote) => after_name[1..]
                .split_once(quote)
                .unwrap_or((&after_name[1..], "")),
            None => after_name
                .split_once(char::is_whitespace)
                .unwrap_or((after_name, "")),
        };
        arguments.push((name.to_owned(), value.to_owned()));
        // A lone `=` would never be consumed.
        let after = if after.len() == rest.len() {
            &rest[first.len_utf8()..]
        } else {
            after
        };
        rest = after.trim_start_matches(between);
    }
    arguments
}

#[cfg(test)]
mod tests {
    use super::{Gaps, Templates, arguments};
    use proptest::prelude::*;

    fn replaced(text: &str) -> (String, Option<usize>) {
        let mut replaced = String::new();
        let of = (&mut Templates::of(text), &mut Gaps::default());
        let done = super::replace(of, 0, &mut replaced);
        (replaced, done)
    }

    #[test]
    fn shortcodes_leave_only_pictures() {
        for (text, expected, rest) in [
            ("{{< youtube id=\"x\" >}} y", "", " y"),
            ("{{% toc %}}y", "", "y"),
            ("{{< /notice >}}y", "", "y"),
            (
                "{{< highlight go \"a=b\" >}} {{ x }} {{< /highlight >}}y",
                "",
                "y",
            ),
            ("{{< mermaid />}}y", "", "y"),
            ("{{</* x */>}}y", "{{< x >}}", "y"),
            ("{{% /* gone */ %}}y", "{{% gone %}}", "y"),
            (
                "{{< figure src='/a b.png' caption=\"It's [a]\" >}}y",
                "![It\\'s \\[a\\]](/a%20b.png)",
                "y",
            ),
            (
                "{{<figure\n  src=a.png\n  alt=`A`\n>}}y",
                "![A](a.png)",
                "y",
            ),
            ("{{< img a.png \"An A\" >}}y", "![](a.png)", "y"),
        ] {
            let (text_of, done) = replaced(text);
            assert_eq!(
                (text_of.as_str(), &text[done.unwrap()..]),
                (expected, rest),
                "{text}"
            );
        }
        for text in ["{{ x }}", "{% x %}", "{{< open", "{", ""] {
            assert_eq!(replaced(text), (String::new(), None), "{text}");
        }
    }

    proptest! {
        #[test]
        fn parsing_any_shortcode_terminates(text in "(\\{\\{[<%]|[>%]\\}\\}|/|[a-z é=\"'`\n])*{0,40}") {
            let (_, done) = replaced(&text);
            prop_assert!(done.is_none_or(|done| text.is_char_boundary(done)));
            arguments(&text);
        }
    }
}
