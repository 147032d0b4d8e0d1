//! Structured metadata of the article: JSON-LD, microdata, microformats.

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
fn json_ld_value_shapes_are_accepted() {
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
fn author_card_gives_only_name() {
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

#[test]
fn links_in_one_property_are_several_tags() {
    for html in [
        "<span itemprop=keywords><a href=/tags/rust/>Rust</a> <a href=/tags/web/>Web</a></span>",
        "<div itemprop=articleSection><a href=/c/rust/>Rust</a>, <a href=/c/web/>Web</a></div>",
        "<ul itemprop=keywords>Tags: <li><a href=//example.org/t/1>Rust</a>
         <li><a href=https://www.example.org/t/2>Web</a><li><a href=https://x.org/tags/no>no</a></ul>",
        "<p><a itemprop=keywords href=/tags/rust/>Rust</a> <a itemprop=keywords href=/t/>Web</a></p>",
    ] {
        let page = page(&format!(
            "<article itemscope itemtype=https://schema.org/BlogPosting>{html}</article>"
        ));
        assert_eq!(best(&page.tags), "Rust + Web", "{html}");
    }
    let entry = page(
        "<div class=h-entry><p class=p-category><a href=/tags/rust/>Rust</a> <a href=/t/>Web</a></p></div>",
    );
    assert_eq!(all(&entry.tags), ["p-category: Rust + Web"]);
}

#[test]
fn section_without_links_is_not_a_tag() {
    for html in [
        "<meta itemprop=articleSection content=posts>",
        "<span itemprop=articleSection>Posts</span>",
        "<span itemprop=keywords><a href=https://x.org/tags/rust>Rust</a></span>",
    ] {
        let page = page(&format!(
            "<article itemscope itemtype=https://schema.org/BlogPosting>{html}</article>"
        ));
        assert_eq!(all(&page.tags), [""; 0], "{html}");
    }
}

#[test]
fn hatom_gives_dates() {
    for (html, expected) in [
        (
            "<article class=hentry><abbr class=published title=2024-05-01T10:00:00Z>1 May</abbr></article>",
            "2024-05-01T10:00:00Z",
        ),
        (
            "<div class='post hentry'><time class='entry-date published' datetime=2024-05-01>May</time>
             <div class=hentry><span class=published>2020-01-01</span></div></div>",
            "2024-05-01 (May)",
        ),
        ("<div class=hentry><span class=published>1 May 2024</span></div>", "1 May 2024"),
        (
            "<article><footer><abbr class=published title=2024-05-01>x</abbr></footer></article>",
            "2024-05-01",
        ),
        // The other entries are previews of other posts.
        (
            "<div class=hentry><article><h1>A</h1><i class=published>2024-05-01</i></article></div>
             <div class=hentry><i class=published>2020-01-01</i></div>",
            "2024-05-01",
        ),
        ("<article><p class=published>Yes, it is.</p></article>", ""),
        (
            "<div class=hentry><i class=published>2024-05-01</i></div>
             <div class=hentry><i class=published>2020-01-01</i></div>",
            "",
        ),
    ] {
        let found = page(html).published;
        assert_eq!(best(&found), expected, "{html}");
        let origins = found.iter().take(1).map(|date| &*date.origin);
        assert!(origins.into_iter().all(|origin| origin == "hentry published"));
    }
    let updated = page("<div class=hentry><i class=updated title=x>2024-05-02</i></div>").updated;
    assert_eq!(all(&updated), ["hentry updated: 2024-05-02"]);
}
