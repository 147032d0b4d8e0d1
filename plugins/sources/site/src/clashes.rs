//! Finds posts of one site that would be one delivery because they have the same `syndicate.id`, the
//! same URL or the same file name. None of them is sent, because nothing shows which one is meant. Two
//! posts with the same URL are distinct if each has its own `syndicate.id`.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use rustc_hash::FxHashMap;
use syndicate_api::{Code, Diagnostic, FileSpan, Item, item_url_key, remove_shared_aliases};

use crate::identity::ID_PREFIX;

/// The maximum number of other posts that a diagnostic names.
const MAX_NAMED: usize = 3;

/// A property that two posts may share, in the order of checking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Shared {
    Id,
    /// The file's name in Unicode normalization form C.
    File,
    Address,
}

/// The indexes of items that share a property, by property and value.
type Groups = HashMap<(Shared, String), Vec<usize>>;

/// Splits `items` into those that clash with no other, and one diagnostic for each of the rest.
/// Aliases that several items share are removed. `id_lines` maps a file's path to the line of its
/// `syndicate.id`.
pub(crate) fn separate(
    mut items: Vec<Arc<Item>>,
    id_lines: &BTreeMap<String, usize>,
) -> (Vec<Arc<Item>>, Vec<Diagnostic>) {
    remove_shared_aliases(&mut items);
    let groups = groups_of(&items);
    if groups.is_empty() {
        return (items, Vec::new());
    }
    let faults: Vec<Option<Diagnostic>> = (0..items.len())
        .map(|at| {
            let (shared, others) = find_clash(&items, &groups, at)?;
            Some(clash_diagnostic(&items, shared, at, &others, id_lines))
        })
        .collect();
    let (mut kept, mut clashing) = (Vec::with_capacity(items.len()), Vec::new());
    for (item, fault) in items.into_iter().zip(faults) {
        match fault {
            Some(fault) => clashing.push(fault),
            None => kept.push(item),
        }
    }
    (kept, clashing)
}

/// Returns the groups of two or more items.
fn groups_of(items: &[Arc<Item>]) -> Groups {
    let mut groups = Groups::new();
    for shared in [Shared::Id, Shared::File, Shared::Address] {
        let mut firsts: FxHashMap<&str, usize> = FxHashMap::default();
        for (at, item) in items.iter().enumerate() {
            let Some(value) = shared.of(item) else {
                continue;
            };
            let first = *firsts.entry(value).or_insert(at);
            if first != at {
                let members = groups.entry((shared, value.to_owned()));
                members.or_insert_with(|| vec![first]).push(at);
            }
        }
    }
    groups
}

impl Shared {
    /// Returns the item's value of this property.
    fn of(self, item: &Item) -> Option<&str> {
        match self {
            Self::Id => id(item),
            Self::File => {
                let is_file = |key: &&String| {
                    let name = key.strip_prefix(item.source.as_str());
                    name.is_some_and(|name| name.starts_with(':'))
                };
                item.keys.iter().find(is_file).map(String::as_str)
            }
            Self::Address => item_url_key(item),
        }
    }

    /// Returns the hint for a clash in this property.
    fn hint(self) -> &'static str {
        match self {
            Self::Id => "give each of them its own `syndicate.id`",
            Self::File => "delete one of the files",
            Self::Address => "give one of them another URL, or each of them its own `syndicate.id`",
        }
    }
}

/// Returns the property that the item at index `at` shares with other items, and the indexes of those
/// items.
fn find_clash(items: &[Arc<Item>], groups: &Groups, at: usize) -> Option<(Shared, Vec<usize>)> {
    let item = &items[at];
    [Shared::Id, Shared::File, Shared::Address]
        .into_iter()
        .find_map(|shared| {
            let members = groups.get(&(shared, shared.of(item)?.to_owned()))?;
            let others = members
                .iter()
                .copied()
                .filter(|other| *other != at && !have_different_ids(item, &items[*other]));
            let others: Vec<usize> = others.collect();
            (!others.is_empty()).then_some((shared, others))
        })
}

fn have_different_ids(one: &Item, other: &Item) -> bool {
    matches!((id(one), id(other)), (Some(one), Some(other)) if one != other)
}

/// Returns the item's `syndicate.id`.
fn id(item: &Item) -> Option<&str> {
    item.keys.iter().find_map(|key| key.strip_prefix(ID_PREFIX))
}

fn clash_diagnostic(
    items: &[Arc<Item>],
    shared: Shared,
    at: usize,
    others: &[usize],
    id_lines: &BTreeMap<String, usize>,
) -> Diagnostic {
    let item = &items[at];
    let path = file_label(item).to_owned();
    let names = others.iter().map(|other| file_label(&items[*other]));
    let names = join_names(&names.collect::<Vec<_>>());
    let message = match shared {
        Shared::Id => {
            let id = id(item).unwrap_or_default();
            format!("it has the same `syndicate.id` as {names}: `{id}`")
        }
        Shared::File => {
            format!("its name differs from that of {names} only in its Unicode form")
        }
        Shared::Address => {
            let url = item.url.as_deref().unwrap_or_default();
            format!("it has the same URL as {names}: `{url}`")
        }
    };
    let line = match shared {
        Shared::Id => id_lines.get(&path).copied(),
        Shared::File | Shared::Address => None,
    };
    Diagnostic::new(Code::IdentityClash, message)
        .in_file(path)
        .at(line.map(FileSpan::of_line))
        .with_hint(shared.hint())
}

fn file_label(item: &Item) -> &str {
    let file = item.path.as_deref().or(item.page.as_deref());
    file.unwrap_or_else(|| item.label())
}

/// Joins names into a phrase: `a`, `b` and 3 more.
pub(crate) fn join_names(names: &[&str]) -> String {
    let (shown, rest) = names.split_at(names.len().min(MAX_NAMED));
    let quoted: Vec<String> = shown.iter().map(|name| format!("`{name}`")).collect();
    match (quoted.as_slice(), rest.len()) {
        ([before @ .., last], 0) if !before.is_empty() => {
            format!("{} and {last}", before.join(", "))
        }
        (_, 0) => quoted.concat(),
        (_, more) => format!("{} and {more} more", quoted.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(path: &str, url: &str, id: &str) -> Item {
        let mut keys = vec![url.trim_end_matches('/').to_owned(), format!("blog:{path}")];
        keys.extend((!id.is_empty()).then(|| format!("{ID_PREFIX}{id}")));
        Item {
            keys,
            source: "blog".to_owned(),
            path: Some(path.to_owned()),
            url: Some(url.to_owned()),
            ..Item::default()
        }
    }

    fn separated(items: &[Item]) -> (Vec<String>, Vec<String>) {
        let lines = BTreeMap::from([("a.md".to_owned(), 3)]);
        let (kept, faults) = separate(items.iter().cloned().map(Arc::new).collect(), &lines);
        let kept = kept.iter().map(|item| item.label().to_owned());
        let faults = faults.iter().map(ToString::to_string);
        (kept.collect(), faults.collect())
    }

    #[test]
    fn clashing_items_are_all_reported() {
        let x = "https://a.org/x/";
        let other = item("z.md", "https://a.org/z/", "");
        let (kept, faults) = separated(&[
            item("a.md", x, ""),
            item("b.md", x, "b"),
            item("c.md", x, ""),
            other.clone(),
        ]);
        assert_eq!(kept, ["z.md"]);
        assert_eq!(
            faults,
            [
                format!("a.md: it has the same URL as `b.md` and `c.md`: `{x}`"),
                format!("b.md: it has the same URL as `a.md` and `c.md`: `{x}`"),
                format!("c.md: it has the same URL as `a.md` and `b.md`: `{x}`"),
            ]
        );
        let (kept, faults) = separated(&[
            item("a.md", x, "same"),
            item("b.md", "https://a.org/y/", "same"),
            other,
        ]);
        assert_eq!(kept, ["z.md"]);
        assert_eq!(
            faults,
            [
                "a.md:3: it has the same `syndicate.id` as `b.md`: `same`",
                "b.md: it has the same `syndicate.id` as `a.md`: `same`",
            ]
        );
    }

    #[test]
    fn different_ids_at_one_url_are_posts() {
        let x = "https://a.org/x/";
        let (kept, faults) = separated(&[item("a.md", x, "1"), item("b.md", x, "2")]);
        assert_eq!(kept, ["a.md", "b.md"]);
        assert!(faults.is_empty(), "{faults:?}");
        let without = item("c.md", x, "");
        let (kept, faults) = separated(&[item("a.md", x, "1"), item("b.md", x, "2"), without]);
        assert!(kept.is_empty(), "{kept:?}");
        assert_eq!(faults.len(), 3);
    }

    #[test]
    fn many_names_are_counted() {
        for (names, phrase) in [
            (&["a"][..], "`a`"),
            (&["a", "b"], "`a` and `b`"),
            (&["a", "b", "c"], "`a`, `b` and `c`"),
            (&["a", "b", "c", "d", "e"], "`a`, `b`, `c` and 2 more"),
        ] {
            assert_eq!(join_names(names), phrase);
        }
    }
}
