//! Recognises names of shortcodes, tags and components whose content is hidden from some or all readers.

/// Substrings that mark a name as private in any position: `hugo-encryptor`, `PasswordProtected`.
const PARTS: &[&str] = &["encrypt", "password", "staticrypt", "pagecrypt"];

/// Names that are private as a whole; as part of a longer name, only for a block.
const WORDS: &[&str] = &[
    "comment",
    "private",
    "protect",
    "protected",
    "protector",
    "secret",
];

/// Words that mark a block as private but may also name something visible.
const BLOCK_WORDS: &[&str] = &[
    "locked",
    "member",
    "members",
    "membersonly",
    "paid",
    "paywall",
    "premium",
];

/// The degree of certainty that a name hides its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Privacy {
    /// The content is visible.
    Open,
    /// The content is hidden if there is an end tag.
    Block,
    /// The content is hidden; without an end tag, so is the rest of the text.
    Private,
}

/// Returns the privacy that the name of a shortcode, tag or element implies.
pub(super) fn privacy(name: &str) -> Privacy {
    let lower = name.to_ascii_lowercase();
    let words = words(name);
    let has = |known: &[&str]| words.iter().any(|word| known.contains(&word.as_str()));
    if PARTS.iter().any(|part| lower.contains(part)) || WORDS.contains(&lower.as_str()) {
        Privacy::Private
    } else if has(WORDS) || has(BLOCK_WORDS) {
        Privacy::Block
    } else {
        Privacy::Open
    }
}

/// Splits `kebab-case`, `snake_case` and `CamelCase` into words in lower case.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut was_lower = false;
    for c in name.chars() {
        if !c.is_alphanumeric() || c.is_uppercase() && was_lower {
            words.push(String::new());
        }
        if c.is_alphanumeric()
            && let Some(word) = words.last_mut()
        {
            word.extend(c.to_lowercase());
        }
        was_lower = c.is_lowercase();
    }
    words
}

#[cfg(test)]
mod tests {
    use super::{Privacy, privacy};

    #[test]
    fn names_imply_privacy() {
        for (name, expected) in [
            ("hugo-encryptor", Privacy::Private),
            ("fixit_encryptor", Privacy::Private),
            ("PasswordProtected", Privacy::Private),
            ("Secret", Privacy::Private),
            ("comment", Privacy::Private),
            ("members-only", Privacy::Block),
            ("comment-form", Privacy::Block),
            ("comments", Privacy::Open),
            ("unlocked", Privacy::Open),
            ("blockquote", Privacy::Open),
            ("secretary", Privacy::Open),
        ] {
            assert_eq!(privacy(name), expected, "{name}");
        }
    }
}
