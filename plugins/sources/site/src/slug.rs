//! Converts names to URL slugs.

/// Returns the slug of a text as Hexo's `slugize` makes it: runs of white space and ASCII punctuation
/// become one hyphen, Latin letters lose their accents, case is kept.
pub(crate) fn slugify(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for c in text.chars() {
        if c < '\u{20}' {
            continue;
        }
        if c.is_whitespace() || c.is_ascii_punctuation() {
            if !slug.is_empty() && !slug.ends_with('-') {
                slug.push('-');
            }
        } else {
            push_without_diacritic(&mut slug, c);
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

/// Lower-case Latin letters with diacritics, by the ASCII letters that replace them.
const DIACRITICS: &[(&str, &str)] = &[
    ("ae", "æǽǣ"),
    ("oe", "œ"),
    ("a", "àáâãäåāăąǎǟǡǻȁȃȧḁạảấầẩẫậắằẳẵặ"),
    ("b", "ḃḅḇ"),
    ("c", "çćĉċčḉ"),
    ("d", "ďḋḍḏḑḓđð"),
    ("e", "èéêëēĕėęěȅȇȩḕḗḙḛḝẹẻẽếềểễệ"),
    ("f", "ḟ"),
    ("g", "ĝğġģǧǵḡ"),
    ("h", "ĥȟḣḥḧḩḫẖħ"),
    ("i", "ìíîïĩīĭįǐȉȋḭḯỉịı"),
    ("j", "ĵǰ"),
    ("k", "ķǩḱḳḵ"),
    ("l", "ĺļľḷḹḻḽł"),
    ("m", "ḿṁṃ"),
    ("n", "ñńņňǹṅṇṉṋ"),
    ("o", "òóôõöōŏőơǒǫǭȍȏȫȭȯȱṍṏṑṓọỏốồổỗộớờởỡợø"),
    ("p", "ṕṗ"),
    ("r", "ŕŗřȑȓṙṛṝṟ"),
    ("s", "śŝşšșṡṣṥṧṩß"),
    ("t", "ţťțṫṭṯṱẗŧ"),
    ("u", "ùúûüũūŭůűųưǔǖǘǚǜȕȗṳṵṷṹṻụủứừửữự"),
    ("v", "ṽṿ"),
    ("w", "ŵẁẃẅẇẉẘ"),
    ("x", "ẋẍ"),
    ("y", "ýÿŷȳẏẙỳỵỷỹ"),
    ("z", "źżžẑẓẕ"),
];

fn push_without_diacritic(slug: &mut String, c: char) {
    match strip_diacritic(c) {
        Some(plain) => slug.push_str(&plain),
        None => slug.push(c),
    }
}

/// Returns the ASCII letters that replace a Latin letter with a diacritic; `None` for any other
/// character.
fn strip_diacritic(c: char) -> Option<String> {
    if c.is_ascii() {
        return None;
    }
    if c == 'İ' {
        // `İ` in lower case consists of two characters.
        return Some("I".to_owned());
    }
    let lower = c.to_lowercase().next().unwrap_or(c);
    let (plain, _) = DIACRITICS
        .iter()
        .find(|(_, marked)| marked.contains(lower))?;
    Some(if lower == c {
        (*plain).to_owned()
    } else {
        plain.to_uppercase()
    })
}

#[cfg(test)]
mod tests {
    use super::slugify;
    use proptest::prelude::*;

    #[test]
    fn slug_matches_hexo() {
        for (text, slug) in [
            ("Hello World", "Hello-World"),
            ("  C# & .NET -- tips!  ", "C-NET-tips"),
            ("Ünïcödé Ångström", "Unicode-Angstrom"),
            ("Smørrebrød Æon", "Smorrebrod-AEon"),
            ("世界 你好", "世界-你好"),
            ("a/b_c", "a-b-c"),
            ("!?", ""),
        ] {
            assert_eq!(slugify(text), slug, "{text}");
        }
    }

    proptest! {
        #[test]
        fn slugify_is_idempotent(text in "\\PC{0,40}") {
            let slug = slugify(&text);
            prop_assert_eq!(slugify(&slug), slug);
        }
    }
}
