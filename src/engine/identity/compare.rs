//! Compares two items by evidence. A value that one side lacks, and texts of different kinds, count
//! neither for nor against equality. Items in different languages are never the same post.

use syndicate_api::ItemEvidence;

/// The result of comparing one value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Equal,
    Different,
    /// One side lacks the value.
    Unknown,
}

impl Verdict {
    fn of<T: PartialEq>(a: Option<&T>, b: Option<&T>) -> Self {
        match (a, b) {
            (Some(a), Some(b)) if a == b => Self::Equal,
            (Some(_), Some(_)) => Self::Different,
            _ => Self::Unknown,
        }
    }
}

/// The result of comparing two items.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Comparison {
    pub(super) title: Verdict,
    pub(super) day: Verdict,
    pub(super) text: Verdict,
    /// `true` if neither has a date.
    pub(super) is_undated: bool,
    pub(super) is_other_language: bool,
}

impl Comparison {
    /// Compares `record` with `item`; `is_common` returns `true` for titles that a third item has as well.
    pub(super) fn of(
        record: &ItemEvidence,
        item: &ItemEvidence,
        is_common: impl Fn(&String) -> bool,
    ) -> Self {
        let a = record.title.as_ref().filter(|title| !is_common(title));
        let b = item.title.as_ref().filter(|title| !is_common(title));
        let text = match (&record.text, &item.text) {
            (Some(a), Some(b)) if a.kind != b.kind => Verdict::Unknown,
            (a, b) => Verdict::of(a.as_ref(), b.as_ref()),
        };
        Self {
            title: Verdict::of(a, b),
            day: Verdict::of(record.day.as_ref(), item.day.as_ref()),
            text,
            is_undated: record.day.is_none() && item.day.is_none(),
            is_other_language: Verdict::of(record.lang.as_ref(), item.lang.as_ref())
                == Verdict::Different,
        }
    }

    /// Returns `true` if any value agrees.
    pub(super) fn agrees(&self) -> bool {
        !self.is_other_language && self.has_equal()
    }

    /// Returns `true` if any value is equal, in any language.
    pub(super) fn has_equal(&self) -> bool {
        self.values().contains(&Verdict::Equal)
    }

    /// Returns the degree of similarity: an equal text counts most, an equal date least.
    pub(super) fn likeness(&self) -> u8 {
        let weights = [2, 1, 4];
        let equal = self.values().into_iter().zip(weights);
        equal
            .filter(|(value, _)| *value == Verdict::Equal)
            .map(|(_, weight)| weight)
            .sum()
    }

    /// Returns `true` if both have the same text. A translation is not a copy.
    pub(super) fn is_copy(&self) -> bool {
        !self.is_other_language && self.text == Verdict::Equal
    }

    /// Returns `true` if no value can be compared.
    pub(super) fn is_empty(&self) -> bool {
        self.values().iter().all(|value| *value == Verdict::Unknown)
    }

    /// Returns `true` if no value agrees and at least two differ. A corrected title or a new date alone does
    /// not make another post.
    pub(super) fn is_another(&self) -> bool {
        let different = self
            .values()
            .into_iter()
            .filter(|value| *value == Verdict::Different);
        !self.has_equal() && different.count() >= 2
    }

    /// Returns `true` if two items at one path with different URLs are certainly the same post.
    pub(super) fn is_same_at_path(&self) -> bool {
        use Verdict::Equal;
        if self.is_other_language {
            return false;
        }
        let dated = self.day == Equal && (self.title == Equal || self.text == Equal);
        let undated = self.is_undated && self.title == Equal && self.text == Equal;
        dated || undated || self.is_empty()
    }

    /// Returns `true` if a new item is certainly the vanished one.
    pub(super) fn is_same_as_vanished(&self) -> bool {
        use Verdict::Equal;
        let dated = self.day == Equal || (self.is_undated && self.title == Equal);
        !self.is_other_language && self.text == Equal && dated
    }

    fn values(&self) -> [Verdict; 3] {
        [self.title, self.day, self.text]
    }
}

#[cfg(test)]
mod tests {
    use syndicate_api::{TextDigest, TextKind};

    use super::*;

    fn evidence(title: &str, day: &str, text: &str, lang: &str) -> ItemEvidence {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        ItemEvidence {
            title: some(title),
            day: some(day).map(|day| day.parse().unwrap()),
            text: some(text).map(|digest| TextDigest {
                kind: TextKind::Markdown,
                digest,
            }),
            lang: some(lang),
        }
    }

    fn compare(a: (&str, &str, &str), b: (&str, &str, &str)) -> Comparison {
        let (a, b) = (evidence(a.0, a.1, a.2, ""), evidence(b.0, b.1, b.2, ""));
        Comparison::of(&a, &b, |_| false)
    }

    const DAY: &str = "2026-11-20";
    const OTHER: &str = "2026-11-21";

    #[test]
    fn same_path_needs_day_and_title_or_text() {
        for (a, b, same, agrees) in [
            (("t", DAY, "x"), ("t", DAY, "y"), true, true),
            (("t", DAY, "x"), ("u", DAY, "x"), true, true),
            (("t", DAY, "x"), ("u", DAY, "y"), false, true),
            (("t", DAY, "x"), ("t", OTHER, "x"), false, true),
            (("t", "", "x"), ("t", "", "x"), true, true),
            (("t", "", "x"), ("t", "", "y"), false, true),
            (("t", DAY, "x"), ("t", "", "x"), false, true),
            (("t", DAY, "x"), ("u", OTHER, "y"), false, false),
            (("", "", ""), ("u", OTHER, "y"), true, false),
        ] {
            let comparison = compare(a, b);
            assert_eq!(comparison.is_same_at_path(), same, "{a:?} {b:?}");
            assert_eq!(comparison.agrees(), agrees, "{a:?} {b:?}");
        }
    }

    #[test]
    fn vanished_needs_text_and_day() {
        for (a, b, same) in [
            (("t", DAY, "x"), ("u", DAY, "x"), true),
            (("t", DAY, "x"), ("t", OTHER, "x"), false),
            (("t", "", "x"), ("t", "", "x"), true),
            (("t", "", "x"), ("u", "", "x"), false),
            (("t", DAY, ""), ("t", DAY, ""), false),
            (("", "", ""), ("t", DAY, "x"), false),
        ] {
            assert_eq!(compare(a, b).is_same_as_vanished(), same, "{a:?} {b:?}");
        }
    }

    #[test]
    fn languages_and_kinds_of_text_part() {
        let (a, b) = (evidence("t", DAY, "x", "en"), evidence("t", DAY, "x", "de"));
        let translated = Comparison::of(&a, &b, |_| false);
        assert!(!translated.agrees() && !translated.is_same_at_path());
        let mut page = evidence("t", DAY, "x", "");
        page.text = Some(TextDigest {
            kind: TextKind::Page,
            digest: "x".to_owned(),
        });
        let kinds = Comparison::of(&evidence("", "", "x", ""), &page, |_| false);
        assert_eq!(kinds.text, Verdict::Unknown);
        let common = Comparison::of(&a, &a, |title| title == "t");
        assert_eq!(common.title, Verdict::Unknown);
    }

    #[test]
    fn another_post_differs_in_two_values() {
        assert!(compare(("t", DAY, "x"), ("u", OTHER, "y")).is_another());
        assert!(!compare(("t", DAY, "x"), ("t", OTHER, "y")).is_another());
        assert!(!compare(("t", "", ""), ("u", "", "")).is_another());
    }
}
