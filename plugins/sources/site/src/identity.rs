//! Derives the keys that identify a post. A key must survive changes of everything else: a post whose
//! URL changes is still identified by its alias, its file or its `syndicate.id`.

use serde_json::Value;
use syndicate_api::{nfc, normalise_url};
use url::Url;

use crate::document::FrontMatter;
use crate::generators::{Route, RouteInput};
use crate::site::Site;
use crate::urls;
use crate::value::scalar;

/// Front matter keys of further URLs that lead to the post.
const ALIASES: &[&str] = &["alias", "aliases", "redirect_from"];

/// The front matter key of a permanent name that the author gives to a post.
pub(crate) const ID_KEY: &str = "syndicate.id";

/// The prefix of such a name among an item's keys.
pub(crate) const ID_PREFIX: &str = "id:";

/// Front matter keys of the canonical URL, or of the URL that the page redirects to.
const CANONICAL: &[&str] = &[
    "canonical",
    "canonical_url",
    "canonicalUrl",
    "canonicalURL",
    "redirect_to",
];

/// Returns the keys of a post: its URL, its aliases, its file and its `syndicate.id`. All are in Unicode
/// normalization form C, so that a post has the same keys on macOS and in a git checkout.
pub(crate) fn keys(
    site: &Site,
    post: &RouteInput<'_>,
    route: Option<&Route>,
    url: Option<&str>,
) -> Vec<String> {
    let front = post.front;
    let aliases_of = site.conventions.aliases;
    let aliases = ALIASES
        .iter()
        .filter_map(|key| front.get(key))
        .flat_map(texts)
        .filter_map(|alias| match route {
            Some(route) => aliases_of.resolve(alias.trim(), post.name.part, route),
            None => Some(alias.trim().to_owned()),
        })
        .filter_map(|alias| normalise_url(&absolute(site, &alias)?));
    let id = front.get(ID_KEY).and_then(scalar);
    let all = url
        .and_then(normalise_url)
        .into_iter()
        .chain(aliases)
        .chain(canonical(site, front))
        .chain([[&site.source, ":", &post.file.path].concat()])
        .chain(id.map(|id| format!("{ID_PREFIX}{}", nfc(id.trim()))));
    // Most posts have a URL and a file.
    let mut keys: Vec<String> = Vec::with_capacity(2);
    for key in all {
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    keys
}

/// Returns the key of the post's canonical URL if that is on another host.
pub(crate) fn canonical(site: &Site, front: &FrontMatter) -> Option<String> {
    let (_, value) = front.first(CANONICAL.iter().copied())?;
    let url = Url::parse(value.as_str()?.trim()).ok()?;
    let own = site
        .base
        .as_ref()
        .is_some_and(|base| base.has_host_of(&url));
    if own {
        None
    } else {
        normalise_url(url.as_str())
    }
}

fn absolute(site: &Site, alias: &str) -> Option<String> {
    if urls::is_remote(alias) {
        return Some(alias.to_owned());
    }
    Some(site.base.as_ref()?.join_absolute(alias))
}

/// Returns a string, or the strings of a list.
fn texts(value: &Value) -> Vec<&str> {
    match value {
        Value::Array(values) => values.iter().filter_map(Value::as_str).collect(),
        value => value.as_str().into_iter().collect(),
    }
}
