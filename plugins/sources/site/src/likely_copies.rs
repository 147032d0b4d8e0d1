//! Holds posts that may be copies by a sync program although their names do not prove it: `boats 2.md`
//! (iCloud), `boats (1).md` (Google Drive) and `boats-LAPTOP.md` (OneDrive) next to `boats.md`. The
//! second part of a series may have such a name too, so a post counts as a likely copy only if it also
//! has the other's title and day, or its text. It remains a post, and the author decides.

use std::cell::LazyCell;
use std::sync::{Arc, LazyLock};

use regex::Regex;
use rustc_hash::FxHashMap;
use syndicate_api::{Code, FieldOrigin, Item, ItemField};

/// The minimum length of a machine's name. Shorter suffixes are languages: `guide-DE.md`.
const MIN_MACHINE_NAME: usize = 4;

/// Matches `x 2` and `x (1)`.
static NUMBERED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(.+?)(?: \d{1,2}| ?\(\d{1,2}\))$").expect("the pattern is a constant")
});

/// Sets a hold on each of `items` that is a likely copy of another one.
pub(crate) fn hold(items: &mut [Arc<Item>]) {
    let by_name: LazyCell<FxHashMap<&str, usize>, _> = LazyCell::new(|| {
        items
            .iter()
            .enumerate()
            .filter_map(|(at, item)| Some((path_stem(item.path.as_deref()?), at)))
            .collect()
    });
    let found: Vec<(usize, usize)> = (0..items.len())
        .filter_map(|at| {
            let item = &items[at];
            let names = originals(path_stem(item.path.as_deref()?));
            let mut others = names.into_iter().filter_map(|name| by_name.get(name));
            let other = others.find(|other| is_similar(item, &items[**other]))?;
            (item.hold.is_none() && !item.draft).then_some((at, *other))
        })
        .collect();
    for (at, original) in found {
        let original = items[original].label();
        let reason = format!(
            "its name may be that of a sync program's copy of `{original}`, and it has the same title \
             and day or the same text; delete it, or rename it if it is a separate post"
        );
        Arc::make_mut(&mut items[at]).hold = Some((Code::Copy, reason));
    }
}

/// Returns the path of a file without its extension; for an index file that of its folder.
pub(crate) fn path_stem(path: &str) -> &str {
    let start = path.rfind('/').map_or(0, |at| at + 1);
    let stem = match path[start..].rfind('.') {
        Some(dot) if dot > 0 => &path[..start + dot],
        _ => path,
    };
    match stem.rsplit_once('/') {
        Some((folder, "index" | "_index")) => folder,
        _ => stem,
    }
}

/// Returns the names of possible originals of the file `name`.
pub(crate) fn originals(name: &str) -> Vec<&str> {
    // Compiling the pattern takes longer than reading a post.
    let may_be_numbered = name.ends_with(|c: char| c == ')' || c.is_numeric());
    let captures = may_be_numbered.then(|| NUMBERED.captures(name)).flatten();
    let numbered = captures.and_then(|found| found.get(1));
    let start = name.rfind('/').map_or(0, |at| at + 1);
    let hyphens = name[start..].match_indices('-');
    let machines = hyphens.filter_map(|(at, _)| {
        let (original, machine) = (&name[..start + at], &name[start + at + 1..]);
        let is_machine =
            machine.len() >= MIN_MACHINE_NAME && machine.contains(|c: char| c.is_ascii_uppercase());
        (at > 0 && is_machine).then_some(original)
    });
    numbered
        .map(|found| found.as_str())
        .into_iter()
        .chain(machines)
        .collect()
}

fn is_similar(one: &Item, other: &Item) -> bool {
    if one.lang != other.lang {
        return false;
    }
    let day = |item: &Item| item.published.as_ref().map(|date| date.at.date());
    let same_day = day(one).is_some() && day(one) == day(other);
    let same_title = title(one).is_some() && title(one) == title(other);
    same_day && same_title || has_same_text(one, other)
}

/// Returns `true` if two posts have the same text, which is not blank. A file that has changed since it was read has no
/// text.
fn has_same_text(one: &Item, other: &Item) -> bool {
    let body = |item: &Item| item.text.body().unwrap_or_default();
    let (one, other) = (body(one), body(other));
    !one.trim().is_empty() && one.trim() == other.trim()
}

/// Returns the title, unless it was derived from the file's name.
fn title(item: &Item) -> Option<&str> {
    let is_derived = matches!(item.origin.get(&ItemField::Title), Some(FieldOrigin::Path));
    item.title.as_deref().filter(|_| !is_derived)
}

#[cfg(test)]
mod tests {
    use super::{originals, path_stem};

    #[test]
    fn original_name_lacks_suffix() {
        for (name, expected) in [
            ("posts/x 2", &["posts/x"][..]),
            ("posts/x (1)", &["posts/x"]),
            ("x(12)", &["x"]),
            ("x-LAPTOP", &["x"]),
            ("x-Janes-MacBook-Pro", &["x", "x-Janes"]),
            ("x-DE", &[]),
            ("x-part", &[]),
            ("-LAPTOP", &[]),
            ("x 2026", &[]),
            ("a-LAPTOP/x", &[]),
        ] {
            assert_eq!(originals(name), expected, "{name}");
        }
    }

    #[test]
    fn index_file_has_folder_name() {
        for (path, name) in [
            ("posts/x.md", "posts/x"),
            ("posts/x 2/index.md", "posts/x 2"),
            ("index.md", "index"),
        ] {
            assert_eq!(path_stem(path), name);
        }
    }
}
