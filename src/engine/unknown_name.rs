//! Errors for unknown names of posts and payloads, with the most similar known name.

use syndicate_api::{Code, Diagnostic, Item, nearest};

use super::hash_prefix::{MIN_DIGITS, is_almost_hash};
use super::identity::{last_path, last_url};
use super::{PipelineScan, PlanEntry};
use crate::ledger::LedgerState;

/// Returns a hint `did you mean …?` if an item of `scanned` has a name similar to `name`.
pub(crate) fn did_you_mean_post(name: &str, scanned: &PipelineScan) -> Option<String> {
    let items = scanned.items.iter();
    did_you_mean(
        name,
        &items
            .flat_map(|(_, item)| names_of(item))
            .collect::<Vec<_>>(),
    )
}

/// Returns the error for `name`, which is neither an item of `scanned` nor a payload hash.
pub(crate) fn unknown_post(name: &str, scanned: &PipelineScan) -> Diagnostic {
    let items = scanned.items.iter();
    let names = items.flat_map(|(_, item)| names_of(item));
    let hint = match is_almost_hash(name) {
        true => format!("a payload is named by at least {MIN_DIGITS} digits of its hash"),
        false => hint(name, names.collect(), "items", "lists the posts"),
    };
    Diagnostic::new(Code::UnknownPost, format!("no post is named `{name}`")).with_hint(hint)
}

/// Returns the error for `name`, which is neither an item of `scanned` nor a post in `ledger_state`.
pub(crate) fn unknown_record(
    name: &str,
    scanned: Option<&PipelineScan>,
    ledger_state: &LedgerState,
) -> Diagnostic {
    let items = scanned.into_iter().flat_map(|scanned| &scanned.items);
    let present = items.flat_map(|(_, item)| names_of(item));
    let records = ledger_state.groups().into_iter().flat_map(|group| {
        let record = ledger_state.record(group);
        let key = |key: String| {
            key.split_once(':')
                .map_or(key.clone(), |(_, path)| path.to_owned())
        };
        let path = last_path(&record).map(key);
        let names = path.into_iter().chain(last_url(&record));
        names
            .flat_map(|name| with_ends(&name, &name))
            .collect::<Vec<_>>()
    });
    let names = present.chain(records).collect();
    let hint = hint(name, names, "status", "lists what is on record");
    Diagnostic::new(Code::UnknownPost, format!("no post is named `{name}`")).with_hint(hint)
}

/// Returns the error for a payload hash that none of `entries` has.
pub(crate) fn unknown_payload(hash: &str, entries: &[PlanEntry]) -> Diagnostic {
    let hashes = entries.iter().filter_map(|entry| {
        let hash = &entry.composed.as_deref()?.hash;
        Some((hash.clone(), format!("{hash}` of `{}", entry.item.label())))
    });
    // Compares prefixes of the length that was typed.
    let begun =
        hashes.map(|(known, meant)| (known.get(..hash.len()).unwrap_or(&known).to_owned(), meant));
    Diagnostic::new(
        Code::UnknownPost,
        format!("no post that may be sent has the payload `{hash}`"),
    )
    .with_hint(hint(
        hash,
        begun.collect(),
        "preview",
        "shows what each has now",
    ))
}

/// A candidate name and the post that it identifies.
type NameCandidate = (String, String);

fn hint(name: &str, names: Vec<NameCandidate>, verb: &str, what: &str) -> String {
    did_you_mean(name, &names).unwrap_or_else(|| format!("`syndicate {verb}` {what}"))
}

fn did_you_mean(name: &str, names: &[NameCandidate]) -> Option<String> {
    let near = nearest(name, names.iter().map(|(known, _)| known.as_str()))?;
    let (_, meant) = names.iter().find(|(known, _)| known == near)?;
    Some(format!("did you mean `{meant}`?"))
}

fn names_of(item: &Item) -> Vec<NameCandidate> {
    let label = item.label();
    let names = item.path.as_deref().into_iter().chain(item.url.as_deref());
    names.flat_map(|name| with_ends(name, label)).collect()
}

/// Returns a path or URL together with its last segments, which users type as short names.
fn with_ends(name: &str, label: &str) -> Vec<NameCandidate> {
    let trimmed = name.trim_end_matches('/');
    let (folder, file) = trimmed.rsplit_once('/').unwrap_or(("", trimmed));
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    // Every post in a folder of its own has an index file, so the folder is the name.
    let ends = match stem.trim_start_matches('_') {
        "index" => vec![folder, folder.rsplit('/').next().unwrap_or(folder)],
        _ => vec![file, stem],
    };
    let ends = ends.into_iter().filter(|end| !end.is_empty());
    let names = std::iter::once(name).chain(ends);
    names
        .map(|name| (name.to_owned(), label.to_owned()))
        .collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    fn hint_of(name: &str) -> String {
        let item = |path: &str, url: &str| Item {
            path: Some(path.to_owned()),
            url: Some(url.to_owned()),
            ..Item::default()
        };
        let items = [
            item("posts/hello-world.md", "https://example.org/2026/hello/"),
            item("posts/garden/index.md", "https://example.org/garden/"),
            item("posts/shed/index.md", "https://example.org/shed/"),
        ];
        let items = items.map(|item| (0, Arc::new(item)));
        let scanned = PipelineScan {
            items: items.into(),
            ..PipelineScan::default()
        };
        unknown_post(name, &scanned).hint.unwrap_or_default()
    }

    #[test]
    fn misspelt_post_gets_nearest() {
        let hello = "did you mean `posts/hello-world.md`?";
        for name in [
            "posts/helo-world.md",
            "hello-world",
            "helo-wrold.md",
            "https://example.org/2026/helo/",
            "helo",
        ] {
            assert_eq!(hint_of(name), hello, "{name}");
        }
        for name in ["garden", "posts/gardn", "posts/graden/index.md"] {
            assert_eq!(
                hint_of(name),
                "did you mean `posts/garden/index.md`?",
                "{name}"
            );
        }
        for name in ["something else", "index.md", ""] {
            assert_eq!(hint_of(name), "`syndicate items` lists the posts", "{name}");
        }
    }

    #[test]
    fn short_hash_is_explained() {
        for name in ["sha256:4be1", "4be1", "sha256:xyzxyzxyz"] {
            let hint = "a payload is named by at least 8 digits of its hash";
            assert_eq!(hint_of(name), hint, "{name}");
        }
    }
}
