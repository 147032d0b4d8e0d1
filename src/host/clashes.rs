//! Finds items of one source that would be one delivery because they have the same key. None of them is sent, because
//! nothing shows which one is meant.

use std::collections::HashMap;
use std::sync::Arc;

use syndicate_api::{Code, Diagnostic, Item, remove_shared_aliases};

/// Splits `items` into those that clash with no other, and one diagnostic for each of the rest. Aliases that several
/// items share are removed.
pub(super) fn separate(mut items: Vec<Arc<Item>>) -> (Vec<Arc<Item>>, Vec<Diagnostic>) {
    remove_shared_aliases(&mut items);
    let mut holders: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, item) in items.iter().enumerate() {
        for key in &item.keys {
            holders.entry(key).or_default().push(at);
        }
    }
    let mut faults: Vec<Option<Diagnostic>> = items.iter().map(|_| None).collect();
    for (key, holders) in holders.iter().filter(|(_, holders)| holders.len() > 1) {
        for at in holders {
            let mut others = holders.iter().filter(|other| *other != at);
            let other = others.next().map_or("", |other| items[*other].label());
            let message = format!("it has the same key `{key}` as `{other}`");
            let fault = Diagnostic::new(Code::IdentityClash, message)
                .in_file(items[*at].label())
                .with_hint("give each item its own address, path and id");
            // The first key in the order of texts, so that the message does not change from run to run.
            let earlier = faults[*at].as_ref().map(|earlier| earlier.message.clone());
            if earlier.is_none_or(|earlier| fault.message < earlier) {
                faults[*at] = Some(fault);
            }
        }
    }
    let (mut kept, mut clashing) = (Vec::with_capacity(items.len()), Vec::new());
    for (item, fault) in items.into_iter().zip(faults) {
        match fault {
            Some(fault) => clashing.push(fault),
            None => kept.push(item),
        }
    }
    (kept, clashing)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(path: &str, keys: &[&str]) -> Arc<Item> {
        Arc::new(Item {
            path: Some(path.to_owned()),
            keys: keys.iter().map(|key| (*key).to_owned()).collect(),
            ..Item::default()
        })
    }

    #[test]
    fn items_with_one_key_are_not_sent() {
        let (kept, clashing) = separate(vec![
            item("a", &["https://s.example/a", "notes:a"]),
            item("b", &["notes:b", "id:x"]),
            item("c", &["notes:c", "id:x"]),
        ]);
        let kept: Vec<&str> = kept.iter().map(|item| item.label()).collect();
        assert_eq!(kept, ["a"]);
        let lines: Vec<String> = clashing.iter().map(ToString::to_string).collect();
        let expected = [
            "b: it has the same key `id:x` as `c`",
            "c: it has the same key `id:x` as `b`",
        ];
        assert_eq!(lines, expected);
    }
}
