//! Removes URLs that several items of a source share. An alias of two posts, or an alias that is the URL of a
//! third post, identifies none of them.

use std::collections::{HashMap, HashSet};

use crate::{Item, normalise_url, normalise_url_with_fragment};

/// Removes from each item's keys the aliases and canonical URLs that another item has as its own URL, or that
/// several items have. The item's own URL stays.
pub fn remove_shared_aliases(items: &mut [Item]) {
    let own: Vec<Option<String>> = items.iter().map(item_url_key).collect();
    let owned: HashSet<&str> = own.iter().flatten().map(String::as_str).collect();
    let mut holders: HashMap<String, usize> = HashMap::new();
    for (item, own) in items.iter().zip(&own) {
        for alias in item.keys.iter().filter(|key| is_alias(key, own.as_deref())) {
            *holders.entry(alias.clone()).or_default() += 1;
        }
    }
    for (item, own) in items.iter_mut().zip(&own) {
        item.keys.retain(|key| {
            let is_shared = owned.contains(key.as_str()) || holders.get(key) > Some(&1);
            !is_alias(key, own.as_deref()) || !is_shared
        });
    }
}

/// Returns the key with the item's own URL, if it has one.
#[must_use]
pub fn item_url_key(item: &Item) -> Option<String> {
    let url = item.url.as_deref()?;
    let forms = [normalise_url_with_fragment(url), normalise_url(url)];
    let mut forms = forms.into_iter().flatten();
    forms.find(|form| item.keys.contains(form))
}

fn is_alias(key: &str, own: Option<&str>) -> bool {
    key.starts_with("https://") && Some(key) != own
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(url: &str, keys: &[&str]) -> Item {
        Item {
            url: Some(url.to_owned()),
            keys: keys.iter().map(|key| (*key).to_owned()).collect(),
            ..Item::default()
        }
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
        assert_eq!(item_url_key(&items[0]).as_deref(), Some(keys[0]));
        remove_shared_aliases(&mut items);
        assert_eq!(items[0].keys, keys);
        items[0].keys.remove(0);
        assert_eq!(item_url_key(&items[0]), None);
    }
}
