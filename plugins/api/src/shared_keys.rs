//! Removes URLs that several items of a source share. An alias of two posts, or an alias that is the URL of a
//! third post, identifies none of them.

use std::collections::HashSet;
use std::sync::Arc;

use crate::{Item, normalise_url, normalise_url_with_fragment};

/// Removes from each item's keys the aliases and canonical URLs that another item has as its own URL, or that
/// several items have. The item's own URL stays.
pub fn remove_shared_aliases(items: &mut [Arc<Item>]) {
    let own: Vec<Option<usize>> = items.iter().map(|item| url_key_index(item)).collect();
    let keyed = || items.iter().zip(&own);
    let owned: HashSet<&str> = keyed()
        .filter_map(|(item, own)| Some(item.keys[(*own)?].as_str()))
        .collect();
    let mut known: HashSet<&str> = HashSet::new();
    let mut shared: HashSet<String> = HashSet::new();
    for (item, own) in keyed() {
        for alias in aliases(item, *own) {
            if owned.contains(alias) || !known.insert(alias) {
                shared.insert(alias.to_owned());
            }
        }
    }
    if shared.is_empty() {
        return;
    }
    for (item, own) in items.iter_mut().zip(own) {
        let own = own.map(|at| item.keys[at].clone());
        let is_kept = |key: &String| Some(key) == own.as_ref() || !shared.contains(key);
        if !item.keys.iter().all(is_kept) {
            Arc::make_mut(item).keys.retain(is_kept);
        }
    }
}

/// Returns the key with the item's own URL, if it has one.
#[must_use]
pub fn item_url_key(item: &Item) -> Option<&str> {
    url_key_index(item).map(|at| item.keys[at].as_str())
}

/// Returns the index of the key with the item's own URL.
fn url_key_index(item: &Item) -> Option<usize> {
    let url = item.url.as_deref()?;
    let find = |form: Option<String>| {
        let form = form?;
        item.keys.iter().position(|key| *key == form)
    };
    find(normalise_url_with_fragment(url)).or_else(|| find(normalise_url(url)))
}

/// Returns the URLs among the keys of an item apart from its own, whose index is `own`.
fn aliases(item: &Item, own: Option<usize>) -> impl Iterator<Item = &str> {
    let own = own.map(|at| item.keys[at].as_str());
    let keys = item.keys.iter().map(String::as_str);
    keys.filter(move |key| key.starts_with("https://") && Some(*key) != own)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(url: &str, keys: &[&str]) -> Arc<Item> {
        Arc::new(Item {
            url: Some(url.to_owned()),
            keys: keys.iter().map(|key| (*key).to_owned()).collect(),
            ..Item::default()
        })
    }

    #[test]
    fn shared_aliases_are_not_keys() {
        let mut items = [
            item(
                "https://a.org/1/",
                &["https://a.org/1", "https://a.org/old", "blog:1.md"],
            ),
            item(
                "https://a.org/2/",
                &["https://a.org/2", "https://a.org/old", "https://a.org/two"],
            ),
            item(
                "https://a.org/3/",
                &["https://a.org/3", "https://a.org/1", "id:three"],
            ),
        ];
        remove_shared_aliases(&mut items);
        assert_eq!(items[0].keys, ["https://a.org/1", "blog:1.md"]);
        assert_eq!(items[1].keys, ["https://a.org/2", "https://a.org/two"]);
        assert_eq!(items[2].keys, ["https://a.org/3", "id:three"]);
    }

    #[test]
    fn url_key_may_have_fragment() {
        let keys = ["https://a.org/log#v2", "news:2"];
        let mut items = [
            item("https://a.org/log#v2", &keys),
            item("https://a.org/log", &["https://a.org/log"]),
        ];
        assert_eq!(item_url_key(&items[0]), Some(keys[0]));
        remove_shared_aliases(&mut items);
        assert_eq!(items[0].keys, keys);
        Arc::make_mut(&mut items[0]).keys.remove(0);
        assert_eq!(item_url_key(&items[0]), None);
    }
}
