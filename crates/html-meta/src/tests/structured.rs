//! What is marked up as being about the article: JSON-LD, microdata, microformats.

use super::{all, best, page};
use crate::Page;

fn json_ld(json: &str) -> Page {
    page(&format!(
        r#"<script type="application/ld+json">{json}</script>"#
    ))
}

#[test]
fn json_ld_gives_every_field() {
    let page = json_ld(
        r#"{"@context": "https://schema.org", "@type": "BlogPosting", "headline": "A & B",
        "name": "N", "description": "D  d", "url": "/posts/first/",
        "mainEntityOfPage": {"@type": "WebPage", "@id": "https://example.org/posts/first/"},
        "image": {"@type": "ImageObject", "url": "/a.png", "caption": "Alt"},
        "datePublished": "2024-05-01T08:00:00+02:00", "dateModified": "2024-05-02",
        "author": [{"@type": "Person", "name": "Ada"}, {"@type": "Person", "name": "Charles"}],
        "keywords": "rust, web", "inLanguage": "en_GB"}"#,
    );
    assert_eq!(
        all(&page.title),
        ["JSON-LD headline: A & B", "JSON-LD name: N"]
    );
    assert_eq!(all(&page.description), ["JSON-LD description: D d"]);
    assert_eq!(
        all(&page.url),
        [
            "JSON-LD url: https://example.org/posts/first/",
            "JSON-LD mainEntityOfPage: https://example.org/posts/first/"
        ]
    );
    assert_eq!(
        all(&page.images),
        ["JSON-LD image: https://example.org/a.png (Alt)"]
    );
    assert_eq!(
        all(&page.published),
        ["JSON-LD datePublished: 2024-05-01T08:00:00+02:00"]
    );
    assert_eq!(all(&page.updated), ["JSON-LD dateModified: 2024-05-02"]);
    assert_eq!(all(&page.author), ["JSON-LD author: Ada, Charles"]);
    assert_eq!(all(&page.tags), ["JSON-LD keywords: rust + web"]);
    assert_eq!(all(&page.lang), ["JSON-LD inLanguage: en-GB"]);
}

#[test]
fn json_ld_article_is_found_anywhere() {
    for json in [
        r#"{"@type": "NewsArticle", "headline": "T"}"#,
        r#"{"@type": ["Thing", "https://schema.org/TechArticle"], "headline": "T"}"#,
        r#"[{"@type": "BreadcrumbList", "name": "no"}, {"@type": "Article", "headline": "T"}]"#,
        r#"{"@graph": [{"@type": "WebPage", "name": "no"}, {"@type": "Article", "headline": "T"}]}"#,
        r#"{"@type": "WebPage", "name": "no", "mainEntity": {"@type": "Article", "headline": "T"}}"#,
        r#"<!-- {"@type": "Article", "headline": "T"} -->"#,
        "//<![CDATA[\n{\"@type\": \"Article\", \"headline\": \"T\"}\n//]]>",
    ] {
        assert_eq!(best(&json_ld(json).title), "T", "{json}");
    }
}

#[test]
fn json_ld_values_have_many_shapes() {
    for (image, expected) in [
        (r#""/a.png""#, "https://example.org/a.png"),
        (
            r#"["/a.png", {"url": "/b.png"}]"#,
            "https://example.org/a.png",
        ),
        (r#"{"contentUrl": "/a.png"}"#, "https://example.org/a.png"),
        (r##"{"@id": "#pic"}"##, "https://example.org/a.png"),
        (
            r##"{"@type": "ImageObject", "@id": "#pic"}"##,
            "https://example.org/a.png",
        ),
        ("null", ""),
        ("7", ""),
    ] {
        let page = json_ld(&format!(
            r##"{{"@graph": [{{"@type": "Article", "headline": "T", "image": {image},
            "keywords": ["a, b", {{"@type": "DefinedTerm", "name": "c"}}],
            "author": "Ada"}}, {{"@type": "ImageObject", "@id": "#pic", "url": "/a.png"}}]}}"##
        ));
        assert_eq!(best(&page.images), expected, "{image}");
        assert_eq!(best(&page.tags), "a, b + c");
        assert_eq!(best(&page.author), "Ada");
    }
}

#[test]
fn json_ld_article_matches_page_address() {
    let page = page(
        r#"<link rel="canonical" href="https://example.org/b/"><script type="application/ld+json">
        [{"@type": "Article", "headline": "A", "url": "https://example.org/a/"},
        {"@type": "Article", "headline": "B", "url": "http://example.org/b/index.html"}]</script>"#,
    );
    assert_eq!(all(&page.title), ["JSON-LD headline: B"]);
}

#[test]
fn broken_json_ld_is_ignored() {
    for json in [
        r#"{"@type": "Article", "headline": "T",}"#,
        "",
        "null",
        r#""Article""#,
        r#"{"@type": "Organization", "name": "T"}"#,
        r#"{"headline": "T"}"#,
    ] {
        assert_eq!(all(&json_ld(json).title), [""; 0], "{json}");
    }
    let page = json_ld(r#"{"@type": "WebSite", "name": "Site"}"#);
    assert_eq!(all(&page.site_name), ["JSON-LD WebSite name: Site"]);
}

#[test]
fn microdata_gives_fields_of_article() {
    let page = page(
        r#"<nav itemscope itemtype="http://schema.org/SiteNavigationElement">
        <a itemprop="url" href="/"><span itemprop="name">Home</span></a></nav>
        <div itemscope itemtype="https://schema.org/BlogPosting">
        <h1 itemprop="headline"><a href="/x/">T</a></h1><meta itemprop="description" content="D">
        <time itemprop="datePublished" datetime="2024-05-01">May</time>
        <meta itemprop="dateModified" content="2024-05-02T00:00:00Z">
        <span itemprop="author" itemscope itemtype="https://schema.org/Person">
        <a itemprop="url" href="/ada"><b itemprop="name">Ada</b></a></span>
        <img itemprop="image" src="a.png" alt="Alt"><span itemprop="keywords">a, b</span>
        <link itemprop="mainEntityOfPage" href="/x/"></div>"#,
    );
    assert_eq!(all(&page.title), ["itemprop headline: T", "body h1: T"]);
    assert_eq!(all(&page.description), ["itemprop description: D"]);
    assert_eq!(best(&page.published), "2024-05-01");
    assert_eq!(
        all(&page.updated),
        ["itemprop dateModified: 2024-05-02T00:00:00Z"]
    );
    assert_eq!(all(&page.author), ["itemprop author: Ada"]);
    assert_eq!(all(&page.tags), ["itemprop keywords: a + b"]);
    assert_eq!(
        all(&page.url),
        ["itemprop mainEntityOfPage: https://example.org/x/"]
    );
    assert_eq!(
        best(&page.images),
        "https://example.org/posts/first/a.png (Alt)"
    );
}

#[test]
fn microformats_give_fields_of_entry() {
    let page = page(
        r#"<body class="h-full"><article class="post h-entry"><h1 class="p-name">T</h1>
        <p class="p-summary">S</p><a class="u-url" href="/x/"><time class="dt-published"
        datetime="2024-05-01T00:00:00Z">May</time></a>
        <time class="dt-updated" datetime="2024-05-02">x</time>
        <a class="p-author h-card" href="/ada">Ada</a><img class="u-photo" src="/a.png" alt="Alt">
        <a class="p-category" href="/c/rust">Rust</a><a class="p-category" href="/c/go">Go</a>
        <div class="h-cite"><span class="p-name">Comment</span></div></article>"#,
    );
    assert_eq!(best(&page.title), "T");
    assert!(
        all(&page.title)
            .iter()
            .all(|title| !title.contains("Comment"))
    );
    assert_eq!(best(&page.description), "S");
    assert_eq!(all(&page.url), ["u-url: https://example.org/x/"]);
    assert_eq!(best(&page.published), "2024-05-01T00:00:00Z");
    assert_eq!(best(&page.updated), "2024-05-02");
    assert_eq!(best(&page.author), "Ada");
    assert_eq!(best(&page.images), "https://example.org/a.png (Alt)");
    assert_eq!(all(&page.tags), ["p-category: Rust + Go"]);
}

#[test]
fn author_card_gives_name_alone() {
    let page = page(
        r#"<div class="h-entry"><div class="p-author h-card"><img class="u-photo" src="/ada.png">
        <span class="p-name">Ada</span> of London</div></div>"#,
    );
    assert_eq!(all(&page.author), ["p-author: Ada"]);
    let photos = all(&page.images);
    assert!(
        photos.iter().all(|photo| !photo.starts_with("u-photo")),
        "{photos:?}"
    );
}
