use proptest::prelude::*;
use syndicate_api::{RichText, TextSpan};

use super::{MentionTable, spans};
use crate::engine::render::placeholders::TextOrigin::{self, Hashtag, Link, Value, Written};

fn typed(parts: &[(TextOrigin, &str)]) -> RichText {
    let owned: Vec<_> = parts
        .iter()
        .map(|(origin, text)| (*origin, (*text).to_owned()))
        .collect();
    spans(&owned, &MentionTable::default())
}

/// Returns the spans in one line, with `[#tag]` and `[link]` in brackets.
fn shown(parts: &[(TextOrigin, &str)]) -> String {
    typed(parts)
        .0
        .iter()
        .map(|span| match span {
            TextSpan::Hashtag(word) => format!("[#{word}]"),
            TextSpan::Link(link) => format!("[{link}]"),
            other => RichText(vec![other.clone()]).plain(),
        })
        .collect()
}

#[test]
fn hashtag_is_word_after_gap() {
    for (written, expected) in [
        ("#rust", "[#rust]"),
        (
            "see #rust, and (#Open_Source)!",
            "see [#rust], and ([#Open_Source])!",
        ),
        ("“#été”\n#日本語 #हिन्दी", "“[#été]”\n[#日本語] [#हिन्दी]"),
        (
            "#2026 #1 #_ # ## #2026goals",
            "#2026 #1 #_ # ## [#2026goals]",
        ),
        ("C# a#b /#x ##y", "C# a#b /#x ##y"),
        ("#a#b #c-d #C#", "[#a]#b [#c]-d [#C]#"),
        ("#1\u{fe0f}\u{20e3}", "#1\u{fe0f}\u{20e3}"),
    ] {
        assert_eq!(shown(&[(Written, written)]), expected);
    }
}

#[test]
fn link_excludes_sentence_punctuation() {
    for (written, expected) in [
        (
            "https://example.org/a_b?c=d#e",
            "[https://example.org/a_b?c=d#e]",
        ),
        (
            "See http://a.org/x. Or (HTTPS://a.org)!",
            "See [http://a.org/x]. Or ([HTTPS://a.org])!",
        ),
        (
            "https://en.wikipedia.org/wiki/Rust_(game).",
            "[https://en.wikipedia.org/wiki/Rust_(game)].",
        ),
        (
            "<https://a.org>, \"https://b.org\"",
            "<[https://a.org]>, \"[https://b.org]\"",
        ),
        (
            "https:// http://. xhttps://a.org ftp://a.org",
            "https:// http://. xhttps://a.org ftp://a.org",
        ),
        ("http://[2001:db8::1]/x", "[http://[2001:db8::1]/x]"),
        ("见https://example.org/。", "见https://example.org/。"),
    ] {
        assert_eq!(shown(&[(Written, written)]), expected);
    }
}

#[test]
fn values_stay_text_outside_helpers() {
    for (parts, expected) in [
        (
            vec![(Value, "#x C# https://a.org a@b.org")],
            "#x C# https://a.org a@b.org",
        ),
        (
            vec![(Link, "https://a.org/x."), (Written, " #y")],
            "[https://a.org/x.] [#y]",
        ),
        (
            vec![(Hashtag, "Rust"), (Written, " "), (Hashtag, "cpp")],
            "[#Rust] [#cpp]",
        ),
        // A value directly after `#` is the word. A mixed word is not a hashtag.
        (vec![(Written, "#"), (Value, "en")], "[#en]"),
        (
            vec![(Written, "in #"), (Value, "en"), (Written, "!")],
            "in [#en]!",
        ),
        (vec![(Written, "#"), (Value, "two words")], "#two words"),
        (vec![(Written, "#"), (Value, "en"), (Written, "s")], "#ens"),
        (vec![(Written, "#rust"), (Value, "lang")], "#rustlang"),
        (vec![(Value, "C"), (Written, "#sharp")], "C#sharp"),
        (vec![(Value, "so: "), (Written, "#sharp")], "so: [#sharp]"),
        // A link continues to the next white space.
        (
            vec![
                (Written, "https://a.org/"),
                (Value, "en"),
                (Written, "/x, #y"),
            ],
            "[https://a.org/en/x], [#y]",
        ),
        (
            vec![(Written, "https://a.org/?q="), (Value, "a b")],
            "[https://a.org/?q=a] b",
        ),
    ] {
        assert_eq!(shown(&parts), expected, "{parts:?}");
    }
}

#[test]
fn adjacent_text_is_one_span() {
    let text = typed(&[(Value, "a"), (Written, " b "), (Value, "c")]);
    assert_eq!(text, RichText::text("a b c"));
}

proptest! {
    #[test]
    fn spans_keep_every_character(
        written in r"[#a-c1 .,()\n]{0,20}(https?://[a-z./()]{0,10})?",
        value in r"\PC{0,20}",
        after in r"[#a-c1 .,()\n]{0,20}",
    ) {
        let text = typed(&[(Written, &written), (Value, &value), (Written, &after)]);
        prop_assert_eq!(text.plain(), format!("{written}{value}{after}"));
        prop_assert!(text.0.windows(2).all(|pair| !matches!(pair, [TextSpan::Text(_), TextSpan::Text(_)])));
    }

    #[test]
    fn values_alone_stay_text(first in r"\PC{0,30}", second in r"\PC{0,30}") {
        let text = typed(&[(Value, &first), (Written, " - "), (Value, &second)]);
        prop_assert_eq!(text, RichText::text(format!("{first} - {second}")));
    }
}
