//! The URL that a page states and the URL at which it is served.

use serde_json::json;

use super::{built, item, page, pages, post};
use crate::tests::TestSite;

/// Returns a post's page with `head` in its head.
fn with(head: &str) -> String {
    let date = "<meta property=article:published_time content=2026-01-02>";
    page(&format!("<title>A</title>{date}{head}"), "")
}

#[test]
fn page_states_its_own_url() {
    let url_of = |file: &str, head: &str| {
        let site = built().file(&format!("public/{file}"), with(head));
        let item = item(&site);
        (item.url.unwrap(), item.keys)
    };
    for (file, head, expected) in [
        ("a/index.html", "", "https://example.org/a/"),
        ("a.html", "", "https://example.org/a.html"),
        ("a b/ü.html", "", "https://example.org/a%20b/%C3%BC.html"),
        (
            "a.html",
            "<link rel=canonical href=/a>",
            "https://example.org/a",
        ),
        (
            "a/index.html",
            "<link rel=canonical href=https://example.org/a>",
            "https://example.org/a",
        ),
        (
            "a/index.html",
            "<meta property=og:url content=/a/index.html>",
            "https://example.org/a/",
        ),
        // A theme's mistake: each page states the home page's URL.
        (
            "a/index.html",
            "<link rel=canonical href=https://example.org/>",
            "https://example.org/a/",
        ),
        (
            "a/index.html",
            "<link rel=canonical href=http://localhost:4000/a/>",
            "https://example.org/a/",
        ),
    ] {
        assert_eq!(url_of(file, head).0, expected, "{file} {head}");
    }
    let (url, keys) = url_of(
        "a/index.html",
        "<link rel=canonical href=https://medium.com/@ada/a-1>",
    );
    assert_eq!(url, "https://example.org/a/");
    assert_eq!(
        keys,
        [
            "https://example.org/a",
            "https://medium.com/%40ada/a-1",
            "blog:public/a/index.html"
        ]
    );
}

#[test]
fn canonical_duplicates_are_not_posts() {
    let site = built()
        .file("public/a/index.html", with("<link rel=canonical href=/a/>"))
        .file("public/a/amp.html", with("<link rel=canonical href=/a/>"))
        .file(
            "public/print/a.html",
            with("<link rel=canonical href=https://example.org/a/>"),
        );
    assert_eq!(pages(&site), ["public/a/index.html"]);
}

#[test]
fn sitemap_decides_url_form() {
    let sitemap = "<urlset><url><loc>https://example.org/a</loc></url></urlset>";
    let site = built()
        .file("public/sitemap.xml", sitemap)
        .file("public/a.html", with(""));
    assert_eq!(item(&site).url.as_deref(), Some("https://example.org/a"));
}

#[test]
fn base_url_is_inferred_from_pages() {
    let url_of = |file: &str, files: &[(&str, String)]| {
        let site = TestSite::new()
            .option("output", json!("public"))
            .option("content", json!(false))
            .file(&format!("public/{file}"), post("A", "2026-01-02"));
        let site = files.iter().fold(site, |site, (path, text)| {
            site.file(&format!("public/{path}"), text)
        });
        let scan = site.scan_today();
        scan.items[0].url.clone()
    };
    assert_eq!(url_of("a/index.html", &[]), None);
    let canonical = |url: &str| page(&format!("<link rel=canonical href={url}>"), "");
    let others = [
        ("b/index.html", canonical("https://a.org/base/b/")),
        ("c/index.html", canonical("https://a.org/base/c")),
        ("d/index.html", canonical("https://elsewhere.org/d/")),
    ];
    assert_eq!(
        url_of("a/index.html", &others).as_deref(),
        Some("https://a.org/base/a/")
    );
    let feed = "<rss><channel><item><link>https://a.org/base/a/</link></item></channel></rss>";
    let feed = [("index.xml", feed.to_owned())];
    assert_eq!(
        url_of("a/index.html", &feed).as_deref(),
        Some("https://a.org/base/a/")
    );
}
