//! Encodes text as Bluesky shows it: plain text, and facets that mark links, hashtags and mentions by offsets in
//! UTF-8 bytes. The server accepts any offset, so they must be right here.

mod visible_url;

use serde_json::{Value, json};
pub(crate) use syndicate_api::text::sanitize;
use syndicate_api::{RichText, TextSpan, slot};
use unicode_segmentation::UnicodeSegmentation as _;
use url::Url;

use crate::identifier::{is_did, normalise};

pub(crate) use self::visible_url::visible_url;

/// The longest text, in grapheme clusters and in bytes (`app.bsky.feed.post`).
pub(crate) const MAX_GRAPHEMES: usize = 300;
pub(crate) const MAX_BYTES: usize = 3000;

/// The longest tag, in grapheme clusters and in bytes (`app.bsky.richtext.facet#tag`).
const MAX_TAG_GRAPHEMES: usize = 64;
const MAX_TAG_BYTES: usize = 640;

/// A text with its facets, in order and without overlaps.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct EncodedText {
    pub(crate) text: String,
    pub(crate) facets: Vec<Facet>,
}

/// A marked part of a text, from byte `start` to before byte `end`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Facet {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) feature: Feature,
}

/// The meaning of a facet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Feature {
    /// A link to this URL.
    Link(String),
    /// A hashtag, without `#`.
    Tag(String),
    /// An account, by its handle or DID.
    Mention(String),
}

/// Encodes `text`. The visible part of long URLs is shortened if `shorten_links` is set; their facets keep the whole
/// URL.
pub(crate) fn encode(text: &RichText, shorten_links: bool) -> EncodedText {
    let mut encoded = EncodedText::default();
    for span in &text.0 {
        match span {
            TextSpan::Text(text) => encoded.text.push_str(&sanitize(text)),
            TextSpan::Hashtag(word) => {
                let word = sanitize(word);
                let word = word.trim();
                let is_one_word = !word.contains(char::is_whitespace);
                let feature = tag(word).filter(|_| is_one_word).map(Feature::Tag);
                encoded.push(&format!("#{word}"), feature);
            }
            TextSpan::Mention { name, target } => {
                let feature = Feature::Mention(normalise(target));
                encoded.push(sanitize(name).trim(), Some(feature));
            }
            TextSpan::Link(link) => {
                let feature = web_url(link).map(|url| Feature::Link(url.into()));
                encoded.push(&visible_link(link, shorten_links), feature);
            }
            _ => {}
        }
    }
    encoded.trim()
}

/// Returns the text that a post has for `link`.
pub(crate) fn visible_link(link: &str, shorten_links: bool) -> String {
    match web_url(link) {
        Some(url) if shorten_links => visible_url(&url),
        Some(_) => sanitize(link).trim().to_owned(),
        None => sanitize(link),
    }
}

impl EncodedText {
    fn push(&mut self, text: &str, feature: Option<Feature>) {
        let start = self.text.len();
        self.text.push_str(text);
        let end = self.text.len();
        if let Some(feature) = feature.filter(|_| start < end) {
            self.facets.push(Facet {
                start,
                end,
                feature,
            });
        }
    }

    /// Removes white space at both ends, as Bluesky's own programs do.
    fn trim(mut self) -> Self {
        self.text.truncate(self.text.trim_end().len());
        let lead = self.text.len() - self.text.trim_start().len();
        self.text.drain(..lead);
        self.facets
            .retain(|facet| facet.end <= self.text.len() + lead && facet.start >= lead);
        for facet in &mut self.facets {
            facet.start -= lead;
            facet.end -= lead;
        }
        self
    }

    /// Returns the number of grapheme clusters.
    pub(crate) fn graphemes(&self) -> usize {
        self.text.graphemes(true).count()
    }

    /// Returns `true` if the text has this hashtag.
    pub(crate) fn has_tag(&self, tag: &str) -> bool {
        let wanted = tag.to_lowercase();
        let mut facets = self.facets.iter();
        facets.any(
            |facet| matches!(&facet.feature, Feature::Tag(tag) if tag.to_lowercase() == wanted),
        )
    }

    /// Returns the facets in Bluesky's form. A mention of a handle has the slot `mention:HANDLE` for its DID.
    pub(crate) fn facets_json(&self) -> Vec<Value> {
        let facets = self.facets.iter().map(|facet| {
            json!({
                "index": {"byteStart": facet.start, "byteEnd": facet.end},
                "features": [feature_json(&facet.feature)],
            })
        });
        facets.collect()
    }
}

fn feature_json(feature: &Feature) -> Value {
    match feature {
        Feature::Link(uri) => json!({"$type": "app.bsky.richtext.facet#link", "uri": uri}),
        Feature::Tag(tag) => json!({"$type": "app.bsky.richtext.facet#tag", "tag": tag}),
        Feature::Mention(target) => {
            let did = if is_did(target) {
                Value::from(target.as_str())
            } else {
                slot(&mention_slot(target))
            };
            json!({"$type": "app.bsky.richtext.facet#mention", "did": did})
        }
    }
}

/// The prefix of the slots of mentioned accounts.
pub(crate) const MENTION: &str = "mention:";

/// Returns the name of the slot with the DID of the account with this handle.
fn mention_slot(handle: &str) -> String {
    format!("{MENTION}{handle}")
}

/// Returns `word` as a tag if Bluesky can search for it.
pub(crate) fn tag(word: &str) -> Option<String> {
    let word = word.trim().trim_start_matches('#');
    let is_searchable = !word.is_empty()
        && word.len() <= MAX_TAG_BYTES
        && word.graphemes(true).count() <= MAX_TAG_GRAPHEMES
        && word.chars().any(char::is_alphabetic)
        && !word.chars().any(char::is_control);
    is_searchable.then(|| word.to_owned())
}

/// Parses an `http` or `https` URL.
pub(crate) fn web_url(text: &str) -> Option<Url> {
    let url = Url::parse(text.trim()).ok()?;
    matches!(url.scheme(), "http" | "https").then_some(url)
}

#[cfg(test)]
mod tests;
