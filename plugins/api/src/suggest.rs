//! Suggestions for misspelt names. A name is a misspelling of a known name if few edits lead to it: one edit, and
//! one more for every four characters of the known name. Case does not count. A name that ends with a known
//! one, as `access_token` does with `token`, counts too.

/// Returns the name of `known` that `name` most likely misspells.
#[must_use]
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let name = name.to_lowercase();
    let known: Vec<&str> = known.into_iter().collect();
    let distance = |known: &str| {
        let (max, lower) = (1 + known.len() / 4, known.to_lowercase());
        let is_near = has_similar_letters(&name, &lower, max);
        let distance = is_near.then(|| strsim::damerau_levenshtein(&name, &lower));
        distance.filter(|distance| *distance <= max)
    };
    let near = known
        .iter()
        .filter_map(|known| Some((distance(known)?, *known)));
    let nearest = near.min().map(|(_, known)| known);
    let is_end = |known: &&str| {
        let before = name.strip_suffix(known.to_lowercase().as_str());
        before.is_some_and(|before| before.ends_with('_'))
    };
    nearest.or_else(|| known.iter().copied().find(is_end))
}

/// Returns `false` if more than `max` edits are needed to give both texts the same letters in any order, so that their
/// distance is larger, too. Most texts differ so much, and the distance takes much longer to compute.
fn has_similar_letters(one: &str, other: &str, max: usize) -> bool {
    if one.is_ascii() && other.is_ascii() && one.len().abs_diff(other.len()) > max {
        return false;
    }
    let mut surplus = [0_i32; 256];
    for byte in one.bytes() {
        surplus[usize::from(byte)] += 1;
    }
    for byte in other.bytes() {
        surplus[usize::from(byte)] -= 1;
    }
    let sum = |sign: i32| -> i32 { surplus.iter().map(|count| (sign * count).max(0)).sum() };
    // A character has up to four bytes.
    let bytes = if one.is_ascii() && other.is_ascii() {
        1
    } else {
        4
    };
    sum(1).max(sum(-1)).unsigned_abs() as usize <= max * bytes
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

    proptest::proptest! {
        #[test]
        fn near_texts_have_similar_letters(one in "[abcéD_]{0,8}", other in "[abcéD_]{0,8}", max in 0..5_usize) {
            let is_near = strsim::damerau_levenshtein(&one, &other) <= max;
            proptest::prop_assert!(!is_near || has_similar_letters(&one, &other, max));
        }
    }

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
