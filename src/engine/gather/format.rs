//! What a file is, told from its first bytes. Names lie: pictures are saved under the wrong ending,
//! and a failed download leaves a web page that is called `cover.jpg`.

use image::ImageFormat;

/// Something that cannot be decoded here.
#[derive(Debug)]
pub(super) struct Foreign {
    /// What it is, to follow `is`.
    pub(super) what: &'static str,
    /// What to do about it.
    pub(super) hint: &'static str,
}

const SAVE_AS: &str = "save it as JPEG or PNG";

/// How files begin that people take for pictures.
const FOREIGN_STARTS: &[(&[u8], &str, &str)] = &[
    (
        b"version https://git-lfs.github.com/spec/",
        "a pointer of Git LFS and not the picture itself",
        "fetch it with `git lfs pull`",
    ),
    (b"\xff\x0a", "a JPEG XL picture", SAVE_AS),
    (b"\0\0\0\x0cJXL ", "a JPEG XL picture", SAVE_AS),
    (b"%PDF-", "a PDF document", "export the page as PNG"),
];

/// The brands of the ISO base media file format (ISO/IEC 14496-12), found after `ftyp`.
const BRANDS: &[(&[u8], &str)] = &[
    (b"avif", "an AVIF picture"),
    (b"avis", "an AVIF picture"),
    (b"heic", "a HEIC picture"),
    (b"heix", "a HEIC picture"),
    (b"mif1", "a HEIF picture"),
    (b"", "a video"),
];

/// The format of the picture in `bytes`.
pub(super) fn of(bytes: &[u8]) -> Result<ImageFormat, Foreign> {
    if let Some(foreign) = foreign(bytes) {
        return Err(foreign);
    }
    match image::guess_format(bytes) {
        Ok(format) if format.reading_enabled() => Ok(format),
        Ok(_) | Err(_) => Err(Foreign {
            what: "no picture of a known format",
            hint: SAVE_AS,
        }),
    }
}

fn foreign(bytes: &[u8]) -> Option<Foreign> {
    if bytes.is_empty() {
        let (what, hint) = ("empty", "put the picture there");
        return Some(Foreign { what, hint });
    }
    for (start, what, hint) in FOREIGN_STARTS {
        if bytes.starts_with(start) {
            return Some(Foreign { what, hint });
        }
    }
    if let Some(brand) = bytes.get(4..).and_then(|rest| rest.strip_prefix(b"ftyp")) {
        let known = BRANDS.iter().find(|(name, _)| brand.starts_with(name));
        return known.map(|(_, what)| Foreign {
            what,
            hint: SAVE_AS,
        });
    }
    markup(bytes)
}

/// A drawing or a page that is text.
fn markup(bytes: &[u8]) -> Option<Foreign> {
    const SEARCHED: usize = 1024;
    let start = &bytes[..bytes.len().min(SEARCHED)];
    let start = String::from_utf8_lossy(start).to_ascii_lowercase();
    let start = start.trim_start_matches('\u{feff}').trim_start();
    let is_page = ["<!doctype html", "<html", "<head"]
        .iter()
        .any(|tag| start.starts_with(tag));
    if is_page {
        return Some(Foreign {
            what: "a web page and no picture",
            hint: "download the picture itself",
        });
    }
    (start.starts_with('<') && start.contains("<svg")).then_some(Foreign {
        what: "an SVG drawing",
        hint: "export it as PNG",
    })
}
