use std::collections::BTreeSet;

use super::{design, pixels, text};
use crate::{CardText, Colour, DrawError, DrawnCard, Fonts, Logo, Template, draw_card};

/// Titles that are hard to fit.
const HARD: [&str; 8] = [
    "C",
    "How we made our builds twice as fast",
    "An exhaustive and honest account of everything that we learned while moving a ten year old monolith of two million \
     lines to small services, and why in the end we moved most of them back again, twice over",
    "Pneumonoultramicroscopicsilicovolcanoconiosispneumonoultramicroscopicsilicovolcano",
    "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW",
    "https://example.org/a/very/long/address/without/any/spaces/in/it?and=a&query=of&several=parts#fragment",
    "ẬỆ Tiếng Việt: Đường đến thành công E\u{302}\u{301}",
    "Ω Ελληνικά και Кириллица – “две азбуки” & <одна> карточка",
];

fn drawn(template: &str, title: &str) -> DrawnCard {
    draw_card(&design(template), &text(title), &Fonts::new()).unwrap()
}

/// Returns the smallest rectangle with all pixels in which two pictures differ: left, top, right and bottom edge.
fn difference(one: &[u8], other: &[u8]) -> Option<[usize; 4]> {
    let (one, other) = (pixels(one), pixels(other));
    let mut found: Option<[usize; 4]> = None;
    for (y, (a, b)) in one.iter().zip(&other).enumerate() {
        for (x, _) in a.iter().zip(b).enumerate().filter(|(_, (a, b))| a != b) {
            let [left, top, right, bottom] = found.unwrap_or([x, y, x, y]);
            found = Some([left.min(x), top.min(y), right.max(x), bottom.max(y)]);
        }
    }
    found
}

#[test]
fn titles_stay_in_their_box() {
    // The box of the title, and the space around it for descenders and overhanging letters.
    for (template, [left, top, right, bottom]) in [
        ("editorial", [76, 128, 1122, 490]),
        ("gradient", [76, 62, 1056, 440]),
        ("terminal", [88, 120, 1110, 462]),
    ] {
        let without = drawn(template, "");
        for title in HARD {
            let card = drawn(template, title);
            let [x, y, x2, y2] = difference(&card.png, &without.png).unwrap();
            assert!(
                x >= left && y >= top && x2 <= right && y2 <= bottom,
                "{template}: {title} covers {x} {y} to {x2} {y2}"
            );
            assert_eq!(card.shortened, [""; 0], "{title}");
        }
    }
}

#[test]
fn bytes_are_those_of_the_renderer_version() {
    // If this test fails because a dependency draws otherwise, raise the number in `RENDERER` with it.
    let all: Vec<u8> = Template::NAMES
        .iter()
        .flat_map(|template| drawn(template, HARD[1]).png)
        .collect();
    assert_eq!(drawn("gradient", HARD[1]), drawn("gradient", HARD[1]));
    assert_eq!(
        (crate::RENDERER, checksum(&all)),
        ("card-renderer 2", 12_959_576_502_747_148_654)
    );
}

/// Returns the FNV-1a hash.
fn checksum(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

#[test]
fn missing_glyphs_are_named() {
    let mut card = text("Hello 世界");
    card.author = "علي".to_owned();
    let error = draw_card(&design("editorial"), &card, &Fonts::new()).unwrap_err();
    let DrawError::MissingGlyphs(missing) = &error else {
        panic!("{error}");
    };
    let missing: BTreeSet<&str> = missing.iter().map(String::as_str).collect();
    assert_eq!(missing, BTreeSet::from(["世", "界", "ع", "ل", "ي"]));
    assert!(error.to_string().contains("`世` (U+4E16)"), "{error}");
}

#[test]
fn text_without_end_is_shortened() {
    let card = drawn("editorial", &"all work and no play ".repeat(90));
    assert_eq!(card.shortened, ["title"]);
}

#[test]
fn empty_fields_are_left_out() {
    let only_title = CardText {
        title: "A".to_owned(),
        ..CardText::default()
    };
    for template in Template::NAMES {
        let fonts = Fonts::new();
        let full = draw_card(&design(template), &text("A"), &fonts).unwrap();
        let bare = draw_card(&design(template), &only_title, &fonts).unwrap();
        assert!(difference(&full.png, &bare.png).is_some());
    }
}

#[test]
fn size_and_colours_are_options() {
    let mut square = design("editorial");
    square.size = (540, 540);
    square.background = vec![Colour::rgb(0, 0x80, 0)];
    square.logo = Some(
        Logo::new(b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='2'><path d='M0 0h9v2H0z' fill='#f0f'/></svg>")
            .unwrap(),
    );
    let card = draw_card(&square, &text("Square"), &Fonts::new()).unwrap();
    let rows = pixels(&card.png);
    assert_eq!(
        (card.pixels, rows.len(), rows[0].len()),
        ((540, 540), 540, 540)
    );
    assert_eq!(rows[530][5], [0, 0x80, 0]);
    let has_logo = rows.iter().flatten().any(|pixel| *pixel == [255, 0, 255]);
    assert!(has_logo);
}

#[test]
fn faults_of_templates_are_errors() {
    let svg = |body: &str| format!("<svg xmlns=\"http://www.w3.org/2000/svg\">{body}</svg>");
    let title = |attributes: &str| svg(&format!("<text data-field=\"title\" {attributes}/>"));
    let edges = "data-left=\"0\" data-top=\"0\" data-right=\"0\" data-bottom=\"0\"";
    for (template, expected) in [
        (title("data-size=\"20\""), "has no `data-left`"),
        (
            title(&format!("{edges} data-size=\"big\"")),
            "invalid `data-size`: `big`",
        ),
        (
            title(&format!("{edges} data-size=\"900\"")),
            "too small for a line",
        ),
        (
            title(&format!("{edges} data-size=\"20\" fill=\"{{{{ink}}}}\"")),
            "unknown token `{{ink}}`",
        ),
    ] {
        let mut design = design("editorial");
        design.template = Template::parse(&template).unwrap();
        let error = draw_card(&design, &text("A"), &Fonts::new())
            .unwrap_err()
            .to_string();
        assert!(error.contains(expected), "{error}");
    }
}
