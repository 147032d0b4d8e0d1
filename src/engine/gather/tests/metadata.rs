//! Tests of metadata: it is removed, and its orientation is applied to the pixels.

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::codecs::webp::WebPEncoder;
use image::{GenericImageView, ImageEncoder};
use syndicate_api::sha256_hex;

use super::keep::animation;
use super::*;

/// Text that no upload may contain.
const SECRET: &[u8] = b"59.9139 N, 10.7522 E";

/// Builds Exif data (TIFF, little-endian) with an orientation as its only entry, followed by text.
fn exif(orientation: u8) -> Vec<u8> {
    let mut exif = b"II\x2a\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
    exif.extend([orientation, 0, 0, 0, 0, 0, 0, 0]);
    exif.extend(SECRET);
    exif
}

fn jpeg(image: &DynamicImage, orientation: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut bytes, 95);
    encoder.set_exif_metadata(exif(orientation)).unwrap();
    image.write_with_encoder(encoder).unwrap();
    bytes
}

/// Inserts a JPEG segment after the first marker of `whole`.
fn with_segment(whole: &[u8], mark: u8, data: &[u8]) -> Vec<u8> {
    let mut bytes = whole[..2].to_vec();
    bytes.extend([0xff, mark]);
    bytes.extend((data.len() as u16 + 2).to_be_bytes());
    bytes.extend(data);
    bytes.extend(&whole[2..]);
    bytes
}

/// Inserts a PNG chunk before the last one of `whole`.
fn with_chunk(whole: &[u8], kind: &[u8], data: &[u8]) -> Vec<u8> {
    let end = whole.len() - 12;
    let body = [kind, data].concat();
    let mut bytes = whole[..end].to_vec();
    bytes.extend((data.len() as u32).to_be_bytes());
    bytes.extend(&body);
    bytes.extend(super::files::checksum(&body).to_be_bytes());
    bytes.extend(&whole[end..]);
    bytes
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

/// Asserts that `dirty` is sent as `clean`: the same pixels without metadata.
fn assert_cleaned(dirty: &[u8], clean: &[u8]) {
    assert!(holds(dirty, SECRET), "nothing to cut out");
    let gathered = gather(dirty, &WEBP_TOO).unwrap();
    assert_eq!(gathered.note, None);
    let medium = &gathered.picture.medium;
    assert_eq!(medium.bytes.read().unwrap(), clean, "{}", medium.media_type);
    assert_eq!(medium.source, Some(sha256_hex(dirty)));
    let again = gather(clean, &WEBP_TOO).unwrap().picture.medium;
    assert_eq!(
        (again.bytes.read().unwrap().as_ref(), again.source),
        (clean, None)
    );
}

const WEBP_TOO: MediaRules = MediaRules {
    types: &["image/jpeg", "image/png", "image/gif", "image/webp"],
    ..RULES
};

#[test]
fn jpeg_is_sent_without_metadata() {
    let clean = encoded(&photo(30, 20), ImageFormat::Jpeg);
    assert_cleaned(&jpeg_like(&clean, &exif(1)), &clean);
    let xmp = [b"http://ns.adobe.com/xap/1.0/\0", SECRET].concat();
    for (mark, data) in [
        (0xe1, xmp.as_slice()),
        (0xe2, &[b"MPF\0", SECRET].concat()),
        (0xed, &[b"Photoshop 3.0\0", SECRET].concat()),
        (0xe0, &[b"JFXX\0", SECRET].concat()),
        (0xfe, SECRET),
    ] {
        assert_cleaned(&with_segment(&clean, mark, data), &clean);
    }
    // Phones append videos and further pictures.
    assert_cleaned(&[&clean, SECRET].concat(), &clean);
}

/// Adds Exif data to `clean`.
fn jpeg_like(clean: &[u8], exif: &[u8]) -> Vec<u8> {
    with_segment(clean, 0xe1, &[b"Exif\0\0", exif].concat())
}

#[test]
fn png_gif_webp_lose_metadata() {
    let png = encoded(&drawing(9, 7), ImageFormat::Png);
    for kind in [b"tEXt", b"zTXt", b"iTXt", b"tIME", b"prVt"] {
        assert_cleaned(&with_chunk(&png, kind, SECRET), &png);
    }
    assert_cleaned(&with_chunk(&png, b"eXIf", &exif(1)), &png);
    assert_cleaned(&[&png, SECRET].concat(), &png);

    let gif = animation(2);
    let (body, trailer) = gif.split_at(gif.len() - 1);
    let block = [&[SECRET.len() as u8], SECRET, &[0]].concat();
    let comment = [&[0x21, 0xfe], block.as_slice()].concat();
    let xmp = [b"\x21\xff\x0bXMP DataXMP", block.as_slice()].concat();
    for extension in [comment, xmp] {
        assert_cleaned(&[body, &extension, trailer].concat(), &gif);
    }
    assert_cleaned(&[&gif, SECRET].concat(), &gif);

    let mut dirty = Vec::new();
    let mut encoder = WebPEncoder::new_lossless(&mut dirty);
    encoder.set_exif_metadata(exif(1)).unwrap();
    photo(6, 5).write_with_encoder(encoder).unwrap();
    assert!(holds(&dirty, SECRET));
    let gathered = gather(&dirty, &WEBP_TOO).unwrap();
    let kept = &sent(&gathered);
    assert!(!holds(kept, SECRET) && !holds(kept, b"EXIF"));
    assert_eq!(seen(&gathered), photo(6, 5));
}

#[test]
fn rotated_picture_is_sent_upright() {
    for (orientation, size) in [(3, (64, 32)), (6, (32, 64)), (8, (32, 64)), (5, (32, 64))] {
        let bytes = jpeg(&drawing(64, 32), orientation);
        let gathered = gather(&bytes, &RULES).unwrap();
        let medium = &gathered.picture.medium;
        assert!(
            !holds(&medium.bytes.read().unwrap(), SECRET),
            "{orientation}"
        );
        assert_eq!(medium.pixels, Some(size), "{orientation}");
        assert_eq!(seen(&gathered).dimensions(), size, "{orientation}");
        assert_eq!(medium.source, Some(sha256_hex(&bytes)));
        let note = gathered.note.unwrap();
        assert!(
            note.contains("because it was taken with a rotated camera"),
            "{note}"
        );
    }
    // After a rotation to the right, the red left half is at the top.
    let upright = seen(&gather(&jpeg(&drawing(64, 32), 6), &RULES).unwrap());
    let [red, _, blue, _] = upright.get_pixel(16, 8).0;
    assert!(red > 150 && blue < 50, "{red} {blue}");

    let png = encoded(&drawing(9, 7), ImageFormat::Png);
    let gathered = gather(&with_chunk(&png, b"eXIf", &exif(8)), &RULES).unwrap();
    assert_eq!(gathered.picture.medium.pixels, Some((7, 9)));
}

#[test]
fn limits_apply_to_cleaned_picture() {
    let clean = encoded(&photo(30, 20), ImageFormat::Jpeg);
    let dirty = jpeg_like(&clean, &exif(1));
    let exact = MediaRules {
        max_bytes: clean.len() as u64,
        ..RULES
    };
    let gathered = gather(&dirty, &exact).unwrap();
    assert_eq!(
        (&gathered.note, sent(&gathered).as_ref()),
        (&None, &clean[..])
    );

    let small = MediaRules {
        max_pixels: 300,
        ..RULES
    };
    let note = gather(&jpeg(&photo(30, 20), 6), &small)
        .unwrap()
        .note
        .unwrap();
    assert!(note.contains("it has 20×30 pixels"), "{note}");
}

#[test]
fn colour_profile_and_loops_are_kept() {
    let mut profile = vec![0; 128];
    profile[16..20].copy_from_slice(b"RGB ");
    let mut bytes = Vec::new();
    let mut encoder = PngEncoder::new(&mut bytes);
    encoder.set_icc_profile(profile.clone()).unwrap();
    photo(30, 20).write_with_encoder(encoder).unwrap();
    assert!(holds(&bytes, b"iCCP"));
    let kept = gather(&with_chunk(&bytes, b"tEXt", SECRET), &RULES).unwrap();
    assert_eq!(sent(&kept), bytes);

    let gif = animation(2);
    let colours = 13 + (3 << ((gif[10] & 0x07) + 1)) * usize::from(gif[10] >> 7);
    let forever = b"\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0";
    let looped = [&gif[..colours], forever, &gif[colours..]].concat();
    let kept = gather(&looped, &RULES).unwrap().picture.medium;
    assert_eq!(
        (kept.bytes.read().unwrap().as_ref(), kept.source),
        (&looped[..], None)
    );
}

#[test]
fn cmyk_picture_is_converted() {
    let gathered = gather(CMYK, &RULES).unwrap();
    let note = gathered.note.as_deref().unwrap();
    assert!(note.contains("its colours are CMYK"), "{note}");
    let image = seen(&gathered);
    assert_eq!(image.dimensions(), (16, 8));
    for (x, wanted) in [(2, [255, 0, 0]), (13, [0, 0, 255])] {
        let [red, green, blue, _] = image.get_pixel(x, 4).0;
        let is_close = [red, green, blue]
            .iter()
            .zip(wanted)
            .all(|(is, should): (&u8, u8)| is.abs_diff(should) < 40);
        assert!(is_close, "{:?} at {x}", [red, green, blue]);
    }
}

#[test]
fn single_pixel_is_error() {
    for format in [ImageFormat::Gif, ImageFormat::Png] {
        let error = gather(&encoded(&drawing(1, 1), format), &RULES).unwrap_err();
        assert_unusable(&error, Code::ImageFormat, "`a.bin` is a single pixel");
    }
    assert!(gather(&encoded(&drawing(2, 1), ImageFormat::Png), &RULES).is_ok());
}

/// A CMYK JPEG of 16×8 pixels, inverted as programs of Adobe store it, red on the left and blue on the
/// right.
#[rustfmt::skip]
const CMYK: &[u8] = &[
    0xff, 0xd8, 0xff, 0xee, 0x00, 0x0e, 0x41, 0x64, 0x6f, 0x62, 0x65, 0x00, 0x64, 0x00, 0x00, 0x00,
    0x00, 0x00, 0xff, 0xdb, 0x00, 0x43, 0x00, 0x02, 0x01, 0x01, 0x01, 0x01, 0x01, 0x02, 0x01, 0x01,
    0x01, 0x02, 0x02, 0x02, 0x02, 0x02, 0x04, 0x03, 0x02, 0x02, 0x02, 0x02, 0x05, 0x04, 0x04, 0x03,
    0x04, 0x06, 0x05, 0x06, 0x06, 0x06, 0x05, 0x06, 0x06, 0x06, 0x07, 0x09, 0x08, 0x06, 0x07, 0x09,
    0x07, 0x06, 0x06, 0x08, 0x0b, 0x08, 0x09, 0x0a, 0x0a, 0x0a, 0x0a, 0x0a, 0x06, 0x08, 0x0b, 0x0c,
    0x0b, 0x0a, 0x0c, 0x09, 0x0a, 0x0a, 0x0a, 0xff, 0xc0, 0x00, 0x14, 0x08, 0x00, 0x08, 0x00, 0x10,
    0x04, 0x43, 0x11, 0x00, 0x4d, 0x11, 0x00, 0x59, 0x11, 0x00, 0x4b, 0x11, 0x00, 0xff, 0xc4, 0x00,
    0x16, 0x00, 0x01, 0x01, 0x01, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
    0x00, 0x00, 0x0a, 0x00, 0x09, 0xff, 0xc4, 0x00, 0x14, 0x10, 0x01, 0x00, 0x00, 0x00, 0x00, 0x00,
    0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0xff, 0xda, 0x00, 0x0e, 0x04,
    0x43, 0x00, 0x4d, 0x00, 0x59, 0x00, 0x4b, 0x00, 0x00, 0x3f, 0x00, 0xdf, 0xc1, 0xff, 0x00, 0x1f,
    0xf6, 0xfe, 0x00, 0x1a, 0x3f, 0xc4, 0xff, 0xd9,
];
