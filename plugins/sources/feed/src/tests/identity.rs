//! Tests of ids, of links that entries share, and of an entry's text.

use syndicate_api::{SourceScan, TextKind};

use super::{atom_entry, only, rss, rss_item, scan};

/// Returns an RSS item with a title, a link and these elements.
fn entry(title: &str, link: &str, inside: &str) -> String {
    format!("<item><title>{title}</title><link>https://example.org/{link}</link>{inside}</item>\n")
}

fn keys(scan: &SourceScan) -> Vec<Vec<&str>> {
    let keys = scan.items.iter().map(|item| &item.keys);
    keys.map(|keys| keys.iter().map(String::as_str).collect())
        .collect()
}

fn faults(scan: &SourceScan) -> Vec<String> {
    scan.faults.iter().map(ToString::to_string).collect()
}

#[test]
fn link_fragment_distinguishes_entries() {
    let log = [
        entry("2.0", "changes#v2", ""),
        entry("1.0", "changes#v1", ""),
        entry("All", "changes", "<guid>all</guid>"),
    ];
    let scan = scan(rss(&log.concat()));
    assert_eq!(faults(&scan), Vec::<String>::new());
    assert_eq!(
        keys(&scan),
        [
            vec!["https://example.org/changes#v2"],
            vec!["https://example.org/changes#v1"],
            vec!["https://example.org/changes", "news:all"],
        ]
    );
    let url = scan.items[0].url.as_deref();
    assert_eq!(url, Some("https://example.org/changes#v2"));
}

#[test]
fn fragment_of_any_page_is_not_in_the_key() {
    for fragment in [
        "comments",
        "respond",
        "xtor=RSS-1",
        "utm_source=rss",
        ":~:text=a",
    ] {
        let scan = scan(rss(&entry("A", &format!("a/#{fragment}"), "")));
        assert_eq!(keys(&scan), [["https://example.org/a"]], "{fragment}");
    }
}

#[test]
fn shared_link_is_not_a_key() {
    let shared = [
        entry("A", "news", "<guid isPermaLink='false'>1</guid>"),
        entry(
            "B",
            "news/?utm_source=feed",
            "<guid>tag:example.org,2026:b</guid>",
        ),
        entry("C", "c", ""),
    ];
    let scan = scan(rss(&shared.concat()));
    assert_eq!(faults(&scan), Vec::<String>::new());
    assert_eq!(
        keys(&scan),
        [
            vec!["news:1"],
            vec!["news:tag:example.org,2026:b", "id:tag:example.org,2026:b"],
            vec!["https://example.org/c"],
        ]
    );
    let url = scan.items[0].url.as_deref();
    assert_eq!(url, Some("https://example.org/news"));
}

#[test]
fn shared_link_without_id_is_a_fault() {
    let shared = [
        entry("A", "news", "<guid>1</guid>"),
        entry("B", "news", ""),
        entry("C", "news", ""),
        entry("D", "d", ""),
    ];
    let scan = scan(rss(&shared.concat()));
    assert_eq!(keys(&scan), [vec!["news:1"], vec!["https://example.org/d"]]);
    let says = "has no id, and other entries share its link `https://example.org/news`";
    assert_eq!(
        faults(&scan),
        [
            format!("feed.xml:5: entry `B` {says}"),
            format!("feed.xml:6: entry `C` {says}"),
        ]
    );
}

#[test]
fn one_id_with_two_links_is_a_fault_of_both() {
    let clashing = [
        entry("A", "a", "<guid isPermaLink='false'>7</guid>"),
        entry("B", "b", "<guid isPermaLink='false'>7</guid>"),
        entry("C", "c", "<guid isPermaLink='false'>8</guid>"),
    ];
    let scan = scan(rss(&clashing.concat()));
    assert_eq!(keys(&scan), [vec!["https://example.org/c", "news:8"]]);
    assert_eq!(
        faults(&scan),
        [
            "feed.xml:4: entry `A` has the same id `7` as entry `B`, but another link",
            "feed.xml:5: entry `B` has the same id `7` as entry `A`, but another link",
        ]
    );
}

#[test]
fn permalink_of_another_entry_is_not_a_key() {
    let entries = [
        entry("A", "a", "<guid>https://example.org/b</guid>"),
        entry("B", "b", "<guid>https://example.org/b-2</guid>"),
    ];
    let scan = scan(rss(&entries.concat()));
    assert_eq!(
        keys(&scan),
        [
            vec!["https://example.org/a", "news:https://example.org/b"],
            vec![
                "https://example.org/b",
                "https://example.org/b-2",
                "news:https://example.org/b-2"
            ],
        ]
    );
}

#[test]
fn unicode_forms_of_an_id_are_one_key() {
    let composed = only(rss_item("<guid>\u{fc}ber</guid>"));
    let decomposed = only(rss_item("<guid> u\u{308}ber </guid>"));
    assert_eq!(composed.keys, decomposed.keys);
    assert_eq!(composed.keys[1], "news:\u{fc}ber");
}

#[test]
fn text_is_content_without_markup() {
    let words = "One two three four five six seven eight nine ten eleven twelve thirteen fourteen \
        fifteen sixteen seventeen eighteen nineteen twenty";
    let html = words.replace(' ', "</b> <b>");
    let content = |html: &str| {
        let item = only(atom_entry(html));
        item.text.digest().unwrap().cloned()
    };
    let plain = content(&format!(
        "<summary>Short.</summary><content>{words}</content>"
    ));
    let marked = content(&format!(
        "<content type='html'>&lt;b>{}&lt;/b></content>",
        html.replace('<', "&lt;")
    ));
    assert_eq!(plain.as_ref().unwrap().kind, TextKind::Feed);
    assert_eq!(plain, marked);
    assert_eq!(content(&format!("<summary>{words}.</summary>")), plain);
    assert_eq!(content("<content>Too short to tell.</content>"), None);
}
