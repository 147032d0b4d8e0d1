//! Finds a delivery's commentary in the front matter: for its sink, for sinks of its type, or for all
//! sinks. The first of these wins, as in the engine.

use syndicate_api::{Item, Overrides};

const COMMENTARY: &str = "commentary";

/// A commentary in front matter, with the path of its key below `syndicate:`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct CommentaryEdit<'a> {
    pub(super) keys: Vec<&'a str>,
    pub(super) text: &'a str,
}

/// Returns the commentary that `item` sets for `sink`, which is of type `kind`.
pub(super) fn commentary_of<'a>(
    item: &'a Item,
    sink: &'a str,
    kind: &'a str,
) -> Option<CommentaryEdit<'a>> {
    all_commentaries(item, sink, kind).next()
}

/// Returns every commentary that applies to `sink`, in order of precedence.
pub(super) fn all_commentaries<'a>(
    item: &'a Item,
    sink: &'a str,
    kind: &'a str,
) -> impl Iterator<Item = CommentaryEdit<'a>> {
    let Overrides {
        sink_commentary,
        commentary,
        ..
    } = &*item.overrides;
    let of_kind = (kind != sink).then_some(kind);
    let of_sinks = [Some(sink), of_kind].into_iter().flatten();
    let of_sinks = of_sinks.filter_map(|name| {
        Some(CommentaryEdit {
            keys: vec![name, COMMENTARY],
            text: sink_commentary.get(name)?,
        })
    });
    let of_all = commentary.iter().map(|text| CommentaryEdit {
        keys: vec![COMMENTARY],
        text,
    });
    of_sinks.chain(of_all)
}

/// Returns the key to write a commentary to without changing the item's other deliveries. `sinks` is the
/// number of deliveries, including this one.
pub(super) fn keys_to_write<'a>(
    item: &'a Item,
    sink: &'a str,
    kind: &'a str,
    sinks: usize,
) -> Vec<&'a str> {
    match commentary_of(item, sink, kind) {
        Some(own) if sinks == 1 => own.keys,
        None if sinks == 1 => vec![COMMENTARY],
        _ => vec![sink, COMMENTARY],
    }
}

#[cfg(test)]
mod tests {
    use syndicate_api::{Item, Overrides};

    use super::{commentary_of, keys_to_write};

    #[test]
    fn edited_commentary_applies_to_one_sink() {
        let item = |own: &[&str], all: bool| Item {
            overrides: Overrides {
                sink_commentary: own
                    .iter()
                    .map(|name| ((*name).to_owned(), format!("for {name}")))
                    .collect(),
                commentary: all.then(|| "for all".to_owned()),
                ..Overrides::default()
            }
            .into(),
            ..Item::default()
        };
        let check = |names: &[&str], all, expected: Option<&str>, keys: &[&str]| {
            let item = item(names, all);
            assert_eq!(
                commentary_of(&item, "work", "linkedin").map(|own| own.text),
                expected
            );
            assert_eq!(keys_to_write(&item, "work", "linkedin", 1), keys);
            assert_eq!(
                keys_to_write(&item, "work", "linkedin", 2),
                ["work", "commentary"]
            );
        };
        check(&[], false, None, &["commentary"]);
        check(&[], true, Some("for all"), &["commentary"]);
        check(
            &["linkedin"],
            true,
            Some("for linkedin"),
            &["linkedin", "commentary"],
        );
        check(
            &["linkedin", "work"],
            true,
            Some("for work"),
            &["work", "commentary"],
        );
    }
}
