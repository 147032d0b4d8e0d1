//! Suggestions for misspelt names. A name is a misspelling of a known name if few edits lead to it: one edit, and
//! one more for every four characters of the known name. Case does not count. A name that ends with a known
//! one, as `access_token` does with `token`, counts too.

/// Returns the name of `known` that `name` most likely misspells.
#[must_use]
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let name = name.to_lowercase();
    let known: Vec<&str> = known.into_iter().collect();
    let distance = |known: &str| strsim::damerau_levenshtein(&name, &known.to_lowercase());
    let near = known.iter().map(|known| (distance(known), *known));
    let near = near.filter(|(distance, known)| *distance <= 1 + known.len() / 4);
    let nearest = near.min().map(|(_, known)| known);
    let is_end = |known: &&str| name.ends_with(&format!("_{}", known.to_lowercase()));
    nearest.or_else(|| known.iter().copied().find(is_end))
}

/// Returns `did you mean …?` if one of `known` is similar to `name`.
#[must_use]
pub fn did_you_mean<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    nearest(name, known).map(|known| format!("did you mean `{known}`?"))
}

/// Returns `did you mean …?` if one of `known` is similar to `name`, else the list of known names. Returns `None`
/// if there are none.
#[must_use]
pub fn suggest(name: &str, known: &[&str]) -> Option<String> {
    did_you_mean(name, known.iter().copied()).or_else(|| one_of(known))
}

/// Returns `one of …` with the names in backticks; `None` if there are none.
pub(crate) fn one_of(names: &[&str]) -> Option<String> {
    (!names.is_empty()).then(|| format!("one of `{}`", names.join("`, `")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn misspelt_name_gets_nearest() {
        assert_eq!(nearest("titel", ["date", "title"]), Some("title"));
        assert_eq!(nearest("TITLE", ["date", "title"]), Some("title"));
        assert_eq!(nearest("access_token", ["date", "token"]), Some("token"));
        assert_eq!(nearest("colour", ["date", "title"]), None);
        let hint = suggest("titel", &["date", "title"]);
        assert_eq!(hint.as_deref(), Some("did you mean `title`?"));
        let hint = suggest("colour", &["date", "title"]);
        assert_eq!(hint.as_deref(), Some("one of `date`, `title`"));
        assert_eq!(suggest("colour", &[]), None);
    }
}
