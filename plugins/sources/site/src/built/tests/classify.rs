//! Classification of pages as posts.

use serde_json::json;

use super::{built, page, pages, post};
use crate::tests::TestSite;

/// Adds pages to `site`, each given by its file and its head.
fn with(site: TestSite, heads: &[(&str, &str)]) -> TestSite {
    heads.iter().fold(site, |site, (file, head)| {
        let html = page(&format!("<title>{file}</title>{head}"), "");
        site.file(&format!("public/{file}"), html)
    })
}

const ARTICLE: &str = "<meta property=og:type content=article>";
const WEBSITE: &str = "<meta property=og:type content=website>";
const POSTING: &str =
    r#"<script type="application/ld+json">{"@type":"BlogPosting","headline":"x"}</script>"#;
const DATED: &str = "<meta property=article:published_time content=2026-01-02>";

#[test]
fn certain_non_posts_ignore_markers() {
    let sure = format!("{ARTICLE}{POSTING}{DATED}");
    let redirect = format!("{sure}<meta http-equiv=refresh content='0; url=/a/'>");
    let noindex = format!("{sure}<meta name=robots content=noindex>");
    let site = with(
        built(),
        &[
            ("a/index.html", &sure),
            ("old/index.html", &redirect),
            ("hidden/index.html", &noindex),
            ("about/index.html", &sure),
            ("404.html", ""),
            ("tags/rust/index.html", ""),
            ("page/2/index.html", ""),
        ],
    );
    assert_eq!(pages(&site), ["public/a/index.html"]);
}

#[test]
fn marker_counts_unless_lists_carry_it() {
    let posts = [("a/index.html", ARTICLE), ("b/index.html", ARTICLE)];
    let lists = |head| [("tags/x/index.html", head), ("archives/index.html", head)];
    let differs = with(with(built(), &posts), &lists(WEBSITE));
    assert_eq!(
        pages(&differs),
        ["public/a/index.html", "public/b/index.html"]
    );
    let same = with(with(built(), &posts), &lists(ARTICLE));
    assert_eq!(pages(&same), [""; 0]);
    // A date on one page is still evidence.
    let dated = with(same, &[("c/index.html", &format!("{ARTICLE}{DATED}"))]);
    assert_eq!(pages(&dated), ["public/c/index.html"]);
}

#[test]
fn list_markers_outweigh_og_type() {
    let articles = "<article><h2>x</h2></article><article><h2>y</h2></article>";
    let next = format!("{ARTICLE}<link rel=next href=/blog/2/>");
    let site = with(
        built()
            .file("public/blog/index.html", page(ARTICLE, articles))
            .file("public/news/index.html", page(&next, ""))
            .file(
                "public/a/index.html",
                page(&format!("{ARTICLE}{DATED}"), articles),
            ),
        &[("tags/x/index.html", WEBSITE), ("b/index.html", ARTICLE)],
    );
    assert_eq!(pages(&site), ["public/a/index.html", "public/b/index.html"]);
}

#[test]
fn feed_entries_are_posts() {
    let feed = "<feed xmlns='http://www.w3.org/2005/Atom'>\
        <entry><link href='https://example.org/blog/a/'/></entry>\
        <entry><link href='https://elsewhere.org/b/'/></entry></feed>";
    let home = page(
        "<link rel=alternate type=application/atom+xml href=/feeds/all/atom.xml>",
        "",
    );
    let site = with(
        built()
            .file("public/index.html", home)
            .file("public/feeds/all/atom.xml", feed),
        &[("blog/a/index.html", ""), ("b/index.html", "")],
    );
    assert_eq!(pages(&site), ["public/blog/a/index.html"]);
    let item = &site.scan_today().items[0];
    let origin = item.origin[&syndicate_api::ItemField::Post].to_string();
    assert_eq!(origin, "feed `public/feeds/all/atom.xml`");
}

#[test]
fn pages_resembling_posts_are_posts() {
    let own = |file: &str| format!("<meta property=og:url content=/{file}/>");
    let names = ["x/a", "x/b", "y/c", "z/d"];
    let mut site = built();
    for (at, name) in names.iter().enumerate() {
        let date = if at < 3 { DATED } else { "" };
        let head = format!("{}{date}", own(name));
        site = with(site, &[(&format!("{name}/index.html"), &head)]);
    }
    let lists = ["tags/1", "tags/2", "tags"];
    for name in lists {
        site = with(site, &[(&format!("{name}/index.html"), "")]);
    }
    let site = with(site, &[("x/other/index.html", "")]);
    let expected = names.map(|name| format!("public/{name}/index.html"));
    assert_eq!(pages(&site), expected);
}

#[test]
fn folder_decides_without_shared_features() {
    let mut items = String::new();
    let mut site = built();
    for name in ["2025/a", "2025/b", "2026/c"] {
        items.push_str(&format!(
            "<item><link>https://example.org/{name}/</link></item>"
        ));
        site = with(site, &[(&format!("{name}/index.html"), "")]);
    }
    let feed = format!("<rss><channel>{items}</channel></rss>");
    let site = with(
        site.file("public/rss.xml", feed),
        &[
            ("2024/old/index.html", ""),
            ("2024/index.html", ""),
            ("2024/list/index.html", ""),
            ("2024/list/part/index.html", ""),
            ("hardware/index.html", ""),
        ],
    );
    assert_eq!(
        pages(&site),
        ["2024/old", "2025/a", "2025/b", "2026/c"].map(|name| format!("public/{name}/index.html"))
    );
}

#[test]
fn user_patterns_win_classification() {
    let site = || {
        with(
            built().file("public/a/index.html", post("A", "2026-01-02")),
            &[("notes/n.html", ""), ("tags/x/index.html", "")],
        )
    };
    let chosen = |pages: serde_json::Value| super::pages(&site().option("pages", pages));
    assert_eq!(
        chosen(json!({"include": ["notes/*", "tags/**"]})),
        ["public/notes/n.html", "public/tags/x/index.html"]
    );
    assert_eq!(chosen(json!({"exclude": "a/**"})), [""; 0]);
    assert_eq!(
        chosen(json!({"include": "**/*.html", "exclude": ["tags/**", "index.html"]})),
        ["public/a/index.html", "public/notes/n.html"]
    );
}

#[test]
fn heading_alone_proves_nothing() {
    let mut items = String::new();
    let mut site = built();
    for name in ["blog/a", "blog/b", "notes/c"] {
        items.push_str(&format!(
            "<item><link>https://example.org/{name}/</link></item>"
        ));
        let html = page("<title>A</title>", "<article><h1>A</h1><p>Text.</article>");
        site = site.file(&format!("public/{name}/index.html"), html);
    }
    let feed = format!("<rss><channel>{items}</channel></rss>");
    let site = with(
        site.file("public/rss.xml", feed),
        &[
            ("tags/x/index.html", ""),
            ("tags/y/index.html", ""),
            ("tags/index.html", ""),
        ],
    );
    // Headings like those of posts, which lists lack.
    let headed = page(
        "<title>Shop</title>",
        "<article><h1>Shop</h1><p>Buy.</article>",
    );
    let site = site
        .file("public/shop/index.html", &headed)
        .file("public/docs/install/index.html", &headed);
    assert_eq!(
        pages(&site),
        ["blog/a", "blog/b", "notes/c"].map(|name| format!("public/{name}/index.html"))
    );
}

#[test]
fn language_home_page_is_not_post() {
    let head = format!("{ARTICLE}{DATED}");
    let site = with(
        built(),
        &[
            ("fr/index.html", &head),
            ("fr/bonjour/index.html", &head),
            ("en/index.html", &head),
            ("go/index.html", &head),
            ("tags/x/index.html", WEBSITE),
        ],
    );
    // `fr` contains pages, and `en` is the language of its page.
    assert_eq!(
        pages(&site),
        ["public/fr/bonjour/index.html", "public/go/index.html"]
    );
}

#[test]
fn posts_sharing_second_are_dated() {
    let dated = "<meta name=generator content='Jekyll v4.3.2'>\
        <meta property=article:published_time content=2026-05-20T10:00:07+00:00>";
    let site = with(built(), &[("a/index.html", dated), ("b/index.html", dated)]);
    let items = site.scan_today().items;
    assert_eq!(items.len(), 2);
    assert!(items.iter().all(|item| item.published.is_some()));
}
