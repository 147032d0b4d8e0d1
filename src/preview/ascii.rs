//! Converts terminal output for terminals that support only ASCII: each symbol that this program draws is
//! replaced by its nearest equivalent. Other characters of a post stay.

/// Replaces the symbols of `drawing` that are not ASCII.
#[must_use]
pub(crate) fn to_ascii(drawing: &str) -> String {
    let mut plain = String::with_capacity(drawing.len());
    for character in drawing.chars() {
        plain.push_str(match character {
            '│' | '▌' => "|",
            '╭' | '╮' => ".",
            '╰' => "`",
            '╯' => "'",
            '─' => "-",
            '└' => "`",
            '┆' => ":",
            '▒' => "#",
            '→' => "->",
            '×' => "x",
            '·' => "-",
            '…' => "...",
            '↻' => "@",
            '○' => "o",
            other => {
                plain.push(other);
                continue;
            }
        });
    }
    plain
}

/// Returns `true` if the environment variables name a terminal without Unicode: `TERM=dumb`, or a
/// locale other than UTF-8. An unset locale counts as UTF-8, because containers often set none.
#[must_use]
pub(crate) fn is_ascii_terminal(variable: impl Fn(&str) -> Option<String>) -> bool {
    if variable("TERM").as_deref() == Some("dumb") {
        return true;
    }
    let set = |name| variable(name).filter(|value: &String| !value.is_empty());
    let locale = set("LC_ALL")
        .or_else(|| set("LC_CTYPE"))
        .or_else(|| set("LANG"));
    let Some(locale) = locale else { return false };
    match locale.split_once('.') {
        Some((_, charset)) => {
            let charset = charset.split('@').next().unwrap_or_default();
            !charset.replace('-', "").eq_ignore_ascii_case("utf8")
        }
        None => matches!(locale.as_str(), "C" | "POSIX"),
    }
}

#[cfg(test)]
mod tests {
    use super::{is_ascii_terminal, to_ascii};

    #[test]
    fn ascii_replaces_frame_keeps_text() {
        assert_eq!(to_ascii("│ Größe → x …"), "| Größe -> x ...");
    }

    #[test]
    fn ascii_terminal_follows_locale() {
        let of = |pairs: &[(&str, &str)]| {
            is_ascii_terminal(|name| {
                let found = pairs.iter().find(|(known, _)| *known == name);
                found.map(|(_, value)| (*value).to_owned())
            })
        };
        assert!(!of(&[]));
        assert!(of(&[("LANG", "C")]));
        assert!(of(&[("LANG", "de_DE.ISO-8859-1")]));
        assert!(!of(&[("LANG", "C.UTF-8")]));
        assert!(!of(&[("LANG", "C"), ("LC_ALL", "en_GB.utf8")]));
        assert!(of(&[("LANG", "C.UTF-8"), ("TERM", "dumb")]));
    }
}
