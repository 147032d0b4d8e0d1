use super::{
    Document, Fence, FrontMatterSyntax, LeadingWhitespace, YamlRules, json as json_document, toml,
    yaml,
};
use proptest::prelude::*;
use serde_json::{Value, json};

const STRICT: YamlRules = YamlRules {
    expands_tabs: false,
    last_key_wins: false,
};

const HEXO: FrontMatterSyntax = FrontMatterSyntax {
    is_opening_optional: true,
    yaml: YamlRules {
        expands_tabs: true,
        last_key_wins: false,
    },
    allows_header: false,
    allows_javascript: false,
    leading: LeadingWhitespace::LineEnd,
    fence: Fence::EqualPrefix,
};

fn read(text: &str, syntax: FrontMatterSyntax) -> (serde_json::Value, String) {
    let document = Document::parse(text.as_bytes(), syntax).unwrap();
    (
        document.front.map.clone().into(),
        document.body().to_owned(),
    )
}

#[test]
fn syntax_error_has_hint() {
    let yaml = |text: &str| yaml(text, 1, STRICT).unwrap_err();
    let faults = [
        yaml("t: \"x\n"),
        yaml("t: [x\n"),
        yaml("t: x\n y: z\n"),
        yaml("t: &\n"),
        toml("t = x\n", 1).unwrap_err(),
        toml("t = 1\nt = 2\n", 1).unwrap_err(),
        json_document("{\"t\": x}", 1).unwrap_err(),
    ];
    for fault in faults {
        assert!(fault.hint.is_some() && fault.line().is_some(), "{fault}");
    }
}

#[test]
fn default_fences() {
    let t = json!({"t": "x"});
    for (text, front, body) in [
        ("---\nt: x\n---\nbody", &t, "body"),
        ("---\r\nt: x\r\n---\r\nbody\r\n", &t, "body\r\n"),
        ("---  \nt: x\n---\t \nbody", &t, "body"),
        ("-----\nt: x\n-----\n---\n", &t, "---\n"),
        ("---\nt: x\n---", &t, ""),
        ("---\n---\nbody", &json!({}), "body"),
        ("---\n# nothing\n---\nbody", &json!({}), "body"),
        ("---\nt: >-\n  x\n---\n\nbody", &t, "\nbody"),
        ("--- yaml\nt: x\n---\nbody", &t, "body"),
        ("body\n---\n", &json!({}), "body\n---\n"),
        ("--- a list\n", &json!({}), "--- a list\n"),
        ("{{ template }}", &json!({}), "{{ template }}"),
        ("", &json!({}), ""),
        ("\u{feff}---\nt: x\n---\nbody", &t, "body"),
    ] {
        let read = read(text, FrontMatterSyntax::default());
        assert_eq!((&read.0, read.1.as_str()), (front, body), "{text:?}");
    }
}

#[test]
fn hexo_optional_fence_and_tabs() {
    for (text, front, body) in [
        ("t: x\nd: y\n---\nbody", json!({"t": "x", "d": "y"}), "body"),
        ("\"t\": \"x\"\n;;;\nbody", json!({"t": "x"}), "body"),
        (
            "---\nt:\n\t- x\n\t-\ty\n---\n",
            json!({"t": ["x", "y"]}),
            "",
        ),
        (
            "A text.\n\n---\n\nMore.",
            json!({}),
            "A text.\n\n---\n\nMore.",
        ),
        ("Note this: a\n---\n", json!({}), "Note this: a\n---\n"),
        ("t: x\nno fence", json!({}), "t: x\nno fence"),
    ] {
        assert_eq!(read(text, HEXO), (front, body.to_owned()), "{text:?}");
    }
}

#[test]
fn yaml_scalars_keep_author_text() {
    let text = "a: no\nb: true\nc: 2024-03-01\nd: 007\ne: 1_000\nf: 3.5\ng: ~\nh: 12:30";
    let value = yaml(text, 1, STRICT).unwrap();
    let expected = json!({
        "a": "no", "b": true, "c": "2024-03-01", "d": "007", "e": "1_000", "f": 3.5, "g": null,
        "h": "12:30",
    });
    assert_eq!(value, expected);
}

#[test]
fn keys_ignore_spelling_variants() {
    let text =
        "---\ncoverImage: a\nSEO:\n  og-title: b\n  list: [x, {y: c}]\na.b: d\nempty: ' '\n---\n";
    let front = Document::parse(text.as_bytes(), FrontMatterSyntax::default())
        .unwrap()
        .front;
    for (path, value, line) in [
        ("cover_image", Some(json!("a")), Some(2)),
        ("seo.ogTitle", Some(json!("b")), Some(4)),
        ("seo.list.1.y", Some(json!("c")), Some(5)),
        ("a.b", Some(json!("d")), None),
        ("empty", None, Some(7)),
        ("gone", None, None),
    ] {
        assert_eq!(front.get(path), value.as_ref(), "{path}");
        if line.is_some() {
            assert_eq!(front.line_of(path), line, "{path}");
        }
    }
}

/// A generator's syntax, and texts with the body that remains if their front matter is read.
type Measured = (
    &'static str,
    FrontMatterSyntax,
    &'static [(&'static str, Option<&'static str>)],
);

const fn rules(leading: LeadingWhitespace, fence: Fence) -> FrontMatterSyntax {
    FrontMatterSyntax {
        leading,
        fence,
        is_opening_optional: false,
        yaml: STRICT,
        allows_header: false,
        allows_javascript: false,
    }
}

/// Results of Hugo 0.168, Hexo 8.1, gray-matter 4 (and Eleventy 3.1), Astro 6.0, Jekyll 4.3 and Zola.
const MEASURED: &[Measured] = &[
    (
        "Hugo",
        rules(LeadingWhitespace::Any, Fence::Prefix),
        &[
            ("\n\n---\nt: x\n---\nbody", Some("body")),
            ("\u{feff}\r\n---\r\nt: x\r\n---\r\nbody", Some("body")),
            (" \t---\nt: x\n---\nbody", Some("body")),
            ("\n+++\nt = 'x'\n+++\nbody", Some("body")),
            ("\n {\"t\": \"x\"}\nbody", Some("body")),
            ("------\nt: x\n------\nbody", Some("---\nbody")),
            ("---\nt: x\n--- text\nbody", Some(" text\nbody")),
            ("\u{a0}---\nt: x\n---\nbody", None),
            ("----\nt: x\n----\nbody", None),
            ("---\nt: x\n...\nbody", None),
            ("—\nt: x\n—\nbody", None),
        ],
    ),
    (
        "Hexo",
        HEXO,
        &[
            ("\n---\nt: x\n---\nbody", Some("body")),
            ("\r\n---\r\nt: x\r\n---\r\nbody", Some("body")),
            ("----\nt: x\n----\nbody", Some("body")),
            ("---\nt: x\n--- text\nbody", Some(" text\nbody")),
            ("\n\n---\nt: x\n---\nbody", None),
            (" ---\nt: x\n---\nbody", None),
            ("–-\nt: x\n–-\nbody", None),
        ],
    ),
    (
        "gray-matter",
        rules(LeadingWhitespace::None, Fence::Named),
        &[
            ("---\nt: x\n--- text\nbody", Some(" text\nbody")),
            ("---yaml\nt: x\n---\nbody", Some("body")),
            ("\n---\nt: x\n---\nbody", None),
            (" ---\nt: x\n---\nbody", None),
            ("----\nt: x\n----\nbody", None),
            ("\u{feff}\n---\nt: x\n---\nbody", None),
        ],
    ),
    (
        "Astro",
        rules(LeadingWhitespace::BlankLines, Fence::Prefix),
        &[
            ("\n \n---\nt: x\n---\nbody", Some("body")),
            ("\u{feff}\n---\nt: x\n---\nbody", Some("body")),
            ("\n+++\nt = 'x'\n+++\nbody", Some("body")),
            (" ---\nt: x\n---\nbody", None),
            ("----\nt: x\n----\nbody", None),
        ],
    ),
    (
        "Jekyll",
        rules(LeadingWhitespace::None, Fence::ThreeOrDots),
        &[
            ("--- \nt: x\n...\nbody", Some("body")),
            ("\n---\nt: x\n---\nbody", None),
            ("----\nt: x\n----\nbody", None),
            ("\u{200b}---\nt: x\n---\nbody", None),
        ],
    ),
    (
        "Zola",
        rules(LeadingWhitespace::Any, Fence::Three),
        &[
            ("\n +++\nt = 'x'\n+++\nbody", Some("body")),
            ("\n---\nt: x\n---\nbody", Some("body")),
            ("----\nt: x\n----\nbody", None),
        ],
    ),
    (
        "a plain folder",
        rules(LeadingWhitespace::None, Fence::Equal),
        &[
            ("----\nt: x\n----\nbody", Some("body")),
            ("\n---\nt: x\ndraft: true\n---\nbody", None),
            (" ---\ndraft: true\n---\nbody", None),
            ("t: x\n\nbody: y", Some("t: x\n\nbody: y")),
        ],
    ),
];

#[test]
fn fences_match_each_generator() {
    for (name, syntax, texts) in MEASURED {
        for (text, body) in *texts {
            let read = Document::parse(text.as_bytes(), *syntax);
            let read = read.as_ref().ok().map(|document| document.body());
            assert_eq!(read, *body, "{name}: {text:?}");
        }
    }
}

#[test]
fn line_numbers_count_leading_blanks() {
    let syntax = rules(LeadingWhitespace::Any, Fence::Prefix);
    let text = "\n\n---\nt: x\nd: y\n---\n";
    let front = Document::parse(text.as_bytes(), syntax).unwrap().front;
    assert_eq!(front.line_of("d"), Some(5));
    for (text, line) in [("\n---\nt: x\n", 2), ("\n\n---\nt: a: b\n---\n", 4)] {
        let fault = Document::parse(text.as_bytes(), syntax).unwrap_err();
        assert_eq!(fault.line(), Some(line), "{fault}");
    }
}

proptest! {
    #[test]
    fn body_is_end_of_file(text in "(---|\\+\\+\\+|;;;|\\{)?\n?\\PC{0,60}\n?(---|\\+\\+\\+|;;;|\\})?\n?\\PC{0,20}") {
        for syntax in [HEXO, FrontMatterSyntax::default()] {
            if let Ok(document) = Document::parse(text.as_bytes(), syntax) {
                prop_assert!(text.ends_with(document.body()));
            }
        }
    }

    #[test]
    fn invalid_utf8_is_refused(bytes in proptest::collection::vec(any::<u8>(), 0..80)) {
        let is_text = std::str::from_utf8(&bytes).is_ok();
        prop_assert!(is_text || Document::parse(&bytes, HEXO).is_err());
    }

    #[test]
    fn yaml_error_span_is_inside_front_matter(source in "[a-z:\\-\\[\\]{}&*!|>'\"%@`#, \t\n]{0,60}") {
        let lines = source.lines().count().max(1);
        for expands_tabs in [true, false] {
            let rules = YamlRules { expands_tabs, ..STRICT };
            if let Err(diagnostic) = yaml(&source, 2, rules) {
                let span = diagnostic.span().unwrap();
                prop_assert!((2..=lines + 2).contains(&span.line), "{:?}: {}", source, diagnostic);
                prop_assert!(span.column != Some(0));
            }
        }
    }

    #[test]
    fn body_is_unchanged(body in "\\PC{0,60}(\r?\n\\PC{0,20}){0,3}") {
        let (front, read) = read(&format!("---\nt: x\n---\n{body}"), FrontMatterSyntax::default());
        prop_assert_eq!(front, json!({"t": "x"}));
        prop_assert_eq!(read, body);
    }
}

#[test]
fn header_lines_are_front_matter() {
    let syntax = FrontMatterSyntax {
        allows_header: true,
        ..FrontMatterSyntax::default()
    };
    let text = "Title: My: title\nDATE: 2024-03-01\nsummary: one\n    two\ntag: a\ntag: b\nempty:\n\n# Body\n";
    let document = Document::parse(text.as_bytes(), syntax).unwrap();
    assert_eq!(document.body(), "# Body\n");
    let expected = json!({
        "title": "My: title", "date": "2024-03-01", "summary": "one\ntwo", "tag": ["a", "b"], "empty": "",
    });
    assert_eq!(Value::Object(document.front.map.clone()), expected);
    assert_eq!(document.front.line_of("date"), Some(2));

    for (text, title, body) in [
        ("Title: T\nno key\n", json!("T"), "no key\n"),
        ("Title: T\r\n---\r\nbody", json!("T"), "body"),
        ("---\ntitle: a: b\n---\nbody", json!("a: b"), "body"),
        (
            "---\ntitle: \"a\"\ntags: [x]\n---\nbody",
            json!("a"),
            "body",
        ),
        (
            "No header. See: below",
            Value::Null,
            "No header. See: below",
        ),
        ("http://example.org", Value::Null, ""),
    ] {
        let document = Document::parse(text.as_bytes(), syntax).unwrap();
        assert_eq!(
            document.front.map.get("title").unwrap_or(&Value::Null),
            &title,
            "{text}"
        );
        assert_eq!(document.body(), body, "{text}");
    }
    let plain = Document::parse(b"Title: T\n\nbody", FrontMatterSyntax::default()).unwrap();
    assert!(!plain.front.is_present);
}
