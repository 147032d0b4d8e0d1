//! Marks the places of template tags whose words are unknown. Without a mark, a text that lacks them would look
//! complete. The marks are removed before a text is used.

use std::borrow::Cow;

use syndicate_api::text::collapse_whitespace;

use super::expressions::written_expression;

/// The first character of a mark. It is not a Unicode character, so texts do not contain it.
const MARK: char = '\u{fdd0}';

/// The second character of the first mark. It is from a private plane, as those of the next marks are.
const FIRST_INDEX: u32 = 0xf_0000;

/// The number of marks that one text can have.
const MAX_MARKS: usize = 0xfff0;

/// The number of characters around a tag in which other words are searched.
const WINDOW: usize = 200;

/// The text around a tag that shows whether the tag is between words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Surroundings {
    /// The line. A tag on a line of its own is a block, such as a video.
    Line,
    /// The paragraph.
    Paragraph,
}

/// The template tags of one text whose words are unknown.
#[derive(Debug, Default)]
pub(super) struct Gaps {
    /// The tags, in the order of their marks.
    pub(super) tags: Vec<String>,
}

impl Gaps {
    /// Writes a mark in place of the tag between the offsets `start` and `end` of `text`, if it is between words.
    pub(super) fn push(
        &mut self,
        (text, start, end): (&str, usize, usize),
        around: Surroundings,
        rewritten: &mut String,
    ) {
        if self.tags.len() < MAX_MARKS && has_words_around(rewritten, &text[end..], around) {
            let index = u32::try_from(self.tags.len()).unwrap_or_default();
            rewritten.push(MARK);
            rewritten.extend(char::from_u32(FIRST_INDEX + index));
            let tag = collapse_whitespace(&text[start..end]);
            self.tags.push(written_expression(&tag).unwrap_or(tag));
        }
    }
}

/// Returns `true` if words are directly before or after a tag.
fn has_words_around(before: &str, after: &str, around: Surroundings) -> bool {
    let is_word = |text: &str| text.chars().any(char::is_alphanumeric);
    let before: String = before.chars().rev().take(WINDOW).collect();
    let after: String = after.chars().take(WINDOW).collect();
    // What follows another tag is next to that one.
    let after = after.split("{{").next().unwrap_or_default();
    let after = after.split("{%").next().unwrap_or_default();
    let separator = match around {
        Surroundings::Line => "\n",
        Surroundings::Paragraph => "\n\n",
    };
    let nearest = |text: &str| text.split(separator).next().is_some_and(is_word);
    nearest(&before) || nearest(after)
}

/// Returns the tag of the first mark in `text`.
pub(super) fn first_gap<'a>(tags: &'a [String], text: &str) -> Option<&'a str> {
    let (_, after) = text.split_once(MARK)?;
    let index = u32::from(after.chars().next()?).checked_sub(FIRST_INDEX)?;
    let tag = tags.get(usize::try_from(index).ok()?)?;
    Some(tag)
}

/// Returns `true` if `text` has marks.
pub(crate) fn has_gaps(text: &str) -> bool {
    text.contains(MARK)
}

/// Returns `text` without marks.
pub(crate) fn without_gaps(text: &str) -> Cow<'_, str> {
    let mut parts = text.split(MARK);
    let first = parts.next().unwrap_or_default();
    if first.len() == text.len() {
        return Cow::Borrowed(text);
    }
    let mut clean = first.to_owned();
    for part in parts {
        let is_index = |c: char| u32::from(c) >= FIRST_INDEX;
        clean.push_str(part.strip_prefix(is_index).unwrap_or(part));
    }
    Cow::Owned(clean)
}

/// Returns the part of `text` before the first mark.
pub(crate) fn before_gap(text: &str) -> &str {
    text.split(MARK).next().unwrap_or_default()
}

/// Returns `true` if `text` has other characters than white space and marks.
pub(super) fn has_text(text: &str) -> bool {
    !without_gaps(text).trim().is_empty()
}

#[cfg(test)]
mod tests {
    use super::super::prose::{TextRules, read_with};
    use super::*;

    #[track_caller]
    fn gap(text: &str, excerpt: &str, tag: Option<&str>) {
        let prose = read_with(text, TextRules::default());
        let shown = prose.excerpt();
        assert_eq!(
            collapse_whitespace(&without_gaps(&shown)),
            excerpt,
            "{text}"
        );
        assert_eq!(prose.first_gap(&shown), tag, "{text}");
        assert!(!prose.words.contains(MARK), "{text}");
    }

    #[test]
    fn tags_between_words_are_gaps() {
        for (text, excerpt, tag) in [
            (
                "By {{ site.author }} in 2026",
                "By in 2026",
                "{{ site.author }}",
            ),
            ("**{{ a }}** and {{ b }}", "and", "{{ a }}"),
            ("By\n{{  a\n}}\nin 2026", "By in 2026", "{{ a }}"),
            (
                "At {{< param \"x\" >}} euros",
                "At euros",
                "{{< param \"x\" >}}",
            ),
            ("See {% post_link a %} now", "See now", "{% post_link a %}"),
            ("A {% if x %}b{% else %}c{% endif %}", "A bc", "{% if x %}"),
            ("<p>By {{ a }}</p>", "By", "{{ a }}"),
            ("[{{ a }}](/b) c", "c", "{{ a }}"),
        ] {
            gap(text, excerpt, Some(tag));
        }
    }

    #[test]
    fn other_tags_are_not_gaps() {
        for (text, excerpt) in [
            ("[a]({{< ref \"b.md\" >}}) <a href=\"{{ b }}\">c</a>", "a c"),
            ("{{< video x >}}\n\n{{ content }}\n\nText", "Text"),
            ("Text\n{{< video x >}}\n{{< a >}} {{< b >}}", "Text"),
            ("A {{< b >}}c{{< /b >}} {% d %}e{% endd %}", "A c e"),
            (
                "A `{{ b }}` {% raw %}{{ c }}{% endraw %}",
                "A {{ b }} {{ c }}",
            ),
            ("A {% assign b = 1 %}c", "A c"),
            ("{{< youtube a >}} b {% icon c %}", "b"),
        ] {
            let prose = read_with(text, TextRules::default());
            assert_eq!(without_gaps(&prose.excerpt()).trim(), excerpt, "{text}");
            assert_eq!(prose.first_gap(&prose.excerpt()), None, "{text}");
        }
        let paragraph = read_with("<p>{{ a }}</p>\n\nText", TextRules::default());
        assert_eq!(without_gaps(&paragraph.first_paragraph()).trim(), "Text");
    }

    #[test]
    fn pictures_have_no_marks() {
        let prose = read_with(
            "a ![b {{ c }}]({{ d }}/e.png) <img src=\"{{ f }}/g.png\">",
            TextRules::default(),
        );
        assert!(
            !format!("{:?}", prose.pictures).contains("fdd0"),
            "{:?}",
            prose.pictures
        );
        assert_eq!(prose.pictures[0].alt.as_deref(), Some("b"));
    }
}
