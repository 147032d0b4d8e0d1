//! Expands Hugo's permalink patterns ("Permalinks, tokens", Hugo's documentation): `:year`, `:slug`,
//! `:sections[1:]`, parts of a date in Go's format such as `:02`, and `\:` for a colon.

use std::sync::LazyLock;

use regex::Regex;

use super::super::path::decode_query;
use super::page::Page;
use crate::value::scalar;

static TOKEN: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(\\:)|:(\w+(?:\[.+?\])?)").expect("the pattern is a constant"));

/// Expands `pattern` with the values of the page.
///
/// # Errors
/// Returns the first token that has no value.
pub(super) fn expand(pattern: &str, page: &Page<'_>) -> Result<String, String> {
    let mut path = String::with_capacity(pattern.len() + 32);
    let mut end = 0;
    for found in TOKEN.captures_iter(pattern) {
        let whole = found.get_match();
        path.push_str(&pattern[end..whole.start()]);
        end = whole.end();
        match found.get(2).map(|token| token.as_str()) {
            Some(token) => path.push_str(&value(token, page).ok_or_else(|| token.to_owned())?),
            None => path.push(':'),
        }
    }
    path.push_str(&pattern[end..]);
    Ok(decode_query(&path))
}

fn value(token: &str, page: &Page<'_>) -> Option<String> {
    let location = page.location;
    let style = page.style;
    let title = || style.token(&page.post.title.replace(['/', '\\'], "-"));
    let name = || style.token(&location.name);
    let slug = || page.slug().map(|slug| style.token(&slug));
    let sections = || {
        let sections = page.tree.sections_of(location).into_iter();
        sections.map(|name| style.logical_path(name))
    };
    Some(match token {
        "title" => title(),
        "slug" => slug().unwrap_or_else(title),
        "filename" | "contentbasename" => name(),
        "slugorfilename" | "slugorcontentbasename" => slug().unwrap_or_else(name),
        "section" => style.logical_path(location.section()),
        "sections" => sections().collect::<Vec<_>>().join("/"),
        token => match token.strip_prefix("sections[") {
            Some(cut) => {
                let sections: Vec<String> = sections().collect();
                slice(&sections, cut.strip_suffix(']')?)?.join("/")
            }
            None => return date(token, page),
        },
    })
}

/// Returns the parts that the slice expression `cut` selects: `2`, `last`, `1:`, `:last` or `1:3`.
fn slice<'a, T>(parts: &'a [T], cut: &str) -> Option<&'a [T]> {
    let place = |text: &str| -> Option<usize> {
        match text.trim().to_lowercase().as_str() {
            "last" => Some(parts.len().saturating_sub(1)),
            number => number.parse().ok(),
        }
    };
    let (from, to) = match cut.split_once(':') {
        Some((from, to)) => (
            if from.trim().is_empty() {
                0
            } else {
                place(from)?
            },
            if to.trim().is_empty() {
                parts.len()
            } else {
                place(to)?
            },
        ),
        None => (place(cut)?, place(cut)? + 1),
    };
    Some(parts.get(from..to.min(parts.len())).unwrap_or_default())
}

/// Returns the part of the date that `token` selects, in the time zone offset in which the date is
/// written.
fn date(token: &str, page: &Page<'_>) -> Option<String> {
    let format = match token {
        "year" | "2006" => "%Y",
        "month" | "01" => "%m",
        "day" | "02" => "%d",
        "monthname" | "January" => "%B",
        "weekday" => "%w",
        "weekdayname" | "Monday" => "%A",
        "yearday" => "%-j",
        "06" => "%y",
        "1" => "%-m",
        "2" => "%-d",
        "002" => "%j",
        "Jan" => "%b",
        "Mon" => "%a",
        "15" => "%H",
        "03" => "%I",
        "04" => "%M",
        "05" => "%S",
        // Hugo has no tokens for front matter keys, but a pattern in pipeline.yaml may use them.
        other => return scalar(page.post.front.get(other)?).map(|text| page.style.token(&text)),
    };
    Some(page.date.as_ref()?.date.at.strftime(format).to_string())
}

#[cfg(test)]
mod tests {
    use super::slice;

    #[test]
    fn section_slices_match_hugo() {
        let parts = ["a", "b", "c"];
        for (cut, expected) in [
            ("0", &["a"][..]),
            ("last", &["c"]),
            ("1:", &["b", "c"]),
            (":last", &["a", "b"]),
            ("0:2", &["a", "b"]),
            ("7", &[]),
            ("1:9", &["b", "c"]),
            ("2:1", &[]),
        ] {
            assert_eq!(slice(&parts, cut), Some(expected), "{cut}");
        }
        assert_eq!(slice(&parts, "x"), None);
        assert_eq!(slice::<&str>(&[], "last"), Some(&[][..]));
    }
}
