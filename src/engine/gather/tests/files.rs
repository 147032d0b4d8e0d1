//! Tests of files that are missing, are not pictures, or have a wrong extension.

use super::*;

#[test]
fn item_without_picture_is_accepted() {
    let folder = Folder::new();
    assert_eq!(folder.pictures.gather(&Item::default(), &RULES), Ok(None));
    assert_eq!(folder.pictures.gather(&item(None, None), &RULES), Ok(None));
}

#[test]
fn file_precedes_url() {
    let folder = Folder::new();
    folder.write("a.png", &encoded(&drawing(4, 4), ImageFormat::Png));
    let item = item(Some("a.png"), Some("https://example.org/a.png"));
    assert!(folder.pictures.gather(&item, &RULES).unwrap().is_some());
}

#[test]
fn unreadable_picture_is_error() {
    let folder = Folder::new();
    let missing = folder.gather("no/such.png", &RULES).unwrap_err();
    let message = "the picture `no/such.png` does not exist";
    assert_unusable(&missing, Code::ImageUnreadable, message);

    fs::create_dir(folder.folder.path().join("img")).unwrap();
    let directory = folder.gather("img", &RULES).unwrap_err();
    let message = "the picture `img` is not a regular file";
    assert_unusable(&directory, Code::ImageUnreadable, message);

    let large = fs::File::create(folder.folder.path().join("large.png")).unwrap();
    large.set_len((64 << 20) + 1).unwrap();
    let error = folder.gather("large.png", &RULES).unwrap_err();
    let message = "the picture `large.png` is larger than 64 MiB";
    assert_unusable(&error, Code::ImageUnreadable, message);
}

#[test]
fn non_picture_type_is_named() {
    let cases: &[(&[u8], &str)] = &[
        (b"", "empty"),
        (
            b"\n<!DOCTYPE html><title>404</title>",
            "a web page, not a picture",
        ),
        (b"\0\0\0\x10ftypavif\0\0\0\0", "an AVIF picture"),
        (b"\0\0\0\x10ftypheic\0\0\0\0", "a HEIC picture"),
        (b"\0\0\0\x10ftypisom\0\0\0\0", "a video"),
        (b"\xff\x0a\xfa\x1f", "a JPEG XL picture"),
        (b"%PDF-1.7", "a PDF document"),
        (
            b"version https://git-lfs.github.com/spec/v1\noid",
            "a Git LFS pointer, not the picture itself",
        ),
        (
            b"\0\0\x01\0\x01\0\x10\x10",
            "not a picture in a supported format",
        ),
        (b"hello", "not a picture in a supported format"),
    ];
    for (bytes, what) in cases {
        let error = gather(bytes, &RULES).unwrap_err();
        assert_unusable(&error, Code::ImageFormat, &format!("`a.bin` is {what}"));
    }
}

#[test]
fn giant_picture_is_not_decoded() {
    let mut bytes = encoded(&drawing(4, 4), ImageFormat::Png);
    bytes[16..24].copy_from_slice(&[0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60]);
    let checksum = checksum(&bytes[12..29]);
    bytes[29..33].copy_from_slice(&checksum.to_be_bytes());
    let error = gather(&bytes, &RULES).unwrap_err();
    let message = "`a.bin` is too large to decode: 60000×60000 pixels";
    assert_unusable(&error, Code::ImageFormat, message);
}

/// Returns the checksum of a PNG chunk (ISO 3309).
pub(super) fn checksum(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
            if sum & 1 == 1 {
                (sum >> 1) ^ 0xedb8_8320
            } else {
                sum >> 1
            }
        })
    })
}

#[test]
fn picture_without_pixels_is_error() {
    let mut gif = encoded(&drawing(4, 4), ImageFormat::Gif);
    gif[6..8].fill(0);
    let error = gather(&gif, &RULES).unwrap_err();
    assert_unusable(
        &error,
        Code::ImageFormat,
        "`a.bin` has a width or height of 0",
    );
}

#[test]
fn damaged_picture_is_error() {
    for format in [ImageFormat::WebP, ImageFormat::Bmp, ImageFormat::Tiff] {
        let whole = encoded(&photo(30, 20), format);
        for cut in (12..whole.len() - 1).step_by(23) {
            if let Err(error) = gather(&whole[..cut], &RULES) {
                assert_eq!(error.code, Code::ImageFormat, "{format:?} cut at {cut}");
            }
        }
        let error = gather(&whole[..whole.len() / 2], &RULES).unwrap_err();
        assert!(error.to_string().starts_with("`a.bin` "), "{error}");
    }
}

#[test]
fn conversion_is_shared_by_sinks() {
    let folder = Folder::new();
    folder.write("a.webp", &encoded(&drawing(4, 4), ImageFormat::WebP));
    let place = |rules| {
        let medium = folder.gather("a.webp", rules).unwrap().picture.medium;
        medium.bytes.read().unwrap().as_ptr()
    };
    let first = folder.gather("a.webp", &RULES).unwrap();
    assert_eq!(place(&RULES), sent(&first).as_ptr());
    assert_eq!(folder.gather("a.webp", &RULES).unwrap(), first);
}

#[test]
fn conversion_is_shared_by_plans() {
    let folder = Folder::new();
    let conversions = Arc::default();
    let webp = encoded(&drawing(4, 4), ImageFormat::WebP);
    let place = |name| {
        let pictures = Pictures::new(folder.folder.path(), Arc::clone(&conversions));
        let gathered = pictures.gather(&item(Some(name), None), &RULES);
        sent(&gathered.unwrap().unwrap()).as_ptr()
    };
    folder.write("a.webp", &webp);
    folder.write("b.webp", &webp);
    assert_eq!(
        place("a.webp"),
        place("b.webp"),
        "the bytes count, not the name"
    );
    folder.write("a.webp", &encoded(&photo(40, 30), ImageFormat::WebP));
    assert_ne!(place("a.webp"), place("b.webp"));
}

#[test]
fn new_rules_or_file_convert_again() {
    let folder = Folder::new();
    folder.write("a.webp", &encoded(&drawing(4, 4), ImageFormat::WebP));
    let first = folder.gather("a.webp", &RULES).unwrap();
    assert_eq!(first.picture.medium.pixels, Some((4, 4)));
    let small = MediaRules {
        max_pixels: 4,
        ..RULES
    };
    let other_rules = folder.gather("a.webp", &small).unwrap();
    assert_eq!(other_rules.picture.medium.pixels, Some((2, 2)));

    folder.write("a.webp", &encoded(&photo(40, 30), ImageFormat::WebP));
    let second = folder.gather("a.webp", &RULES).unwrap();
    assert_eq!(second.picture.medium.pixels, Some((40, 30)));
}

#[test]
fn changed_picture_is_not_read_again() {
    let folder = Folder::new();
    let png = encoded(&photo(40, 30), ImageFormat::Png);
    let webp = encoded(&drawing(4, 4), ImageFormat::WebP);
    for (name, bytes) in [("kept.png", png), ("converted.webp", webp)] {
        folder.write(name, &bytes);
        let medium = folder.gather(name, &RULES).unwrap().picture.medium;
        assert_eq!(medium.load().unwrap(), medium);
        folder.write(name, &encoded(&photo(20, 30), ImageFormat::Png));
        assert_eq!(medium.load().unwrap_err().code, Code::FileChanged, "{name}");
        folder.write(name, &bytes);
        assert_eq!(medium.load().unwrap(), medium, "{name}");
    }
}

#[test]
fn missing_file_has_name_of_post() {
    let folder = Folder::new();
    let missing = Diagnostic::new(Code::ImageUnreadable, "the picture `a.png` is not a file")
        .in_file("post.md")
        .with_hint("did you mean `b.png`?");
    for url in [None, Some("http://127.0.0.1:9/a.png")] {
        let mut item = item(None, url);
        item.image.as_mut().unwrap().missing = Some(missing.clone().into());
        let error = folder.pictures.gather(&item, &RULES).unwrap_err();
        assert_eq!(error, missing, "{url:?}");
    }
}
