use syndicate_api::{Code, MediaRules};

use super::{Folder, RULES, gather, seen};

const HALVES: &str = r#"<?xml version="1.0"?>
<!-- Drawn by hand -->
<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20">
  <rect width="20" height="20" fill="red"/>
</svg>"#;

#[test]
fn svg_is_drawn_as_wide_as_a_card() {
    let gathered = gather(HALVES.as_bytes(), &RULES).unwrap();
    let medium = &gathered.picture.medium;
    assert_eq!(
        (medium.pixels, &*medium.media_type),
        (Some((1200, 600)), "image/png")
    );
    let pixels = seen(&gathered).into_rgb8();
    assert_eq!(
        (pixels.get_pixel(300, 300).0, pixels.get_pixel(900, 300).0),
        ([255, 0, 0], [255; 3])
    );
    let note = gathered.note.unwrap();
    assert_eq!(
        note,
        "`a.bin` is drawn as image/png of 1200×600 pixels because it is an SVG"
    );
    assert_eq!(
        medium.source.as_deref(),
        Some(&*syndicate_api::sha256_hex(HALVES.as_bytes()))
    );
}

#[test]
fn svg_may_begin_with_white_space() {
    for space in [" ", "\r\n\t", "\u{feff}"] {
        let svg = format!("{space}<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>");
        let gathered = gather(svg.as_bytes(), &RULES).unwrap();
        let media_type = gathered.picture.medium.media_type;
        assert_eq!(media_type, "image/png", "{space:?}");
    }
    // XML does not allow other white space.
    let error = gather("\u{2003}<svg/>".as_bytes(), &RULES).unwrap_err();
    let message = "`a.bin` cannot be parsed as SVG: unknown token at 1:1";
    assert_eq!(error.message, message);
}

#[test]
fn drawn_svg_is_fitted_to_rules() {
    let rules = MediaRules {
        types: &["image/jpeg"],
        max_pixels: 20_000,
        ..RULES
    };
    let gathered = gather(HALVES.as_bytes(), &rules).unwrap();
    assert_eq!(gathered.picture.medium.pixels, Some((200, 100)));
    assert_eq!(&*gathered.picture.medium.media_type, "image/jpeg");
}

#[test]
fn size_of_svg_is_that_of_its_drawing() {
    let folder = Folder::new();
    folder.write("a.svg", HALVES.as_bytes());
    let image = super::item(Some("a.svg"), None).image.unwrap();
    assert_eq!(folder.pictures.inspect(&image), Ok(Some((1200, 600))));
    let shown = folder.pictures.unchanged("a.svg").unwrap();
    assert_eq!(&*shown.media_type, "image/png");
}

#[test]
fn svg_that_cannot_be_drawn_is_an_error() {
    for (svg, expected) in [
        (
            "<svg xmlns='http://www.w3.org/2000/svg'><rect",
            "cannot be parsed as SVG",
        ),
        (
            "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><text y='9'>漢</text></svg>",
            "characters that none of its fonts can draw: `漢` (U+6F22)",
        ),
    ] {
        let error = gather(svg.as_bytes(), &RULES).unwrap_err();
        assert_eq!(error.code, Code::ImageFormat);
        assert!(error.message.contains(expected), "{error}");
    }
}
