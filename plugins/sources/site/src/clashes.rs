//! Posts of one site that would be one delivery, since they have the same `syndicate.id`, the same
//! address or the same file name. Neither is sent, because nothing shows which of them is meant.
//! Two posts at one address with a different `syndicate.id` each are two posts.

use std::collections::{BTreeMap, HashMap};

use syndicate_api::{Code, Diagnostic, FileSpan, Item, item_url_key, remove_shared_aliases};

use crate::identity::ID;

/// A fault names no more of the other posts.
const MAX_NAMED: usize = 3;

/// What two posts may share, in the order of looking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Shared {
    Id,
    /// The name of the file, in Unicode normalization form C.
    File,
    Address,
}

/// The items by what they share.
type Groups = HashMap<(Shared, String), Vec<usize>>;

/// Returns the items that clash with no other one, and a fault for each item that does. Aliases that
/// lead to several items are removed. `id_lines` has the line of `syndicate.id` by the file's path.
pub(crate) fn separate(
    mut items: Vec<Item>,
    id_lines: &BTreeMap<String, usize>,
) -> (Vec<Item>, Vec<Diagnostic>) {
    remove_shared_aliases(&mut items);
    let mut groups = Groups::new();
    for (at, item) in items.iter().enumerate() {
        for shared in [Shared::Id, Shared::File, Shared::Address] {
            if let Some(value) = shared.of(item) {
                groups.entry((shared, value)).or_default().push(at);
            }
        }
    }
    groups.retain(|_, members| members.len() > 1);
    let faults: Vec<Option<Diagnostic>> = (0..items.len())
        .map(|at| {
            let (shared, others) = clash(&items, &groups, at)?;
            Some(fault(&items, shared, at, &others, id_lines))
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

impl Shared {
    /// Returns the item's value.
    fn of(self, item: &Item) -> Option<String> {
        match self {
            Self::Id => id(item).map(str::to_owned),
            Self::File => {
                let is_file = |key: &&String| {
                    let name = key.strip_prefix(item.source.as_str());
                    name.is_some_and(|name| name.starts_with(':'))
                };
                item.keys.iter().find(is_file).cloned()
            }
            Self::Address => item_url_key(item),
        }
    }

    /// Returns what to do about it.
    fn hint(self) -> &'static str {
        match self {
            Self::Id => "give each of them a `syndicate.id` of its own",
            Self::File => "delete one of the files",
            Self::Address => {
                "give one of them another address, or each of them a `syndicate.id` of its own"
            }
        }
    }
}

/// Returns what the item at `at` shares with others, and these.
fn clash(items: &[Item], groups: &Groups, at: usize) -> Option<(Shared, Vec<usize>)> {
    let item = &items[at];
    [Shared::Id, Shared::File, Shared::Address]
        .into_iter()
        .find_map(|shared| {
            let members = groups.get(&(shared, shared.of(item)?))?;
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
    item.keys.iter().find_map(|key| key.strip_prefix(ID))
}

fn fault(
    items: &[Item],
    shared: Shared,
    at: usize,
    others: &[usize],
    id_lines: &BTreeMap<String, usize>,
) -> Diagnostic {
    let item = &items[at];
    let path = file_of(item).to_owned();
    let names = others.iter().map(|other| file_of(&items[*other]));
    let names = listed(&names.collect::<Vec<_>>());
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
            format!("it has the same address as {names}: `{url}`")
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

fn file_of(item: &Item) -> &str {
    let file = item.path.as_deref().or(item.page.as_deref());
    file.unwrap_or_else(|| item.label())
}

/// Returns names as a phrase: `a`, `b` and 3 more.
pub(crate) fn listed(names: &[&str]) -> String {
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
        keys.extend((!id.is_empty()).then(|| format!("{ID}{id}")));
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
        let (kept, faults) = separate(items.to_vec(), &lines);
        let kept = kept.iter().map(|item| item.label().to_owned());
        let faults = faults.iter().map(ToString::to_string);
        (kept.collect(), faults.collect())
    }

    #[test]
    fn clashing_items_are_all_faults() {
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
                format!("a.md: it has the same address as `b.md` and `c.md`: `{x}`"),
                format!("b.md: it has the same address as `a.md` and `c.md`: `{x}`"),
                format!("c.md: it has the same address as `a.md` and `b.md`: `{x}`"),
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
    fn different_ids_at_one_address_are_posts() {
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
            assert_eq!(listed(names), phrase);
        }
    }
}
