//! Whether the front matter hides a post that is published: from lists, or from search engines. An author
//! who keeps a page out of those does not want it announced either, unless `syndicate: true` says so.

use serde_json::Value;
use syndicate_api::Code;

use crate::document::Front;
use crate::overrides;
use crate::value::{parse_bool, scalar};

/// Keys that hide a page where they are true: of Docusaurus and themes, of SEO plugins, of PaperMod for
/// Hugo, of Hugo's sitemap.
const HIDING: &[&str] = &[
    "unlisted",
    "noindex",
    "seo.noindex",
    "robots_noindex",
    "sitemap.disable",
    "sitemap.exclude",
    "sitemap.ignore",
];

/// Keys that hide it where they are false: of jekyll-sitemap, which others follow.
const LISTING: &[&str] = &["sitemap"];

/// The key of the robots that may index the page.
const ROBOTS: &[&str] = &["robots", "seo.robots"];

/// Returns why a post is hidden, if it is.
pub(super) fn read(front: &Front) -> Option<(Code, String)> {
    let (key, value) = hiding(front)?;
    if overrides::asks_for_sending(front) {
        return None;
    }
    let text = scalar(value).unwrap_or_else(|| value.to_string());
    let why = format!(
        "its front matter says `{key}: {}`; `syndicate: true` sends it all the same",
        text.trim()
    );
    Some((Code::Unlisted, why))
}

/// Returns the key that hides the post, and its value.
fn hiding(front: &Front) -> Option<(&'static str, &Value)> {
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
    flagged(HIDING, true)
        .or_else(|| flagged(LISTING, false))
        .or_else(|| ROBOTS.iter().find_map(forbids))
}
