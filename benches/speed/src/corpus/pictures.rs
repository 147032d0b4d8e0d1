//! Pictures of a card's size that do not compress to nothing.

use std::fs::File;
use std::io::BufWriter;
use std::path::Path;

use super::random::Random;

const WIDTH: usize = 1200;
const HEIGHT: usize = 627;

/// Writes a PNG picture. A comment of `padding` bytes makes the file larger.
///
/// # Errors
/// If it cannot be written.
pub fn write(path: &Path, number: usize, padding: usize) -> anyhow::Result<()> {
    let mut random = Random::new(number as u64);
    let mut pixels = vec![128_u8; WIDTH * HEIGHT * 3];
    for (y, row) in pixels.chunks_exact_mut(WIDTH * 3).enumerate() {
        for pixel in row.chunks_exact_mut(3) {
            pixel[0] = (y * 255 / HEIGHT) as u8;
            pixel[1] = (number * 5 % 256) as u8;
        }
        for _ in 0..40 {
            let x = random.between(0, WIDTH) * 3;
            for channel in &mut row[x..x + 3] {
                *channel = random.between(0, 256) as u8;
            }
        }
    }
    let file = BufWriter::new(File::create(path)?);
    let mut encoder = png::Encoder::new(file, WIDTH as u32, HEIGHT as u32);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    if padding > 0 {
        encoder.add_text_chunk("Comment".to_owned(), "a".repeat(padding))?;
    }
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&pixels)?;
    Ok(writer.finish()?)
}
