//! Decodes large PNG files row by row.
//!
//! A picture of 8000×8000 pixels with sixteen bits per channel takes half a gigabyte in memory, although a
//! card shows a tenth of its width. Rows are converted to eight bits per channel, and squares of pixels
//! are averaged at once, so only the smaller picture is kept in memory.

use std::io::Cursor;

use image::{DynamicImage, RgbaImage};
use png::{ColorType, Decoder, Limits, Transformations};

/// Maximum memory of the decoder in bytes, in addition to the picture: two rows and a colour profile.
const MAX_DECODER: usize = 64 << 20;

/// Decodes a PNG and divides its sides by `shrink`. Returns `None` for an interlaced PNG, whose rows
/// arrive in several passes. The error is a predicate that follows the file's name.
pub(super) fn decode(bytes: &[u8], shrink: u32) -> Result<Option<DynamicImage>, String> {
    let failed = |error: png::DecodingError| format!("cannot be decoded: {error}");
    let limits = Limits { bytes: MAX_DECODER };
    let mut decoder = Decoder::new_with_limits(Cursor::new(bytes), limits);
    decoder.set_transformations(Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().map_err(failed)?;
    let (width, height, is_interlaced) = {
        let info = reader.info();
        (info.width, info.height, info.interlaced)
    };
    if is_interlaced {
        return Ok(None);
    }
    let (color, _) = reader.output_color_type();
    let mut squares = Squares::new(width, height, shrink, color);
    while let Some(row) = reader.next_row().map_err(failed)? {
        squares.add(row.data());
    }
    Ok(Some(squares.finish()))
}

/// An accumulator that averages squares of pixels to one pixel each.
struct Squares {
    shrink: u32,
    width: u32,
    color: ColorType,
    /// The sums of the current row of squares: red, green and blue, each weighted by opacity, and opacity.
    sums: Vec<[u64; 4]>,
    /// The number of rows in `sums`.
    rows: u32,
    /// The finished pixels.
    pixels: Vec<u8>,
    has_alpha: bool,
}

impl Squares {
    fn new(width: u32, height: u32, shrink: u32, color: ColorType) -> Self {
        let has_alpha = matches!(color, ColorType::GrayscaleAlpha | ColorType::Rgba);
        let channels = if has_alpha { 4 } else { 3 };
        let (across, down) = (width.div_ceil(shrink), height.div_ceil(shrink));
        Self {
            shrink,
            width,
            color,
            sums: vec![[0; 4]; across as usize],
            rows: 0,
            pixels: Vec::with_capacity(across as usize * down as usize * channels),
            has_alpha,
        }
    }

    fn add(&mut self, row: &[u8]) {
        let samples = self.color.samples();
        let squares = row.chunks(samples * self.shrink as usize);
        for (square, sum) in squares.zip(&mut self.sums) {
            for pixel in square.chunks_exact(samples) {
                let [red, green, blue, alpha] = match *pixel {
                    [grey] => [grey, grey, grey, u8::MAX],
                    [grey, alpha] => [grey, grey, grey, alpha],
                    [red, green, blue] => [red, green, blue, u8::MAX],
                    [red, green, blue, alpha] => [red, green, blue, alpha],
                    _ => continue,
                };
                let alpha = u64::from(alpha);
                sum[0] += u64::from(red) * alpha;
                sum[1] += u64::from(green) * alpha;
                sum[2] += u64::from(blue) * alpha;
                sum[3] += alpha;
            }
        }
        self.rows += 1;
        if self.rows == self.shrink {
            self.end_row();
        }
    }

    fn end_row(&mut self) {
        for (at, sum) in self.sums.iter_mut().enumerate() {
            let [red, green, blue, opacity] = std::mem::take(sum);
            let left = self.width - at as u32 * self.shrink;
            let count = u64::from(left.min(self.shrink)) * u64::from(self.rows);
            for colour in [red, green, blue] {
                self.pixels.push(rounded(colour, opacity));
            }
            if self.has_alpha {
                self.pixels.push(rounded(opacity, count));
            }
        }
        self.rows = 0;
    }

    fn finish(mut self) -> DynamicImage {
        if self.rows > 0 {
            self.end_row();
        }
        let width = self.sums.len() as u32;
        let channels = if self.has_alpha { 4 } else { 3 };
        let height = (self.pixels.len() / (channels * self.sums.len().max(1))) as u32;
        let image = match self.has_alpha {
            true => RgbaImage::from_raw(width, height, self.pixels).map(DynamicImage::ImageRgba8),
            false => {
                image::RgbImage::from_raw(width, height, self.pixels).map(DynamicImage::ImageRgb8)
            }
        };
        image.unwrap_or_default()
    }
}

/// Returns `a / b`, rounded; 0 if `b` is 0.
fn rounded(a: u64, b: u64) -> u8 {
    let rounded = (a + b / 2).checked_div(b).unwrap_or(0);
    u8::try_from(rounded).unwrap_or(u8::MAX)
}
