//! The attributes of a tag.

use std::ops::Range;

use super::decode;

/// Returns the value of the attribute `name`, regardless of case, with its character references replaced.
#[must_use]
pub fn attribute(attributes: &str, name: &str) -> Option<String> {
    let mut ranges = attribute_ranges(attributes).into_iter();
    let (_, value) = ranges.find(|(key, _)| attributes[key.clone()].eq_ignore_ascii_case(name))?;
    Some(decode(&attributes[value]).into_owned())
}

/// Returns the ranges of names and values in `attributes`, in order. The values keep their character references, and
/// attributes without a value are left out.
#[must_use]
pub fn attribute_ranges(attributes: &str) -> Vec<(Range<usize>, Range<usize>)> {
    let mut ranges = Vec::new();
    let is_space = |c: char| c.is_ascii_whitespace();
    let skip = |at: usize, skipped: &dyn Fn(char) -> bool| {
        let rest = &attributes[at..];
        at + rest.find(|c| !skipped(c)).unwrap_or(rest.len())
    };
    let mut at = 0;
    loop {
        let name = skip(at, &|c| is_space(c) || matches!(c, '/' | '='));
        if name == attributes.len() {
            return ranges;
        }
        let name_end = skip(name, &|c| !is_space(c) && !matches!(c, '/' | '='));
        let equals = skip(name_end, &is_space);
        if !attributes[equals..].starts_with('=') {
            at = name_end;
            continue;
        }
        let value = skip(equals + 1, &is_space);
        let quote = attributes[value..].chars().next();
        let (value, end) = match quote.filter(|c| matches!(c, '"' | '\'')) {
            Some(quote) => (value + 1, skip(value + 1, &|c| c != quote)),
            None => (value, skip(value, &|c| !is_space(c))),
        };
        ranges.push((name..name_end, value..end));
        // A closing quote is skipped with the value.
        at = (end + usize::from(end < attributes.len())).min(attributes.len());
    }
}

#[cfg(test)]
mod tests {
    use super::attribute_ranges;

    fn values(attributes: &str) -> Vec<(&str, &str)> {
        let ranges = attribute_ranges(attributes).into_iter();
        ranges
            .map(|(name, value)| (&attributes[name], &attributes[value]))
            .collect()
    }

    #[test]
    fn values_are_as_written() {
        let attributes = " hidden SRC = 'a b' alt=\"&eacute;\" width=3 x/";
        let expected = [("SRC", "a b"), ("alt", "&eacute;"), ("width", "3")];
        assert_eq!(values(attributes), expected);
        assert_eq!(values("href=\"open"), [("href", "open")]);
        assert_eq!(values("a=1 b=''"), [("a", "1"), ("b", "")]);
        assert_eq!(values(""), []);
    }
}
