//! From bytes to a [`Feed`]: which characters they are, which format they are in, and one reader for
//! each format. A document that breaks off is a flaw as a whole, since nobody could tell which of
//! its entries are missing.

mod atom;
mod characters;
mod json;
mod media;
mod page;
mod rss;
mod space;
mod xml;

use url::Url;

use crate::feed::Feed;
use crate::flaw::Flaw;

/// Reads a feed. `charset` is what its server said of its characters, `address` where it was found.
pub(crate) fn read(
    bytes: &[u8],
    charset: Option<&str>,
    address: Option<&Url>,
) -> Result<Feed, Flaw> {
    let text = characters::decode(bytes, charset)?;
    let start = text.trim_start();
    if start.is_empty() {
        return Err(Flaw::new("it is empty").hinted("see that its generator has run"));
    }
    if start.starts_with('{') {
        return json::read(&text, address);
    }
    if page::is_page(start) {
        return Err(page::flaw(&text, address));
    }
    let Some(root) = xml::parse(&text, address)? else {
        return Err(no_feed("it holds no XML and no JSON"));
    };
    match root.name.as_str() {
        "rss" | "RDF" => rss::read(&root, address),
        "feed" => Ok(atom::read(&root, address)),
        "urlset" | "sitemapindex" => Err(no_feed("it is a sitemap, which has no titles")),
        other => Err(no_feed(format!(
            "its root is `{other}`, which is no feed's"
        ))),
    }
}

fn no_feed(message: impl Into<String>) -> Flaw {
    Flaw::new(message).hinted("give the address of an RSS, Atom or JSON feed")
}

/// An address as it is meant: resolved against `base` where it is relative and there is one.
fn resolve(text: &str, base: Option<&Url>) -> String {
    let text = text.trim();
    match Url::options().base_url(base).parse(text) {
        Ok(url) => url.to_string(),
        Err(_) => text.to_owned(),
    }
}

/// The text, if it says anything.
fn some(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}
