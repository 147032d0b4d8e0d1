//! Reads a feed of any format.

use syndicate_api::Diagnostic;
use url::Url;

use super::values::not_a_feed;
use super::{atom, charset, json, rss, web_page, xml};
use crate::feed::Feed;
use crate::invalid::invalid;

/// Reads a feed. `charset` is the charset that the server declared, `feed_url` the URL that relative
/// URLs are resolved against.
pub(crate) fn read(
    bytes: &[u8],
    charset: Option<&str>,
    feed_url: Option<&Url>,
) -> Result<Feed, Diagnostic> {
    let text = charset::decode(bytes, charset)?;
    let start = text.trim_start();
    if start.is_empty() {
        return Err(invalid("the feed is empty").with_hint("check that its generator has run"));
    }
    if start.starts_with('{') {
        return json::read(&text, feed_url);
    }
    if web_page::is_page(start) {
        return Err(web_page::diagnostic(&text, feed_url));
    }
    let Some(root) = xml::parse(&text, feed_url)? else {
        return Err(not_a_feed("expected XML or JSON, found other text"));
    };
    match root.name.as_str() {
        "rss" | "RDF" => rss::read(&root, feed_url),
        "feed" => Ok(atom::read(&root, feed_url)),
        "urlset" | "sitemapindex" => Err(not_a_feed("expected a feed, found a sitemap")),
        other => Err(not_a_feed(format!(
            "expected a feed, found the root element `{other}`"
        ))),
    }
}
