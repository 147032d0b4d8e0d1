//! Single entries: identity, dates, texts, pictures.

use serde_json::json;
use syndicate_api::ItemField;

use super::{atom_entry, only, rss, rss_item, scan, scan_with};

#[test]
fn what_an_entry_is_called_is_a_key_within_its_source() {
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
        // Only its fragment tells such a name from its neighbours', and keys have none.
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
fn a_permalink_stands_in_for_a_link_and_nothing_else_does() {
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
fn entries_that_have_no_page_to_point_at_are_said() {
    for (entry, message) in [
        ("<title>T</title>", "entry `T` has neither a link nor an id"),
        (
            "<title>T</title><link>mailto:a@example.org</link>",
            "entry `T`: `link` is no web address: `mailto:a@example.org`",
        ),
        ("<link>http://[</link>", "`link` is no web address"),
    ] {
        let scan = scan(rss(&format!(
            "<item>{entry}</item>\n<item><link>https://example.org/good</link></item>"
        )));
        assert_eq!(scan.items.len(), 1, "{entry}");
        let fault = scan.faults[0].to_string();
        assert!(fault.starts_with("feed.xml:4: "), "{fault}");
        assert!(fault.contains(message), "{fault}");
    }
    let homeless = "<rss><channel><item><link>/a</link></item></channel></rss>";
    let scan = scan(homeless);
    assert!(
        scan.faults[0]
            .message
            .contains("does not say of which site")
    );
}

#[test]
fn an_entry_that_stands_twice_is_read_once() {
    let twice = "<item><link>https://example.org/a</link></item>".repeat(2);
    let scan = scan(rss(&twice));
    assert_eq!(scan.items.len(), 1);
    assert_eq!(
        scan.notes,
        ["`feed.xml`: entries that stand in it more than once, read once: 1"]
    );
}

#[test]
fn a_date_that_cannot_be_read_is_its_entrys_fault() {
    let feed = rss(
        "<item><link>https://example.org/a</link><title>A</title><pubDate>bald</pubDate></item>\n\
         <item><link>https://example.org/b</link><pubDate>Do, 19 Nov 2026 08:00 CET</pubDate></item>",
    );
    let scan = scan(feed);
    assert_eq!(
        scan.faults[0].message,
        "entry `A`: `pubDate` is no date: `bald`"
    );
    assert_eq!(scan.faults[0].line(), Some(4));
    let at = &scan.items[0].published.as_ref().unwrap().at;
    assert_eq!(at.timestamp().to_string(), "2026-11-19T07:00:00Z");
}

#[test]
fn the_date_of_a_change_is_one_of_publication_only_if_the_user_says_so() {
    let feed = atom_entry("<updated>2026-11-20T00:00:00Z</updated>");
    let plain = scan(&feed);
    assert_eq!(plain.items[0].published, None);
    assert!(
        plain.notes[0].contains("updated_as_published: true"),
        "{:?}",
        plain.notes
    );
    let told = scan_with(&feed, json!({"updated_as_published": true}));
    assert!(told.items[0].published.is_some());
    assert!(told.notes.is_empty());
    assert_eq!(
        told.items[0].origin[&ItemField::Published].to_string(),
        "feed `updated`"
    );
}

#[test]
fn a_time_without_an_offset_is_the_users() {
    let feed = rss_item("<pubDate>2026-11-20 09:30</pubDate>");
    let scan = scan_with(feed, json!({"timezone": "Europe/Oslo"}));
    let at = &scan.items[0].published.as_ref().unwrap().at;
    assert_eq!(at.timestamp().to_string(), "2026-11-20T08:30:00Z");
}

#[test]
fn the_newest_are_read_whatever_their_order() {
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
        ["`feed.xml`: of its 5 entries the newest 2 are read (`max_items`)"]
    );
}

#[test]
fn a_description_is_a_summary_or_the_beginning() {
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
fn counters_and_badges_of_content_are_no_pictures() {
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
fn a_picture_comes_from_the_first_place_that_has_one() {
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
fn names_of_people_are_shown_and_their_mail_is_not() {
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
