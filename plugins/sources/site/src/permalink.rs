//! Expands permalink patterns: text with `:placeholders`, the notation of Hexo and Jekyll. The generators
//! supply the values.

use std::borrow::Cow;

use jiff::civil::DateTime;

/// The placeholders that most generators have a value for, used for suggestions.
pub(crate) const PLACEHOLDERS: &[&str] = &[
    "year",
    "month",
    "day",
    "i_month",
    "i_day",
    "hour",
    "minute",
    "second",
    "title",
    "slug",
    "name",
    "path",
    "post_title",
];

/// Replaces the placeholders of `pattern` by their values.
///
/// # Errors
/// Returns the first placeholder for which `value` returns `None`.
pub(crate) fn expand<'v>(
    pattern: &str,
    value: impl Fn(&str) -> Option<Cow<'v, str>>,
) -> Result<String, String> {
    let mut path = String::with_capacity(pattern.len() + 32);
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once(':') {
        path.push_str(before);
        let name = placeholder(after);
        if name.is_empty() {
            path.push(':');
        } else {
            path.push_str(&value(name).ok_or_else(|| name.to_owned())?);
        }
        rest = &after[name.len()..];
    }
    path.push_str(rest);
    Ok(path)
}

/// Returns the names of the placeholders in `pattern`.
pub(crate) fn placeholders(pattern: &str) -> impl Iterator<Item = &str> {
    let names = pattern.split(':').skip(1).map(placeholder);
    names.filter(|name| !name.is_empty())
}

/// Returns the placeholder's name at the start of `text`: word characters without trailing underscores,
/// so that `:year_:month` contains two names.
pub(crate) fn placeholder(text: &str) -> &str {
    let end = text
        .find(|c: char| !c.is_ascii_alphanumeric() && c != '_')
        .unwrap_or(text.len());
    text[..end].trim_end_matches('_')
}

/// Returns the value of a date placeholder ("Permalinks", Hexo's documentation).
pub(crate) fn date_part(name: &str, at: DateTime) -> Option<String> {
    Some(match name {
        "year" => format!("{:04}", at.year()),
        "month" => format!("{:02}", at.month()),
        "day" => format!("{:02}", at.day()),
        "hour" => format!("{:02}", at.hour()),
        "minute" => format!("{:02}", at.minute()),
        "second" => format!("{:02}", at.second()),
        "i_month" => at.month().to_string(),
        "i_day" => at.day().to_string(),
        _ => return None,
    })
}

/// Returns `true` if a placeholder is part of a date.
pub(crate) fn is_date_part(name: &str) -> bool {
    date_part(name, DateTime::default()).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn placeholders_are_replaced_and_other_colons_kept() {
        let value = |name: &str| match name {
            "year" => Some(Cow::Borrowed("2024")),
            "title" => Some(Cow::Borrowed("a/b")),
            _ => None,
        };
        for (pattern, expected) in [
            (":year/:title/", Ok("2024/a/b/")),
            (":year_:title.html", Ok("2024_a/b.html")),
            ("a:/::year:", Ok("a:/:2024:")),
            ("/:slug/", Err("slug")),
        ] {
            let expected = expected.map(str::to_owned).map_err(str::to_owned);
            assert_eq!(expand(pattern, value), expected, "{pattern}");
        }
    }

    proptest! {
        #[test]
        fn pattern_without_colons_is_unchanged(pattern in "[^:]{0,40}") {
            let expanded = expand(&pattern, |_| None);
            prop_assert_eq!(expanded, Ok(pattern));
        }
    }
}
