//! Converts names to paths as Hugo does ("URL management", Hugo's documentation, and its function
//! `paths.Sanitize`): spaces become hyphens, a few special characters are kept, others are removed, and
//! the result is in lower case unless the site disables that. In titles and slugs, any run of spaces and
//! removed characters becomes one hyphen; in names of files and folders, each space does.

use std::sync::LazyLock;

use icu_normalizer::DecomposingNormalizerBorrowed;
use regex::Regex;
use syndicate_api::nfc;

use crate::generators::settings::Settings;
use crate::urls::decode;

/// Matches letters, decimal digits and marks. The standard library cannot distinguish decimal digits from
/// other numbers.
static WORD: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^[\p{L}\p{Nd}\p{M}]$").expect("the pattern is a constant"));

/// Matches nonspacing marks.
static MARK: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^\p{Mn}$").expect("the pattern is a constant"));

/// Special characters that are kept.
const KEPT_CHARS: &str = "./\\_#+~-@";

/// The settings of a site that affect paths.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Style {
    /// The setting `disablePathToLower`.
    pub(super) keeps_case: bool,
    /// The setting `removePathAccents`.
    pub(super) drops_accents: bool,
}

impl Style {
    /// Reads the style of the site with these settings.
    pub(super) fn read(settings: &Settings) -> Self {
        Self {
            keeps_case: settings.flag("disablepathtolower"),
            drops_accents: settings.flag("removepathaccents"),
        }
    }

    /// Returns the path of a title, a slug or an expanded pattern (`MakePathSanitized`).
    pub(super) fn path(self, text: &str) -> String {
        let mut path = sanitize(text);
        if self.drops_accents {
            path = remove_accents(&path);
        }
        if self.keeps_case {
            path
        } else {
            lowercase(&path)
        }
    }

    /// Returns the URL path of a file or folder.
    pub(super) fn file_path(self, path: &str) -> String {
        self.path(&self.logical_path(path))
    }

    /// Returns the logical path of a file or folder, which settings and other pages use to refer to it
    /// (`NormalizePathStringBasic`).
    pub(super) fn logical_path(self, path: &str) -> String {
        if self.keeps_case {
            path.to_owned()
        } else {
            lowercase(path).replace(' ', "-")
        }
    }

    /// Returns a value as it is inserted into a pattern (`URLize`). Hugo parses it as a URL, which drops an
    /// empty fragment.
    pub(super) fn token(self, text: &str) -> String {
        let path = self.path(text);
        match path.split_once('#') {
            Some((path, "")) => path.to_owned(),
            _ => path,
        }
    }
}

/// Converts to lower case as Go does, character by character: `İ` becomes `i` and each `Σ` becomes `σ`.
fn lowercase(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.chars()
        .filter_map(|c| c.to_lowercase().next())
        .collect()
}

/// Decodes percent codes and replaces `+` by a space, as Hugo does with an expanded pattern
/// (`url.QueryUnescape`).
pub(super) fn decode_query(text: &str) -> String {
    decode(&text.replace('+', " "))
}

/// Removes combining marks from letters. Letters that do not decompose, such as `ø`, are kept.
fn remove_accents(text: &str) -> String {
    let apart = DecomposingNormalizerBorrowed::new_nfd().normalize(text);
    let letters = apart
        .chars()
        .filter(|c| !MARK.is_match(c.encode_utf8(&mut [0; 4])));
    nfc(&letters.collect::<String>()).into_owned()
}

fn sanitize(text: &str) -> String {
    let mut path = String::with_capacity(text.len());
    // `true` if a space was skipped since the last character that was kept.
    let mut spaced = false;
    let mut last = None;
    for (at, c) in text.char_indices() {
        if is_kept(c, &text[at..]) {
            if spaced && c != '-' {
                path.push('-');
            }
            spaced = false;
            path.push(c);
            last = Some(c);
        } else if c.is_whitespace() && last.is_some_and(|last| last != '-') {
            spaced = true;
        }
    }
    path
}

/// Returns `true` if `c`, the first character of `rest`, is kept.
fn is_kept(c: char, rest: &str) -> bool {
    match c {
        c if c.is_ascii_alphanumeric() => true,
        '%' => {
            let code = rest.as_bytes().get(1..3);
            code.is_some_and(|code| code.iter().all(u8::is_ascii_hexdigit))
        }
        c if c.is_ascii() => KEPT_CHARS.contains(c),
        c => WORD.is_match(c.encode_utf8(&mut [0; 4])),
    }
}

#[cfg(test)]
mod tests {
    use super::Style;
    use proptest::prelude::*;

    #[test]
    fn paths_match_hugo() {
        for (name, path) in [
            ("Hello World", "hello-world"),
            ("a+b c++", "a+b-c++"),
            ("per%cent 100%", "per%cent-100"),
            ("it's (a) [b] & c!", "its-a-b-c"),
            ("mermaid.js", "mermaid.js"),
            ("Üñï_cödé-- x  - y", "üñï_cödé--x-y"),
            ("世界 你好", "世界-你好"),
            ("a,b;c=d@e~f#g", "abcd@e~f#g"),
            ("½²e", "e"),
            ("de\u{301}compose", "de\u{301}compose"),
            ("emoji😀x", "emojix"),
            ("dot..x", "dot..x"),
            ("-lead-", "-lead-"),
            (" a ", "a"),
            ("My Slug & Co/Two", "my-slug-co/two"),
            ("İzmir ΣΑΣ", "izmir-σασ"),
        ] {
            assert_eq!(Style::default().path(name), path, "{name}");
        }
        for (name, path) in [
            ("Rock & Roll", "rock--roll"),
            ("x – y — z", "x--y--z"),
            (" & tail ", "--tail-"),
            ("tab\t\tx", "tab-x"),
            ("a - b/c  d", "a---b/c--d"),
        ] {
            assert_eq!(Style::default().file_path(name), path, "{name}");
        }
        for (name, token) in [("C#", "c"), ("C#!", "c"), ("a#b", "a#b"), ("a##", "a##")] {
            assert_eq!(Style::default().token(name), token, "{name}");
        }
        let style = Style {
            keeps_case: true,
            drops_accents: true,
        };
        assert_eq!(style.path("Ünï Cödé e\u{301} Ørø"), "Uni-Code-e-Ørø");
    }

    proptest! {
        #[test]
        fn path_conversion_is_idempotent(name in "\\PC{0,30}") {
            let path = Style::default().path(&name);
            prop_assert_eq!(Style::default().path(&path), path);
        }
    }
}
