//! Drawings for terminals that have no characters but ASCII: frames and signs of ours are replaced by
//! the nearest there is. The words of a post stay as they are, whatever the terminal makes of them,
//! apart from signs that we use as well.

/// `drawing` without the signs that a plain terminal lacks.
#[must_use]
pub(crate) fn to_ascii(drawing: &str) -> String {
    let mut plain = String::with_capacity(drawing.len());
    for character in drawing.chars() {
        plain.push_str(match character {
            '│' => "|",
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

/// Whether a terminal with these variables shows ASCII alone: one that calls itself dumb, or a locale
/// that says so. A locale that is not set at all says nothing, as in most containers.
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
    fn the_frame_is_ascii_and_the_words_stay() {
        assert_eq!(to_ascii("│ Größe → x …"), "| Größe -> x ...");
    }

    #[test]
    fn the_locale_and_the_terminal_tell() {
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
