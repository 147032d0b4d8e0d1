//! Decodes the encoder's output with a parser for the grammar of LinkedIn's documentation: `Text`
//! escapes all reserved characters, `HashtagElement ::= '#' SINGLE_WORD`, `HashtagTemplate ::=
//! '{hashtag|' sign '|' Text '}'`, `MentionElement ::= '@[' Text '](' Urn ')'`. The grammar does
//! not define a single word, so every text is parsed with the narrowest and with the widest
//! definition, and both must return the original spans.

use proptest::prelude::*;
use syndicate_api::{RichText, TextSpan};

use super::{encode, measure};
use syndicate_api::text::{sanitize, utf16_len};

/// A decoded element. Adjacent texts are joined.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Seen {
    Text(String),
    Hashtag(String),
    Mention(String, String),
}

/// The reserved characters, repeated here to detect a mistake in the encoder's list.
const RESERVED: [char; 15] = [
    '|', '{', '}', '@', '[', ']', '(', ')', '<', '>', '#', '\\', '*', '_', '~',
];

type InWord = fn(char) -> bool;

/// The narrowest and the widest definition of a character in a word.
const WORDS: [InWord; 2] = [char::is_alphanumeric, |c| {
    c == '_' || !(c.is_whitespace() || c.is_ascii_punctuation())
}];

fn decode(little: &str, in_word: InWord) -> Result<Vec<Seen>, String> {
    let mut seen = Vec::new();
    let mut rest = little;
    let mut previous = None;
    while let Some(c) = rest.chars().next() {
        let (element, tail) = if let Some(tail) = rest.strip_prefix("@[") {
            let (name, tail) = read_text(tail, ']')?;
            let tail = tail.strip_prefix('(').ok_or("a mention without target")?;
            let (urn, tail) = tail.split_once(')').ok_or("an open mention")?;
            (Seen::Mention(name, urn.to_owned()), tail)
        } else if let Some(tail) = rest.strip_prefix("{hashtag|\\#|") {
            let (word, tail) = read_text(tail, '}')?;
            (Seen::Hashtag(word), tail)
        } else if let Some(tail) = rest.strip_prefix('#') {
            if previous.is_some_and(in_word) {
                return Err(format!("`#` within a word before {tail:?}"));
            }
            let end = tail.find(|c| !in_word(c)).unwrap_or(tail.len());
            let (word, tail) = tail.split_at(end);
            (Seen::Hashtag(word.to_owned()), tail)
        } else {
            let (text, tail) = read_char(rest)?;
            (Seen::Text(text.to_string()), tail)
        };
        previous = match &element {
            Seen::Text(text) | Seen::Hashtag(text) | Seen::Mention(text, _) => {
                text.chars().next_back()
            }
        };
        assert!(tail.len() < rest.len(), "no progress at {c:?}");
        rest = tail;
        push(&mut seen, element);
    }
    Ok(seen)
}

fn read_char(rest: &str) -> Result<(char, &str), String> {
    let mut chars = rest.chars();
    match chars.next() {
        Some('\\') => match chars.next() {
            Some(c) if RESERVED.contains(&c) => Ok((c, chars.as_str())),
            other => Err(format!("a backslash before {other:?}")),
        },
        Some(c) if RESERVED.contains(&c) => Err(format!("a bare `{c}`")),
        Some(c) => Ok((c, chars.as_str())),
        None => Err("an open element".to_owned()),
    }
}

fn read_text(mut rest: &str, end: char) -> Result<(String, &str), String> {
    let mut text = String::new();
    loop {
        if let Some(tail) = rest.strip_prefix(end) {
            return Ok((text, tail));
        }
        let (c, tail) = read_char(rest)?;
        text.push(c);
        rest = tail;
    }
}

fn push(seen: &mut Vec<Seen>, element: Seen) {
    match (seen.last_mut(), element) {
        (_, Seen::Text(text)) if text.is_empty() => {}
        (Some(Seen::Text(whole)), Seen::Text(text)) => whole.push_str(&text),
        (_, element) => seen.push(element),
    }
}

/// Returns the elements that the spans represent.
fn meant(text: &RichText) -> Vec<Seen> {
    let mut seen = Vec::new();
    for span in &text.0 {
        let element = match span {
            TextSpan::Hashtag(word) => {
                let word = sanitize(word);
                if word.is_empty() || word.contains(char::is_whitespace) {
                    Seen::Text(format!("#{word}"))
                } else {
                    Seen::Hashtag(word)
                }
            }
            TextSpan::Mention { name, target } => {
                let name = sanitize(name);
                let known = target == "urn:li:person:a_b-1" && !name.trim().is_empty();
                if known {
                    Seen::Mention(name, target.clone())
                } else {
                    Seen::Text(name)
                }
            }
            TextSpan::Text(text) | TextSpan::Link(text) => Seen::Text(sanitize(text)),
            other => panic!("an unknown span: {other:?}"),
        };
        push(&mut seen, element);
    }
    seen
}

/// Generates any Unicode text in which reserved characters are frequent.
fn any_text() -> impl Strategy<Value = String> {
    let odd = "[\\\\|{}@\\[\\]()<>#*_~a1é \n]";
    prop_oneof![
        proptest::collection::vec(
            prop_oneof![odd, any::<char>().prop_map(String::from)],
            0..12
        )
        .prop_map(|parts| parts.concat()),
        "[a-zA-Z0-9]{1,8}",
    ]
}

fn any_span() -> impl Strategy<Value = TextSpan> {
    let target = prop_oneof![Just("urn:li:person:a_b-1"), Just("@jane)")];
    prop_oneof![
        any_text().prop_map(TextSpan::Text),
        any_text().prop_map(TextSpan::Link),
        any_text().prop_map(TextSpan::Hashtag),
        (any_text(), target).prop_map(|(name, target)| TextSpan::Mention {
            name,
            target: target.to_owned()
        }),
    ]
}

proptest! {
    #[test]
    fn little_text_round_trip_keeps_spans(spans in proptest::collection::vec(any_span(), 0..6)) {
        let text = RichText(spans);
        let little = encode(&text);
        for in_word in WORDS {
            prop_assert_eq!(decode(&little, in_word), Ok(meant(&text)), "{}", little);
        }
    }

    #[test]
    fn escape_adds_one_unit_per_reserved(text in "\\PC{0,40}") {
        let reserved = text.chars().filter(|c| RESERVED.contains(c)).count();
        prop_assert_eq!(measure(&RichText::text(text.as_str())), utf16_len(&text) + reserved);
    }
}

fn text(text: &str) -> TextSpan {
    TextSpan::Text(text.to_owned())
}

fn tag(word: &str) -> TextSpan {
    TextSpan::Hashtag(word.to_owned())
}

fn mention(name: &str, target: &str) -> TextSpan {
    TextSpan::Mention {
        name: name.to_owned(),
        target: target.to_owned(),
    }
}

#[test]
fn elements_match_documentation() {
    for (spans, little) in [
        (
            vec![text("|{}@[]()<>#\\*_~")],
            "\\|\\{\\}\\@\\[\\]\\(\\)\\<\\>\\#\\\\\\*\\_\\~",
        ),
        (
            vec![text("C# 100% - \"so\"! `x`")],
            "C\\# 100% - \"so\"! `x`",
        ),
        (
            vec![TextSpan::Link("https://example.org/a_(b)".to_owned())],
            "https://example.org/a\\_\\(b\\)",
        ),
        (
            vec![
                text("Hello "),
                mention("Acme (Corp)", "urn:li:organization:1"),
            ],
            "Hello @[Acme \\(Corp\\)](urn:li:organization:1)",
        ),
        (vec![mention("Jo_e", "@joe")], "Jo\\_e"),
        (vec![text("a\r\nb\0")], "a\nb"),
    ] {
        assert_eq!(encode(&RichText(spans)), little);
    }
}

#[test]
fn short_hashtag_only_if_unambiguous() {
    for (spans, little) in [
        (vec![tag("rust")], "#rust"),
        (vec![tag("rust"), text(" "), tag("Größe")], "#rust #Größe"),
        (vec![text("("), tag("rust"), text(").")], "\\(#rust\\)."),
        (vec![tag("snake_case")], "{hashtag|\\#|snake\\_case}"),
        (vec![tag("c++")], "{hashtag|\\#|c++}"),
        (vec![tag("2026")], "{hashtag|\\#|2026}"),
        (vec![tag("👩")], "{hashtag|\\#|👩}"),
        (vec![text("a"), tag("b")], "a{hashtag|\\#|b}"),
        (vec![tag("b"), text("s")], "{hashtag|\\#|b}s"),
        (vec![tag("b"), text("_s")], "{hashtag|\\#|b}\\_s"),
        (vec![tag("e"), text("\u{301}")], "{hashtag|\\#|e}\u{301}"),
        (
            vec![tag("a"), text("\0"), tag("b")],
            "{hashtag|\\#|a}{hashtag|\\#|b}",
        ),
        (vec![tag("two words")], "\\#two words"),
        (vec![tag("")], "\\#"),
    ] {
        assert_eq!(encode(&RichText(spans)), little);
    }
}
