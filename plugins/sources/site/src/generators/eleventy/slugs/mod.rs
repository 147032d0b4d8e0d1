//! Eleventy's filters `slugify` and `slug`. They use different packages with different tables
//! (`@sindresorhus/slugify` and `slugify`). Both return lower case, so the tables have no upper-case
//! letters.

use std::collections::HashMap;
use std::sync::LazyLock;

use icu_normalizer::DecomposingNormalizerBorrowed;
use regex::Regex;
use syndicate_api::nfc;

/// Replacements by the text that they replace.
type Table = HashMap<&'static str, &'static str>;

static SLUGIFY: LazyLock<Table> = LazyLock::new(|| table(include_str!("slugify.tsv")));
static SLUG: LazyLock<Table> = LazyLock::new(|| table(include_str!("slug.tsv")));

/// Further replacements of `slugify`.
const OVERRIDABLE: &[(&str, &str)] = &[("&", " and "), ("🦄", " unicorn "), ("♥", " love ")];

static DIACRITICS: LazyLock<Regex> = LazyLock::new(|| constant(r"\p{Diacritic}"));
static CONTRACTIONS: LazyLock<Regex> = LazyLock::new(|| constant(r"([a-z0-9]+)'([ts])(\s|$)"));
static SEPARATED: LazyLock<Regex> = LazyLock::new(|| constant("[^a-z0-9]+"));
static BLANKS: LazyLock<Regex> = LazyLock::new(|| constant(r"\s+"));

/// Characters that `slug` keeps.
const KEPT_CHARS: &str = "$*_+~.()'\"!-:@";

fn constant(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is a constant")
}

fn table(text: &'static str) -> Table {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let rows = lines.filter_map(|line| line.split_once('\t'));
    rows.flat_map(|(to, from)| from.split(' ').map(move |from| (from, to)))
        .collect()
}

/// Applies the replacements of a table; at each position the longest key wins.
fn replace_longest(text: &str, table: &Table) -> String {
    // The length in characters of the longest key of the tables.
    const MAX_KEY_CHARS: usize = 3;
    let mut replaced = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let ends = rest.char_indices().map(|(at, c)| at + c.len_utf8());
        let ends: Vec<usize> = ends.take(MAX_KEY_CHARS).collect();
        let found = ends
            .iter()
            .rev()
            .find_map(|end| Some((*end, *table.get(&rest[..*end])?)));
        match found {
            Some((end, to)) => {
                replaced.push_str(to);
                rest = &rest[end..];
            }
            None => {
                replaced.push(c);
                rest = &rest[c.len_utf8()..];
            }
        }
    }
    replaced
}

/// Returns the slug that Eleventy's filter `slugify` produces. Since Eleventy 3, the filter joins
/// contractions (`don't` becomes `dont`). Earlier versions (`is_old`) use another table for non-Latin
/// letters; for a text with such letters, this function returns `None`.
pub(super) fn slugify(text: &str, is_old: bool) -> Option<String> {
    const LAST_LATIN: char = '\u{24f}';
    if is_old && text.chars().any(|c| c > LAST_LATIN && c.is_alphanumeric()) {
        return None;
    }
    let mut slug = replace_longest(&nfc(text), &SLUGIFY);
    for (from, to) in OVERRIDABLE {
        slug = slug.replace(from, to);
    }
    let apart = DecomposingNormalizerBorrowed::new_nfd().normalize(&slug);
    let slug = DIACRITICS.replace_all(&apart, "");
    let mut slug = nfc(&slug).to_lowercase();
    if !is_old {
        slug = CONTRACTIONS.replace_all(&slug, "$1$2$3").into_owned();
    }
    let slug = SEPARATED.replace_all(&slug, "-");
    Some(slug.trim_matches('-').to_owned())
}

/// Returns the slug of the deprecated filter `slug`.
pub(super) fn slug(text: &str) -> String {
    let is_kept =
        |c: &char| c.is_ascii_alphanumeric() || c.is_whitespace() || KEPT_CHARS.contains(*c);
    let mut slug = String::with_capacity(text.len());
    for c in nfc(text).chars() {
        // The package reads UTF-16 code units, so its table has no character outside of the BMP.
        let own = c.encode_utf8(&mut [0; 4]).to_owned();
        match SLUG.get(own.as_str()).copied().unwrap_or(&own) {
            "-" => slug.push(' '),
            letters => slug.extend(letters.chars().filter(is_kept)),
        }
    }
    BLANKS.replace_all(slug.trim(), "-").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::{slug, slugify};

    #[test]
    fn contractions_join_since_eleventy_3() {
        let title = "What's new? Don't ask.";
        for (is_old, expected) in [
            (false, "whats-new-dont-ask"),
            (true, "what-s-new-don-t-ask"),
        ] {
            assert_eq!(slugify(title, is_old).as_deref(), Some(expected));
        }
        assert_eq!(slugify("Щит", true), None);
    }

    #[test]
    fn filters_replace_letters_and_symbols() {
        for (text, with_slugify, with_slug) in [
            (
                "Tom & Jerry: v2.0",
                "tom-and-jerry-v2-0",
                "tom-and-jerry:-v2.0",
            ),
            ("Größe – Ærø", "groesse-aero", "grosse-aero"),
            ("C++ (and C#)", "c-and-c", "c++-(and-c)"),
            ("100% of $5", "100-of-5", "100percent-of-dollar5"),
            ("Привет мир", "privet-mir", "privet-mir"),
            ("--a -- b--", "a-b", "a-b"),
        ] {
            assert_eq!(
                slugify(text, false).as_deref(),
                Some(with_slugify),
                "{text}"
            );
            assert_eq!(slug(text), with_slug, "{text}");
        }
    }
}
