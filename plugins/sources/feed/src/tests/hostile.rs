//! Feeds that are broken, not feeds, or meant to harm.

use proptest::prelude::*;

use super::{atom_entry, only, refused, rss, rss_item, scan};
use crate::read::read;

const ATOM: &str = include_str!("../../fixtures/atom.xml");
const RSS: &str = include_str!("../../fixtures/rss2.xml");

#[test]
fn a_feed_that_breaks_off_yields_nothing() {
    let item = "<item><link>https://example.org/a</link></item>";
    let whole = rss(&item.repeat(3));
    let half = whole.split("</channel>").next().unwrap();
    assert_eq!(
        refused(half),
        "feed.xml:3: it breaks off inside `channel` \
         (none of its entries is taken until the whole feed can be read)"
    );
    let torn = refused(&whole[..whole.len() / 2]);
    assert!(torn.starts_with("feed.xml:"), "{torn}");
    let message = refused(whole.replacen("</item>", "</itm>", 1));
    assert!(
        message.contains("feed.xml:4:") && message.contains("broken XML"),
        "{message}"
    );
    let message = refused(r#"{"version": "https://jsonfeed.org/version/1.1", "items": [{"#);
    assert!(
        message.contains("feed.xml:1:") && message.contains("broken JSON"),
        "{message}"
    );
}

#[test]
fn entities_do_not_grow() {
    let bomb = "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\">\
                <!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY f SYSTEM \"file:///etc/passwd\">]>\
                <rss><channel><item><link>https://example.org/a</link>\
                <title>&b; &f; &lt;</title></item></channel></rss>";
    assert_eq!(only(bomb).title.as_deref(), Some("&b; &f; <"));
}

#[test]
fn nesting_has_an_end() {
    for inside in ["<media:group>", "<itunes:category text='x'>", "<div>"] {
        let message = refused(rss_item(&inside.repeat(100_000)));
        assert!(message.contains("more than 200 elements"), "{message}");
    }
    let deep = format!(
        "<content type='xhtml'>{}{}</content>",
        "<b>".repeat(150),
        "</b>".repeat(150)
    );
    assert_eq!(only(atom_entry(&deep)).keys.len(), 3);
}

#[test]
fn numbers_have_an_end() {
    let message = refused(rss(&"<item/>".repeat(400_001)));
    assert!(message.contains("more than 400000 elements"), "{message}");
}

#[test]
fn what_is_no_feed_is_said_to_be_something_else() {
    for (text, says) in [
        ("", "it is empty"),
        ("hello", "no XML and no JSON"),
        ("<urlset/>", "it is a sitemap"),
        ("<opml><body/></opml>", "its root is `opml`"),
        ("{}", "not that of a JSON Feed"),
        ("<rss version='2.0'></rss>", "no `channel`"),
        (
            "<!doctype html><p>Hi",
            "it is a web page and no feed (give the address",
        ),
        (
            "<?xml version='1.0'?>\n<html><rss/></html>",
            "it is a web page",
        ),
        (
            "<!DOCTYPE HTML><head><link rel=stylesheet href=x.css><link rel=\"alternate\" \
             type=\"application/rss+xml\" title=\"All > else\" href=\"https://example.org/a.xml\">",
            "the page names a feed: `https://example.org/a.xml`",
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
fn the_characters_are_those_that_the_bytes_are() {
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
        // A proxy wrote UTF-8 and left the old claim.
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
    assert!(refused(&undeclared).contains("it does not say what it is"));
    let wrong: Vec<u8> = feed("UTF-8").chars().map(|c| c as u8).collect();
    assert!(refused(&wrong).contains("it claims to be UTF-8 and is not"));
    let odd: Vec<u8> = feed("klingon").chars().map(|c| c as u8).collect();
    assert!(refused(&odd).contains("its charset `klingon` is not known"));
}

#[test]
fn slips_that_do_no_harm_are_overlooked() {
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
    fn no_bytes_break_the_reader(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        drop(read(&bytes, None, None));
    }

    #[test]
    fn no_mutilated_feed_breaks_the_source(
        atom in any::<bool>(), at in any::<prop::sample::Index>(), length in 0..40_usize,
        with in "[<>&;'\"/=a-z:!\\[\\]０٣（é-]{0,20}",
    ) {
        let text = if atom { ATOM } else { RSS };
        let at = text.floor_char_boundary(at.index(text.len()));
        let end = text.floor_char_boundary((at + length).min(text.len()));
        let scan = scan(format!("{}{with}{}", &text[..at], &text[end..]));
        // Whatever is not read is said.
        prop_assert!(scan.items.len() + scan.faults.len() + scan.notes.len() > 0);
    }
}
