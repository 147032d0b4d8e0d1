//! Replaces GitHub's names of emoji: `:rocket:`.

/// Returns the text with the names of emoji replaced. Unknown names are kept.
pub(super) fn replace_emoji_names(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(':') {
        shown.push_str(before);
        let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '+' | '-');
        let length = after.find(|c: char| !is_part(c)).unwrap_or(after.len());
        let end = after[length..].strip_prefix(':');
        let emoji = end.and_then(|_| emojis::get_by_shortcode(&after[..length]));
        match (emoji, end) {
            (Some(emoji), Some(end)) => {
                shown.push_str(emoji.as_str());
                rest = end;
            }
            _ => {
                shown.push(':');
                shown.push_str(&after[..length]);
                rest = &after[length..];
            }
        }
    }
    shown.push_str(rest);
    shown
}

#[cfg(test)]
mod tests {
    use super::replace_emoji_names;

    #[test]
    fn known_names_become_emoji() {
        for (text, shown) in [
            ("Lift off :rocket: at ten.", "Lift off 🚀 at ten."),
            (":+1::white_check_mark:!", "👍✅!"),
            ("10:30:20 and std::fs::File", "10:30:20 and std::fs::File"),
            (":no_such_emoji: :open", ":no_such_emoji: :open"),
            ("x:rocket:y:", "x🚀y:"),
        ] {
            assert_eq!(replace_emoji_names(text), shown);
        }
    }
}
