//! The background of a card, if it is a gradient that fills the picture. The rasterizer takes longer for it than for the
//! rest of the card, although each row shows the colours of the first one, moved by a little.

use resvg::tiny_skia::{Color, Pixmap};

use crate::colour::Colour;

/// The number of colours from the first to the last pixel. Two neighbours differ by less than one step of a component,
/// unless a gradient has dozens of colours.
const SHADES: u32 = 1 << 12;

/// The number of parts of a shade that a position is counted in.
const PARTS: u32 = 1 << 16;

/// Fills `pixmap` with a gradient of `colours` from the upper left to the lower right corner, white without colours.
pub(crate) fn fill(pixmap: &mut Pixmap, colours: &[Colour]) {
    if colours.is_empty() {
        pixmap.fill(Color::WHITE);
        return;
    }
    let shades: Vec<_> = (0..SHADES)
        .map(|index| {
            let place = (index as f32 + 0.5) / SHADES as f32;
            let place = place * (colours.len() - 1) as f32;
            let first = place as usize;
            let second = (first + 1).min(colours.len() - 1);
            let colour = colours[first].mixed(colours[second], place.fract());
            colour.to_pixel()
        })
        .collect();
    let (width, height) = (pixmap.width(), pixmap.height());
    // Each axis covers half of the gradient.
    let step = |length: u32| f64::from(SHADES / 2 * PARTS) / f64::from(length);
    let (right, down) = (step(width), step(height));
    let rows = pixmap.pixels_mut().chunks_exact_mut(width as usize);
    for (row, y) in rows.zip(0..height) {
        let mut at = (down * (f64::from(y) + 0.5) + right * 0.5) as u32;
        for pixel in row {
            *pixel = shades[(at / PARTS % SHADES) as usize];
            at += right as u32;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gradient_goes_from_corner_to_corner() {
        let (black, white) = (Colour::rgb(0, 0, 0), Colour::rgb(255, 255, 255));
        let mut pixmap = Pixmap::new(400, 100).unwrap();
        fill(&mut pixmap, &[black, white]);
        let red = |x, y| pixmap.pixel(x, y).unwrap().red();
        assert_eq!((red(0, 0), red(399, 99)), (1, 254));
        assert_eq!((red(399, 0), red(0, 99)), (128, 127));
        assert_eq!(red(200, 50), 128);
        let row: Vec<u8> = (0..400).map(|x| red(x, 7)).collect();
        assert!(row.is_sorted());
    }

    #[test]
    fn picture_without_colours_is_white() {
        let mut pixmap = Pixmap::new(2, 2).unwrap();
        fill(&mut pixmap, &[]);
        assert!(pixmap.data().iter().all(|byte| *byte == 255));
    }
}
