//! The tags of an article: at most four, of lower-case letters and digits ("validate_name", Forem's `Tag`).

/// The largest number of tags.
const MAX_TAGS: usize = 4;

/// The longest tag, in characters. A shortened tag would be another one, so longer ones are left out.
const MAX_LENGTH: usize = 30;

/// Names that lose their meaning without their punctuation, with the site's tags for them.
const NAMES: &[(&str, &str)] = &[
    ("c++", "cpp"),
    ("c#", "csharp"),
    ("f#", "fsharp"),
    (".net", "dotnet"),
    ("asp.net", "aspdotnet"),
];

/// Returns the first tags that the site accepts, each once.
pub(crate) fn encode(tags: &[String]) -> Vec<String> {
    let mut encoded: Vec<String> = Vec::new();
    for tag in tags.iter().map(|tag| name(tag)) {
        let fits = (1..=MAX_LENGTH).contains(&tag.chars().count());
        if fits && !encoded.contains(&tag) && encoded.len() < MAX_TAGS {
            encoded.push(tag);
        }
    }
    encoded
}

fn name(tag: &str) -> String {
    let tag = tag.trim().to_lowercase();
    let named = NAMES.iter().find(|(written, _)| *written == tag);
    if let Some((_, name)) = named {
        return (*name).to_owned();
    }
    let kept = tag.chars();
    kept.filter(|c| c.is_alphabetic() || c.is_ascii_digit())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_keep_letters_and_digits() {
        for (tag, expected) in [
            ("Rust", "rust"),
            ("Social Sharing", "socialsharing"),
            ("web-dev_2", "webdev2"),
            ("#100DaysOfCode", "100daysofcode"),
            ("C++", "cpp"),
            ("C#", "csharp"),
            (".NET", "dotnet"),
            ("Café", "café"),
            ("日本語", "日本語"),
        ] {
            assert_eq!(encode(&[tag.to_owned()]), [expected], "{tag}");
        }
    }

    #[test]
    fn tags_are_four_distinct_ones() {
        let long = "x".repeat(31);
        let tags = ["a", "A!", "?", &long, "b", "c", "d", "e"].map(str::to_owned);
        assert_eq!(encode(&tags), ["a", "b", "c", "d"]);
    }
}
