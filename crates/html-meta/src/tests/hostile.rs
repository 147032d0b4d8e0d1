//! Malformed and oversized pages. They must not cause a panic or excessive work.

use proptest::prelude::*;
use url::Url;

use super::{best, page};
use crate::{MAX_BYTES, Page, read, tree};

#[test]
fn meaningless_bytes_are_empty_page() {
    for html in [
        "",
        " ",
        "<html>",
        "\0",
        "<!-- ",
        "<",
        "</p>",
        "<![CDATA[",
        "<?xml?>",
        "<frameset>",
    ] {
        assert_eq!(page(html), Page::default(), "{html}");
    }
}

#[test]
fn deep_page_is_truncated() {
    let head = r#"<title>T</title><meta property="og:title" content="OG">"#;
    for (before, open) in [
        ("", "<div>"),
        ("", "<b a=1><i>"),
        ("", "<table><tr><td>"),
        ("", "<template>"),
        ("", "<svg><g>"),
        ("", "<article><p><ul><li>"),
        ("<table>", "<div>"),
    ] {
        let html = format!("{head}{before}{}deep", open.repeat(100_000));
        let page = page(&html);
        assert_eq!(best(&page.title), "OG", "{open}");
        assert!(page.is_truncated, "{open}");
    }
}

#[test]
fn flat_page_is_read_whole() {
    let items = "<li><a href=/x>one<p>two".repeat(5_000);
    let page = page(&format!("<article><ul>{items}</ul></article><h1>T</h1>"));
    assert!(!page.is_truncated);
    assert_eq!(best(&page.title), "T");
}

#[test]
fn tree_size_is_bounded() {
    // The parser reopens the unclosed elements in each new paragraph.
    let open: String = (0..300).map(|n| format!("<b id=x{n}>")).collect();
    let (html, whole) = tree::parse(&format!("<p>{open}{}", "<p>x".repeat(50_000)));
    assert!(!whole);
    assert!(html.tree.nodes().len() < 1_000_000);
}

#[test]
fn number_of_attributes_is_bounded() {
    let attributes: String = (0..200_000).map(|n| format!("a{n}/")).collect();
    let page = page(&format!("<title>T</title><p {attributes}>"));
    assert_eq!(best(&page.title), "T");
    assert!(page.is_truncated);
}

#[test]
fn long_plain_page_is_read_whole() {
    let long = 300_000;
    for html in [
        format!(
            "<img src='data:image/png;base64,{}'>",
            "aB/".repeat(long / 100)
        ),
        format!("<script>{}</script>", "a = 'b / c'; ".repeat(long / 10)),
        format!("<!-- {} -->", "word\n\n        ".repeat(10_000)),
        format!("<table>{}<tr><td>x</table>", " ".repeat(long)),
        "<p>A paragraph.\n".repeat(long / 15),
    ] {
        let page = page(&format!("{html}<h1>T</h1>"));
        assert!(!page.is_truncated, "{}", &html[..40]);
        assert_eq!(best(&page.title), "T", "{}", &html[..40]);
    }
}

#[test]
fn page_is_read_up_to_limit() {
    let mut html =
        b"<title>T</title><article><p>A paragraph that is long enough to stand by itself \
        on any card that there is.</p>"
            .to_vec();
    html.resize(MAX_BYTES, b' ');
    html.extend("<h1>Too late</h1>é".as_bytes());
    let page = read(&html, None);
    assert!(page.is_truncated);
    assert_eq!(best(&page.title), "T");
    assert!(best(&page.description).starts_with("A paragraph"));
}

/// Generates pages from valid and broken fragments.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "<(meta|link|title|script|noscript|template|article|main|h1|p|a|img|time|svg|math|table|td|tr|\
          select|option|form|frameset|base|style|plaintext|textarea|li|b|i|body|html|head|picture|\
          source)",
        "</(meta|title|script|noscript|template|article|main|h1|p|a|svg|table|td|select|form|b|i|body|\
          html|head|style)>",
        " (property|name|content|href|src|srcset|class|itemprop|itemscope|itemtype|rel|datetime|\
          http-equiv|type|hidden|lang|charset)=",
        "['\"]?(og:image|og:title|article:published_time|refresh|0; url=/x|h-entry|p-name|dt-published|\
          u-url|h-card p-author|tag|canonical|https?://[a-z]{1,3}|//|/tags/x|application/ld\\+json|\
          https://schema.org/Article|2024-05-01T1?|a.png 2x,|data:)['\"]?",
        "[>/'\"= \n]",
        r#"\{"@type": ?"Article"[,}] ?("image": ?[\[{]|"@graph": ?\[)?"#,
        "location( = |\\.replace\\()['\"`]/x['\"`]\\)?",
        "\\PC{0,4}",
        "&(amp|#x0|#55296|nbsp|lt)?;?",
    ];
    proptest::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_bytes_are_read(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        drop(read(&bytes, None));
    }

    #[test]
    fn html_fragments_give_valid_values(html in pieces()) {
        let page = page(&html);
        prop_assert!(page.title.iter().all(|title| !title.value.trim().is_empty()));
        let addresses = page.images.iter().map(|image| &image.value.url);
        for address in addresses.chain(page.url.iter().map(|url| &url.value)) {
            prop_assert!(Url::parse(address).is_ok_and(|url| url.has_host()), "{}", address);
        }
        prop_assert!(!page.is_truncated);
    }
}
