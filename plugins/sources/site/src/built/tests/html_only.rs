//! Items read from pages alone.

use serde_json::json;
use syndicate_api::{FieldOrigin, ItemField};

use super::{built, item, of_page, page, post};
use crate::tests::TestSite;

#[test]
fn html_only_item_has_page_fields() {
    let head = "<link rel=canonical href='https://example.org/blog/a/'>\
        <meta property=og:title content='A | My Site'><meta property=og:site_name content='My Site'>\
        <meta property=og:description content='What it is about.'>\
        <meta property=og:image content='/img/My%20Pic.png?v=2'>\
        <meta property=og:image:alt content='A picture'>\
        <meta property=article:published_time content=2026-01-02T03:04:05+01:00>\
        <meta property=article:tag content=Rust><meta property=article:tag content=Web>\
        <meta name=author content=Ada>";
    let site = built()
        .file(
            "public/blog/a/index.html",
            page(head, "<h1>A</h1><p>Text.</p>"),
        )
        .file("public/img/My Pic.png", "");
    let item = item(&site);
    assert_eq!(
        item.keys,
        [
            "https://example.org/blog/a",
            "blog:public/blog/a/index.html"
        ]
    );
    assert_eq!(
        (item.path, item.page.as_deref()),
        (None, Some("public/blog/a/index.html"))
    );
    assert_eq!(item.url.as_deref(), Some("https://example.org/blog/a/"));
    assert_eq!(item.link, item.url);
    assert_eq!(item.title.as_deref(), Some("A"));
    assert_eq!(item.description.as_deref(), Some("What it is about."));
    let image = item.image.unwrap();
    assert_eq!(
        image.url.as_deref(),
        Some("https://example.org/img/My%20Pic.png?v=2")
    );
    assert_eq!(image.file.as_deref(), Some("public/img/My Pic.png"));
    assert_eq!(image.alt.as_deref(), Some("A picture"));
    let published = item.published.unwrap();
    assert_eq!(
        published.at.to_string(),
        "2026-01-02T03:04:05+01:00[+01:00]"
    );
    assert_eq!(item.tags, ["Rust", "Web"]);
    assert_eq!(
        (item.author.as_deref(), item.lang.as_deref()),
        (Some("Ada"), Some("en"))
    );
    assert_eq!((item.draft, item.hold), (false, None));
    assert_eq!(item.site.title.as_deref(), Some("My Site"));
    assert_eq!(
        item.origin.get(&ItemField::Post),
        of_page("article:published_time").as_ref()
    );
    assert_eq!(
        item.origin.get(&ItemField::Title),
        of_page("og:title").as_ref()
    );
    assert_eq!(
        item.origin.get(&ItemField::Url),
        of_page("link rel=canonical").as_ref()
    );
}

#[test]
fn pictures_in_output_become_files() {
    let file_of = |target: &str| {
        let head = format!(
            "<meta property=og:image content='{target}'>\
             <meta property=article:published_time content=2026-01-02>"
        );
        let site = built()
            .option("url", json!("https://example.org/base"))
            .file("public/a/index.html", page(&head, ""))
            .file("public/a/own.png", "")
            .file("public/x.png", "")
            .file("secret.png", "");
        item(&site).image.unwrap().file
    };
    for (target, file) in [
        ("own.png", Some("public/a/own.png")),
        ("/base/x.png", Some("public/x.png")),
        ("https://example.org/base/x.png#top", Some("public/x.png")),
        ("/x.png", None),
        ("https://cdn.example.org/base/x.png", None),
        ("/base/../secret.png", None),
        ("/base/%2e%2e/secret.png", None),
        ("/base/..%2fsecret.png", None),
        ("/base/missing.png", None),
    ] {
        assert_eq!(file_of(target).as_deref(), file, "{target}");
    }
}

#[test]
fn output_folder_outside_site_root() {
    let head = "<link rel=canonical href=https://a.org/b/a>\
        <meta property=article:published_time content=2026-01-02>";
    let site = TestSite::new()
        .option("path", json!("site"))
        .option("output", json!("../www/"))
        .option("content", json!(false))
        .file("site/keep", "")
        .file("www/a.html", page(head, ""));
    let item = item(&site);
    assert_eq!(item.page.as_deref(), Some("www/a.html"));
    assert_eq!(item.keys, ["https://a.org/b/a", "blog:../www/a.html"]);
}

#[test]
fn missing_output_folder_is_error() {
    let site = TestSite::new()
        .option("output", json!("public"))
        .option("content", json!(false));
    let error = site.try_scan().unwrap_err().to_string();
    assert!(
        error.contains("`public` of source `blog` is missing"),
        "{error}"
    );
}

#[test]
fn site_without_posts_gets_note() {
    let site = built().file(
        "public/a/index.html",
        page("<title>A</title>", "<p>Text</p>"),
    );
    let scan = site.scan_today();
    assert_eq!(scan.items, []);
    assert!(
        scan.notes[0].contains("none of the 2 pages in `public`"),
        "{:?}",
        scan.notes
    );
}

#[cfg(unix)]
#[test]
fn links_out_of_the_folder_are_not_followed() {
    let site = built().file("elsewhere/a.html", post("A", "2026-01-02"));
    let public = site.path().join("public");
    std::os::unix::fs::symlink("../elsewhere/a.html", public.join("a.html")).unwrap();
    std::os::unix::fs::symlink("../elsewhere", public.join("b")).unwrap();
    assert_eq!(super::pages(&site), [""; 0]);
}

#[test]
fn invalid_utf8_page_is_not_fatal() {
    let site = built()
        .file("public/a.html", [0xff_u8, 0xfe, 0x00, 0x3c])
        .file("public/b.html", "")
        .file("public/c/index.html", post("C", "2026-01-02"));
    assert_eq!(super::pages(&site), ["public/c/index.html"]);
}

#[test]
fn naive_dates_use_site_zone() {
    let site = built().option("timezone", json!("Europe/Oslo")).file(
        "public/a/index.html",
        post("A", "2026-01-02").replace("T09:00:00Z", "T09:00:00"),
    );
    let item = item(&site);
    assert_eq!(
        item.published.unwrap().at.timestamp().to_string(),
        "2026-01-02T08:00:00Z"
    );
    assert_eq!(item.origin.get(&ItemField::Url), Some(&FieldOrigin::Path));
}

#[test]
fn unfinished_page_in_feed_waits() {
    let feed = "<rss><channel><item><link>https://example.org/a/</link></item>\
        <item><link>https://example.org/b/</link></item></channel></rss>";
    let whole = post("A", "2026-01-02");
    let site = built()
        .file("public/index.xml", feed)
        .file("public/a/index.html", "")
        .file("public/b/index.html", &whole[..whole.len() - 30]);
    let held: Vec<_> = site
        .scan_today()
        .items
        .iter()
        .map(|item| item.hold.clone().unwrap())
        .collect();
    let reason = |what: &str| (syndicate_api::Code::PageNotBuilt, what.to_owned());
    assert_eq!(
        held,
        [
            reason("its page `public/a/index.html` is empty"),
            reason("its page `public/b/index.html` ends within `<main>`"),
        ]
    );
}

#[test]
fn home_page_og_url_is_ignored() {
    let og = "<meta property=og:url content=https://example.org/>\
        <meta property=article:published_time content=2026-01-02>";
    let site = TestSite::new()
        .option("output", json!("public"))
        .option("content", json!(false))
        .option("url", json!("https://example.org"))
        .file("public/blog/a/index.html", page(og, "A"))
        .file("public/blog/b.html", page(og, "B"));
    let urls: Vec<_> = site
        .scan_today()
        .items
        .iter()
        .map(|item| item.url.clone().unwrap())
        .collect();
    assert_eq!(
        urls,
        [
            "https://example.org/blog/a/",
            "https://example.org/blog/b.html"
        ]
    );
}
