//! Tests of single entries: identity, dates, texts, pictures.

use serde_json::json;
use syndicate_api::ItemField;

use super::{atom_entry, only, rss, rss_item, scan, scan_with};

#[test]
fn id_is_a_key_within_source() {
    let page = "https://example.org/blog/a";
    for (guid, keys) in [
        ("", vec![page]),
        ("<guid> 17 </guid>", vec![page, "news:17"]),
        (
            "<guid>https://example.org/?p=17</guid>",
            vec![
                page,
                "https://example.org?p=17",
                "news:https://example.org/?p=17",
            ],
        ),
        // This id differs from others only in its fragment, and page keys have no fragment.
        (
            "<guid>https://example.org/log#v1</guid>",
            vec![page, "news:https://example.org/log#v1"],
        ),
        (
            "<guid>https://example.org/blog/a/</guid>",
            vec![page, "news:https://example.org/blog/a/"],
        ),
        (
            "<guid>urn:uuid:1225c695</guid>",
            vec![page, "news:urn:uuid:1225c695", "id:urn:uuid:1225c695"],
        ),
    ] {
        assert_eq!(only(rss_item(guid)).keys, keys, "{guid}");
    }
    let long = only(rss_item(&format!("<guid>{}</guid>", "x".repeat(5000))));
    assert!(long.keys[1].starts_with("news:sha256:"), "{:?}", long.keys);
}

#[test]
fn permalink_guid_replaces_missing_link() {
    let item = |guid: &str| only(rss(&format!("<item><title>T</title>{guid}</item>")));
    let permalink = item("<guid>https://example.org/a</guid>");
    assert_eq!(permalink.url.as_deref(), Some("https://example.org/a"));
    assert_eq!(permalink.origin[&ItemField::Url].to_string(), "feed `guid`");
    for guid in [
        "<guid isPermaLink='false'>https://example.org/a</guid>",
        "<guid>17</guid>",
    ] {
        assert_eq!(item(guid).url, None, "{guid}");
    }
}

#[test]
fn entry_without_page_is_a_fault() {
    for (entry, message) in [
        ("<title>T</title>", "entry `T` has neither a link nor an id"),
        (
            "<title>T</title><link>mailto:a@example.org</link>",
            "entry `T`: invalid `link` `mailto:a@example.org`: expected an http",
        ),
        ("<link>http://[</link>", "invalid `link` `http://[`"),
    ] {
        let scan = scan(rss(&format!(
            "<item>{entry}</item>\n<item><link>https://example.org/good</link></item>"
        )));
        assert_eq!(scan.items.len(), 1, "{entry}");
        let fault = scan.faults[0].to_string();
        assert!(fault.starts_with("feed.xml:4: "), "{fault}");
        assert!(fault.contains(message), "{fault}");
    }
    let relative = "<rss><channel><item><link>/a</link></item></channel></rss>";
    let scan = scan(relative);
    assert!(
        scan.faults[0]
            .message
            .contains("the feed has no base address")
    );
}

#[test]
fn repeated_entry_is_skipped() {
    let twice = "<item><link>https://example.org/a</link></item>".repeat(2);
    let scan = scan(rss(&twice));
    assert_eq!(scan.items.len(), 1);
    assert_eq!(scan.notes, ["`feed.xml`: skips 1 repeated entry"]);
}

#[test]
fn invalid_date_faults_only_its_entry() {
    let feed = rss(
        "<item><link>https://example.org/a</link><title>A</title><pubDate>bald</pubDate></item>\n\
         <item><link>https://example.org/b</link><pubDate>Do, 19 Nov 2026 08:00 CET</pubDate></item>",
    );
    let scan = scan(feed);
    assert_eq!(
        scan.faults[0].message,
        "entry `A`: invalid `pubDate` `bald`"
    );
    assert_eq!(scan.faults[0].line(), Some(4));
    let at = &scan.items[0].published.as_ref().unwrap().at;
    assert_eq!(at.timestamp().to_string(), "2026-11-19T07:00:00Z");
}

#[test]
fn updated_as_published_is_opt_in() {
    let feed = atom_entry("<updated>2026-11-20T00:00:00Z</updated>");
    let plain = scan(&feed);
    assert_eq!(plain.items[0].published, None);
    assert!(
        plain.notes[0].contains("updated_as_published: true"),
        "{:?}",
        plain.notes
    );
    let enabled = scan_with(&feed, json!({"updated_as_published": true}));
    assert!(enabled.items[0].published.is_some());
    assert!(enabled.notes.is_empty());
    assert_eq!(
        enabled.items[0].origin[&ItemField::Published].to_string(),
        "feed `updated`"
    );
}

#[test]
fn date_without_offset_uses_timezone() {
    let feed = rss_item("<pubDate>2026-11-20 09:30</pubDate>");
    let scan = scan_with(feed, json!({"timezone": "Europe/Oslo"}));
    let at = &scan.items[0].published.as_ref().unwrap().at;
    assert_eq!(at.timestamp().to_string(), "2026-11-20T08:30:00Z");
}

#[test]
fn max_items_selects_newest_entries() {
    let item = |day: u32| {
        format!(
            "<item><link>https://example.org/{day}</link><pubDate>{day} Nov 2026 00:00 GMT</pubDate></item>"
        )
    };
    let days = [3, 1, 5, 2, 4];
    let feed = rss(&days.map(item).concat());
    let scan = scan_with(feed, json!({"max_items": 2}));
    let urls: Vec<_> = scan
        .items
        .iter()
        .filter_map(|item| item.url.as_deref())
        .collect();
    assert_eq!(urls, ["https://example.org/5", "https://example.org/4"]);
    assert_eq!(
        scan.notes,
        ["`feed.xml`: reads the newest 2 of 5 entries (`max_items`)"]
    );
}

#[test]
fn description_is_summary_or_content_start() {
    let described = |inside: &str| only(rss_item(inside)).description;
    let long = "A sentence that says something. ".repeat(20);
    let cut = described(&format!(
        "<content:encoded>&lt;p&gt;{long}</content:encoded>"
    ))
    .unwrap();
    assert!(cut.len() <= 300 && cut.ends_with("something."), "{cut}");
    assert_eq!(
        described("<description>Words [&amp;#8230;]</description>").as_deref(),
        Some("Words…")
    );
    assert_eq!(
        described("<description>Bare <b>markup</b> &amp; more</description>").as_deref(),
        Some("Bare markup & more")
    );
    assert_eq!(described("<description> </description>"), None);
    let html = only(atom_entry("<summary>5 &lt; 6 &amp;amp; 7</summary>"));
    assert_eq!(html.description.as_deref(), Some("5 < 6 &amp; 7"));
}

#[test]
fn tracking_pixels_and_badges_are_skipped() {
    for decoration in [
        "<img src='https://a.example/c.gif' width='1' height='1'>",
        "<img src='https://feeds.feedburner.com/~r/x/4'>",
        "<img src='https://github.com/a/b/workflows/ci/badge.png'>",
        "<img src='/smile.png' class='wp-smiley'>",
    ] {
        let content = |html: &str| {
            let html = html.replace('<', "&lt;");
            let item = only(rss_item(&format!("<description>{html}</description>")));
            item.image.and_then(|image| image.url)
        };
        assert_eq!(content(decoration), None, "{decoration}");
        let found = content(&format!("{decoration}<img src='/d.png'>"));
        assert_eq!(
            found.as_deref(),
            Some("https://example.org/d.png"),
            "{decoration}"
        );
    }
}

#[test]
fn picture_elements_have_an_order() {
    let picture = |inside: &str| only(rss_item(inside)).image.and_then(|image| image.url);
    let of = |name: &str| Some(format!("https://example.org/{name}"));
    for (inside, name) in [
        (
            "<media:thumbnail url='/t.jpg'/><enclosure url='/e.png' type='image/png'/>",
            Some("t.jpg"),
        ),
        (
            "<media:content url='/c.jpg'><media:thumbnail url='/t.jpg'/></media:content>",
            Some("c.jpg"),
        ),
        (
            "<media:content url='/v.mp4' medium='video'/><media:thumbnail url='/t.jpg'/>",
            Some("t.jpg"),
        ),
        (
            "<enclosure url='/a.mp3' type='audio/mpeg'/><itunes:image href='/i.png'/>",
            Some("i.png"),
        ),
        (
            "<enclosure url='/e.png' type='image/png'/><itunes:image href='/i.png'/>",
            Some("e.png"),
        ),
        (
            "<description>&lt;img src='/d.png' alt='D'></description>",
            Some("d.png"),
        ),
        (
            "<description>&lt;img src='/p.gif' width='1' height='1'></description>",
            None,
        ),
        (
            "<description>&lt;img src='data:image/png;base64,x'></description>",
            None,
        ),
        (
            "<description>&lt;img src='https://img.shields.io/x'>&lt;img src=/y.svg></description>",
            None,
        ),
    ] {
        assert_eq!(picture(inside), name.and_then(of), "{inside}");
    }
    let relative = "<description>&lt;img src='x/y.png' alt=' Two  cups '></description>";
    let image = only(rss_item(relative)).image.unwrap();
    assert_eq!(
        image.url.as_deref(),
        Some("https://example.org/blog/a/x/y.png")
    );
    assert_eq!(image.alt.as_deref(), Some("Two cups"));
}

#[test]
fn author_name_omits_mail_address() {
    for (author, name) in [
        (
            "<author>ada@example.org (Ada Lovelace)</author>",
            Some("Ada Lovelace"),
        ),
        ("<author>ada@example.org（名前）</author>", None),
        ("<author>ada@example.org</author>", None),
        ("<author>Ada &amp;amp; Co</author>", Some("Ada & Co")),
        (
            "<dc:creator>Ada</dc:creator><dc:creator>Bob</dc:creator>",
            Some("Ada, Bob"),
        ),
        ("<itunes:author>Ada</itunes:author>", Some("Ada")),
    ] {
        assert_eq!(only(rss_item(author)).author.as_deref(), name, "{author}");
    }
}
