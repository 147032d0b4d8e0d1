//! Tests of the card that a platform makes, on pages in a temporary folder.

use std::fs;
use std::sync::Arc;

use tempfile::TempDir;

use super::*;

const URL: &str = "https://blog.example.org/a/";

/// Builds a site with the page of one post, and reads its card.
fn card(head: &str) -> PageCard {
    let folder = TempDir::new().unwrap();
    fs::create_dir_all(folder.path().join("public/a")).unwrap();
    let html = format!("<!doctype html><html><head>{head}</head><body><h1>H</h1></body></html>");
    fs::write(folder.path().join("public/a/index.html"), html).unwrap();
    let picture = image::RgbImage::new(6, 3);
    picture.save(folder.path().join("public/og.png")).unwrap();
    page_card(&item(), &Pictures::new(folder.path(), Arc::default()))
}

fn item() -> Item {
    Item {
        url: Some(URL.to_owned()),
        page: Some("public/a/index.html".to_owned()),
        title: Some("Title of the post".to_owned()),
        ..Item::default()
    }
}

fn field_of(text: &str, origin: &str) -> Option<PageField> {
    Some(PageField {
        text: text.to_owned(),
        origin: origin.to_owned(),
    })
}

fn gaps(card: &PageCard) -> Vec<&str> {
    card.gaps.iter().map(|gap| gap.message.as_str()).collect()
}

#[test]
fn card_has_values_of_page() {
    let card = card(
        "<title>T · Blog</title><meta property=og:title content='T\u{202e}\n2'>
         <meta name=description content=D><meta property=og:site_name content=Blog>
         <meta property=og:image content=/og.png><meta property=og:image:alt content='A picture'>",
    );
    assert_eq!(card.title, field_of("T 2", "og:title"));
    assert_eq!(card.description, field_of("D", "meta description"));
    assert_eq!(card.site, field_of("Blog", "og:site_name"));
    let picture = card.picture.as_ref().unwrap();
    assert_eq!(picture.url, "https://blog.example.org/og.png");
    assert_eq!(picture.alt.as_deref(), Some("A picture"));
    assert_eq!(picture.medium.as_ref().unwrap().pixels, Some((6, 3)));
    assert_eq!(gaps(&card), [] as [&str; 0]);
    assert_eq!(card.page.as_deref(), Some("public/a/index.html"));
}

#[test]
fn empty_head_has_gaps() {
    let bare = card("<title>T</title><meta property=og:title content=' '>");
    assert_eq!(bare.title, field_of("T", "title"));
    assert_eq!(
        gaps(&bare),
        [
            "the page has no `og:title`",
            "the page has no `og:description`",
            "the page has no `og:image`"
        ]
    );
    // Crawlers do not read the heading.
    let empty = card("");
    assert_eq!(empty.title, None);
    assert_eq!(gaps(&empty)[0], "the page has no title");
}

#[test]
fn unusable_picture_is_gap() {
    for (picture, gap) in [
        ("/gone.png", "`public/gone.png` does not exist"),
        ("/a/index.html", "`public/a/index.html` is"),
        ("http://localhost:1313/og.png", "not a public address"),
    ] {
        let head = format!(
            "<meta property=og:title content=T><meta property=og:description content=D>
             <meta property=og:image content='{picture}'>"
        );
        let card = card(&head);
        assert!(
            matches!(&gaps(&card)[..], [only] if only.contains(gap)),
            "{card:?}"
        );
        assert_eq!(card.picture.unwrap().medium, None);
    }
}

#[test]
fn unread_page_has_values_of_post() {
    let folder = TempDir::new().unwrap();
    let pictures = Pictures::new(folder.path(), Arc::default());
    let missing = page_card(&item(), &pictures);
    assert_eq!(missing.title, field_of("Title of the post", "post"));
    assert_eq!(
        gaps(&missing),
        ["cannot read the page `public/a/index.html`"]
    );
    let unknown = Item {
        page: None,
        ..item()
    };
    let unknown = page_card(&unknown, &pictures);
    assert_eq!(gaps(&unknown), ["the built page is not known"]);
    assert_eq!(unknown.page, None);
}
