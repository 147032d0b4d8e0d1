//! Tests of what crawlers read, on pages in a temporary folder.

use std::fs;
use std::sync::Arc;

use syndicate_api::page_elements::{OG_IMAGE, OG_TITLE};
use syndicate_api::{
    PageElement, PageLink, PageOccasion, PagePart, PagePictureRule, PageRules, PartRule, RuleBasis,
    ValueRule,
};
use tempfile::TempDir;

use super::gap::GapKind;
use super::*;

const URL: &str = "https://blog.example.org/a/";

/// The rules of a strict crawler.
static STRICT: PageRules = PageRules {
    crawler: "Strict",
    occasion: PageOccasion::SharedLinks,
    parts: &[
        PartRule::needed(
            PagePart::Title,
            &[
                PageElement::JsonLd {
                    types: &["WebPage"],
                    key: "headline",
                },
                OG_TITLE,
            ],
            "the post has no card",
        ),
        PartRule::needed(PagePart::Picture, &[OG_IMAGE], "the card has no picture"),
        PartRule::advised(
            PagePart::Layout,
            &[PageElement::Meta("twitter:card")],
            "the picture is small",
        )
        .with_value(ValueRule {
            example: "large",
            is_met: |layout| layout == "large",
            effect: "the picture is small",
        }),
    ],
    picture: PagePictureRule {
        formats: &["image/png"],
        max_bytes: Some(1_000),
        min_pixels: Some((4, 4)),
        resolves_relative: false,
    },
    basis: RuleBasis::SourceCode,
    sources: &[],
};

/// Builds a site with the page of one post, which has this head, and reads it.
fn read_by(head: &str, rules: &'static PageRules, links: &[PageLink]) -> PageReading {
    let folder = TempDir::new().unwrap();
    fs::create_dir_all(folder.path().join("public/a")).unwrap();
    let html = format!("<!doctype html><html><head>{head}</head><body><h1>H</h1></body></html>");
    fs::write(folder.path().join("public/a/index.html"), html).unwrap();
    for (name, width, height) in [("og.png", 6, 3), ("wide.png", 8, 4), ("og.gif", 8, 8)] {
        let file = folder.path().join("public").join(name);
        image::RgbaImage::new(width, height).save(file).unwrap();
    }
    let noise = image::RgbImage::from_fn(40, 40, |x, y| {
        let value = u8::try_from((x * 7 + y * 13 + x * y * 31) % 251).unwrap();
        image::Rgb([value, value.wrapping_mul(3), value.wrapping_mul(7)])
    });
    noise.save(folder.path().join("public/big.png")).unwrap();
    let pictures = Pictures::new(folder.path(), Arc::default());
    read_page(&item(), crawler(rules, links), &pictures)
}

fn crawler<'a>(rules: &'static PageRules, links: &'a [PageLink]) -> PageCrawler<'a> {
    PageCrawler {
        name: "Test",
        rules: Some(rules),
        links,
        makes_card: true,
    }
}

fn read(head: &str) -> PageReading {
    read_by(head, &PageRules::OPEN_GRAPH, &[])
}

fn item() -> Item {
    Item {
        url: Some(URL.to_owned()),
        page: Some("public/a/index.html".to_owned()),
        title: Some("Title of the \"post\"".to_owned()),
        ..Item::default()
    }
}

fn value(reading: &PageReading, part: PagePart) -> Option<(&str, &str)> {
    let read = reading.part(part)?;
    Some((&read.text, &read.origin))
}

fn gaps(reading: &PageReading) -> Vec<&str> {
    let gaps = reading.gaps.iter();
    gaps.map(|gap| gap.message.as_str()).collect()
}

#[test]
fn reading_has_values_of_page() {
    let reading = read(
        "<title>T · Blog</title><meta property=og:title content='T\u{202e}\n2'>
         <meta name=description content=D><meta property=og:site_name content=Blog>
         <meta property=og:image content=/og.png><meta property=og:image:alt content='A picture'>
         <link rel=canonical href=/a/>",
    );
    assert_eq!(value(&reading, PagePart::Title), Some(("T 2", "og:title")));
    let description = value(&reading, PagePart::Description);
    assert_eq!(description, Some(("D", "meta description")));
    let site = value(&reading, PagePart::Site);
    assert_eq!(site, Some(("Blog", "og:site_name")));
    let address = value(&reading, PagePart::Address);
    assert_eq!(address, Some((URL, "link rel=canonical")));
    let picture = reading.picture.as_ref().unwrap();
    assert_eq!(picture.url, "https://blog.example.org/og.png");
    assert_eq!(picture.alt.as_deref(), Some("A picture"));
    assert_eq!(picture.medium.as_ref().unwrap().pixels, Some((6, 3)));
    assert_eq!(gaps(&reading), [] as [&str; 0]);
    assert_eq!(reading.page.as_deref(), Some("public/a/index.html"));
}

#[test]
fn empty_head_has_gaps() {
    let bare = read("<title>T</title><meta property=og:title content=' '>");
    assert_eq!(value(&bare, PagePart::Title), Some(("T", "<title>")));
    assert_eq!(
        gaps(&bare),
        [
            "the page has no `og:title`",
            "the page has no `og:description`",
            "the page has no `og:image`"
        ]
    );
    let kinds: Vec<GapKind> = bare.gaps.iter().map(|gap| gap.kind).collect();
    let expected = [GapKind::Fallback, GapKind::Missing, GapKind::Missing];
    assert_eq!(kinds, expected);
    // Crawlers do not read the heading.
    let empty = read("");
    assert_eq!(value(&empty, PagePart::Title), None);
    let effect = "the card shows only an address, or there is none";
    assert_eq!(empty.gaps[0].effect, effect);
}

#[test]
fn gap_names_element_to_add() {
    let reading = read("");
    let elements = reading.gaps.iter().filter_map(|gap| gap.add.as_deref());
    let elements: Vec<&str> = elements.collect();
    assert_eq!(
        elements,
        [
            "<meta property=\"og:title\" content=\"Title of the &quot;post&quot;\">",
            "<meta property=\"og:description\" content=\"DESCRIPTION\">",
            "<meta property=\"og:image\" content=\"https://blog.example.org/PICTURE.png\">"
        ]
    );
    // A page with all suggested elements has no such gaps.
    let again = read(&elements.concat());
    assert_eq!(
        gaps(&again),
        [
            "the page's `og:image` is `https://blog.example.org/PICTURE.png`, but the picture \
             `public/PICTURE.png` does not exist",
            "the page has no `og:image:alt`"
        ]
    );
    let important = again.gaps.iter().filter(|gap| gap.is_important);
    assert_eq!(important.count(), 1);
}

#[test]
fn unusable_picture_is_gap() {
    for (picture, gap) in [
        (
            "/gone.png",
            "but the picture `public/gone.png` does not exist",
        ),
        ("/a/index.html", "`public/a/index.html` is"),
        ("http://localhost:1313/og.png", "not a public address"),
    ] {
        let head = format!(
            "<meta property=og:title content=T><meta property=og:description content=D>
             <meta property=og:image:alt content=A><meta property=og:image content='{picture}'>"
        );
        let reading = read(&head);
        assert!(
            matches!(&gaps(&reading)[..], [only] if only.contains(gap)),
            "{reading:?}"
        );
        assert_eq!(reading.picture.unwrap().medium, None);
    }
}

#[test]
fn picture_must_satisfy_rule() {
    for (picture, gap) in [
        ("https://blog.example.org/wide.png", None),
        ("https://cdn.example.org/unknown.png", None),
        ("/wide.png", Some("`/wide.png`, without a host")),
        (
            "https://blog.example.org/og.gif",
            Some("`public/og.gif`, is image/gif, which Strict does not accept"),
        ),
        (
            "https://blog.example.org/og.png",
            Some("`public/og.png`, has 6×3 pixels; Strict needs 4×4"),
        ),
        (
            "https://blog.example.org/big.png",
            Some("Strict accepts at most 1"),
        ),
    ] {
        let head = format!(
            "<meta property=og:title content=T><meta name=twitter:card content=large>
             <meta property=og:image content='{picture}'>"
        );
        let reading = read_by(&head, &STRICT, &[]);
        match gap {
            None => assert_eq!(gaps(&reading), [] as [&str; 0]),
            Some(gap) => {
                assert!(gaps(&reading)[0].contains(gap), "{reading:?}");
                assert_eq!(reading.gaps.len(), 1);
                assert_eq!(reading.gaps[0].occasion, PageOccasion::SharedLinks);
            }
        }
    }
}

#[test]
fn preferred_element_wins() {
    let head = "<meta property=og:title content=T><meta name=twitter:card content=summary>
        <script type='application/ld+json'>{\"@type\": \"WebPage\", \"headline\": \"H\"}</script>";
    let reading = read_by(head, &STRICT, &[]);
    let title = value(&reading, PagePart::Title);
    assert_eq!(title, Some(("H", "JSON-LD headline")));
    let layout = &reading.gaps[1];
    assert_eq!(layout.message, "the page's `twitter:card` is `summary`");
    let element = "<meta name=\"twitter:card\" content=\"large\">";
    assert_eq!(layout.add.as_deref(), Some(element));
    assert!(!layout.is_important);
}

#[test]
fn wrong_address_is_gap() {
    for (address, gap) in [
        ("https://blog.example.org/a", None),
        ("https://other.example.org/a/", None),
        ("http://localhost:1313/a/", Some("not a public address")),
        ("/b/", Some("and not the post's address")),
    ] {
        let reading = read(&format!("<link rel=canonical href='{address}'>"));
        let mut gaps = reading.gaps.iter();
        let found = gaps.find(|gap| gap.part == PagePart::Address);
        let found = found.map(|gap| gap.message.as_str());
        match gap {
            None => assert_eq!(found, None),
            Some(gap) => assert!(found.unwrap().contains(gap), "{found:?}"),
        }
    }
}

#[test]
fn page_must_confirm_records() {
    let links = [PageLink {
        rel: "site.standard.document".into(),
        href: "at://did:plc:a/x/1".to_owned(),
    }];
    let of = |head: &str| read_by(head, &STRICT, &links);
    let proof = |reading: &PageReading| {
        let mut gaps = reading.gaps.iter();
        gaps.find(|gap| gap.part == PagePart::Proof).cloned()
    };
    let missing = proof(&of("")).unwrap();
    let message = "the page has no `link rel=site.standard.document`";
    assert_eq!(missing.message, message);
    let element = missing.add.unwrap();
    let present = of(&element);
    assert_eq!(proof(&present), None);
    assert_eq!(value(&present, PagePart::Proof).unwrap().0, links[0].href);
    let other = proof(&of(&element.replace("x/1", "x/2"))).unwrap();
    assert_eq!(other.kind, GapKind::Value);
    assert_eq!(other.occasion, PageOccasion::EachPost);
}

#[test]
fn unread_page_has_values_of_post() {
    let folder = TempDir::new().unwrap();
    let pictures = Pictures::new(folder.path(), Arc::default());
    let crawler = crawler(&PageRules::OPEN_GRAPH, &[]);
    let missing = read_page(&item(), crawler, &pictures);
    let title = value(&missing, PagePart::Title);
    assert_eq!(title, Some(("Title of the \"post\"", "post")));
    assert_eq!(
        gaps(&missing),
        ["cannot read the page `public/a/index.html`"]
    );
    let unknown = Item {
        page: None,
        ..item()
    };
    let unknown = read_page(&unknown, crawler, &pictures);
    assert_eq!(gaps(&unknown), ["the built page is not known"]);
    assert_eq!(unknown.page, None);
}
