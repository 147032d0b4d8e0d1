//! Choosing between values of the page and of the Markdown.

use serde_json::json;
use syndicate_api::{FieldOrigin, Item, ItemField};

use super::{item, of_page, page};
use crate::tests::TestSite;

/// Returns the item of a post with this front matter, whose page has this head and text.
fn merged(front: &str, head: &str, text: &str) -> Item {
    let site = TestSite::hexo("permalink: :title/\ntimezone: Europe/Oslo")
        .option("output", json!("public"))
        .file(
            "source/_posts/a.md",
            format!("---\n{front}\n---\n![own](/pics/own.png)\n\nOwn text.\n"),
        )
        .file("source/pics/own.png", "")
        .file("public/a/index.html", page(head, text))
        .file("public/card.png", "");
    item(&site)
}

#[test]
fn merge_splits_fields_by_owner() {
    let item = merged(
        "title: Own\ndescription: Own words.\ntags: [own]\nlang: nb\nauthor: Ada\n\
         date: 2026-01-02 10:00:00\nsyndicate: {id: x, commentary: Mine}",
        "<link rel=canonical href=https://example.org/a><meta property=og:title content=Page>\
         <meta property=og:description content='Page words.'><meta property=og:image content=/card.png>\
         <meta name=keywords content='seo, words'><meta name=author content=Bot>",
        "",
    );
    assert_eq!(item.url.as_deref(), Some("https://example.org/a"));
    assert_eq!(item.title.as_deref(), Some("Page"));
    assert_eq!(item.description.as_deref(), Some("Page words."));
    assert_eq!(item.image.unwrap().file.as_deref(), Some("public/card.png"));
    assert_eq!(item.tags, ["own"]);
    assert_eq!(
        (item.lang.as_deref(), item.author.as_deref()),
        (Some("nb"), Some("Ada"))
    );
    assert_eq!(item.overrides.commentary.as_deref(), Some("Mine"));
    assert_eq!(item.path.as_deref(), Some("source/_posts/a.md"));
    assert_eq!(item.page.as_deref(), Some("public/a/index.html"));
    assert_eq!(
        item.keys,
        ["https://example.org/a", "blog:source/_posts/a.md", "id:x"]
    );
    assert_eq!(
        item.origin.get(&ItemField::Title),
        of_page("og:title").as_ref()
    );
    assert_eq!(
        item.origin.get(&ItemField::Tags),
        Some(&FieldOrigin::FrontMatter("tags".to_owned()))
    );
}

#[test]
fn visible_text_loses_to_front_matter() {
    let text = "<h1>Welcome</h1><p>A paragraph of the page that is long enough to be taken for an excerpt of it.</p>\
        <img src=/card.png>";
    let written = merged(
        "title: A\ndescription: Own words.\nthumbnail: /pics/own.png",
        "",
        text,
    );
    assert_eq!(written.title.as_deref(), Some("A"));
    assert_eq!(written.description.as_deref(), Some("Own words."));
    assert_eq!(
        written.image.unwrap().file.as_deref(),
        Some("source/pics/own.png")
    );
    let silent = merged("layout: post", "", text);
    assert_eq!(silent.title.as_deref(), Some("Welcome"));
    assert!(
        silent
            .description
            .unwrap()
            .starts_with("A paragraph of the page")
    );
    assert_eq!(
        silent.image.unwrap().file.as_deref(),
        Some("public/card.png")
    );
}

#[test]
fn derived_url_is_kept_if_served() {
    for (permalink, file, expected) in [
        (":title", "a.html", "https://example.org/a"),
        (":title.html", "a.html", "https://example.org/a.html"),
        (":title/", "a/index.html", "https://example.org/a/"),
        // Web servers return no page for the derived URL.
        (":title/", "a.html", "https://example.org/a.html"),
    ] {
        let site = TestSite::hexo(&format!("permalink: {permalink}"))
            .option("output", json!("public"))
            .file(
                "source/_posts/a.md",
                "---\ntitle: A\ndate: 2026-01-02\n---\n",
            )
            .file(&format!("public/{file}"), page("<title>A</title>", ""));
        let item = item(&site);
        assert_eq!(item.url.as_deref(), Some(expected), "{permalink} {file}");
        assert_eq!(item.link, item.url);
        assert_eq!(item.keys[0], expected.trim_end_matches('/'));
    }
}

#[test]
fn uncopied_picture_uses_markdown_file() {
    let head = "<meta property=og:image content=https://example.org/pics/own.png>";
    let image = merged("title: A\nthumbnail: /pics/own.png", head, "")
        .image
        .unwrap();
    assert_eq!(
        image.url.as_deref(),
        Some("https://example.org/pics/own.png")
    );
    assert_eq!(image.file.as_deref(), Some("source/pics/own.png"));
}

#[test]
fn merge_keeps_more_precise_date() {
    let date = |front: &str, stated: &str, shown: &str| {
        let head = format!("<meta property=article:published_time content='{stated}'>");
        let item = merged(front, &head, &format!("<time datetime='{shown}'></time>"));
        item.published.unwrap().at.to_string()
    };
    let own = "title: A\ndate: 2026-01-02 10:00:00";
    let oslo = "2026-01-02T10:00:00+01:00[Europe/Oslo]";
    // An equal timestamp keeps the author's time zone.
    assert_eq!(date(own, "2026-01-02T09:00:00Z", ""), oslo);
    // A bare day does not replace a timestamp on that day.
    assert_eq!(date(own, "2026-01-02", ""), oslo);
    // A visible date may be unrelated to the post.
    assert_eq!(date(own, "", "2020-01-01"), oslo);
    assert_eq!(
        date(own, "2026-01-05T09:00:00Z", ""),
        "2026-01-05T09:00:00+00:00[UTC]"
    );
    assert_eq!(
        date("title: A", "2026-01-05", ""),
        "2026-01-05T00:00:00+01:00[Europe/Oslo]"
    );
}

#[test]
fn window_title_loses_to_front_matter() {
    let title = |front: &str, head: &str, text: &str| {
        let item = merged(front, head, text);
        (
            item.title.unwrap(),
            item.origin.get(&ItemField::Title).cloned().unwrap(),
        )
    };
    let own = FieldOrigin::FrontMatter("title".to_owned());
    for head in [
        "<title>Tides | Ada's Notes</title>",
        "<title>Ada's Notes - Tides</title>",
        "<title>The window of Ada</title>",
        "<meta name=title content='Tides ~ Ada'><title>Tides ~ Ada</title>",
    ] {
        let (found, origin) = title("title: Tides", head, "<h1>Tides</h1>");
        assert_eq!((found.as_str(), &origin), ("Tides", &own), "{head}");
    }
    let typographic = title(
        "title: \"It's -- \\\"Tides\\\"\"",
        "<title>It’s – “Tides” | Ada</title>",
        "",
    );
    assert_eq!(typographic.0, "It's -- \"Tides\"");
    // A title that shares nothing with the post's own was chosen for its page.
    let chosen = title("title: Tides", "<title>How the sea moves</title>", "");
    assert_eq!(chosen.0, "How the sea moves");
    // Without a title in the front matter, the page's heading is the title.
    let untitled = title(
        "layout: post",
        "<title>Tides — Ada's Notes</title>",
        "<h1>Tides</h1>",
    );
    let heading = of_page("main h1").unwrap();
    assert_eq!(untitled, ("Tides".to_owned(), heading));
}

#[test]
fn shared_title_wins_without_site_name() {
    let title = |head: &str| {
        let item = merged("title: Tides", head, "");
        item.title.unwrap()
    };
    let shared = |title: &str| format!("<meta property=og:title content='{title}'>");
    assert_eq!(title(&shared("Tides and waves")), "Tides and waves");
    assert_eq!(title(&shared("Tides: a story")), "Tides: a story");
    let named = "<meta property=og:site_name content=Ada>";
    assert_eq!(title(&format!("{named}{}", shared("Tides ✦ Ada"))), "Tides");
    assert_eq!(title(&format!("{named}{}", shared("Ada: Tides"))), "Tides");
}

#[test]
fn url_of_other_page_is_ignored() {
    let url = |head: &str, files: &[&str]| {
        let site = TestSite::hexo("permalink: :year/:title/")
            .option("output", json!("public"))
            .file(
                "source/_posts/a.md",
                "---\ntitle: A\ndate: 2026-01-02\n---\nText.\n",
            )
            .file("public/2026/a/index.html", page(head, "<h1>A</h1>"));
        let site = files
            .iter()
            .fold(site, |site, file| site.file(file, page("", "Other")));
        item(&site).url.unwrap()
    };
    let own = "https://example.org/2026/a/";
    let og = |url: &str| format!("<meta property=og:url content={url}>");
    // The result does not depend on whether the other page exists.
    for files in [&[][..], &["public/index.html"]] {
        assert_eq!(url(&og("https://example.org/"), files), own);
        assert_eq!(url(&og("https://example.org"), files), own);
        assert_eq!(url(&og("/index.html"), files), own);
        let canonical = "<link rel=canonical href=https://example.org/>";
        assert_eq!(url(canonical, files), own);
        let both = format!("{canonical}{}", og("https://example.org/"));
        assert_eq!(url(&both, files), own);
    }
    assert_eq!(url(&og("https://example.org/2026/"), &[]), own);
    assert_eq!(url(&og("https://example.org/about/"), &[]), own);
    let schema = r#"<script type=application/ld+json>{"@type": "BlogPosting", "url": "https://example.org/blog/"}</script>"#;
    assert_eq!(url(schema, &[]), own);
    // The URL is confirmed by a canonical URL, or by the page's own path.
    let supported = format!(
        "{}<link rel=canonical href=https://example.org/p/a>",
        og("https://example.org/p/a")
    );
    assert_eq!(url(&supported, &[]), "https://example.org/p/a");
    assert_eq!(
        url(&og("https://example.org/2026/a"), &[]),
        "https://example.org/2026/a"
    );
}

#[test]
fn escaped_page_text_loses_to_front_matter() {
    let head = "<meta property=og:title content='Q&amp;amp;A'>\
                <meta property=og:description content='Ships &amp;amp;amp; boats'>";
    let item_of = |front: &str| merged(front, head, "");
    let item = item_of("title: Q&A\ndescription: Ships & boats in winter");
    assert_eq!(item.title.as_deref(), Some("Q&A"));
    assert_eq!(item.description.as_deref(), Some("Ships & boats in winter"));
    let front = FieldOrigin::FrontMatter("description".to_owned());
    assert_eq!(item.origin.get(&ItemField::Description), Some(&front));

    // The author writes about character references.
    let item = item_of("title: Q&amp;A");
    assert_eq!(item.title.as_deref(), Some("Q&amp;A"));
}

#[test]
fn canonical_on_other_host_is_kept() {
    let canonical = |front: &str, head: &str| {
        let item = merged(front, head, "");
        assert_eq!(item.url.as_deref(), Some("https://example.org/a/"));
        item.canonical
    };
    let medium = Some("https://medium.com/p/a".to_owned());
    let head = "<link rel=canonical href=https://medium.com/p/a>";
    assert_eq!(canonical("title: A", head), medium);
    assert_eq!(
        canonical("title: A\ncanonicalURL: https://medium.com/p/a/", ""),
        medium
    );
    let own = "<link rel=canonical href=https://example.org/a/>";
    assert_eq!(canonical("title: A", own), None);
    assert_eq!(
        canonical(
            "title: A",
            "<link rel=canonical href=http://localhost:4000/a/>"
        ),
        None
    );
}
