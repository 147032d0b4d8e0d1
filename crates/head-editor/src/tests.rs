//! Tests on whole pages.

use std::path::Path;

use html_meta::HeadValues;
use proptest::prelude::*;
use url::Url;

use crate::{CardPicture, HeadEditor, HeadElement, UnsupportedEncoding};

const IMAGE: &str = "<meta property=\"og:image\" content=\"https://a.org/p.png\">";

fn image() -> HeadElement {
    HeadElement::property("og:image", "https://a.org/p.png")
}

fn add(page: &[u8], elements: &[HeadElement]) -> Vec<u8> {
    let mut head = HeadEditor::new(page).unwrap();
    for element in elements {
        head.add_missing(element);
    }
    head.finish()
}

fn added(page: &str) -> String {
    String::from_utf8(add(page.as_bytes(), &[image()])).unwrap()
}

#[test]
fn element_follows_last_meta() {
    for (page, expected) in [
        // On its own line, with the indentation and the line ending of the page.
        (
            "<head>\n\t<meta charset=utf-8>\n\t<title>T</title>\n</head>",
            "<head>\n\t<meta charset=utf-8>\n\t{}\n\t<title>T</title>\n</head>",
        ),
        (
            "<head>\r\n  <META charset=utf-8 />  \r\n</head>",
            "<head>\r\n  <META charset=utf-8 />\r\n  {}  \r\n</head>",
        ),
        // In one line with the rest, as minifiers write it.
        (
            "<!doctype html><html><head><meta charset=utf-8><title>T</title></head><body>",
            "<!doctype html><html><head><meta charset=utf-8>{}<title>T</title></head><body>",
        ),
        (
            "<meta charset=utf-8><title>T</title>\n<p>Hello",
            "<meta charset=utf-8>{}<title>T</title>\n<p>Hello",
        ),
        // A head without `<meta>`.
        (
            "<html>\n<head>\n    <title>T</title>\n</head>\n",
            "<html>\n<head>\n    <title>T</title>\n    {}\n</head>\n",
        ),
        (
            "<head><title>T</title></head>",
            "<head><title>T</title>{}</head>",
        ),
        ("<html><head></head>", "<html><head>{}</head>"),
        // A head without an end tag.
        ("<title>T</title><body><p>x", "<title>T</title>{}<body><p>x"),
        ("<title>T</title>\nHello", "<title>T</title>\n{}\nHello"),
        ("<title>T</title>", "<title>T</title>{}"),
        ("Hello", "{}Hello"),
        ("", "{}"),
        // Elements in the body are not the last of the head.
        (
            "<head><meta name=a content=b></head><body><meta name=c content=d>",
            "<head><meta name=a content=b>{}</head><body><meta name=c content=d>",
        ),
    ] {
        assert_eq!(added(page), expected.replace("{}", IMAGE), "{page}");
    }
}

#[test]
fn present_element_stays() {
    for element in [
        "<meta property=og:image content=/a.png>",
        "<META NAME='og:image'\n content='/a.png'/>",
        "<meta content=\"/a>b.png\" property=\" og:image x\">",
        "<meta property=og:image content=><meta property=og:image content=/a.png>",
    ] {
        for page in [
            format!("<head>{element}</head>"),
            format!("<head></head><body><p>Text</p>{element}"),
        ] {
            assert_eq!(added(&page), page);
        }
    }
}

#[test]
fn hidden_element_does_not_count() {
    let element = "<meta property=og:image content=/a.png>";
    for hidden in [
        format!("<!-- {element} -->"),
        format!("<!--[if IE]>{element}<![endif]-->"),
        format!("<script>document.write('{element}')</script>"),
        format!("<STYLE>{element}</style >"),
        format!("<title>{element}</title>"),
        format!("<noscript>{element}</noscript>"),
        "<meta property=og:image:alt content=x>".to_owned(),
        "<link rel=og:image href=x>".to_owned(),
        "<meta itemprop=og:image content=x>".to_owned(),
    ] {
        let page = format!("<head>{hidden}</head>");
        let edited = added(&page);
        assert!(edited.contains(IMAGE), "{edited}");
        assert_eq!(edited.replace(IMAGE, ""), page);
    }
}

#[test]
fn end_tag_in_text_does_not_end_head() {
    let page = "<head><script>a('</head>')</script><!-- </head> --><title></head></title></head>";
    let expected = page.len() - "</head>".len();
    assert_eq!(added(page).find(IMAGE), Some(expected));
}

#[test]
fn empty_element_is_replaced() {
    let page = "<head><meta property=og:image content=\" \"><title>T</title></head>";
    assert_eq!(added(page), format!("<head>{IMAGE}<title>T</title></head>"));
}

#[test]
fn value_is_set_in_place() {
    let page = b"<head><link rel=canonical href=/a><title>\xff</title><link href='/b' rel='x canonical'></head>";
    let mut head = HeadEditor::new(page).unwrap();
    let link = HeadElement::link("canonical", "/ü");
    assert_eq!(head.value(&link), Some("/a"));
    head.set(&link);
    let edited = head.finish();
    // The page is not in UTF-8.
    let expected = b"<head><link rel=\"canonical\" href=\"/&#252;\"><title>\xff</title></head>";
    assert_eq!(edited, expected);
    let mut again = HeadEditor::new(&edited).unwrap();
    again.set(&link);
    assert_eq!(again.finish(), edited);
}

#[test]
fn element_of_two_kinds_becomes_two() {
    let page = br#"<head><meta property="og:image" name="twitter:card" content=""></head>"#;
    let mut editor = HeadEditor::new(page).unwrap();
    editor.set(&image());
    editor.set(&HeadElement::meta("twitter:card", "summary"));
    let expected = format!(
        r#"<head>{}<meta name="twitter:card" content="summary"></head>"#,
        image()
    );
    assert_eq!(String::from_utf8(editor.finish()).unwrap(), expected);
}

#[test]
fn all_of_one_kind_are_replaced() {
    let links = |hrefs: &[&str]| -> Vec<HeadElement> {
        let hrefs = hrefs.iter();
        hrefs.map(|href| HeadElement::link("x", *href)).collect()
    };
    let set = |page: &[u8], hrefs: &[&str]| {
        let mut head = HeadEditor::new(page).unwrap();
        head.set_all(&links(hrefs));
        head.finish()
    };
    let two = set(b"<head><link rel=x href=a></head>", &["a", "b"]);
    let expected = b"<head><link rel=x href=a><link rel=\"x\" href=\"b\"></head>";
    assert_eq!(two, expected);
    assert_eq!(set(&two, &["a", "b"]), two);
    assert_eq!(
        set(&two, &["b"]),
        b"<head><link rel=\"x\" href=\"b\"></head>"
    );
    assert_eq!(set(&two, &[]), two);
}

#[test]
fn elements_stay_in_order() {
    let elements = [
        image(),
        HeadElement::meta("og:image:width", "1200"),
        HeadElement::meta("twitter:card", "summary_large_image"),
    ];
    let edited = add(b"<head>\n<meta charset=utf-8>\n</head>", &elements);
    let expected = format!(
        "<head>\n<meta charset=utf-8>\n{IMAGE}\n<meta property=\"og:image:width\" content=\"1200\">\n\
         <meta name=\"twitter:card\" content=\"summary_large_image\">\n</head>"
    );
    assert_eq!(String::from_utf8(edited).unwrap(), expected);
}

fn card(url: &str) -> CardPicture<'_> {
    CardPicture {
        url,
        pixels: (1200, 627),
        alt: "Tides",
    }
}

/// Adds a picture; those in the folder `cards` are own ones.
fn with_picture(page: &str, url: &str) -> (bool, String) {
    let mut head = HeadEditor::new(page.as_bytes()).unwrap();
    let is_added = head.add_picture(&card(url), |own| own.contains("/cards/"));
    (is_added, String::from_utf8(head.finish()).unwrap())
}

#[test]
fn picture_is_added_where_none_is() {
    let page = "<head>\n<meta name=twitter:card content=summary>\n</head>";
    let (is_added, edited) = with_picture(page, "https://a.org/cards/1.png");
    assert!(is_added);
    let expected = "<head>\n<meta name=twitter:card content=summary>\n\
        <meta property=\"og:image\" content=\"https://a.org/cards/1.png\">\n\
        <meta property=\"og:image:width\" content=\"1200\">\n\
        <meta property=\"og:image:height\" content=\"627\">\n\
        <meta property=\"og:image:alt\" content=\"Tides\">\n</head>";
    assert_eq!(edited, expected);
    let again = with_picture(&edited, "https://a.org/cards/1.png");
    assert_eq!(again, (true, edited.clone()));
    // A new version of the own picture replaces the old one.
    let (_, changed) = with_picture(&edited, "https://a.org/cards/2.png");
    assert_eq!(changed, edited.replace("1.png", "2.png"));
}

#[test]
fn picture_of_site_stays() {
    for element in [
        "<meta property=og:image content=/a.png>",
        "<meta property=og:image:url content=/a.png>",
        "<meta name=twitter:image content=/a.png>",
    ] {
        let page = format!("<head>{element}</head>");
        let result = with_picture(&page, "https://a.org/cards/1.png");
        assert_eq!(result, (false, page));
    }
}

/// Calls `check` with the path and the bytes of each page in `folder`.
fn for_each_page(folder: &Path, check: &mut impl FnMut(&Path, &[u8])) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            for_each_page(&path, check);
        } else if path.extension().is_some_and(|ending| ending == "html") {
            check(&path, &std::fs::read(&path).unwrap());
        }
    }
}

#[test]
#[ignore = "needs `SYNDICATE_CORPORA`, the folder of real sites"]
fn corpora_pages_keep_all_else() {
    let sites = std::env::var_os("SYNDICATE_CORPORA").expect("`SYNDICATE_CORPORA` is set");
    let url = Url::parse("https://example.org/a/").unwrap();
    let (mut with_own, mut without) = (0, 0);
    for site in std::fs::read_dir(sites).unwrap() {
        let output = site.unwrap().path().join("output");
        if !output.is_dir() {
            continue;
        }
        for_each_page(&output, &mut |path, page| {
            let edit = |page: &[u8]| {
                let mut head = HeadEditor::new(page).unwrap();
                let is_added =
                    head.add_picture(&card("https://example.org/cards/1.png"), |_| false);
                (is_added, head.finish())
            };
            let before = HeadValues::read(page, Some(&url));
            let (is_added, edited) = edit(page);
            let after = HeadValues::read(&edited, Some(&url));
            let shown = path.display();
            assert_eq!(edit(&edited).1, edited, "{shown}");
            let own = before.meta("og:image").or(before.meta("twitter:image"));
            if let Some(own) = own {
                assert!(!is_added && edited == page, "{shown}: {own}");
                with_own += 1;
                return;
            }
            let image = after.meta("og:image");
            assert_eq!(image, Some("https://example.org/cards/1.png"), "{shown}");
            assert_eq!(after.meta("og:image:alt"), Some("Tides"), "{shown}");
            assert_eq!(after.title(), before.title(), "{shown}");
            // Without the lines of the elements, the page is as before.
            let text = String::from_utf8_lossy(&edited);
            let added = [
                "<meta property=\"og:image\" content=\"https://example.org/cards/1.png\">",
                "<meta property=\"og:image:width\" content=\"1200\">",
                "<meta property=\"og:image:height\" content=\"627\">",
                "<meta property=\"og:image:alt\" content=\"Tides\">",
                "<meta name=\"twitter:card\" content=\"summary_large_image\">",
            ];
            let rest = added.iter().fold(text.into_owned(), |text, element| {
                text.replacen(element, "", 1)
            });
            let original = String::from_utf8_lossy(page);
            assert!(
                rest.split_whitespace().eq(original.split_whitespace()),
                "{shown}"
            );
            without += 1;
        });
    }
    assert!(with_own > 100 && without > 100, "{with_own} {without}");
}

#[test]
fn utf_16_is_refused() {
    for page in [&b"\xff\xfe<\0"[..], b"<\0h\0", b"\0<\0h"] {
        assert_eq!(HeadEditor::new(page).unwrap_err(), UnsupportedEncoding);
    }
}

/// Returns the number of trials of a property, which the variable `SYNDICATE_TRIALS` sets.
fn trials() -> u32 {
    let set = std::env::var("SYNDICATE_TRIALS").ok();
    set.and_then(|set| set.parse().ok()).unwrap_or(256)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: trials(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn edit_is_idempotent_and_read(
        page in "(<(/?(html|head|title|script|meta|link|p|body|noscript)|!--|!doctype| )( (name|property|content|rel)(=('|\")?(og:image|x|)('|\")?)?){0,2}>?|-->|\r?\n| |Text|ü){0,24}",
        value in "[ -~ü<>&\"']{1,12}",
    ) {
        let element = HeadElement::property("og:x-test", format!("v{value}"));
        let once = add(page.as_bytes(), std::slice::from_ref(&element));
        let twice = add(&once, std::slice::from_ref(&element));
        prop_assert_eq!(String::from_utf8_lossy(&twice), String::from_utf8_lossy(&once));
        // Nothing else has changed.
        let written = element.to_string();
        let once = String::from_utf8(once).unwrap();
        let at = once.find(&written).unwrap();
        let rest = format!("{}{}", &once[..at], &once[at + written.len()..]);
        let spaces = rest.len() - page.len();
        prop_assert!(spaces <= 32 && rest.split_whitespace().eq(page.split_whitespace()), "{}", rest);
        // Parsers see it.
        let url = Url::parse("https://example.org/").unwrap();
        let read = HeadValues::read(once.as_bytes(), Some(&url));
        let expected = format!("v{value}");
        prop_assert_eq!(read.meta("og:x-test"), Some(expected.trim()));
    }
}
