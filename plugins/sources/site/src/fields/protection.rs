//! Detects posts that only readers with a password or a membership can read. No part of their text is
//! published: neither words nor pictures, from the Markdown or from the built page.

use std::sync::LazyLock;

use serde_json::Value;
use syndicate_api::{FieldOrigin, Item, ItemField};

use crate::document::{FrontMatter, KeyFilter};
use crate::site::Site;

/// Prefixes of the keys that themes define: none, Zola's `extra`, Hugo's `params`.
const PREFIXES: &[&str] = &["", "extra.", "params."];

/// Keys whose value is a secret or a list of secrets.
const SECRET_KEYS: &[&str] = &[
    "password",
    "passwords",
    "passwd",
    "passphrase",
    "encrypt_password",
    "encryption_password",
    "staticrypt_password",
];

/// Keys whose value is a flag or a secret.
const FLAG_KEYS: &[&str] = &[
    "encrypt",
    "encrypted",
    "is_encrypted",
    "encryption",
    "protected",
    "is_protected",
    "protect",
    "password_protected",
    "requires_password",
    "staticrypt",
    "members_only",
    "subscribers_only",
    "paywall",
];

/// Keys that name the audience of a post.
const AUDIENCE_KEYS: &[&str] = &["visibility", "access"];

static SECRET_PATHS: LazyLock<Vec<String>> = LazyLock::new(|| with_prefixes(SECRET_KEYS));
static FLAG_PATHS: LazyLock<Vec<String>> = LazyLock::new(|| with_prefixes(FLAG_KEYS));
static AUDIENCE_PATHS: LazyLock<Vec<String>> = LazyLock::new(|| with_prefixes(AUDIENCE_KEYS));

/// The filter of all these keys and of the prefixes.
static FILTER: LazyLock<KeyFilter> = LazyLock::new(|| {
    let prefixes = PREFIXES.iter().map(|prefix| prefix.trim_end_matches('.'));
    let keys = [SECRET_KEYS, FLAG_KEYS, AUDIENCE_KEYS].concat();
    let all = prefixes.filter(|prefix| !prefix.is_empty()).chain(keys);
    KeyFilter::of_keys(all)
});

/// Returns the keys with each of the prefixes.
fn with_prefixes(keys: &[&str]) -> Vec<String> {
    let paths = PREFIXES
        .iter()
        .flat_map(|prefix| keys.iter().map(move |key| format!("{prefix}{key}")));
    paths.collect()
}

/// Values of [`AUDIENCE_KEYS`] that restrict a post.
const RESTRICTED: &[&str] = &[
    "members",
    "paid",
    "password",
    "protected",
    "subscribers",
    "tiers",
];

/// Returns the reason why a post is restricted, for messages; `None` if it is not.
pub(super) fn reason(site: &Site, front: &FrontMatter) -> Option<String> {
    let find = |paths: &'static [String], restricts: fn(&Value) -> bool| {
        let mut paths = paths.iter();
        paths.find(|path| front.get(path).is_some_and(restricts))
    };
    let find_any = || {
        find(&SECRET_PATHS, is_secret)
            .or_else(|| find(&FLAG_PATHS, is_flag_or_secret))
            .or_else(|| find(&AUDIENCE_PATHS, is_restricted))
    };
    let key = front.may_have_any(&FILTER).then(find_any).flatten();
    if let Some(key) = key {
        return Some(format!("`{key}` in its front matter"));
    }
    // An empty password lifts the restriction of a tag (hexo-blog-encrypt's documentation).
    let mut keys = front.map.keys();
    if keys.any(|key| key == "password") {
        return None;
    }
    let mut restricting = site.conventions.protected_tags.iter();
    let tag = restricting.find(|tag| has_tag(front, tag))?;
    Some(format!("its tag `{tag}`"))
}

/// Removes everything from an item that was derived from the text of its post.
pub(crate) fn redact(item: &mut Item) {
    let is_of_text =
        |item: &Item, field| matches!(item.origin.get(&field), Some(FieldOrigin::Body(_)));
    item.text.hide();
    for field in [ItemField::Title, ItemField::Description, ItemField::Image] {
        if !is_of_text(item, field) {
            continue;
        }
        item.origin.remove(&field);
        match field {
            ItemField::Title => item.title = None,
            ItemField::Description => item.description = None,
            _ => item.image = None,
        }
    }
}

fn is_secret(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => false,
        Value::String(text) => !text.trim().is_empty(),
        Value::Array(values) => values.iter().any(is_secret),
        Value::Object(map) => map.values().any(is_secret),
        Value::Bool(true) | Value::Number(_) => true,
    }
}

fn is_flag_or_secret(value: &Value) -> bool {
    const NO: &[&str] = &["", "0", "false", "no", "none", "off"];
    match value {
        Value::String(text) => !NO.contains(&text.trim().to_lowercase().as_str()),
        Value::Number(number) => number.as_f64() != Some(0.0),
        value => is_secret(value),
    }
}

fn is_restricted(value: &Value) -> bool {
    match value {
        Value::String(text) => RESTRICTED.contains(&text.trim().to_lowercase().as_str()),
        Value::Array(values) => values.iter().any(is_restricted),
        _ => false,
    }
}

fn has_tag(front: &FrontMatter, wanted: &str) -> bool {
    match front.first(["tags", "tag"]) {
        Some((_, Value::Array(tags))) => tags.iter().any(|tag| tag.as_str() == Some(wanted)),
        Some((_, Value::String(tag))) => tag == wanted,
        _ => false,
    }
}
