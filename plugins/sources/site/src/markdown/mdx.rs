//! Converts MDX to Markdown ("MDX and React", "Admonitions", Docusaurus's documentation). Imports,
//! exports, comments in braces, admonition fences and names of emoji are removed. Pictures that an
//! expression names become attributes. Code is kept.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::Regex;

use super::admonitions::is_colon_fence;
use super::code::Fence;
use super::hidden::without_hidden;

/// Matches `={require('./x.png').default}` and `={useBaseUrl('/x.png')}`.
static NAMED_PICTURE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r#"=\{\s*(?:require|useBaseUrl)\(\s*['"]([^'"]+)['"]\s*\)(?:\.default)?\s*\}"#)
});

/// Matches the comment that marks the end of an excerpt.
static TRUNCATE: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\{/\*\s*truncate\s*\*/\}"));

/// Matches `:tada:` at the start of a word.
static EMOJI: LazyLock<Regex> = LazyLock::new(|| pattern(r"(^|\s):[a-z][a-z0-9_+-]*:"));

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("the pattern is a constant")
}

/// Returns the Markdown of an MDX text.
pub(crate) fn without_mdx(text: &str) -> Cow<'_, str> {
    let open = without_hidden(text);
    let mut clean = String::with_capacity(text.len());
    // Collects text that is not code across lines, because a comment may span several.
    let mut prose = String::new();
    let mut fence: Option<Fence> = None;
    let mut in_program = false;
    let mut after_blank = true;
    for line in open.split_inclusive('\n') {
        let blank = line.trim().is_empty();
        if let Some(open) = &fence {
            if open.is_closed_by(line) {
                fence = None;
            }
            clean.push_str(line);
        } else if let Some(opened) = Fence::opened_by(line) {
            fence = Some(opened);
            push_prose(&mut prose, &mut clean);
            clean.push_str(line);
            in_program = false;
        } else {
            let starts = ["import ", "export "]
                .iter()
                .any(|word| line.starts_with(word));
            in_program = !blank && (in_program || after_blank && starts);
            if !in_program && !is_colon_fence(line) {
                prose.push_str(line);
            }
        }
        after_blank = blank;
    }
    push_prose(&mut prose, &mut clean);
    if clean == text {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(clean)
    }
}

/// Moves the collected text to `clean`, converted to Markdown.
fn push_prose(prose: &mut String, clean: &mut String) {
    let text = TRUNCATE.replace_all(prose, "<!-- truncate -->");
    let text = NAMED_PICTURE.replace_all(&text, "=\"$1\"");
    clean.push_str(&EMOJI.replace_all(&text, "$1"));
    prose.clear();
}

#[cfg(test)]
mod tests {
    use super::without_mdx;
    use crate::markdown::read;
    use proptest::prelude::*;

    #[test]
    fn mdx_syntax_is_removed() {
        for (text, clean) in [
            ("import X from 'x';\nimport Y from 'y';\n\nwords", "\nwords"),
            ("export const a = {\n  b: 1,\n};\n\nwords", "\nwords"),
            (
                "words that we\nimport from x",
                "words that we\nimport from x",
            ),
            ("a\n{/* truncate */}\nb", "a\n<!-- truncate -->\nb"),
            ("a {/* a\n\nnote */}b", "a b"),
            (":::tip[Title]\nwords\n:::\n", "words\n"),
            ("great :tada: at 10:30:20", "great  at 10:30:20"),
            (
                "<img src={require('./x.png').default} alt=\"X\"/>",
                "<img src=\"./x.png\" alt=\"X\"/>",
            ),
            (
                "```js\nimport x from 'y';\n:::\n{/* a */}\n```\n",
                "```js\nimport x from 'y';\n:::\n{/* a */}\n```\n",
            ),
        ] {
            assert_eq!(without_mdx(text), clean, "{text}");
        }
    }

    #[test]
    fn remaining_mdx_text_is_markdown() {
        let text = "import X from './x.mdx'\n\n# Title\n\n<Tabs>\n  <TabItem value=\"a\">In a tab.</TabItem>\n\
                    </Tabs>\n\n:::note\n\nA *note*.\n\n:::\n\n{/* truncate */}\n\nMore.";
        let prose = read(&without_mdx(text));
        assert_eq!(prose.excerpt(), "In a tab. A note.");
        assert!(prose.has_excerpt_marker);
    }

    proptest! {
        #[test]
        fn plain_markdown_is_unchanged(text in "[a-zA-Z0-9 .,*_#>`()\n-]{0,80}") {
            prop_assume!(!text.contains("import ") && !text.contains("export "));
            prop_assert_eq!(without_mdx(&text), text.as_str());
        }
    }
}
