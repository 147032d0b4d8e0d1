//! The keys of an entry: the URL of its page, its id within the source, and its id alone if that is a
//! URL or globally unique (RFC 4151, RFC 8141). A link that several entries share, such as the link
//! to a changelog page, does not identify any of them.

use std::collections::{BTreeMap, BTreeSet};

use syndicate_api::{
    Diagnostic, FileSpan, Item, nfc, normalise_url, normalise_url_with_fragment, sha256_hex,
};
use url::Url;

use crate::feed::{Entry, FeedText, FromElement};
use crate::html;
use crate::invalid::invalid;

/// The longest id, in bytes, that is used as a key; a longer id is hashed.
const MAX_ID: usize = 200;

/// Fragments that exist on every page, so they do not identify a post.
const PAGE_FRAGMENTS: &[&str] = &[
    "comments",
    "content",
    "disqus_thread",
    "main",
    "respond",
    "top",
];

/// Prefixes of fragments that track readers or select a text to highlight (WICG, "URL Fragment Text
/// Directives").
const TRACKING_FRAGMENTS: &[&str] = &[":~:", "ftag=", "utm_", "xtor="];

/// The links that several entries of a feed share, as keys.
#[derive(Debug, Default)]
pub(crate) struct SharedLinks(BTreeSet<String>);

impl SharedLinks {
    /// Finds the shared links of a feed's entries. An entry that occurs twice does not count as two.
    pub(crate) fn find(entries: &[Entry]) -> Self {
        let mut holders: BTreeMap<String, Vec<&Entry>> = BTreeMap::new();
        for entry in entries {
            if let Some(key) = link_key(entry) {
                holders.entry(key).or_default().push(entry);
            }
        }
        let shared = holders.into_iter().filter(|(_, entries)| {
            let mut others = entries.iter().skip(1);
            others.any(|other| !is_same(entries[0], other))
        });
        Self(shared.map(|(key, _)| key).collect())
    }

    /// Returns the keys of an entry of the source `source`, whose page is at `url`.
    ///
    /// # Errors
    /// Fails if nothing identifies the entry.
    pub(crate) fn keys(
        &self,
        source: &str,
        entry: &Entry,
        url: Option<&FromElement<Url>>,
    ) -> Result<Vec<String>, Diagnostic> {
        let page = url.and_then(|(url, _)| url_key(url));
        let own_page = page.clone().filter(|page| !self.0.contains(page));
        let Some(id) = entry.id.as_deref().map(normalise_id) else {
            return match (own_page, page) {
                (Some(page), _) => Ok(vec![page]),
                (None, Some(page)) => Err(invalid(format!(
                    "{} has no id, and other entries share its link `{page}`",
                    entry_label(entry)
                ))
                .with_hint("configure the feed's generator to write an id for each entry")),
                (None, None) => Err(invalid(format!(
                    "{} has neither a link nor an id",
                    entry_label(entry)
                ))
                .with_hint("configure the feed's generator to write one of them")),
            };
        };
        let lower = id.to_ascii_lowercase();
        let global = lower.starts_with("tag:") || lower.starts_with("urn:");
        // An id can be the URL of a page with a fragment that is never part of a link.
        let address = normalise_url(&id).filter(|_| !id.contains('#'));
        let keys = own_page
            .into_iter()
            .chain(address)
            .chain([format!("{source}:{id}")])
            .chain(global.then(|| format!("id:{id}")));
        let mut unique: Vec<String> = Vec::new();
        for key in keys {
            if !unique.contains(&key) {
                unique.push(key);
            }
        }
        Ok(unique)
    }
}

/// Returns a diagnostic for each entry that has the id of another entry but a different link. The
/// key is the entry's index in `read`.
pub(crate) fn find_id_clashes(read: &[(Item, &Entry)]) -> BTreeMap<usize, Diagnostic> {
    let mut by_id: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, (_, entry)) in read.iter().enumerate() {
        if let Some(id) = entry.id.as_deref() {
            by_id.entry(normalise_id(id)).or_default().push(at);
        }
    }
    let clashing = by_id.iter().filter(|(_, members)| members.len() > 1);
    let diagnostics = clashing.flat_map(|(id, members)| {
        members.iter().map(move |at| {
            let others = members.iter().filter(|other| *other != at);
            let names: Vec<String> = others.map(|other| entry_label(read[*other].1)).collect();
            let entry = read[*at].1;
            let message = format!(
                "{} has the same id `{id}` as {}, but another link",
                entry_label(entry),
                names.join(" and ")
            );
            let diagnostic = invalid(message)
                .at(entry.line.map(FileSpan::of_line))
                .with_hint("configure the feed's generator to write a unique id for each entry");
            (*at, diagnostic)
        })
    });
    diagnostics.collect()
}

/// Returns a label of an entry for messages: its title, else its link, else its id.
pub(crate) fn entry_label(entry: &Entry) -> String {
    let title = entry
        .title
        .as_ref()
        .map(FeedText::plain)
        .filter(|title| !title.is_empty());
    let link = || entry.link.as_ref().map(|(link, _)| link.clone());
    match title.or_else(link).or_else(|| entry.id.clone()) {
        Some(name) => format!("entry `{}`", name.chars().take(80).collect::<String>()),
        None => "an entry".to_owned(),
    }
}

/// Returns the URL of the entry's page, or `None` if the entry has no link.
pub(crate) fn entry_url(entry: &Entry) -> Result<Option<FromElement<Url>>, Diagnostic> {
    let Some((link, element)) = &entry.link else {
        return Ok(None);
    };
    let invalid_link = |message: String| invalid(format!("{}: {message}", entry_label(entry)));
    match Url::parse(link) {
        Ok(url) if matches!(url.scheme(), "http" | "https") => Ok(Some((url, element))),
        Err(url::ParseError::RelativeUrlWithoutBase) => {
            let message =
                format!("cannot resolve `{element}` `{link}`: the feed has no base address");
            Err(invalid_link(message)
                .with_hint("configure the feed's generator to write absolute addresses"))
        }
        _ => Err(invalid_link(format!(
            "invalid `{element}` `{link}`: expected an http or https address"
        ))),
    }
}

/// Returns the key of an entry's link.
fn link_key(entry: &Entry) -> Option<String> {
    let (url, _) = entry_url(entry).ok()??;
    url_key(&url)
}

/// Returns the key of a page's URL. The fragment is part of the key if it selects a post on the
/// page.
fn url_key(url: &Url) -> Option<String> {
    let selects_post = url.fragment().is_some_and(|fragment| {
        let is_tracking = TRACKING_FRAGMENTS
            .iter()
            .any(|start| fragment.starts_with(start));
        !is_tracking && !PAGE_FRAGMENTS.contains(&fragment)
    });
    if selects_post {
        normalise_url_with_fragment(url.as_str())
    } else {
        normalise_url(url.as_str())
    }
}

/// Returns `true` if two entries with the same link are the same entry: by their ids, or by their
/// content if neither has an id.
fn is_same(one: &Entry, other: &Entry) -> bool {
    match (&one.id, &other.id) {
        (Some(one), Some(other)) => normalise_id(one) == normalise_id(other),
        (None, None) => {
            one.title == other.title
                && one.published == other.published
                && one.summary == other.summary
                && one.content == other.content
        }
        _ => false,
    }
}

/// Normalises an id: NFC, in one line, hashed if it is longer than `MAX_ID`.
fn normalise_id(id: &str) -> String {
    let id = html::collapse(&nfc(id));
    if id.len() > MAX_ID {
        format!("sha256:{}", sha256_hex(id.as_bytes()))
    } else {
        id
    }
}
