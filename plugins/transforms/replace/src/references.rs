//! Finds the groups that a replacement refers to. The library replaces an unknown group by nothing.

use regex::Regex;

/// Returns the first group that `replacement` refers to and `pattern` lacks, such as `1st` of `$1st`.
pub(crate) fn unknown_reference<'r>(replacement: &'r str, pattern: &Regex) -> Option<&'r str> {
    let mut rest = replacement;
    while let Some(at) = rest.find('$') {
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix('$') {
            rest = after;
            continue;
        }
        let name = match rest.strip_prefix('{').and_then(|rest| rest.split_once('}')) {
            Some((name, _)) => name,
            None => &rest[..name_length(rest)],
        };
        if !name.is_empty() && !has_group(pattern, name) {
            return Some(name);
        }
    }
    None
}

/// Returns the length of the letters, digits and `_` at the start of `text`, which the library reads as a name.
fn name_length(text: &str) -> usize {
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    text.find(|c| !is_name(c)).unwrap_or(text.len())
}

fn has_group(pattern: &Regex, name: &str) -> bool {
    match name.parse::<usize>() {
        Ok(number) => number < pattern.captures_len(),
        Err(_) => pattern.capture_names().flatten().any(|known| known == name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_groups_are_found() {
        let pattern = Regex::new("(a)(?<word>b)").unwrap();
        for (replacement, expected) in [
            ("", None),
            ("$0 $1 ${2} $word ${word}s", None),
            ("$$3 costs $ and 5$", None),
            ("$3", Some("3")),
            ("$1st", Some("1st")),
            ("${1}st", None),
            ("${words}", Some("words")),
            ("$$$other", Some("other")),
        ] {
            assert_eq!(
                unknown_reference(replacement, &pattern),
                expected,
                "{replacement}"
            );
        }
    }
}
