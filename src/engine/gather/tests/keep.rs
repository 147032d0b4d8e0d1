//! Tests of pictures that are sent unchanged.

use image::codecs::gif::GifEncoder;
use image::{Delay, Frame};

use super::*;

/// Builds an animated GIF. Its frames differ, because equal frames could be merged.
pub(super) fn animation(frames: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = GifEncoder::new(&mut bytes);
    for frame in 0..frames {
        let image = drawing(8 + frame, 4).crop_imm(0, 0, 8, 4).into_rgba8();
        let frame = Frame::from_parts(image, 0, 0, Delay::from_numer_denom_ms(100, 1));
        encoder.encode_frame(frame).unwrap();
    }
    drop(encoder);
    bytes
}

#[test]
fn fitting_picture_is_sent_unchanged() {
    let folder = Folder::new();
    for (format, media_type) in [
        (ImageFormat::Jpeg, "image/jpeg"),
        (ImageFormat::Png, "image/png"),
        (ImageFormat::Gif, "image/gif"),
    ] {
        let bytes = encoded(&photo(9, 7), format);
        folder.write("lies.webp", &bytes);
        let gathered = folder.gather("lies.webp", &RULES).unwrap();
        assert_eq!(gathered.note, None);
        assert_eq!(gathered.picture.alt.as_deref(), Some("a hill"));
        let medium = gathered.picture.medium;
        assert_eq!(medium.bytes.read().unwrap(), bytes, "{media_type}");
        assert_eq!(medium.media_type, media_type);
        assert_eq!(medium.pixels, Some((9, 7)));
        assert_eq!(medium.file.as_deref(), Some("lies.webp"));
    }
}

#[test]
fn limits_are_inclusive() {
    let bytes = animation(3);
    let exact = MediaRules {
        max_pixels: 32,
        max_bytes: bytes.len() as u64,
        max_frames: 3,
        ..RULES
    };
    assert_eq!(gather(&bytes, &exact).unwrap().note, None);
    for (rules, reason) in [
        (
            MediaRules {
                max_pixels: 31,
                ..exact.clone()
            },
            "8×4 pixels, but the sink accepts at most 31 pixels in total",
        ),
        (
            MediaRules {
                max_bytes: exact.max_bytes - 1,
                ..exact.clone()
            },
            "bytes, but the sink accepts at most",
        ),
        (
            MediaRules {
                max_frames: 2,
                ..exact.clone()
            },
            "3 frames, but the sink accepts at most 2",
        ),
        (
            MediaRules {
                types: &["image/png"],
                ..exact.clone()
            },
            "does not accept image/gif",
        ),
    ] {
        let note = gather(&bytes, &rules).unwrap().note.unwrap();
        assert!(note.contains(reason), "{note}");
    }
}

#[test]
fn webp_frames_are_counted() {
    let takes_webp = MediaRules {
        types: &["image/webp", "image/png"],
        ..RULES
    };
    let still = encoded(&drawing(6, 5), ImageFormat::WebP);
    let gathered = gather(&still, &takes_webp).unwrap();
    assert_eq!(sent(&gathered), still);
    assert_eq!(gathered.picture.medium.pixels, Some((6, 5)));

    let animated = animated_webp();
    assert_eq!(gather(&animated, &takes_webp).unwrap().note, None);
    let still_only = MediaRules {
        max_frames: 1,
        ..takes_webp
    };
    let note = gather(&animated, &still_only).unwrap().note.unwrap();
    assert!(note.contains("2 frames"), "{note}");
}

/// Builds a WebP animation of a drawing and a photo from still pictures, because no dependency encodes
/// animations.
pub(super) fn animated_webp() -> Vec<u8> {
    let chunk = |kind: &[u8], data: &[u8]| {
        let mut chunk = kind.to_vec();
        chunk.extend((data.len() as u32).to_le_bytes());
        chunk.extend(data);
        chunk.resize(chunk.len().next_multiple_of(2), 0);
        chunk
    };
    let size = [5, 0, 0, 4, 0, 0]; // 6×5, each less one
    let frame = |image: &DynamicImage| {
        let still = encoded(image, ImageFormat::WebP);
        let mut data = vec![0; 6];
        data.extend(size);
        data.extend([100, 0, 0, 0]);
        data.extend(&still[12..]);
        chunk(b"ANMF", &data)
    };
    let mut body = b"WEBP".to_vec();
    body.extend(chunk(b"VP8X", &[&[0b10, 0, 0, 0], &size[..]].concat()));
    body.extend(chunk(b"ANIM", &[0; 6]));
    body.extend(frame(&drawing(6, 5)));
    body.extend(frame(&photo(6, 5)));
    chunk(b"RIFF", &body)
}

#[test]
fn thumbnail_does_not_end_jpeg() {
    let thumbnail = encoded(&photo(4, 4), ImageFormat::Jpeg);
    let photo = encoded(&photo(40, 40), ImageFormat::Jpeg);
    let mut bytes = photo[..2].to_vec();
    bytes.extend([0xff, 0xe1]);
    bytes.extend((thumbnail.len() as u16 + 2).to_be_bytes());
    bytes.extend(&thumbnail);
    bytes.extend(&photo[2..]);
    let whole = gather(&bytes, &RULES).unwrap();
    assert_eq!(whole.picture.medium.pixels, Some((40, 40)));

    let error = gather(&bytes[..bytes.len() - 2], &RULES).unwrap_err();
    assert_unusable(&error, Code::ImageFormat, "`a.bin` is truncated or damaged");
}

#[test]
fn truncated_picture_is_detected() {
    let gif = animation(2);
    for whole in [
        encoded(&drawing(9, 7), ImageFormat::Jpeg),
        encoded(&drawing(9, 7), ImageFormat::Png),
        // A GIF may lack its last byte, the trailer, and then end after any frame.
        gif[..gif.len() - 1].to_vec(),
    ] {
        for cut in 0..whole.len() {
            if let Ok(kept) = gather(&whole[..cut], &RULES) {
                assert_eq!(kept.picture.medium.media_type, "image/gif", "cut at {cut}");
                assert_eq!(seen(&kept).width(), 8, "cut at {cut}");
            }
        }
    }
}
