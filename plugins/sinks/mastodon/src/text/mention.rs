//! Mentions of accounts, such as `@jane@example.social`. An account of the same server needs no host.

use std::ops::Range;

/// A mention in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mention {
    /// The whole mention.
    pub(super) range: Range<usize>,
    /// The end of `@` and the name of the account, without the host.
    pub(super) name_end: usize,
}

/// Returns the mention of the account `target`, such as `jane@example.social` or `@jane@example.social`. Returns `None`
/// if it is not the address of an account.
pub(crate) fn handle(target: &str) -> Option<String> {
    let target = target.strip_prefix('@').unwrap_or(target);
    let mention = format!("@{target}");
    let found = mentions(&mention);
    (found.len() == 1 && found[0].range == (0..mention.len())).then_some(mention)
}

/// Returns the mentions in `text`, as Mastodon finds them: `@`, a name of ASCII letters, digits and `_` with `.` and `-`
/// inside, and perhaps `@` and a host.
pub(super) fn mentions(text: &str) -> Vec<Mention> {
    let mut mentions = Vec::new();
    let mut end = 0;
    for (at, _) in text.match_indices('@') {
        let before = text[..at].chars().next_back();
        let is_inside = |c: char| is_word(c) || "=/".contains(c);
        if at < end || before.is_some_and(is_inside) {
            continue;
        }
        let name = at + 1 + word_length(&text[at + 1..], |c| c.is_ascii_alphanumeric() || c == '_');
        if name == at + 1 {
            continue;
        }
        let host = text[name..]
            .strip_prefix('@')
            .map_or(0, |host| word_length(host, is_word));
        end = if host == 0 { name } else { name + 1 + host };
        mentions.push(Mention {
            range: at..end,
            name_end: name,
        });
    }
    mentions
}

/// Returns the length of the words at the start of `text`, joined by `.` and `-`.
fn word_length(text: &str, is_letter: impl Fn(char) -> bool) -> usize {
    let is_part = |c: char| is_letter(c) || ".-".contains(c);
    let run = &text[..text.find(|c| !is_part(c)).unwrap_or(text.len())];
    if !run.starts_with(&is_letter) {
        return 0;
    }
    run.trim_end_matches(['.', '-']).len()
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn handle_is_one_address() {
        for (target, expected) in [
            ("jane", Some("@jane")),
            ("@jane@example.social", Some("@jane@example.social")),
            ("j.a-n_e@xn--a.example", Some("@j.a-n_e@xn--a.example")),
            ("", None),
            ("@", None),
            ("Jane Doe", None),
            ("jane@", None),
            ("jane@example.social.", None),
            ("https://example.social/@jane", None),
            ("jané", None),
        ] {
            assert_eq!(handle(target).as_deref(), expected, "{target}");
        }
    }

    #[test]
    fn mention_needs_gap_before() {
        let found = |text: &str| -> Vec<String> {
            let mentions = mentions(text).into_iter();
            mentions
                .map(|mention| text[mention.range].to_owned())
                .collect()
        };
        assert_eq!(found("@a, (@b@c.org). @d@"), ["@a", "@b@c.org", "@d"]);
        assert!(found("a@b /@c =@d @é @").is_empty());
    }
}
