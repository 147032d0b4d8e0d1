//! The rules on authors. Sites write one author as `Jane Doe`, `jane-doe`, `JANÉ DOE` or as a key of a list, so names
//! are compared without case, accents and punctuation.

use syndicate_api::{Item, nfc};

use crate::names::{NameRules, listed};

/// The rules of the option `authors`.
pub(crate) struct AuthorRules {
    rules: NameRules,
}

impl AuthorRules {
    pub(crate) fn new(rules: &NameRules) -> Self {
        Self {
            rules: rules.clone(),
        }
    }

    /// Returns the first rule that the item's authors do not match, as the reason for skipping it.
    pub(crate) fn reason(&self, item: &Item) -> Option<String> {
        let NameRules { any, all, none } = &self.rules;
        if any.is_empty() && all.is_empty() && none.is_empty() {
            return None;
        }
        let known = names(item);
        let has = |wanted: &String| known.contains(&comparable(wanted));
        if let Some(author) = none.iter().find(|wanted| has(wanted)) {
            return Some(format!("its author is `{author}`"));
        }
        let is_missing = all.iter().any(|wanted| !has(wanted));
        let is_other = !any.is_empty() && !any.iter().any(has);
        (is_missing || is_other).then(|| described(item))
    }
}

/// Returns all names and keys of the item's authors, in comparable form.
fn names(item: &Item) -> Vec<String> {
    let listed = item
        .authors
        .iter()
        .flat_map(|author| [Some(author.name.as_str()), author.key.as_deref()]);
    let all = listed.chain([item.author.as_deref()]).flatten();
    // A name with a comma may be one author, such as `Doe, Jane`, or several.
    all.flat_map(|name| std::iter::once(name).chain(name.split([',', ';'])))
        .map(comparable)
        .filter(|name| !name.is_empty())
        .collect()
}

/// Names the item's authors as the reason for skipping it.
fn described(item: &Item) -> String {
    let names: Vec<String> = match item.authors.as_slice() {
        [] => item.author.iter().cloned().collect(),
        authors => authors.iter().map(|author| author.name.clone()).collect(),
    };
    match names.as_slice() {
        [] => "has no author".to_owned(),
        [name] => format!("its author is `{name}`"),
        names => format!("its authors are {}", listed(names)),
    }
}

/// Returns the form in which two spellings of one name are equal.
fn comparable(name: &str) -> String {
    let composed = nfc(name);
    if composed.chars().all(is_latin) {
        slug::slugify(&*composed)
    } else {
        // A transliteration of other scripts would make different names equal.
        let lower = composed.to_lowercase();
        let words = lower.split(|c: char| !c.is_alphanumeric());
        let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
        words.join("-")
    }
}

/// Returns `true` for ASCII, and for Latin letters with and without accents.
fn is_latin(c: char) -> bool {
    matches!(c, '\0'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' | '\u{2010}'..='\u{201f}')
}
