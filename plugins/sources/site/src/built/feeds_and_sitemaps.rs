//! Reads the URLs that the built site lists: the entries of its feeds, which are its posts, and the
//! pages of its sitemaps. Only links are read. The `feed` source reads feeds as items.

use std::collections::BTreeMap;

use jiff::Timestamp;
use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};
use serde_json::Value;

use super::output::OutputFolder;

/// The number of bytes that are read of a feed or sitemap; the rest is ignored.
const MAX_BYTES: u64 = 16 << 20;

/// The depth below the output folder to which feeds are searched. Feeds of single tags and categories
/// are deeper, and they also list pages that are lists.
const MAX_DEPTH: usize = 1;

/// The file extensions of feeds and sitemaps.
const EXTENSIONS: &[&str] = &["xml", "rss", "atom", "json", "jsonfeed"];

/// The URLs and build times from a site's feeds and sitemaps.
#[derive(Debug, Default)]
pub(super) struct ListedUrls {
    /// Maps the URL of each feed entry to the file of the feed that lists it.
    pub(super) posts: BTreeMap<String, String>,
    /// The URLs of all pages, as the sitemaps write them.
    pub(super) pages: Vec<String>,
    /// The build times that feeds state.
    pub(super) build_times: Vec<Timestamp>,
}

impl ListedUrls {
    /// Reads the feeds and sitemaps at the top of `output`, and the feeds in `linked`, which are files
    /// in that folder.
    pub(super) fn read(output: &OutputFolder, linked: &[String]) -> Self {
        let mut files = output.files(MAX_DEPTH, EXTENSIONS);
        files.extend(linked.iter().cloned());
        files.sort();
        files.dedup();
        let mut listed = Self::default();
        for file in files {
            let Ok(bytes) = output.read_up_to(&file, MAX_BYTES) else {
                continue;
            };
            let links = parse_links(&String::from_utf8_lossy(&bytes));
            for post in links.entries {
                listed.posts.entry(post).or_insert_with(|| file.clone());
            }
            listed.pages.extend(links.pages);
            listed.build_times.extend(links.built);
        }
        listed
    }

    /// Returns the URLs of feed entries and of sitemaps.
    pub(super) fn all(&self) -> impl Iterator<Item = &String> {
        self.posts.keys().chain(&self.pages)
    }
}

/// The links in one file.
#[derive(Debug, Default, PartialEq)]
struct Links {
    entries: Vec<String>,
    pages: Vec<String>,
    /// The time when the file was built, if it is certain.
    built: Option<Timestamp>,
}

fn parse_links(text: &str) -> Links {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if text.starts_with('{') {
        Links {
            entries: json_feed_links(text).unwrap_or_default(),
            ..Links::default()
        }
    } else {
        xml_links(text)
    }
}

/// Returns the links of a JSON Feed's items (jsonfeed.org, version 1.1); `None` for other JSON.
fn json_feed_links(text: &str) -> Option<Vec<String>> {
    let feed: Value = serde_json::from_str(text).ok()?;
    let version = feed["version"].as_str()?;
    let items = feed["items"]
        .as_array()
        .filter(|_| version.contains("jsonfeed.org"))?;
    let links = items.iter().filter_map(|item| item["url"].as_str());
    Some(links.map(str::to_owned).collect())
}

/// Returns the links of RSS (`item/link`), Atom (`entry/link`) and sitemaps (`url/loc`). Reading stops
/// at the first XML error.
fn xml_links(text: &str) -> Links {
    let mut links = Links::default();
    let mut open: Vec<String> = Vec::new();
    let mut value = String::new();
    let mut is_from_jekyll = false;
    let mut reader = Reader::from_str(text);
    loop {
        match reader.read_event() {
            Ok(Event::Start(element)) => {
                push_atom_link(&open, &element, &mut links);
                is_from_jekyll |= is_jekyll_feed(&open, &element);
                open.push(local_name(&element));
                value.clear();
            }
            Ok(Event::Empty(element)) => push_atom_link(&open, &element, &mut links),
            Ok(Event::Text(text)) => value.push_str(&text),
            Ok(Event::CData(text)) => value.push_str(&text),
            Ok(Event::GeneralRef(name)) => {
                let reference = format!("&{};", &*name);
                value.push_str(&unescape(&reference).unwrap_or_default());
            }
            Ok(Event::End(_)) => {
                let name = open.pop();
                let link = value.trim();
                match (open.last().map(String::as_str), name.as_deref()) {
                    _ if link.is_empty() => {}
                    (Some("item"), Some("link")) => links.entries.push(link.to_owned()),
                    (Some("url"), Some("loc")) => links.pages.push(link.to_owned()),
                    // jekyll-feed writes the build time here; other generators write the time of the newest entry.
                    (Some("feed"), Some("updated")) if is_from_jekyll => {
                        links.built = link.parse().ok();
                    }
                    _ => {}
                }
                value.clear();
            }
            Ok(Event::Eof) | Err(_) => return links,
            Ok(_) => {}
        }
    }
}

/// Adds the `href` of an entry's `<link>`, unless its `rel` is something other than `alternate`
/// (RFC 4287, section 4.2.7.2).
fn push_atom_link(open: &[String], element: &BytesStart<'_>, links: &mut Links) {
    if open.last().map(String::as_str) != Some("entry") || local_name(element) != "link" {
        return;
    }
    let attribute = |name: &str| {
        let found = element.try_get_attribute(name).ok()??;
        Some(unescape(&found.value).ok()?.into_owned())
    };
    if attribute("rel").is_none_or(|rel| rel == "alternate")
        && let Some(href) = attribute("href")
    {
        links.entries.push(href);
    }
}

/// Returns `true` if `element` names jekyll-feed as the feed's generator.
fn is_jekyll_feed(open: &[String], element: &BytesStart<'_>) -> bool {
    let uri = || element.try_get_attribute("uri").ok().flatten();
    open.last().map(String::as_str) == Some("feed")
        && local_name(element) == "generator"
        && uri().is_some_and(|uri| uri.value.contains("jekyllrb.com"))
}

fn local_name(element: &BytesStart<'_>) -> String {
    element.local_name().as_ref().to_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Links, parse_links};

    #[track_caller]
    fn assert(text: &str, entries: &[&str], pages: &[&str]) {
        let own = |links: &[&str]| links.iter().map(|link| (*link).to_owned()).collect();
        let expected = Links {
            entries: own(entries),
            pages: own(pages),
            built: None,
        };
        assert_eq!(parse_links(text), expected, "{text}");
    }

    #[test]
    fn feed_entries_exclude_other_links() {
        assert(
            "\u{feff}<rss><channel><link>https://a.org/</link><image><link>https://a.org/i</link></image>\
             <item><title>x</title><link> https://a.org/x?a=1&amp;b=2 </link></item>\
             <item><link><![CDATA[https://a.org/y]]></link><source><link>z</link></source></item>\
             </channel></rss>",
            &["https://a.org/x?a=1&b=2", "https://a.org/y"],
            &[],
        );
        assert(
            "<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom'><link href='/'/>\
             <entry><link rel='enclosure' href='e'/><link href='https://a.org/x'/></entry>\
             <entry><link rel=\"alternate\" href=\"https://a.org/y?a&amp;b\"></link></entry></feed>",
            &["https://a.org/x", "https://a.org/y?a&b"],
            &[],
        );
        assert(
            r#"{"version":"https://jsonfeed.org/version/1.1","items":[{"url":"https://a.org/x"},{}]}"#,
            &["https://a.org/x"],
            &[],
        );
    }

    #[test]
    fn jekyll_feed_states_build_time() {
        let feed = |generator: &str| {
            let feed = format!(
                "<feed xmlns='http://www.w3.org/2005/Atom'>{generator}\
                 <updated>2026-05-20T10:00:07+02:00</updated>\
                 <entry><updated>2020-01-01T00:00:00Z</updated></entry></feed>"
            );
            parse_links(&feed).built.map(|instant| instant.to_string())
        };
        let jekyll = "<generator uri='https://jekyllrb.com/' version='4.3.2'>Jekyll</generator>";
        assert_eq!(feed(jekyll).as_deref(), Some("2026-05-20T08:00:07Z"));
        assert_eq!(feed("<generator>Hugo</generator>"), None);
    }

    #[test]
    fn sitemaps_list_pages() {
        assert(
            "<urlset><url><loc>https://a.org/x/</loc><lastmod>2026-01-01</lastmod></url></urlset>",
            &[],
            &["https://a.org/x/"],
        );
        let index =
            "<sitemapindex><sitemap><loc>https://a.org/s.xml</loc></sitemap></sitemapindex>";
        assert(index, &[], &[]);
    }

    #[test]
    fn other_xml_and_damaged_feeds() {
        for text in [
            "",
            "[1]",
            "{\"items\":[{\"url\":\"x\"}]}",
            "<html><item>",
            "plain",
            "{",
        ] {
            assert(text, &[], &[]);
        }
        assert(
            "<rss><item><link>a</link></item><item><link>b</lin",
            &["a"],
            &[],
        );
    }

    proptest! {
        #[test]
        fn links_of_any_text_are_bounded(text in "[<>/a-z&;\\[\\]!\"'{}:= -]{0,60}") {
            let found = parse_links(&text);
            prop_assert!(found.entries.len() + found.pages.len() <= text.len());
        }
    }
}
