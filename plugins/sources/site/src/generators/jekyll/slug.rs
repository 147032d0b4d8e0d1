//! The functions `Utils.slugify` and `Utils.titleize_slug` of Jekyll 4.

use unicode_segmentation::UnicodeSegmentation;

/// Slugifies in the mode `default`: keeps letters and digits in lower case, replaces the rest by hyphens.
pub(super) fn slugify(text: &str) -> String {
    lowercase(&hyphenate(text, is_letter_or_digit))
}

/// Converts to lower case as Ruby does, character by character: each `Σ` becomes `σ`.
pub(super) fn lowercase(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).collect()
}

/// Slugifies in the mode `pretty`, which also keeps some special characters. The case is kept.
pub(super) fn slugify_pretty(text: &str) -> String {
    hyphenate(text, |c| {
        is_letter_or_digit(c) || "._~!$&'()+,;=@".contains(c)
    })
}

/// Makes a title from a file's name: each word between hyphens gets a capital letter.
pub(super) fn titleize(slug: &str) -> String {
    let words = slug.split('-').filter(|word| !word.is_empty());
    let capitals = words.map(|word| {
        let mut chars = word.chars();
        let first = chars.next().into_iter().flat_map(char::to_uppercase);
        first.chain(chars.flat_map(char::to_lowercase)).collect()
    });
    capitals.collect::<Vec<String>>().join(" ")
}

/// Replaces each run of other characters by one hyphen, except at the ends.
fn hyphenate(text: &str, stays: impl Fn(char) -> bool) -> String {
    let mut slug = String::with_capacity(text.len());
    let mut run = false;
    for c in text.chars() {
        if stays(c) {
            slug.push(c);
        } else if !run {
            slug.push('-');
        }
        run = !stays(c);
    }
    let slug = slug.strip_prefix('-').unwrap_or(&slug);
    slug.strip_suffix('-').unwrap_or(slug).to_owned()
}

fn is_letter_or_digit(c: char) -> bool {
    c.is_alphanumeric() || is_mark(c)
}

/// Returns `true` if `c` is a combining mark. File names of macOS have decomposed accents.
fn is_mark(c: char) -> bool {
    const JOINERS: [char; 2] = ['\u{200c}', '\u{200d}'];
    !c.is_ascii() && !JOINERS.contains(&c) && format!("a{c}").graphemes(true).count() == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_match_jekyll() {
        for (text, default, pretty) in [
            (
                "The _config.yml file",
                "the-config-yml-file",
                "The-_config.yml-file",
            ),
            (
                "Case_Is Kept & C++ (x).y",
                "case-is-kept-c-x-y",
                "Case_Is-Kept-&-C++-(x).y",
            ),
            ("hash#tag%20x", "hash-tag-20x", "hash-tag-20x"),
            ("Ünï-世界", "ünï-世界", "Ünï-世界"),
            (
                "e\u{301}te\u{301}",
                "e\u{301}te\u{301}",
                "e\u{301}te\u{301}",
            ),
            ("-a--b-", "a-b", "a-b"),
            ("🎉 party", "party", "party"),
        ] {
            assert_eq!(slugify(text), default, "{text}");
            assert_eq!(slugify_pretty(text), pretty, "{text}");
        }
    }

    #[test]
    fn titles_match_jekyll() {
        for (slug, title) in [
            ("edge-case-no-yaml-title", "Edge Case No Yaml Title"),
            ("Case_Is Kept & C++ (x).y", "Case_is kept & c++ (x).y"),
            ("Ünï-世界", "Ünï 世界"),
            ("--", ""),
        ] {
            assert_eq!(titleize(slug), title, "{slug}");
        }
    }
}
