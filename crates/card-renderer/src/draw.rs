//! Draws an SVG document as a PNG file.

use png::{BitDepth, ColorType, Compression, Encoder, Filter};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Error, Group, ImageHrefResolver, Node, Options, Tree};

use crate::colour::Colour;
use crate::error::DrawError;
use crate::fonts::Fonts;
use crate::ground;

/// The version of the drawings. It changes whenever the bytes of a picture change, which a test notices.
pub const RENDERER: &str = "card-renderer 2";

/// Maximum number of pixels of a drawing, which take four bytes each.
const MAX_PIXELS: u64 = 16 << 20;

/// The generic families of CSS, of which only one font is known.
const FAMILY: &str = "Inter";

/// An SVG picture that was drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DrawnSvg {
    /// The PNG file.
    pub png: Vec<u8>,
    /// Width and height in pixels.
    pub pixels: (u32, u32),
}

/// Draws the SVG picture in `bytes` on white, `width` pixels wide, or as high as that if it is higher than wide. It
/// shows no other file: pictures in it must be `data:` URLs.
///
/// # Errors
/// Returns an error if it cannot be parsed, or no font has one of its characters.
pub fn draw_svg(bytes: &[u8], width: u32, fonts: &Fonts) -> Result<DrawnSvg, DrawError> {
    if bytes.starts_with(&[0x1f, 0x8b]) {
        return Err(DrawError::Compressed);
    }
    let svg = std::str::from_utf8(bytes).map_err(|_| DrawError::Svg("not UTF-8".to_owned()))?;
    let tree = parse(svg, fonts)?;
    let missing = missing_glyphs(&tree);
    let tree = match (missing.is_empty(), system_fonts(fonts, &missing)) {
        (true, _) => tree,
        (false, Some(fonts)) => {
            let tree = parse(svg, &fonts)?;
            check(missing_glyphs(&tree))?;
            tree
        }
        (false, None) => return Err(DrawError::MissingGlyphs(missing)),
    };
    let size = tree.size();
    let scale = width as f32 / size.width().max(size.height());
    let pixels = (size.width() * scale, size.height() * scale);
    let pixels = (pixels.0.round() as u32, pixels.1.round() as u32);
    let png = render(&tree, (pixels.0.max(1), pixels.1.max(1)), &[])?;
    Ok(DrawnSvg { png, pixels })
}

fn system_fonts(fonts: &Fonts, missing: &[String]) -> Option<Fonts> {
    let missing: Vec<&str> = missing.iter().map(String::as_str).collect();
    fonts.with_system_faces(&missing)
}

fn check(missing: Vec<String>) -> Result<(), DrawError> {
    match missing.is_empty() {
        true => Ok(()),
        false => Err(DrawError::MissingGlyphs(missing)),
    }
}

/// Parses a document, with the text that it contains.
pub(crate) fn parse(svg: &str, fonts: &Fonts) -> Result<Tree, DrawError> {
    let options = Options {
        font_family: FAMILY.to_owned(),
        font_resolver: fonts.resolver(),
        fontdb: fonts.database(),
        image_href_resolver: ImageHrefResolver {
            resolve_data: ImageHrefResolver::default_data_resolver(),
            // A picture of the site must not read files of the machine.
            resolve_string: Box::new(|_, _| None),
        },
        ..Options::default()
    };
    Tree::from_str(svg, &options).map_err(|error| {
        DrawError::Svg(match error {
            Error::ParsingFailed(error) => error.to_string(),
            error => error.to_string(),
        })
    })
}

/// Draws `tree` in this size on a gradient of the colours in `background`, on white if there are none.
pub(crate) fn render(
    tree: &Tree,
    (width, height): (u32, u32),
    background: &[Colour],
) -> Result<Vec<u8>, DrawError> {
    let too_large = || DrawError::Size(width, height);
    if u64::from(width) * u64::from(height) > MAX_PIXELS {
        return Err(too_large());
    }
    let mut pixmap = Pixmap::new(width, height).ok_or_else(too_large)?;
    ground::fill(&mut pixmap, background);
    let size = tree.size();
    let scale = Transform::from_scale(width as f32 / size.width(), height as f32 / size.height());
    resvg::render(tree, scale, &mut pixmap.as_mut());
    encode(&pixmap).map_err(|error| DrawError::Png(error.to_string()))
}

/// Encodes an opaque picture. The fast compression with one filter for all rows takes a tenth of the time, for a file that
/// is a half larger.
fn encode(pixmap: &Pixmap) -> Result<Vec<u8>, png::EncodingError> {
    let mut rgb = vec![0; pixmap.data().len() / 4 * 3];
    let pixels = rgb.chunks_exact_mut(3).zip(pixmap.data().chunks_exact(4));
    for (to, from) in pixels {
        to.copy_from_slice(&from[..3]);
    }
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, pixmap.width(), pixmap.height());
    encoder.set_color(ColorType::Rgb);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_compression(Compression::Fast);
    encoder.set_filter(Filter::Up);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&rgb)?;
    writer.finish()?;
    Ok(bytes)
}

/// Returns the characters of `tree` that no font can draw, each once.
fn missing_glyphs(tree: &Tree) -> Vec<String> {
    let mut missing = Vec::new();
    collect_missing(tree.root(), &mut missing);
    missing
}

fn collect_missing(group: &Group, missing: &mut Vec<String>) {
    for node in group.children() {
        match node {
            Node::Group(group) => collect_missing(group, missing),
            Node::Text(text) => {
                let spans = text.layouted().iter();
                let glyphs = spans.flat_map(|span| &span.positioned_glyphs);
                for glyph in glyphs.filter(|glyph| glyph.id.0 == 0) {
                    if !missing.contains(&glyph.text) {
                        missing.push(glyph.text.clone());
                    }
                }
            }
            Node::Path(_) | Node::Image(_) => {}
        }
    }
}
