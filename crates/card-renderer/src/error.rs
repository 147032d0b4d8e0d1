//! The errors of fonts and drawings.

use thiserror::Error;

/// A font file that cannot be used.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum FontError {
    /// The file is compressed for the web.
    #[error("is a web font (WOFF), which must be unpacked to TTF or OTF")]
    WebFont,
    /// The file contains no font.
    #[error("is not a TTF, OTF or TTC font")]
    NotAFont,
}

/// A picture that cannot be drawn. The messages follow the name of the picture.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum DrawError {
    /// No font has a glyph for these characters.
    #[error("has characters that none of its fonts can draw: {}", list(.0))]
    MissingGlyphs(Vec<String>),
    /// The SVG document cannot be parsed.
    #[error("cannot be parsed as SVG: {0}")]
    Svg(String),
    /// A template is not one.
    #[error("cannot be used as a template: {0}")]
    Template(String),
    /// The picture has no size, or is too large.
    #[error("cannot be drawn in {0}×{1} pixels")]
    Size(u32, u32),
    /// The file is compressed.
    #[error("is a compressed SVG, which must be unpacked")]
    Compressed,
    /// The PNG file could not be written.
    #[error("cannot be written as PNG: {0}")]
    Png(String),
}

/// Formats characters for a message, each with its code points, because many look like an empty box to the reader, too.
fn list(missing: &[String]) -> String {
    const SHOWN: usize = 8;
    let mut shown: Vec<String> = missing.iter().take(SHOWN).map(|it| name(it)).collect();
    if missing.len() > SHOWN {
        shown.push(format!("{} more", missing.len() - SHOWN));
    }
    shown.join(", ")
}

fn name(cluster: &str) -> String {
    let points: Vec<String> = cluster
        .chars()
        .map(|character| format!("U+{:04X}", u32::from(character)))
        .collect();
    format!("`{cluster}` ({})", points.join(" "))
}
