//! Detects text that looks like front matter but is not read as such by the generator: after a blank,
//! between typographic dashes, or in a code block.
//!
//! Such a file is reported as invalid. Otherwise its keys would be published as text, and its
//! `draft: true` would have no effect.

use syndicate_api::{Diagnostic, FileSpan};

use crate::value::invalid;

/// Keys that are more common in front matter than at the start of a line of prose, without `_` and `-`.
const KEYS: &[&str] = &[
    "author",
    "authors",
    "categories",
    "category",
    "cover",
    "date",
    "description",
    "draft",
    "excerpt",
    "image",
    "lang",
    "layout",
    "permalink",
    "private",
    "pubdate",
    "publish",
    "published",
    "slug",
    "status",
    "summary",
    "syndicate",
    "tag",
    "tags",
    "title",
    "type",
    "updated",
    "url",
];

/// Dashes that editors substitute for hyphens.
const DASHES: &[char] = &['‐', '‑', '‒', '–', '—', '―', '−', '－'];

/// Characters without a visible glyph.
const INVISIBLE: &[char] = &['\u{200b}', '\u{200c}', '\u{200d}', '\u{2060}', '\u{feff}'];

/// Returns a diagnostic if a text without front matter begins like front matter.
pub(super) fn find(text: &str) -> Option<Diagnostic> {
    let start = text_start(text);
    let mut lines = text[start..].lines();
    let first = lines.next()?.trim_end();
    let line = text[..start].matches('\n').count() + 1;
    let diagnostic = |message: String, hint: &str| {
        Some(invalid(message).at(FileSpan::of_line(line)).with_hint(hint))
    };
    if let Some(block) = front_matter_code_block(first) {
        let inside = lines.next().unwrap_or_default().trim();
        let is_fence = is_fence_like(inside) && is_followed_by_front_matter(lines.clone(), inside);
        let is_bare = has_known_key(inside) && lines.next().is_some_and(has_known_key);
        return if is_fence || is_bare {
            diagnostic(
                format!("the front matter is in the code block `{block}`"),
                "delete the lines that open and close the code block",
            )
        } else {
            None
        };
    }
    if is_fence_like(first) {
        if !is_followed_by_front_matter(lines, first) {
            return None;
        }
        return if first.contains(DASHES) {
            diagnostic(
                format!("`{first}` does not open front matter because its dashes are not hyphens"),
                "write three hyphens, `---`, before and after it",
            )
        } else if start > 0 && matches!(first, "---" | "+++" | ";;;") {
            diagnostic(
                format!("front matter that begins on line {line} is not read"),
                "move it to the start of the file, without a blank before it",
            )
        } else {
            diagnostic(
                format!("`{first}` does not open front matter"),
                "write `---` before and after it",
            )
        };
    }
    let is_bare = has_known_key(first) && lines.next().is_some_and(has_known_key);
    if is_bare {
        return diagnostic(
            "the text begins like front matter without a fence".to_owned(),
            "write `---` before and after it",
        );
    }
    None
}

/// Returns the offset of the first character after blanks, invisible characters and HTML comments.
fn text_start(text: &str) -> usize {
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || INVISIBLE.contains(&c));
        match rest
            .strip_prefix("<!--")
            .and_then(|comment| comment.split_once("-->"))
        {
            Some((_, after)) => rest = after,
            None => return text.len() - rest.len(),
        }
    }
}

/// Returns the line if it opens a code block in a language that front matter may be written in.
fn front_matter_code_block(line: &str) -> Option<&str> {
    let language = line.trim_start_matches(['`', '~']);
    let marks = &line[..line.len() - language.len()];
    let languages = ["", "yaml", "yml", "toml", "json", "markdown", "md", "mdx"];
    let is_block = marks.len() >= 3 && languages.contains(&language.trim().to_lowercase().as_str());
    is_block.then_some(line)
}

/// Returns `true` if a line looks like a fence: one punctuation character, repeated.
fn is_fence_like(line: &str) -> bool {
    let line = line.trim();
    let of = |marks: &dyn Fn(char) -> bool| !line.is_empty() && line.chars().all(marks);
    let has_dash = line.contains(DASHES);
    of(&|c| c == '-' || DASHES.contains(&c)) && (has_dash || line.len() > 1)
        || ['+', ';', '*', '_', '=']
            .iter()
            .any(|mark| line.len() > 1 && of(&|c| c == *mark))
}

/// Returns `true` if the lines after the fence `opening` look like front matter: the first has a known
/// key, or any key and a matching fence follows within 100 lines.
fn is_followed_by_front_matter<'a>(
    mut lines: impl Iterator<Item = &'a str> + Clone,
    opening: &str,
) -> bool {
    let Some(line) = lines.find(|line| !line.trim().is_empty()) else {
        return false;
    };
    let is_closed = |mut lines: std::iter::Take<_>| {
        let mark = |line: &str| line.trim().chars().next();
        lines.any(|line: &str| is_fence_like(line) && mark(line) == mark(opening))
    };
    has_known_key(line) || key(line).is_some() && is_closed(lines.take(100))
}

/// Returns `true` if a line assigns a value to one of [`KEYS`].
fn has_known_key(line: &str) -> bool {
    key(line).is_some_and(|key| {
        let key: String = key.chars().filter(|c| !matches!(c, '_' | '-')).collect();
        KEYS.contains(&key.to_lowercase().as_str())
    })
}

/// Returns the key that a line assigns a value to.
fn key(line: &str) -> Option<&str> {
    let at = line.find([':', '='])?;
    let value = &line[at + 1..];
    let key = line[..at].trim().trim_matches(['"', '\'']);
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    let is_spaced = value.is_empty() || value.starts_with([' ', '\t', '\r']);
    let is_key = key.starts_with(char::is_alphabetic) && key.chars().all(is_word);
    (is_key && (is_spaced || line.as_bytes()[at] == b'=')).then_some(key)
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn prose_is_not_lookalike() {
        for text in [
            "",
            "\n\nA text.",
            "\n---\n\nA text after a rule.\n\n---\n",
            "---\n\nNote: a word.",
            "***\nOnce upon a time: a story.\n",
            "Title: only one key\n\nText.",
            "Note: a thing\nAnd: another\n",
            "```yaml\nkey: value\n```\n",
            "```rust\n---\ntitle: x\n```\n",
            "— said the man: no.\n",
            "- title: a list\n- date: x\n",
            "https://example.org\ndate: x\n",
        ] {
            assert_eq!(find(text), None, "{text:?}");
        }
    }

    #[test]
    fn lookalike_names_line_and_remedy() {
        for (text, line, message, hint) in [
            (
                "\n---\ntitle: a\n---\n",
                2,
                "begins on line 2 is not read",
                "without a blank",
            ),
            (
                " ---\nx: a\n---\n",
                1,
                "begins on line 1 is not read",
                "without a blank",
            ),
            (
                "\u{200b}---\ndraft: true\n",
                1,
                "begins on line 1",
                "without a blank",
            ),
            (
                "<!-- x\n -->\n\n+++\ntitle = 'a'\n+++\n",
                4,
                "begins on line 4",
                "without",
            ),
            (
                "------\ntitle: a\n------\n",
                1,
                "`------` does not open",
                "`---`",
            ),
            ("—\ntitle: a\n—\n", 1, "not hyphens", "three hyphens"),
            ("–-\nfoo: a\n–-\n", 1, "not hyphens", "three hyphens"),
            ("\n———\n\nTags: a\n———\n", 2, "not hyphens", "three hyphens"),
            ("***\ntitle: a\n***\n", 1, "`***` does not open", "`---`"),
            ("--\ntitle: a\n--\n", 1, "`--` does not open", "`---`"),
            ("title: a\nDate: b\n\nText\n", 1, "without a fence", "`---`"),
            (
                "\"title\": a\n\"pub_date\": b\n",
                1,
                "without a fence",
                "`---`",
            ),
            (
                "```yaml\n---\ntitle: a\n---\n```\n",
                1,
                "code block",
                "delete the lines",
            ),
            (
                "```markdown\ntitle: a\ntags: b\n```\n",
                1,
                "code block",
                "delete the lines",
            ),
        ] {
            let found = find(text).unwrap();
            let remedy = found.hint.clone().unwrap_or_default();
            assert_eq!(found.line(), Some(line), "{text:?}");
            assert!(found.message.contains(message), "{text:?}: {found}");
            assert!(remedy.contains(hint), "{text:?}: {remedy}");
        }
    }
}
