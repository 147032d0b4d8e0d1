//! Tests of the conversion of pictures.

use image::codecs::jpeg::JpegEncoder;
use image::{GenericImageView, ImageEncoder, Luma, Rgba, RgbaImage};

use super::keep::{animated_webp, animation};
use super::*;

const RED: [u8; 3] = [200, 0, 0];
const BLUE: [u8; 3] = [0, 0, 200];

/// Asserts that the pixel at `x`, `y` is `colour`, with a tolerance for JPEG.
fn assert_colour(image: &DynamicImage, (x, y): (u32, u32), colour: [u8; 3]) {
    let Rgba([red, green, blue, _]) = image.get_pixel(x, y);
    let close = [red, green, blue]
        .iter()
        .zip(colour)
        .all(|(is, should)| is.abs_diff(should) < 40);
    assert!(
        close,
        "{:?} at {x},{y} is not {colour:?}",
        [red, green, blue]
    );
}

#[test]
fn photo_becomes_jpeg_drawing_png() {
    for format in [ImageFormat::WebP, ImageFormat::Bmp, ImageFormat::Tiff] {
        let drawn = gather(&encoded(&drawing(30, 20), format), &RULES).unwrap();
        assert_eq!(drawn.picture.medium.media_type, "image/png", "{format:?}");
        assert_eq!(seen(&drawn).into_rgb8(), drawing(30, 20).into_rgb8());

        let shot = gather(&encoded(&photo(30, 20), format), &RULES).unwrap();
        assert_eq!(shot.picture.medium.media_type, "image/jpeg", "{format:?}");
        assert_eq!(shot.picture.medium.pixels, Some((30, 20)));
        assert_eq!(seen(&shot).dimensions(), (30, 20));
        let note = shot.note.unwrap();
        let expected = format!(
            "`a.bin` is sent as image/jpeg of 30×20 pixels because the sink does not accept {}",
            format.to_mime_type()
        );
        assert_eq!(note, expected);
    }
}

#[test]
fn other_depths_become_eight_bits() {
    let grey = image::ImageBuffer::from_fn(40, 40, |x, y| Luma([((x * 40 + y) * 40) as u16]));
    let grey = DynamicImage::ImageLuma16(grey);
    let gathered = gather(&encoded(&grey, ImageFormat::Tiff), &RULES).unwrap();
    assert_eq!(
        gathered.picture.medium.media_type, "image/png",
        "256 greys are few colours"
    );
    assert_eq!(seen(&gathered).color(), image::ColorType::Rgb8);
}

#[test]
fn conversion_is_deterministic() {
    let small = MediaRules {
        max_pixels: 500,
        ..RULES
    };
    for image in [photo(60, 40), half_transparent()] {
        let bytes = encoded(&image, ImageFormat::WebP);
        let once = gather(&bytes, &small).unwrap();
        assert_eq!(once, gather(&bytes, &small).unwrap());
    }
}

#[test]
fn scaling_keeps_aspect_ratio() {
    for (size, max_pixels, expected) in [
        ((60, 40), 600, (30, 20)),
        ((60, 40), 2399, (59, 39)),
        ((100, 1), 10, (10, 1)),
        ((1, 100), 1, (1, 1)),
        ((5000, 10), 49_999, (2560, 5)),
    ] {
        let rules = MediaRules {
            max_pixels,
            ..RULES
        };
        let bytes = encoded(&photo(size.0, size.1), ImageFormat::Png);
        let medium = gather(&bytes, &rules).unwrap().picture.medium;
        assert_eq!(medium.pixels, Some(expected), "{size:?} in {max_pixels}");
        let real = image::load_from_memory(&medium.bytes.read().unwrap()).unwrap();
        assert_eq!(real.dimensions(), expected);
    }
    let rules = MediaRules {
        max_pixels: 600,
        ..RULES
    };
    let halved = gather(&encoded(&drawing(60, 40), ImageFormat::Png), &rules).unwrap();
    assert_colour(&seen(&halved), (3, 10), RED);
    assert_colour(&seen(&halved), (26, 10), BLUE);
}

#[test]
fn large_file_becomes_jpeg_then_smaller() {
    // Grey with slight noise: few colours, but PNG encodes the noise and JPEG removes it.
    let disorder = |x: u32, y: u32| {
        let mixed = (x * 90 + y).wrapping_mul(2_654_435_761);
        (mixed ^ (mixed >> 15)).wrapping_mul(2_246_822_519) >> 30
    };
    let grain = |x, y| Luma([40 + x as u8 + disorder(x, y) as u8]);
    let grain = DynamicImage::ImageLuma8(image::ImageBuffer::from_fn(120, 90, grain));
    let bytes = encoded(&grain, ImageFormat::WebP);
    let within = |max_bytes| gather(&bytes, &MediaRules { max_bytes, ..RULES });

    let png = within(RULES.max_bytes).unwrap().picture.medium;
    assert_eq!(png.media_type, "image/png");
    let jpeg = within(png.bytes.length() - 1).unwrap().picture.medium;
    assert_eq!(
        (jpeg.media_type, jpeg.pixels),
        ("image/jpeg".into(), png.pixels)
    );
    let most = jpeg.bytes.length() - 1;
    let small = within(most).unwrap().picture.medium;
    assert!(small.bytes.length() <= most);
    assert!(small.pixels < jpeg.pixels, "{:?}", small.pixels);

    let message = "`a.bin` cannot be reduced to 20 bytes";
    assert_unusable(&within(20).unwrap_err(), Code::ImageFormat, message);
}

/// Returns a picture with an opaque red half and a transparent green half.
fn half_transparent() -> DynamicImage {
    let pixel = |x, _| {
        if x < 20 {
            Rgba([200, 0, 0, 255])
        } else {
            Rgba([0, 255, 0, 0])
        }
    };
    DynamicImage::ImageRgba8(RgbaImage::from_fn(40, 30, pixel))
}

#[test]
fn transparency_is_kept_or_white() {
    let bytes = encoded(&half_transparent(), ImageFormat::WebP);
    let kept = gather(&bytes, &RULES).unwrap();
    assert_eq!(kept.picture.medium.media_type, "image/png");
    assert_eq!(seen(&kept), half_transparent());

    let jpeg_only = MediaRules {
        types: &["image/jpeg"],
        ..RULES
    };
    let flat = seen(&gather(&bytes, &jpeg_only).unwrap());
    assert_colour(&flat, (4, 15), RED);
    assert_colour(&flat, (35, 15), [255, 255, 255]);
}

#[test]
fn transparent_colour_does_not_bleed() {
    let rules = MediaRules {
        max_pixels: 130,
        ..RULES
    };
    let bytes = encoded(&half_transparent(), ImageFormat::Png);
    let scaled = seen(&gather(&bytes, &rules).unwrap());
    for (x, y, Rgba([_, green, _, alpha])) in scaled.pixels() {
        assert!(alpha == 0 || green < 20, "green shines through at {x},{y}");
    }
}

#[test]
fn opaque_alpha_channel_is_ignored() {
    let opaque = DynamicImage::ImageRgba8(photo(30, 20).into_rgba8());
    let gathered = gather(&encoded(&opaque, ImageFormat::WebP), &RULES).unwrap();
    assert_eq!(gathered.picture.medium.media_type, "image/jpeg");
}

#[test]
fn converted_photo_is_upright() {
    // TIFF header with one entry: orientation (0x0112), type short, count 1, value 6 (rotate right).
    let turned = *b"II\x2a\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0";
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut bytes, 95);
    encoder.set_exif_metadata(turned.to_vec()).unwrap();
    drawing(64, 32).write_with_encoder(encoder).unwrap();

    let png_only = MediaRules {
        types: &["image/png"],
        ..RULES
    };
    let made = gather(&bytes, &png_only).unwrap();
    assert_eq!(made.picture.medium.pixels, Some((32, 64)));
    assert_colour(&seen(&made), (16, 8), RED);
    assert_colour(&seen(&made), (16, 56), BLUE);
}

#[test]
fn conversion_keeps_colour_profile() {
    let mut profile = vec![0; 128];
    profile[16..20].copy_from_slice(b"RGB ");
    let with = |profile: Vec<u8>| {
        let mut bytes = Vec::new();
        let mut encoder = image::codecs::png::PngEncoder::new(&mut bytes);
        encoder.set_icc_profile(profile).unwrap();
        photo(30, 20).write_with_encoder(encoder).unwrap();
        let jpeg_only = MediaRules {
            types: &["image/jpeg"],
            ..RULES
        };
        sent(&gather(&bytes, &jpeg_only).unwrap())
    };
    let carries = |bytes: &[u8]| bytes.windows(11).any(|window| window == b"ICC_PROFILE");
    assert!(carries(&with(profile.clone())));
    profile[16..20].copy_from_slice(b"CMYK");
    assert!(
        !carries(&with(profile)),
        "the pixels are no longer in is_cmyk"
    );
}

#[test]
fn converted_animation_is_first_frame() {
    let still_only = MediaRules {
        max_frames: 1,
        ..RULES
    };
    for (bytes, frames) in [(animation(3), 3), (animated_webp(), 2)] {
        let first = gather(&bytes, &still_only).unwrap();
        assert_eq!(first.picture.medium.media_type, "image/png");
        let image = seen(&first);
        assert_colour(&image, (1, 2), RED);
        assert_colour(&image, (image.width() - 1, 2), BLUE);
        let expected = format!("only the first of its {frames} frames is shown");
        let note = first.note.unwrap();
        assert!(note.contains(&expected), "{note}");
    }
}

#[test]
fn unsupported_sink_formats_are_error() {
    let rules = MediaRules {
        types: &["image/avif"],
        ..RULES
    };
    let error = gather(&encoded(&photo(4, 4), ImageFormat::Png), &rules).unwrap_err();
    let message =
        "`a.bin` can be converted only to JPEG or PNG, but the sink accepts only image/avif";
    assert_unusable(&error, Code::ImageFormat, message);
}
