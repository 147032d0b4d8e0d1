//! Tests of dates, HTML and lengths of texts.

use proptest::prelude::*;

use crate::html::{self, plain_line};
use syndicate_api::text::shorten;

#[test]
fn html_yields_visible_text() {
    for (html, text) in [
        ("<p>One</p><p>two</p>", "One two"),
        ("in<b>ter</b>rup<wbr>ted", "interrupted"),
        ("a<br>b<br/>c", "a b c"),
        ("a <!-- <b>no</b> --> b", "a b"),
        (
            "<style>p { x: y }</style>a<script>if (a < b) {}</script>",
            "a",
        ),
        ("<table><tr><td><table></table>x</table>after", "after"),
        (
            "5 < 6 && 7 > 2 &amp; &eacute;&#233;&#xE9; &bogus; &",
            "5 < 6 && 7 > 2 & ééé &bogus; &",
        ),
        ("<a title='>'>x</a>", "x"),
        ("<a title=\"x>y</a>", "y"),
        ("<unclosed", "<unclosed"),
        ("a <!-- open", "a"),
        ("é<p>ü", "é ü"),
        ("co\u{ad}op", "coop"),
    ] {
        assert_eq!(html::read_visible(html).text, text, "{html}");
    }
}

#[test]
fn title_keeps_unknown_tags() {
    for (text, title) in [
        ("Vec<T> and <em>you</em>", "Vec<T> and you"),
        ("<Result<T, E>>", "<Result<T, E>>"),
        ("C# &amp; F&#35;", "C# & F#"),
        ("a\n  b", "a b"),
        ("x<br/>y", "x y"),
    ] {
        assert_eq!(plain_line(text), title, "{text}");
    }
}

#[test]
fn text_is_cut_at_sentence_or_word() {
    assert_eq!(shorten("Short."), "Short.");
    let first = format!("{}.", "word ".repeat(30).trim_end());
    assert_eq!(
        shorten(&format!("{first} And {}", "more ".repeat(60))),
        first
    );
    let words = shorten(&format!("Short. {}", "word ".repeat(80)));
    assert!(words.ends_with("word…"), "{words}");
    assert_eq!(shorten(&"x".repeat(500)).chars().count(), 300);
}

proptest! {
    #[test]
    fn random_text_does_not_panic(text in "\\PC{0,80}", html in "[<>/!a-z&;#'\"= é-]{0,80}") {
        for text in [&text, &html] {
            prop_assert!(html::read_visible(text).text.len() <= text.len() * 4);
            plain_line(text);
            html::link_elements(text).count();
        }
    }

    #[test]
    fn shortened_text_fits_limit(text in "[a-zA-Zäß世👩🏽‍💻 .,!?]{0,600}") {
        prop_assert!(shorten(&text).chars().count() <= 300);
    }
}
