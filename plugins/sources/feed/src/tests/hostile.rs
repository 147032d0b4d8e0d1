//! Tests of feeds that are broken, malicious, or not feeds.

use proptest::prelude::*;

use super::{atom_entry, only, refused, rss, rss_item, scan};
use crate::read::read;

const ATOM: &str = include_str!("../../fixtures/atom.xml");
const RSS: &str = include_str!("../../fixtures/rss2.xml");

#[test]
fn truncated_feed_yields_no_items() {
    let item = "<item><link>https://example.org/a</link></item>";
    let whole = rss(&item.repeat(3));
    let half = whole.split("</channel>").next().unwrap();
    assert_eq!(
        refused(half),
        "feed.xml:3: the feed ends inside `channel` \
         (fix the feed; no entry is read until all of it is valid)"
    );
    let torn = refused(&whole[..whole.len() / 2]);
    assert!(torn.starts_with("feed.xml:"), "{torn}");
    let message = refused(whole.replacen("</item>", "</itm>", 1));
    assert!(
        message.contains("feed.xml:4:") && message.contains("invalid XML"),
        "{message}"
    );
    let message = refused(r#"{"version": "https://jsonfeed.org/version/1.1", "items": [{"#);
    assert!(
        message.contains("feed.xml:1:") && message.contains("invalid JSON"),
        "{message}"
    );
}

#[test]
fn entities_are_not_expanded() {
    let bomb = "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\">\
                <!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY f SYSTEM \"file:///etc/passwd\">]>\
                <rss><channel><item><link>https://example.org/a</link>\
                <title>&b; &f; &lt;</title></item></channel></rss>";
    assert_eq!(only(bomb).title.as_deref(), Some("&b; &f; <"));
}

#[test]
fn nesting_depth_is_limited() {
    for inside in ["<media:group>", "<itunes:category text='x'>", "<div>"] {
        let message = refused(rss_item(&inside.repeat(100_000)));
        assert!(message.contains("nested more than 200 deep"), "{message}");
    }
    let deep = format!(
        "<content type='xhtml'>{}{}</content>",
        "<b>".repeat(150),
        "</b>".repeat(150)
    );
    assert_eq!(only(atom_entry(&deep)).keys.len(), 3);
}

#[test]
fn element_count_is_limited() {
    let message = refused(rss(&"<item/>".repeat(400_001)));
    assert!(message.contains("more than 400000 elements"), "{message}");
}

#[test]
fn other_documents_are_named() {
    for (text, says) in [
        ("", "the feed is empty"),
        ("hello", "expected XML or JSON"),
        ("<urlset/>", "found a sitemap"),
        ("<opml><body/></opml>", "found the root element `opml`"),
        ("{}", "missing the `version`"),
        ("<rss version='2.0'></rss>", "missing `channel`"),
        (
            "<!doctype html><p>Hi",
            "expected a feed, found a web page (set `url`",
        ),
        (
            "<?xml version='1.0'?>\n<html><rss/></html>",
            "found a web page",
        ),
        (
            "<!DOCTYPE HTML><head><link rel=stylesheet href=x.css><link rel=\"alternate\" \
             type=\"application/rss+xml\" title=\"All > else\" href=\"https://example.org/a.xml\">",
            "use the feed that the page links to: `https://example.org/a.xml`",
        ),
    ] {
        let message = refused(text);
        assert!(message.contains(says), "{text}: {message}");
    }
    assert!(
        only(rss_item("<description>&lt;html></description>"))
            .url
            .is_some()
    );
}

#[test]
fn charset_follows_bytes_then_declarations() {
    let feed = |encoding: &str| {
        format!(
            "<?xml version='1.0' encoding='{encoding}'?>{}",
            rss_item("<title>Größe</title>").split_once("?>").unwrap().1
        )
    };
    let latin: Vec<u8> = feed("ISO-8859-1").chars().map(|c| c as u8).collect();
    let wide = |text: &str| {
        text.encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect::<Vec<u8>>()
    };
    for bytes in [
        feed("UTF-8").into_bytes(),
        // A proxy converted the feed to UTF-8 and kept the old declaration.
        feed("ISO-8859-1").into_bytes(),
        latin.clone(),
        format!("\u{feff}{}", feed("utf-8")).into_bytes(),
        wide(&format!("\u{feff}{}", feed("UTF-16"))),
        wide(&feed("UTF-16")),
    ] {
        assert_eq!(only(&bytes).title.as_deref(), Some("Größe"));
    }
    let said = read(&latin, Some("windows-1252"), None).unwrap();
    assert_eq!(said.entries[0].title.as_ref().unwrap().plain(), "Größe");
    let undeclared: Vec<u8> = rss_item("<title>Größe</title>")
        .replace(" encoding=\"UTF-8\"", "")
        .chars()
        .map(|c| c as u8)
        .collect();
    assert!(refused(&undeclared).contains("declares no charset"));
    let wrong: Vec<u8> = feed("UTF-8").chars().map(|c| c as u8).collect();
    assert!(refused(&wrong).contains("declares UTF-8 but is not valid UTF-8"));
    let odd: Vec<u8> = feed("klingon").chars().map(|c| c as u8).collect();
    assert!(refused(&odd).contains("unknown charset `klingon`"));
}

#[test]
fn harmless_errors_are_tolerated() {
    let feed = format!(
        "\n\nWarning: deprecated in feed.php\n{}<!-- cached -->junk",
        rss_item("<title>Tom & Jerry</title>")
            .replace("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n", "")
    );
    assert_eq!(only(feed).title.as_deref(), Some("Tom & Jerry"));
    assert_eq!(
        only(rss_item("<title type='odd' type='twice'>T</title>"))
            .title
            .as_deref(),
        Some("T")
    );
    let odd = only(atom_entry(
        "<title type='plain'>T</title><content type='??'>x</content>",
    ));
    assert_eq!((odd.title.as_deref(), odd.description), (Some("T"), None));
}

proptest! {
    #[test]
    fn random_bytes_do_not_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        drop(read(&bytes, None, None));
    }

    #[test]
    fn mutated_feed_does_not_panic(
        atom in any::<bool>(), at in any::<prop::sample::Index>(), length in 0..40_usize,
        with in "[<>&;'\"/=a-z:!\\[\\]０٣（é-]{0,20}",
    ) {
        let text = if atom { ATOM } else { RSS };
        let at = text.floor_char_boundary(at.index(text.len()));
        let end = text.floor_char_boundary((at + length).min(text.len()));
        let scan = scan(format!("{}{with}{}", &text[..at], &text[end..]));
        // Everything that is not read is reported.
        prop_assert!(scan.items.len() + scan.faults.len() + scan.notes.len() > 0);
    }
}
