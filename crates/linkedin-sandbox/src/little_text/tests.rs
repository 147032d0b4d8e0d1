use proptest::prelude::*;

use super::{RESERVED, RenderedText, TextSpan, parse};

/// Escapes every reserved character, as a correct client does.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for character in text.chars() {
        if RESERVED.contains(character) {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

fn text(text: &str) -> TextSpan {
    TextSpan::Text(text.to_owned())
}

fn hashtag(word: &str) -> TextSpan {
    TextSpan::Hashtag(word.to_owned())
}

fn mention(name: &str) -> TextSpan {
    TextSpan::Mention(name.to_owned())
}

#[test]
fn elements_are_displayed_as_in_feed() {
    for (source, spans) in [
        ("", vec![]),
        ("plain: 100% - `fine`!", vec![text("plain: 100% - `fine`!")]),
        (
            r"part \(2\), a\_b \\ \#no",
            vec![text(r"part (2), a_b \ #no")],
        ),
        (
            "on #Rust, now",
            vec![text("on "), hashtag("Rust"), text(", now")],
        ),
        (
            "#中文！ ＃größe",
            vec![hashtag("中文"), text("！ "), hashtag("größe")],
        ),
        (r"{hashtag|\#|rust}.", vec![hashtag("rust"), text(".")]),
        (r"{hashtag|#|a\_b}", vec![hashtag("a_b")]),
        ("{hashtag|＃|word}", vec![hashtag("word")]),
        (
            r"by @[Dev \(Co\)](urn:li:organization:2414183) and @[Ann](urn:li:person:a-_9)",
            vec![
                text("by "),
                mention("Dev (Co)"),
                text(" and "),
                mention("Ann"),
            ],
        ),
        ("line\n\nline", vec![text("line\n\nline")]),
    ] {
        let rendered = parse(source);
        assert_eq!(rendered, RenderedText { spans, cut: None }, "{source}");
    }
}

#[test]
fn first_unescaped_character_cuts_text() {
    for (source, shown, character, position) in [
        ("New on the blog (part 2)", "New on the blog ", '(', 17),
        ("größe_x", "größe", '_', 6),
        ("see <https://a.example>", "see ", '<', 5),
        ("C# is", "C", '#', 2),
        ("#a_b", "#a", '_', 3),
        (r"a\n", "a", '\\', 2),
        (r"end\", "end", '\\', 4),
        ("a@b.example", "a", '@', 2),
        ("@[Ann](https://a.example)", "", '@', 1),
        ("@[](urn:li:person:a)", "", '@', 1),
        ("@[Ann](urn:li:person:)", "", '@', 1),
        (r"{hashtag|\#|}", "", '{', 1),
        (r"{hashtag|\#|rust", "", '{', 1),
        ("{hashtag|rust}", "", '{', 1),
        ("**bold**", "", '*', 1),
        ("ok #tag then ~", "ok #tag then ", '~', 14),
    ] {
        let rendered = parse(source);
        assert_eq!(rendered.plain(), shown, "{source}");
        let cut = rendered
            .cut
            .unwrap_or_else(|| panic!("`{source}` is not cut"));
        assert_eq!(
            (cut.character, cut.position),
            (character, position),
            "{source}"
        );
    }
}

#[test]
fn cut_displays_character_and_position() {
    let cut = parse("ab(c").cut.unwrap();
    assert_eq!(cut.to_string(), "unescaped `(` at character 3");
    assert_eq!(serde_json::to_value(cut).unwrap(), 3);
}

proptest! {
    #[test]
    fn escaped_text_is_displayed_completely(original in r"[a-c \n#|{}@\[\]()<>\\*_~é🙂]{0,60}") {
        let rendered = parse(&escaped(&original));
        prop_assert_eq!(rendered.cut.as_ref(), None);
        prop_assert_eq!(rendered.plain(), original);
    }

    #[test]
    fn text_before_cut_parses_alike_alone(
        source in r"[ab #|{}@\[\]():<>\\*_~é]{0,40}|(\{hashtag\|\\#\|a\}|@\[a\]\(urn:li:person:a\)|b|\(){0,9}"
    ) {
        let rendered = parse(&source);
        if let Some(cut) = &rendered.cut {
            prop_assert_eq!(source.chars().nth(cut.position - 1), Some(cut.character));
            prop_assert!(RESERVED.contains(cut.character));
            let before: String = source.chars().take(cut.position - 1).collect();
            let shown = parse(&before);
            prop_assert_eq!(&shown.spans, &rendered.spans);
            prop_assert_eq!(shown.cut, None);
        } else {
            prop_assert!(rendered.plain().len() <= source.len());
        }
    }

    #[test]
    fn random_text_does_not_panic(source in any::<String>()) {
        let rendered = parse(&source);
        prop_assert!(rendered.plain().chars().count() <= source.chars().count());
    }
}
