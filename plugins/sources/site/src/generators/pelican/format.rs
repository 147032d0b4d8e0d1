//! Expands Python format strings as used in URL patterns: `{slug}`, `{date:%Y}`.

use jiff::civil::DateTime;

/// Expands `pattern`.
///
/// # Errors
/// Returns the first field without a value.
pub(super) fn format(
    pattern: &str,
    date: Option<DateTime>,
    value: impl Fn(&str) -> Option<String>,
) -> Result<String, String> {
    let mut formatted = String::with_capacity(pattern.len() + 32);
    let mut rest = pattern;
    while let Some(at) = rest.find(['{', '}']) {
        formatted.push_str(&rest[..at]);
        let mark = &rest[at..at + 1];
        let after = &rest[at + 1..];
        if let Some(tail) = after.strip_prefix(mark) {
            formatted.push_str(mark);
            rest = tail;
            continue;
        }
        let (field, tail) = after.split_once('}').unwrap_or((after, ""));
        formatted.push_str(&expand(field, date, &value).ok_or_else(|| field.to_owned())?);
        rest = tail;
    }
    formatted.push_str(rest);
    Ok(formatted)
}

fn expand(
    field: &str,
    date: Option<DateTime>,
    value: &impl Fn(&str) -> Option<String>,
) -> Option<String> {
    let (name, spec) = field.split_once(':').unwrap_or((field, ""));
    let name = name.split('!').next().unwrap_or(name);
    if name != "date" {
        return value(name);
    }
    let spec = if spec.is_empty() {
        "%Y-%m-%d %H:%M:%S"
    } else {
        spec
    };
    jiff::fmt::strtime::format(spec, date?).ok()
}

#[cfg(test)]
mod tests {
    use super::format;
    use jiff::civil::date;

    #[test]
    fn format_fields_are_replaced() {
        let at = Some(date(2024, 3, 5).at(9, 8, 7, 0));
        let value = |name: &str| (name == "slug").then(|| "a-b".to_owned());
        for (pattern, expected) in [
            ("{slug}.html", Ok("a-b.html")),
            (
                "blog/{date:%Y}/{date:%b}/{date:%-d}/{slug}/",
                Ok("blog/2024/Mar/5/a-b/"),
            ),
            ("{{x}}/{slug!s}", Ok("{x}/a-b")),
            ("{category}/{slug}", Err("category")),
            ("{date:%Q}", Err("date:%Q")),
            ("{slug", Ok("a-b")),
        ] {
            let expected = expected.map(str::to_owned).map_err(str::to_owned);
            assert_eq!(format(pattern, at, value), expected, "{pattern}");
        }
        assert_eq!(format("{date:%Y}", None, value), Err("date:%Y".to_owned()));
    }
}
