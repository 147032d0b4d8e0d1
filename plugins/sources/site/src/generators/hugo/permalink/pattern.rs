//! Expands Hugo's permalink patterns ("Permalinks, tokens", Hugo's documentation): `:year`, `:slug`,
//! `:sections[1:]`, parts of a date in Go's format such as `:02`, and `\:` for a colon.

use super::super::path::decode_query;
use super::page::Page;
use crate::value::scalar;

/// Expands `pattern` with the values of the page.
///
/// # Errors
/// Returns the first token that has no value.
pub(super) fn expand(pattern: &str, page: &Page<'_>) -> Result<String, String> {
    let of_page = |token: &str| value(token, page).ok_or_else(|| token.to_owned());
    Ok(decode_query(&fill(pattern, of_page)?))
}

/// Returns `pattern` with the value of each token, and with a colon in place of each `\:`.
///
/// # Errors
/// Returns the first error of `value`.
fn fill(pattern: &str, value: impl Fn(&str) -> Result<String, String>) -> Result<String, String> {
    let mut path = String::with_capacity(pattern.len() + 32);
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once(':') {
        rest = after;
        if let Some(before) = before.strip_suffix('\\') {
            path.push_str(before);
            path.push(':');
            continue;
        }
        path.push_str(before);
        let (token, after) = after.split_at(token_len(after));
        rest = after;
        match token {
            "" => path.push(':'),
            token => path.push_str(&value(token)?),
        }
    }
    path.push_str(rest);
    Ok(path)
}

/// Returns the length of the token at the start of `text`, such as `sections[1:]`: a word, and the brackets after it.
fn token_len(text: &str) -> usize {
    let word = text.find(|c: char| !c.is_alphanumeric() && c != '_');
    let word = word.unwrap_or(text.len());
    let in_brackets = text[word..].strip_prefix('[').filter(|_| word > 0);
    let end = in_brackets.and_then(|inside| {
        let first = inside.chars().next()?.len_utf8();
        Some(first + inside[first..].find(']')? + 1)
    });
    word + end.map_or(0, |end| end + 1)
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
    use super::{fill, slice};

    #[test]
    fn tokens_match_hugo() {
        let marked = |token: &str| Ok(format!("<{token}>"));
        for (pattern, expected) in [
            ("/:year/:slug/", "/<year>/<slug>/"),
            (r"/a\::slug", "/a:<slug>"),
            (
                "/:sections[1:]/:sections[:last]",
                "/<sections[1:]>/<sections[:last]>",
            ),
            ("/:a[/b]c]", "/<a[/b]>c]"),
            ("/:a[]b", "/<a>[]b"),
            ("/:a[]]b", "/<a[]]>b"),
            ("/:a[b", "/<a>[b"),
            ("/: :/:[a]:", "/: :/:[a]:"),
            ("/:größe_1-x", "/<größe_1>-x"),
            ("plain", "plain"),
        ] {
            assert_eq!(fill(pattern, marked).as_deref(), Ok(expected), "{pattern}");
        }
    }

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
