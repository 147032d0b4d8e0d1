//! What is taken from the page and what from the Markdown.

use serde_json::json;
use syndicate_api::{Field, Item, Origin};

use super::{item, of_page, page};
use crate::tests::TestSite;

/// The item of this front matter whose page has this head and text.
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
fn facts_are_the_pages_and_intent_is_the_authors() {
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
    assert_eq!(item.origin.get(&Field::Title), of_page("og:title").as_ref());
    assert_eq!(
        item.origin.get(&Field::Tags),
        Some(&Origin::FrontMatter("tags".to_owned()))
    );
}

#[test]
fn what_a_page_only_shows_yields_to_what_was_written() {
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
fn where_the_page_gives_no_address_one_that_leads_to_it_is_kept() {
    for (permalink, file, expected) in [
        (":title", "a.html", "https://example.org/a"),
        (":title.html", "a.html", "https://example.org/a.html"),
        (":title/", "a/index.html", "https://example.org/a/"),
        // Readers would find nothing there.
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
fn a_picture_that_was_not_copied_is_the_markdowns_file() {
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
fn the_date_is_the_pages_unless_the_markdown_knows_more() {
    let date = |front: &str, stated: &str, shown: &str| {
        let head = format!("<meta property=article:published_time content='{stated}'>");
        let item = merged(front, &head, &format!("<time datetime='{shown}'></time>"));
        item.published.unwrap().at.to_string()
    };
    let own = "title: A\ndate: 2026-01-02 10:00:00";
    let oslo = "2026-01-02T10:00:00+01:00[Europe/Oslo]";
    // The same instant stays in the author's zone.
    assert_eq!(date(own, "2026-01-02T09:00:00Z", ""), oslo);
    // A day is less than an instant of that day.
    assert_eq!(date(own, "2026-01-02", ""), oslo);
    // A date line may be about anything.
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
fn escaped_page_text_loses_to_front_matter() {
    let head = "<meta property=og:title content='Q&amp;amp;A'>\
                <meta property=og:description content='Ships &amp;amp;amp; boats'>";
    let item_of = |front: &str| merged(front, head, "");
    let item = item_of("title: Q&A\ndescription: Ships & boats in winter");
    assert_eq!(item.title.as_deref(), Some("Q&A"));
    assert_eq!(item.description.as_deref(), Some("Ships & boats in winter"));
    let front = Origin::FrontMatter("description".to_owned());
    assert_eq!(item.origin.get(&Field::Description), Some(&front));

    // The author writes about references.
    let item = item_of("title: Q&amp;A");
    assert_eq!(item.title.as_deref(), Some("Q&amp;A"));
}
