//! Scales pictures down. Both steps use every pixel, so fine lines fade instead of breaking, and colours
//! of transparent pixels are not mixed in.

use image::imageops::{self, FilterType};
use image::{DynamicImage, RgbaImage};

/// Maximum length in pixels of the longer side of a scaled picture. No screen shows more of a card, and
/// the limit bounds the memory for scaling.
const LONGEST_SIDE: u32 = 2560;

/// Returns the largest size with the aspect ratio of `size` and at most `max_pixels`. If scaling is
/// needed, no side is longer than [`LONGEST_SIDE`].
pub(super) fn within(size: (u32, u32), max_pixels: u64) -> (u32, u32) {
    let (width, height) = size;
    let pixels = u64::from(width) * u64::from(height);
    if pixels <= max_pixels {
        return size;
    }
    let by_pixels = (max_pixels as f64 / pixels as f64).sqrt();
    let by_side = f64::from(LONGEST_SIDE) / f64::from(width.max(height));
    let (width, height) = times(size, by_pixels.min(by_side));
    // A side of one pixel cannot shrink, so only the other side is reduced.
    let most = |other: u32| u32::try_from(max_pixels / u64::from(other)).unwrap_or(u32::MAX);
    let width = width.min(most(height)).max(1);
    (width, height.min(most(width)).max(1))
}

/// Returns the largest integer that can divide both sides so that the result is not smaller than
/// [`within`] returns.
pub(super) fn whole_ratio(size: (u32, u32), max_pixels: u64) -> u32 {
    let (width, height) = within(size, max_pixels);
    (size.0 / width).min(size.1 / height).max(1)
}

/// Multiplies `size` by `factor`. Each side is at least one pixel.
pub(super) fn times((width, height): (u32, u32), factor: f64) -> (u32, u32) {
    let side = |side: u32| ((f64::from(side) * factor) as u32).max(1);
    (side(width), side(height))
}

/// Scales `image` to `size`, which must not be larger.
pub(super) fn to(image: &DynamicImage, size: (u32, u32)) -> DynamicImage {
    match image {
        DynamicImage::ImageRgba8(image) => {
            let mut image = image.clone();
            weigh_by_opacity(&mut image);
            let image = shrink(&DynamicImage::ImageRgba8(image), size);
            let mut image = image.into_rgba8();
            unweigh_by_opacity(&mut image);
            DynamicImage::ImageRgba8(image)
        }
        image => shrink(image, size),
    }
}

/// Halves large pictures by plain averages first, because the better filter needs sixteen bytes per
/// pixel.
fn shrink(image: &DynamicImage, (width, height): (u32, u32)) -> DynamicImage {
    if image.width() / 2 > width && image.height() / 2 > height {
        let twice = image.thumbnail_exact(width * 2, height * 2);
        twice.resize_exact(width, height, FilterType::Lanczos3)
    } else {
        image.resize_exact(width, height, FilterType::Lanczos3)
    }
}

fn weigh_by_opacity(image: &mut RgbaImage) {
    for pixel in image.pixels_mut() {
        let [colours @ .., alpha] = &mut pixel.0;
        for colour in colours {
            *colour = divide(u32::from(*colour) * u32::from(*alpha), 255);
        }
    }
}

fn unweigh_by_opacity(image: &mut RgbaImage) {
    for pixel in image.pixels_mut() {
        let [colours @ .., alpha] = &mut pixel.0;
        for colour in colours {
            *colour = divide(u32::from(*colour) * 255, (*alpha).into());
        }
    }
}

/// Returns `a / b`, rounded and at most 255; 0 if `b` is 0.
fn divide(a: u32, b: u32) -> u8 {
    let rounded = (a + b / 2).checked_div(b).unwrap_or(0);
    u8::try_from(rounded).unwrap_or(u8::MAX)
}

/// Draws `image` on a white background, for formats without transparency.
pub(super) fn on_white(image: &DynamicImage) -> DynamicImage {
    let white = image::Rgba([u8::MAX; 4]);
    let mut ground = RgbaImage::from_pixel(image.width(), image.height(), white);
    imageops::overlay(&mut ground, &image.to_rgba8(), 0, 0);
    DynamicImage::ImageRgb8(DynamicImage::ImageRgba8(ground).into_rgb8())
}

/// Formats a size for messages.
pub(super) fn in_pixels((width, height): (u32, u32)) -> String {
    format!("{width}×{height} pixels")
}
