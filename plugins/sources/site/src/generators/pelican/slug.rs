//! `pelican.utils.slugify`. Pelican writes every letter in ASCII first; what letters of other scripts
//! become there is not known here.

use regex::Regex;
use serde_json::Value;

use crate::slug::without_mark;

/// `SLUG_REGEX_SUBSTITUTIONS` as Pelican has it.
const SUBSTITUTIONS: [(&str, &str); 4] = [
    (r"[^\w\s-]", ""),
    (r"\A\s*", ""),
    (r"\s*\z", ""),
    (r"[-\s]+", "-"),
];

/// Signs whose place letters or other signs take (`unidecode`).
const SIGNS: &[(char, &str)] = &[
    ('ß', "ss"),
    ('þ', "th"),
    ('Þ', "Th"),
    ('–', "-"),
    ('—', "--"),
    ('→', "-"),
    ('€', "EUR"),
    ('£', "PS"),
    ('©', "c"),
    ('®', "r"),
    ('™', "TM"),
    ('°', "deg"),
    ('×', "x"),
    ('µ', "u"),
    ('²', "2"),
    ('³', "3"),
    ('½', "12"),
    ('§', "SS"),
];

/// Makes slugs by the site's settings.
#[derive(Clone, Debug)]
pub(super) struct Slugs {
    substitutions: Vec<(Regex, String)>,
    keeps_case: bool,
    keeps_letters: bool,
}

impl Slugs {
    /// The rules that the settings give, and the pattern among them that is not understood; Pelican's
    /// own take their place then.
    pub(super) fn read(
        substitutions: Option<&Value>,
        keeps_case: bool,
        keeps_letters: bool,
    ) -> (Self, Option<String>) {
        let own = substitutions.and_then(Value::as_array);
        let own = own.map(|pairs| compiled(pairs.iter().filter_map(pair)));
        let (own, strange) = match own {
            Some(Ok(own)) => (Some(own), None),
            Some(Err(pattern)) => (None, Some(pattern)),
            None => (None, None),
        };
        let slugs = Self {
            substitutions: own.unwrap_or_else(|| {
                compiled(SUBSTITUTIONS).expect("the patterns are constant and tested")
            }),
            keeps_case,
            keeps_letters,
        };
        (slugs, strange)
    }

    /// The slug of `text`; `None` where it has letters of which the ASCII form is not known.
    pub(super) fn slug(&self, text: &str) -> Option<String> {
        let mut slug = if self.keeps_letters {
            text.to_owned()
        } else {
            ascii(text)?
        };
        for (regex, to) in &self.substitutions {
            slug = regex.replace_all(&slug, to.as_str()).into_owned();
        }
        if !self.keeps_case {
            slug = slug.to_lowercase();
        }
        Some(slug.trim().to_owned())
    }
}

/// A pattern of Python as one of Rust.
pub(super) fn translated(pattern: &str) -> String {
    pattern.replace("(?u)", "").replace("\\Z", "\\z")
}

fn pair(pair: &Value) -> Option<(&str, &str)> {
    Some((pair.get(0)?.as_str()?, pair.get(1)?.as_str()?))
}

/// `Err` is the pattern that is not understood.
fn compiled<'a>(
    pairs: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Result<Vec<(Regex, String)>, String> {
    let compiled = pairs.into_iter().map(|(from, to)| {
        let regex = Regex::new(&format!("(?i){}", translated(from)));
        Ok((regex.map_err(|_| from)?, to.replace('\\', "$")))
    });
    compiled.collect()
}

fn ascii(text: &str) -> Option<String> {
    let mut ascii = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii() {
            ascii.push(c);
        } else if let Some((_, sign)) = SIGNS.iter().find(|(sign, _)| *sign == c) {
            ascii.push_str(sign);
        } else if let Some(letters) = without_mark(c) {
            ascii.push_str(&letters);
        } else if c.is_whitespace() {
            ascii.push(' ');
        } else if c.is_alphanumeric() {
            return None;
        }
    }
    Some(ascii)
}

#[cfg(test)]
mod tests {
    use super::Slugs;
    use serde_json::json;

    /// The slugs are those of Pelican 4.12.
    #[test]
    fn slugs_are_pelicans() {
        let slugs = Slugs::read(None, false, false).0;
        for (text, slug) in [
            ("Hello, World!", Some("hello-world")),
            ("  C# & .NET -- tips  ", Some("c-net-tips")),
            ("snake_case x.y", Some("snake_case-xy")),
            ("Don’t “quote” – me…", Some("dont-quote-me")),
            ("Ünïcödé Straße", Some("unicode-strasse")),
            ("100% 🎉 party", Some("100-party")),
            ("- a -", Some("-a-")),
            ("Привет", None),
        ] {
            assert_eq!(slugs.slug(text).as_deref(), slug, "{text}");
        }
    }

    #[test]
    fn the_settings_change_the_rules() {
        let keeps = Slugs::read(None, true, true).0;
        assert_eq!(keeps.slug("Привет Ünï").as_deref(), Some("Привет-Ünï"));

        let own = json!([
            ["C\\#", "CSharp"],
            ["[^\\w\\s-]", ""],
            ["(?u)\\s+\\Z", ""],
            ["[-\\s]+", "_"]
        ]);
        let own = Slugs::read(Some(&own), false, false).0;
        assert_eq!(own.slug("C# tips! ").as_deref(), Some("csharp_tips"));

        let lookahead = json!([["(?=x)", ""]]);
        let (usual, strange) = Slugs::read(Some(&lookahead), false, false);
        assert_eq!(strange.as_deref(), Some("(?=x)"));
        assert_eq!(usual.slug("A b").as_deref(), Some("a-b"));
    }
}
