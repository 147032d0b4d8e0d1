//! Tests on whole pages.

use html_meta::HeadValues;
use proptest::prelude::*;
use url::Url;

use crate::{HeadEditor, HeadElement, UnsupportedEncoding};

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
