//! The dotenv report, which gives variables to later jobs. GitLab reads one `NAME=value` per line, without
//! quotes, comments or empty lines, refuses files of 5120 bytes and more, and expands `$NAME` in values
//! (`ParseDotenvArtifactService`).

/// The name of the report's file.
pub(crate) const DOTENV_FILE: &str = "syndicate.env";

/// Maximum size of the file.
const MAX_SIZE: usize = 5_000;

/// Formats the report: numbers, then lists. A list contains as many words as fit, separated by spaces; the
/// result says whether words were left out. No word contains white space.
pub(crate) fn format_dotenv(
    numbers: &[(&str, usize)],
    lists: &[(&str, Vec<String>)],
) -> (String, bool) {
    let mut text: String = numbers
        .iter()
        .map(|(name, number)| format!("{name}={number}\n"))
        .collect();
    let names: usize = lists.iter().map(|(name, _)| name.len() + 2).sum();
    let mut space = MAX_SIZE.saturating_sub(text.len() + names);
    let mut is_cut = false;
    for (name, words) in lists {
        let mut kept = Vec::new();
        for word in words {
            // GitLab would replace `$NAME` by the value of a variable.
            let word = word.replace('$', "%24");
            let is_word = !word.contains(|c: char| c.is_whitespace() || c.is_control());
            if is_word && word.len() < space && !is_cut {
                space -= word.len() + 1;
                kept.push(word);
            } else {
                is_cut = true;
            }
        }
        text.push_str(&format!("{name}={}\n", kept.join(" ")));
    }
    (text, is_cut)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    #[test]
    fn values_have_no_quotes() {
        let lists = [
            ("URLS", words(&["https://a/1", "https://a/$HOME"])),
            ("HASHES", vec![]),
        ];
        let (text, is_cut) = format_dotenv(&[("SENT", 2)], &lists);
        assert_eq!(
            text,
            "SENT=2\nURLS=https://a/1 https://a/%24HOME\nHASHES=\n"
        );
        assert!(!is_cut);
    }

    #[test]
    fn word_cannot_add_line() {
        let (text, is_cut) = format_dotenv(&[], &[("URLS", words(&["a\nPATH=b", "c"]))]);
        assert_eq!(text, "URLS=\n");
        assert!(is_cut);
    }

    #[test]
    fn file_stays_below_limit() {
        let long = vec!["x".repeat(71); 100];
        let (text, is_cut) = format_dotenv(&[("SENT", 1)], &[("HASHES", long)]);
        assert!(
            text.len() <= MAX_SIZE && text.len() > 4_900,
            "{}",
            text.len()
        );
        assert!(is_cut);
    }
}
