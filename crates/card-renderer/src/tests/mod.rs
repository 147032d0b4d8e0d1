mod cards;
mod corpora;
mod svg;

use std::io::Cursor;

use crate::{CardDesign, CardText, Template};

fn design(template: &str) -> CardDesign {
    CardDesign {
        template: Template::built_in(template).unwrap(),
        size: (1200, 627),
        background: Vec::new(),
        text: None,
        accent: None,
        font: None,
        logo: None,
    }
}

fn text(title: &str) -> CardText {
    CardText {
        title: title.to_owned(),
        site: "The Engineering Blog".to_owned(),
        author: "Jane Doe".to_owned(),
        date: "November 29, 2026".to_owned(),
        tags: ["rust", "static site"].map(str::to_owned).to_vec(),
        lang: None,
    }
}

/// Returns the pixels of a PNG file as red, green and blue, by row.
fn pixels(png: &[u8]) -> Vec<Vec<[u8; 3]>> {
    let mut reader = png::Decoder::new(Cursor::new(png)).read_info().unwrap();
    let mut bytes = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut bytes).unwrap();
    assert_eq!(info.color_type, png::ColorType::Rgb);
    let rows = bytes.chunks_exact(info.line_size);
    rows.map(|row| row.as_chunks().0.to_vec()).collect()
}
