//! Whether a post can be read by those alone who know a password or are members. No part of the text
//! of such a post is published: neither its words nor its pictures, from wherever they are read.

use serde_json::Value;
use syndicate_api::{FieldOrigin, Item, ItemField};

use crate::document::Front;
use crate::site::Site;

/// Where themes look for keys of their own: at the top, in Zola's `extra`, in Hugo's `params`.
const PLACES: &[&str] = &["", "extra.", "params."];

/// Keys whose value is a secret, a list of secrets or of those who may read the post.
const SECRETS: &[&str] = &[
    "password",
    "passwords",
    "passwd",
    "passphrase",
    "encrypt_password",
    "encryption_password",
    "staticrypt_password",
];

/// Keys that say so by a flag, or by a secret.
const FLAGS: &[&str] = &[
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

/// Keys that say who may read the post.
const AUDIENCES: &[&str] = &["visibility", "access"];

/// What they say of posts that not all may read.
const CLOSED: &[&str] = &[
    "members",
    "paid",
    "password",
    "protected",
    "subscribers",
    "tiers",
];

/// Returns what keeps readers from the text of a post, for messages; `None` if nothing does.
pub(super) fn reason(site: &Site, front: &Front) -> Option<String> {
    let find = |keys: &[&str], closes: fn(&Value) -> bool| {
        let paths = PLACES
            .iter()
            .flat_map(|place| keys.iter().map(move |key| format!("{place}{key}")));
        paths
            .into_iter()
            .find(|path| front.get(path).is_some_and(closes))
    };
    let key = find(SECRETS, is_secret)
        .or_else(|| find(FLAGS, is_flag_or_secret))
        .or_else(|| find(AUDIENCES, is_closed));
    if let Some(key) = key {
        return Some(format!("`{key}` in its front matter"));
    }
    // An empty password opens a post that its tags would close (hexo-blog-encrypt's documentation).
    let mut keys = front.map.keys();
    if keys.any(|key| key == "password") {
        return None;
    }
    let mut closing = site.conventions.protected_tags.iter();
    let tag = closing.find(|tag| has_tag(front, tag))?;
    Some(format!("its tag `{tag}`"))
}

/// Takes away what an item has from the text of its post, which not all readers may see.
pub(crate) fn close(item: &mut Item) {
    let is_of_text =
        |item: &Item, field| matches!(item.origin.get(&field), Some(FieldOrigin::Body(_)));
    item.body.clear();
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

fn is_closed(value: &Value) -> bool {
    match value {
        Value::String(text) => CLOSED.contains(&text.trim().to_lowercase().as_str()),
        Value::Array(values) => values.iter().any(is_closed),
        _ => false,
    }
}

fn has_tag(front: &Front, wanted: &str) -> bool {
    match front.first(["tags", "tag"]) {
        Some((_, Value::Array(tags))) => tags.iter().any(|tag| tag.as_str() == Some(wanted)),
        Some((_, Value::String(tag))) => tag == wanted,
        _ => false,
    }
}
