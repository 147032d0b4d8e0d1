//! Tests that every format yields the same item.

use serde_json::json;
use syndicate_api::{Item, ItemField};

use super::{only, rss, scan};

const RSS: &str = include_str!("../../fixtures/rss2.xml");
const RDF: &str = include_str!("../../fixtures/rss1.rdf");
const RSS_091: &str = include_str!("../../fixtures/rss091.xml");
const ATOM: &str = include_str!("../../fixtures/atom.xml");
const JSON: &str = include_str!("../../fixtures/feed.json");

fn image(item: &Item) -> Option<&str> {
    item.image.as_ref()?.url.as_deref()
}

#[test]
fn all_formats_yield_same_item() {
    for (format, feed) in [("rss", RSS), ("atom", ATOM), ("json", JSON)] {
        let item = only(feed);
        assert_eq!(item.keys[0], "https://example.org/blog/cafe", "{format}");
        assert!(
            item.keys
                .contains(&"news:tag:example.org,2026:cafe".to_owned()),
            "{format}"
        );
        assert_eq!(
            item.url.as_deref(),
            Some("https://example.org/blog/cafe/"),
            "{format}"
        );
        assert_eq!(item.link, item.url, "{format}");
        assert_eq!(
            item.title.as_deref(),
            Some("Café & C++: <T> or not?"),
            "{format}"
        );
        assert_eq!(
            item.description.as_deref(),
            Some("What a café can do."),
            "{format}"
        );
        assert_eq!(
            image(&item),
            Some("https://example.org/img/cafe.jpg"),
            "{format}"
        );
        let published = item.published.unwrap();
        assert_eq!(
            published.at.to_string(),
            "2026-11-20T09:30:00+01:00[+01:00]",
            "{format}"
        );
        assert!(!published.day_only, "{format}");
        assert_eq!(item.tags, ["Coffee", "C++"], "{format}");
        assert_eq!(item.author.as_deref(), Some("Ada Lovelace"), "{format}");
        assert_eq!(item.lang.as_deref(), Some("en-GB"), "{format}");
        assert!(item.text.body().unwrap().contains("<p>"), "{format}");
        assert_eq!(item.site.title.as_deref(), Some("Example & Co"), "{format}");
        assert_eq!(
            item.site.url.as_deref(),
            Some("https://example.org"),
            "{format}"
        );
        for field in [
            ItemField::Url,
            ItemField::Title,
            ItemField::Description,
            ItemField::Image,
            ItemField::Published,
        ] {
            let origin = item.origin[&field].to_string();
            assert!(origin.starts_with("feed `"), "{format} {field:?}: {origin}");
        }
    }
}

#[test]
fn rss_091_without_dates_is_read() {
    for (format, feed) in [("1.0", RDF), ("0.91", RSS_091)] {
        let item = only(feed);
        assert_eq!(item.keys[0], "https://example.org/old", "{format}");
        assert_eq!(item.title.as_deref(), Some("Old & good"), "{format}");
        assert_eq!(
            item.description.as_deref(),
            Some("Näher betrachtet."),
            "{format}"
        );
    }
    assert_eq!(only(RDF).author.as_deref(), Some("Ada Lovelace"));
    assert_eq!(
        only(RDF).published.unwrap().at.date().to_string(),
        "2003-12-12"
    );
}

#[test]
fn rss_version_and_prefix_are_free() {
    let item = "<item><title>T</title><link>https://example.org/a</link>\
                <media:thumbnail url='https://example.org/t.jpg'/></item>";
    for root in [
        "<rss>",
        "<rss version='2.0.1'>",
        "<rss version='0.93'>",
        "<rss version='2.0' xmlns='http://backend.userland.com/rss2'>",
        "<rss version='2.0' xmlns='http://example.org/any'>",
    ] {
        let item = only(format!("{root}<channel>{item}</channel></rss>"));
        assert_eq!(item.title.as_deref(), Some("T"), "{root}");
        assert_eq!(image(&item), Some("https://example.org/t.jpg"), "{root}");
    }
    let prefixed = "<a:feed xmlns:a='http://www.w3.org/2005/Atom'><a:entry><a:title>T</a:title>\
                    <a:link href='https://example.org/a'/></a:entry></a:feed>";
    assert_eq!(only(prefixed).title.as_deref(), Some("T"));
    let bare = "<feed><entry><title>T</title><link href='https://example.org/a'/></entry></feed>";
    assert_eq!(only(bare).title.as_deref(), Some("T"));
}

#[test]
fn json_id_may_be_a_number() {
    let feed = json!({
        "version": "https://jsonfeed.org/version/1",
        "items": [
            {"id": 7, "url": "https://example.org/a", "title": 5, "content_text": "FeedText.\nMore."},
            {"id": "x", "url": "https://example.org/b", "image": "/b.png", "banner_image": "/c.png"},
            "nonsense",
        ],
        "home_page_url": "https://example.org",
    });
    let scan = scan(feed.to_string());
    assert_eq!(scan.items[0].keys, ["https://example.org/a", "news:7"]);
    assert_eq!(scan.items[0].title, None);
    assert_eq!(
        scan.items[0].description.as_deref(),
        Some("FeedText. More.")
    );
    assert_eq!(image(&scan.items[1]), Some("https://example.org/c.png"));
    assert_eq!(scan.faults.len(), 1);
    assert!(scan.faults[0].message.contains("neither a link nor an id"));
}

#[test]
fn empty_feed_yields_a_note() {
    let scan = scan(rss(""));
    assert!(scan.items.is_empty() && scan.faults.is_empty());
    assert_eq!(scan.notes, ["`feed.xml`: the feed has no entries"]);
}
