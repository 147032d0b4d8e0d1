//! Language tags. The server refuses a post with a tag that is not well-formed BCP 47.

/// Returns `true` if `text` is a language tag of the form that sites use: language, script, region and variants. Rarer
/// forms, which are well-formed too, are not sent.
pub(crate) fn is_language(text: &str) -> bool {
    let mut subtags = text.split('-').peekable();
    let is = |subtag: &str, lengths: &[usize], allowed: fn(&char) -> bool| {
        lengths.contains(&subtag.len()) && subtag.chars().all(|c| allowed(&c))
    };
    let primary = subtags.next().unwrap_or_default();
    if !is(primary, &[2, 3], char::is_ascii_lowercase) {
        return false;
    }
    subtags.next_if(|subtag| is(subtag, &[4], char::is_ascii_alphabetic));
    subtags.next_if(|subtag| {
        is(subtag, &[2], char::is_ascii_alphabetic) || is(subtag, &[3], char::is_ascii_digit)
    });
    let mut variants: Vec<String> = subtags.map(str::to_ascii_lowercase).collect();
    let count = variants.len();
    let is_variant = |variant: &String| {
        is(variant, &[5, 6, 7, 8], char::is_ascii_alphanumeric)
            || (variant.starts_with(|c: char| c.is_ascii_digit())
                && is(variant, &[4], char::is_ascii_alphanumeric))
    };
    let are_variants = variants.iter().all(is_variant);
    variants.sort();
    variants.dedup();
    are_variants && variants.len() == count
}

#[cfg(test)]
mod tests {
    use super::is_language;

    #[test]
    fn language_tags_follow_grammar() {
        for tag in [
            "en",
            "deu",
            "pt-BR",
            "zh-Hans",
            "zh-Hans-CN",
            "es-419",
            "de-1996",
            "sl-rozaj",
        ] {
            assert!(is_language(tag), "{tag}");
        }
        for tag in [
            "",
            "e",
            "EN",
            "english",
            "en_US",
            "en-",
            "en-x",
            "de-1996-1996",
            "en US",
        ] {
            assert!(!is_language(tag), "{tag}");
        }
    }
}
