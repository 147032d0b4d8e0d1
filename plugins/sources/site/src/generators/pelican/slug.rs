//! The function `pelican.utils.slugify`: strips tags, normalizes to Unicode form KC, transliterates to
//! ASCII unless the site keeps Unicode, and applies the site's substitutions.

use icu_normalizer::ComposingNormalizerBorrowed;
use regex::Regex;
use serde_json::Value;
use syndicate_api::text::collapse_whitespace;
use syndicate_api::text::html::{HtmlToken, decode, tokens};

use super::ascii::ascii;

/// Pelican's default for `SLUG_REGEX_SUBSTITUTIONS`.
const SUBSTITUTIONS: [(&str, &str); 4] = [
    (r"[^\w\s-]", ""),
    (r"\A\s*", ""),
    (r"\s*\z", ""),
    (r"[-\s]+", "-"),
];

/// Slugifies text by the site's settings.
#[derive(Clone, Debug)]
pub(super) struct Slugs {
    substitutions: Vec<(Regex, String)>,
    keeps_case: bool,
    keeps_letters: bool,
}

impl Slugs {
    /// Reads the settings. If a pattern is invalid, uses Pelican's default patterns and returns that pattern as
    /// well.
    pub(super) fn read(
        substitutions: Option<&Value>,
        keeps_case: bool,
        keeps_letters: bool,
    ) -> (Self, Option<String>) {
        let own = substitutions.and_then(Value::as_array);
        let own = own.map(|pairs| compile(pairs.iter().filter_map(pair)));
        let (own, invalid_pattern) = match own {
            Some(Ok(own)) => (Some(own), None),
            Some(Err(pattern)) => (None, Some(pattern)),
            None => (None, None),
        };
        let slugs = Self {
            substitutions: own.unwrap_or_else(|| {
                compile(SUBSTITUTIONS).expect("the patterns are constant and tested")
            }),
            keeps_case,
            keeps_letters,
        };
        (slugs, invalid_pattern)
    }

    /// Returns the slug of `text`.
    pub(super) fn slug(&self, text: &str) -> String {
        let text = without_tags(text);
        let text = ComposingNormalizerBorrowed::new_nfkc().normalize(&text);
        let mut slug = if self.keeps_letters {
            text.into_owned()
        } else {
            ascii(&text)
        };
        for (regex, to) in &self.substitutions {
            slug = regex.replace_all(&slug, to.as_str()).into_owned();
        }
        if !self.keeps_case {
            slug = slug.to_lowercase();
        }
        slug.trim().to_owned()
    }
}

/// Returns the text of `html` with collapsed white space (`Markup.striptags`).
fn without_tags(html: &str) -> String {
    let texts = tokens(html).filter_map(|token| match token {
        HtmlToken::Text(text) => Some(text),
        HtmlToken::Open(..) | HtmlToken::Close(_) | HtmlToken::Comment(_) => None,
    });
    decode(&collapse_whitespace(&texts.collect::<String>())).into_owned()
}

/// Converts a regular expression from Python's to Rust's syntax.
pub(super) fn to_rust_regex(pattern: &str) -> String {
    pattern.replace("(?u)", "").replace("\\Z", "\\z")
}

fn pair(pair: &Value) -> Option<(&str, &str)> {
    Some((pair.get(0)?.as_str()?, pair.get(1)?.as_str()?))
}

/// Compiles patterns.
///
/// # Errors
/// Returns the first invalid pattern.
fn compile<'a>(
    pairs: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Result<Vec<(Regex, String)>, String> {
    let compiled = pairs.into_iter().map(|(from, to)| {
        let regex = Regex::new(&format!("(?i){}", to_rust_regex(from)));
        Ok((regex.map_err(|_| from)?, to.replace('\\', "$")))
    });
    compiled.collect()
}

#[cfg(test)]
mod tests {
    use super::Slugs;
    use serde_json::json;

    /// Expected slugs are those of Pelican 4.12.
    #[test]
    fn slugs_match_pelican() {
        let slugs = Slugs::read(None, false, false).0;
        for (text, slug) in [
            ("Hello, World!", "hello-world"),
            ("  C# & .NET -- tips  ", "c-net-tips"),
            ("snake_case x.y", "snake_case-xy"),
            ("Don’t “quote” – me…", "dont-quote-me"),
            ("Ünïcödé Straße", "unicode-strasse"),
            ("100% 🎉 party", "100-party"),
            ("- a -", "-a-"),
            ("Щука и ёж", "shchuka-i-iozh"),
            ("Tom &amp; <em>Jerry</em>", "tom-jerry"),
            ("２０２６年 ﬂow Ⅳ", "2026nian-flow-iv"),
        ] {
            assert_eq!(slugs.slug(text), slug, "{text}");
        }
    }

    #[test]
    fn slug_settings_change_rules() {
        let keeps = Slugs::read(None, true, true).0;
        assert_eq!(keeps.slug("Привет Ünï"), "Привет-Ünï");

        let own = json!([
            ["C\\#", "CSharp"],
            ["[^\\w\\s-]", ""],
            ["(?u)\\s+\\Z", ""],
            ["[-\\s]+", "_"]
        ]);
        let own = Slugs::read(Some(&own), false, false).0;
        assert_eq!(own.slug("C# tips! "), "csharp_tips");

        let lookahead = json!([["(?=x)", ""]]);
        let (usual, invalid_pattern) = Slugs::read(Some(&lookahead), false, false);
        assert_eq!(invalid_pattern.as_deref(), Some("(?=x)"));
        assert_eq!(usual.slug("A b"), "a-b");
    }
}
