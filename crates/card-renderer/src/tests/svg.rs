use super::pixels;
use crate::{DrawError, Fonts, draw_svg};

fn svg(attributes: &str, body: &str) -> Vec<u8> {
    format!("<svg xmlns=\"http://www.w3.org/2000/svg\" {attributes}>{body}</svg>").into_bytes()
}

#[test]
fn picture_is_drawn_on_white() {
    let circle = svg(
        "width='20' height='10'",
        "<rect width='10' height='10' fill='red'/>",
    );
    let drawn = draw_svg(&circle, 200, &Fonts::new()).unwrap();
    assert_eq!(drawn.pixels, (200, 100));
    let rows = pixels(&drawn.png);
    assert_eq!((rows[50][50], rows[50][150]), ([255, 0, 0], [255; 3]));
}

#[test]
fn high_picture_is_not_higher_than_wanted() {
    let drawn = draw_svg(&svg("viewBox='0 0 10 40'", ""), 100, &Fonts::new()).unwrap();
    assert_eq!(drawn.pixels, (25, 100));
}

#[test]
fn text_is_drawn_with_known_fonts() {
    let label = |text: &str| {
        svg(
            "width='100' height='50'",
            &format!("<text y='40' font-family='Arial' font-size='40'>{text}</text>"),
        )
    };
    let drawn = draw_svg(&label("Hi"), 100, &Fonts::new()).unwrap();
    assert!(
        pixels(&drawn.png)
            .iter()
            .flatten()
            .any(|pixel| *pixel == [0, 0, 0])
    );
    let error = draw_svg(&label("漢"), 100, &Fonts::new()).unwrap_err();
    assert_eq!(error, DrawError::MissingGlyphs(vec!["漢".to_owned()]));
}

#[test]
fn other_files_are_not_read() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/templates/terminal.svg");
    for href in [file.to_owned(), format!("file://{file}")] {
        let picture = svg(
            "width='100' height='50'",
            &format!("<image href='{href}' width='100' height='50'/>"),
        );
        let drawn = draw_svg(&picture, 100, &Fonts::new()).unwrap();
        assert!(
            pixels(&drawn.png)
                .iter()
                .flatten()
                .all(|pixel| *pixel == [255; 3])
        );
    }
}

#[test]
fn hostile_documents_are_errors() {
    let laughs: String = (1..12)
        .map(|level| {
            format!(
                "<!ENTITY a{level} \"{}\">",
                format!("&a{};", level - 1).repeat(9)
            )
        })
        .collect();
    let bomb = format!(
        "<!DOCTYPE svg [<!ENTITY a0 \"ha\">{laughs}]><svg xmlns=\"http://www.w3.org/2000/svg\"><text>&a11;</text></svg>"
    );
    for (bytes, expected) in [
        (bomb.into_bytes(), "cannot be parsed"),
        (b"<svg".to_vec(), "cannot be parsed"),
        (vec![0x1f, 0x8b, 8], "compressed"),
        (svg("width='0' height='0'", ""), "cannot be parsed"),
        (b"\xff\xfe<svg/>".to_vec(), "not UTF-8"),
    ] {
        let error = draw_svg(&bytes, 100, &Fonts::new())
            .unwrap_err()
            .to_string();
        assert!(error.contains(expected), "{error}");
    }
}
