//! Names of shortcodes, tags and components that show what they hold to some readers alone, or to no
//! reader.

/// Parts of names that speak for themselves: `hugo-encryptor`, `PasswordProtected`.
const PARTS: &[&str] = &["encrypt", "password", "staticrypt", "pagecrypt"];

/// Names that say so alone, and in a longer name of a block.
const WORDS: &[&str] = &[
    "comment",
    "private",
    "protect",
    "protected",
    "protector",
    "secret",
];

/// Words that say so of a block, but may also name something else that is shown.
const BLOCK_WORDS: &[&str] = &[
    "locked",
    "member",
    "members",
    "membersonly",
    "paid",
    "paywall",
    "premium",
];

/// How sure it is that a name hides what it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Privacy {
    /// The name says nothing of it.
    Open,
    /// It does if it has an end.
    Block,
    /// It does in any case: without its end it hides the rest of the text.
    Private,
}

/// Returns what the name of a shortcode, a tag or an element says.
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

/// Returns the words of `kebab-case`, `snake_case` and `CamelCase`, in lower case.
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
    fn names_say_what_they_hide() {
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
