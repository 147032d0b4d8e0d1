//! Detects published posts that their front matter hides from lists or from search engines. Their authors
//! do not want them announced either, unless the front matter has `syndicate: true`.

use std::sync::LazyLock;

use serde_json::Value;
use syndicate_api::Code;

use crate::document::{FrontMatter, KeyFilter};
use crate::overrides;
use crate::value::{parse_bool, scalar};

/// Keys that hide a page if they are true, used by Docusaurus and themes, SEO plugins, PaperMod for Hugo
/// and Hugo's sitemap.
const HIDING_KEYS: &[&str] = &[
    "unlisted",
    "noindex",
    "seo.noindex",
    "robots_noindex",
    "sitemap.disable",
    "sitemap.exclude",
    "sitemap.ignore",
];

/// Keys that hide a page if they are false, introduced by jekyll-sitemap.
const LISTING_KEYS: &[&str] = &["sitemap"];

/// Keys with a value for the `robots` meta element.
const ROBOTS_KEYS: &[&str] = &["robots", "seo.robots"];

/// The filter of all these keys, each without the parts after a dot.
static FILTER: LazyLock<KeyFilter> = LazyLock::new(|| {
    let keys = [HIDING_KEYS, LISTING_KEYS, ROBOTS_KEYS]
        .concat()
        .into_iter();
    KeyFilter::of_keys(keys.filter_map(|key| key.split('.').next()))
});

/// Returns the reason why a post is hidden, or `None` if it is not.
pub(super) fn read(front: &FrontMatter) -> Option<(Code, String)> {
    if !front.may_have_any(&FILTER) {
        return None;
    }
    let (key, value) = hiding_key(front)?;
    if overrides::is_opted_in(front) {
        return None;
    }
    let text = scalar(value).unwrap_or_else(|| value.to_string());
    let why = format!(
        "its front matter has `{key}: {}`; set `syndicate: true` to send it anyway",
        text.trim()
    );
    Some((Code::Unlisted, why))
}

/// Returns the first key that hides the post and its value, or `None` if no key does.
fn hiding_key(front: &FrontMatter) -> Option<(&'static str, &Value)> {
    let flagged = |keys: &'static [&'static str], hides: bool| {
        keys.iter().find_map(|key| {
            let value = front.get(key)?;
            (parse_bool(value) == Some(hides)).then_some((*key, value))
        })
    };
    let forbids = |key: &&'static str| {
        let value = front.get(key)?;
        let text = value.as_str()?.to_lowercase();
        let mut words = text.split([',', ' ']);
        words
            .any(|word| matches!(word, "noindex" | "none"))
            .then_some((*key, value))
    };
    flagged(HIDING_KEYS, true)
        .or_else(|| flagged(LISTING_KEYS, false))
        .or_else(|| ROBOTS_KEYS.iter().find_map(forbids))
}
