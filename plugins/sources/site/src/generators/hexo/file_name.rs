//! Parses a post's file name by the setting `new_post_name` ("Writing", Hexo's documentation). For
//! example, `:year-:month-:day-:title.md` gives a date and a `:title` without it.

use jiff::civil::Date;

use super::super::model::FileNameParts;
use crate::permalink::placeholder;
use crate::slug::slugify;

/// Placeholders of the date and the title; any other becomes a field of the post.
const RESERVED_PLACEHOLDERS: &[&str] =
    &["title", "year", "month", "day", "i_month", "i_day", "hash"];

/// Parses `stem`, the path in `_posts` without extension, by `pattern`, which may have an extension.
pub(super) fn read(pattern: &str, stem: &str) -> FileNameParts {
    let pattern = match pattern.rfind('.') {
        Some(dot) if !pattern[dot..].contains([':', '/']) => &pattern[..dot],
        _ => pattern,
    };
    let values = captures(&pieces(pattern), stem).unwrap_or_default();
    let value = |name: &str| {
        values
            .iter()
            .find(|(key, _)| *key == name)
            .map(|(_, value)| *value)
    };
    let number = |names: [&str; 2]| {
        names
            .into_iter()
            .find_map(value)
            .and_then(|text| text.parse::<i8>().ok())
    };
    let date = (|| {
        let year = value("year")?.parse().ok()?;
        Date::new(
            year,
            number(["month", "i_month"])?,
            number(["day", "i_day"])?,
        )
        .ok()
    })();
    let extra = values
        .iter()
        .filter(|(key, _)| !RESERVED_PLACEHOLDERS.contains(key))
        .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
        .collect();
    FileNameParts {
        slug: value("title").map_or_else(|| slugify(stem), str::to_owned),
        date,
        extra,
        ..FileNameParts::default()
    }
}

/// A part of a pattern.
enum Piece<'a> {
    Literal(&'a str),
    Placeholder(&'a str),
}

fn pieces(pattern: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = pattern;
    while !rest.is_empty() {
        let name = rest.strip_prefix(':').map_or("", placeholder);
        if name.is_empty() {
            let end = rest
                .char_indices()
                .skip(1)
                .find(|(_, c)| *c == ':')
                .map_or(rest.len(), |(at, _)| at);
            pieces.push(Piece::Literal(&rest[..end]));
            rest = &rest[end..];
        } else {
            pieces.push(Piece::Placeholder(name));
            rest = &rest[1 + name.len()..];
        }
    }
    pieces
}

/// Matches the whole `text` against the pattern and returns the value of each placeholder. Values are as
/// short as possible.
fn captures<'p, 't>(pieces: &[Piece<'p>], text: &'t str) -> Option<Vec<(&'p str, &'t str)>> {
    let Some((first, others)) = pieces.split_first() else {
        return text.is_empty().then(Vec::new);
    };
    match first {
        Piece::Literal(literal) => captures(others, text.strip_prefix(literal)?),
        Piece::Placeholder(name) => {
            let ends = text
                .char_indices()
                .skip(1)
                .map(|(at, _)| at)
                .chain([text.len()]);
            ends.filter(|end| is_valid_for(name, &text[..*end]))
                .find_map(|end| {
                    let mut found = captures(others, &text[end..])?;
                    found.insert(0, (name, &text[..end]));
                    Some(found)
                })
        }
    }
}

/// Returns `true` if `value` is valid for the placeholder `name`.
fn is_valid_for(name: &str, value: &str) -> bool {
    let digits = value.bytes().all(|byte| byte.is_ascii_digit());
    match name {
        "year" => digits && value.len() == 4,
        "month" | "day" => digits && value.len() == 2,
        "i_month" | "i_day" => digits && matches!(value.len(), 1 | 2),
        "hash" => {
            value.len() == 12
                && value
                    .bytes()
                    .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
        }
        _ => !value.is_empty(),
    }
}

#[cfg(test)]
mod tests {
    use super::read;
    use jiff::civil::date;
    use proptest::prelude::*;

    #[test]
    fn file_names_give_date_and_slug() {
        let day = Some(date(2024, 3, 5));
        for (pattern, stem, slug, expected) in [
            (":title.md", "a/My Post", "a/My Post", None),
            (
                ":year-:month-:day-:title.md",
                "2024-03-05-hello",
                "hello",
                day,
            ),
            (
                ":year-:i_month-:i_day-:title.md",
                "2024-3-5-x-y",
                "x-y",
                day,
            ),
            (":year/:month-:day-:title.md", "2024/03-05-x", "x", day),
            // A name that does not match the pattern is a slug.
            (
                ":year-:month-:day-:title.md",
                "About me/x",
                "About-me-x",
                None,
            ),
            (":year-:month-:day-:title.md", "2024-13-05-x", "x", None),
        ] {
            let name = read(pattern, stem);
            assert_eq!(
                (name.slug.as_str(), name.date),
                (slug, expected),
                "{pattern} {stem}"
            );
        }
    }

    #[test]
    fn other_placeholders_become_fields() {
        let name = read(":lang/:title.md", "en/hello");
        assert_eq!(name.extra, [("lang".to_owned(), "en".to_owned())]);
        assert_eq!(name.slug, "hello");
    }

    proptest! {
        #[test]
        fn any_file_name_is_parsed(stem in "\\PC{1,30}") {
            prop_assert_eq!(read(":title.md", &stem).slug, stem.clone());
            let dated = format!("2024-01-02-{stem}");
            prop_assert_eq!(read(":year-:month-:day-:title.md", &dated).slug, stem);
        }
    }
}
