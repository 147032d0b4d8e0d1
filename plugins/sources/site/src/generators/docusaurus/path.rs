//! Parses the path of a post ("Blog post date", Docusaurus's documentation) into its date and slug, and
//! dates as JavaScript does.

use std::sync::LazyLock;

use jiff::Span;
use jiff::civil::Date;
use regex::Regex;

/// Matches a date in a path, with the parts before and after it.
static DATED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(.*)(\d{4}[-/]\d{1,2}[-/]\d{1,2})[-/]?(.*?)(?:/index)?\.mdx?$")
        .expect("the pattern is a constant")
});

/// Matches a day and the rest of a date.
static DAY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(\d{4})-(\d{1,2})-(\d{1,2})(.*)$").expect("the pattern is a constant")
});

/// Returns the default slug of a path: the date as folders, then the rest.
pub(super) fn slug(path: &str) -> String {
    if let Some(found) = DATED.captures(path) {
        return format!("{}/{}{}", found[2].replace('-', "/"), &found[1], &found[3]);
    }
    let stem = path.strip_suffix(".mdx").or(path.strip_suffix(".md"));
    let stem = stem.unwrap_or(path);
    stem.strip_suffix("/index").unwrap_or(stem).to_owned()
}

/// Parses `2021-1-2` or `2021/01/02`.
fn day(text: &str) -> Option<Date> {
    let mut parts = text.split(['-', '/']);
    let year = parts.next()?.parse().ok()?;
    let month = parts.next()?.parse().ok()?;
    Date::new(year, month, parts.next()?.parse().ok()?).ok()
}

/// Returns the date in a post's path.
pub(super) fn date(path: &str) -> Option<Date> {
    day(&DATED.captures(path)?[2])
}

/// Carries days that a month does not have over to the next month. Returns `None` for days above 31.
pub(super) fn carry_days(text: &str) -> Option<String> {
    let found = DAY.captures(text.trim())?;
    let part = |index: usize| found[index].parse::<i8>().ok();
    let first = Date::new(found[1].parse().ok()?, part(2)?, 1).ok()?;
    let days = part(3).filter(|day| (1..=31).contains(day))? - 1;
    let day = first.checked_add(Span::new().days(days)).ok()?;
    Some(format!("{day}{}", &found[4]))
}
