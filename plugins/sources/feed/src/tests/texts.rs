//! Dates, HTML and lengths, in tables.

use jiff::tz::TimeZone;
use proptest::prelude::*;

use crate::html::{self, line};
use crate::moment::parse;
use crate::shorten::shorten;

fn instant(text: &str) -> Option<String> {
    Some(parse(text, &TimeZone::UTC)?.at.timestamp().to_string())
}

#[test]
fn dates_of_many_styles_are_one_instant() {
    for text in [
        "2026-11-02T09:30:00Z",
        "2026-11-02T09:30:00.000Z",
        "2026-11-02T09:30Z",
        "2026-11-02t10:30:00+01:00",
        "2026-11-02T10:30:00+0100",
        "2026-11-02 04:30:00 -0500",
        "2026-11-02 04:30:00 -05:00",
        "2026/11/2 9:30",
        "Mon, 02 Nov 2026 09:30:00 GMT",
        "Mon, 2 Nov 2026 09:30:00 +0000",
        "Mon,02 Nov 2026 09:30 UT",
        "02 Nov 26 09:30 GMT",
        "2 November 2026 04:30:00 EST",
        "Montag, 2 Nov 2026 10:30:00 CET",
        "Lun., 02 Nov. 2026 10:30:00 +01:00",
        "Monday, 02-Nov-26 09:30:00 GMT",
        "Mon Nov  2 09:30:00 2026",
        "Nov 2, 2026 09:30",
        " 2026-11-02T09:30:00Z\n",
    ] {
        assert_eq!(
            instant(text).as_deref(),
            Some("2026-11-02T09:30:00Z"),
            "{text}"
        );
    }
    assert_eq!(
        instant("31 Dec 1998 23:59:60 GMT").as_deref(),
        Some("1998-12-31T23:59:59Z")
    );
    assert_eq!(
        instant("2 Nov 99 00:00 Z").as_deref(),
        Some("1999-11-02T00:00:00Z")
    );
}

#[test]
fn a_day_alone_is_known_as_such() {
    for text in ["2026-11-02", "Mon, 02 Nov 2026", "November 2, 2026"] {
        let moment = parse(text, &TimeZone::get("Europe/Oslo").unwrap()).unwrap();
        assert!(moment.day_only, "{text}");
        assert_eq!(
            moment.at.timestamp().to_string(),
            "2026-11-01T23:00:00Z",
            "{text}"
        );
    }
}

#[test]
fn what_is_no_date_is_not_guessed() {
    for text in [
        "",
        "soon",
        "01/02/2026",
        "2026-13-01",
        "2026-02-30",
        "25:00",
        "2026",
        "2 Nov",
        "Mon, 02 Nov 2026 09:30:00 XYZ",
        "2026-11-02T09:30:00+99:00",
        "2026-11-02 2026-11-03",
        "1793612345",
        "2026-11-02T",
        "2026-11-02T09",
        "２ Nov 2026",
        "-",
        "T",
        ":",
    ] {
        assert_eq!(instant(text), None, "{text}");
    }
}

#[test]
fn html_is_read_as_a_reader_sees_it() {
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
        assert_eq!(html::read(html).text, text, "{html}");
    }
}

#[test]
fn a_title_keeps_what_is_no_html() {
    for (text, title) in [
        ("Vec<T> and <em>you</em>", "Vec<T> and you"),
        ("<Result<T, E>>", "<Result<T, E>>"),
        ("C# &amp; F&#35;", "C# & F#"),
        ("a\n  b", "a b"),
        ("x<br/>y", "x y"),
    ] {
        assert_eq!(line(text), title, "{text}");
    }
}

#[test]
fn a_text_is_cut_where_a_sentence_or_a_word_ends() {
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
    fn no_text_breaks_a_reader(text in "\\PC{0,80}", html in "[<>/!a-z&;#'\"= é-]{0,80}") {
        for text in [&text, &html] {
            prop_assert!(html::read(text).text.len() <= text.len() * 4);
            line(text);
            html::links(text).count();
            parse(text, &TimeZone::UTC);
        }
    }

    #[test]
    fn no_date_breaks_a_reader(text in "[0-9TZ:+ ,./a-zA-Z-]{0,30}") {
        parse(&text, &TimeZone::UTC);
    }

    #[test]
    fn every_rfc_3339_instant_is_read(second in -2_208_988_800_i64..4_102_444_800) {
        let at = jiff::Timestamp::from_second(second).unwrap();
        prop_assert_eq!(instant(&at.to_string()), Some(at.to_string()));
        let rfc = jiff::fmt::rfc2822::to_string(&at.to_zoned(TimeZone::UTC)).unwrap();
        prop_assert_eq!(instant(&rfc), Some(at.to_string()));
    }

    #[test]
    fn nothing_gets_longer_than_it_may(text in "[a-zA-Zäß世👩🏽‍💻 .,!?]{0,600}") {
        prop_assert!(shorten(&text).chars().count() <= 300);
    }
}
