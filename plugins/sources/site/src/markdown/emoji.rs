//! Replaces GitHub's names of emoji: `:rocket:`.

use std::collections::HashMap;
use std::sync::LazyLock;

/// The emoji by their names. build.rs takes them from the crate `emojis`.
static EMOJI: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| {
    let lines = include_str!(concat!(env!("OUT_DIR"), "/emoji.txt")).lines();
    lines.filter_map(|line| line.split_once(' ')).collect()
});

/// Returns the text with the names of emoji replaced. Unknown names are kept.
pub(super) fn replace_emoji_names(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(':') {
        shown.push_str(before);
        let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '+' | '-');
        let length = after.find(|c: char| !is_part(c)).unwrap_or(after.len());
        let end = after[length..].strip_prefix(':');
        let emoji = end.and_then(|_| EMOJI.get(&after[..length]));
        match (emoji, end) {
            (Some(emoji), Some(end)) => {
                shown.push_str(emoji);
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
    use super::{EMOJI, replace_emoji_names};

    #[test]
    fn packed_names_equal_crate() {
        let mut count = 0;
        for emoji in emojis::iter() {
            for name in emoji.shortcodes() {
                assert_eq!(EMOJI.get(name), Some(&emoji.as_str()), "{name}");
                count += 1;
            }
        }
        assert_eq!(EMOJI.len(), count);
    }

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
