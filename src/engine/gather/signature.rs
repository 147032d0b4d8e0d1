//! What a document or a video is, told from its bytes. The containers of office documents hold many
//! kinds of things, so it is looked inside as far as it takes to tell them apart, and no further.

const PDF: &str = "application/pdf";
const DOC: &str = "application/msword";
const PPT: &str = "application/vnd.ms-powerpoint";
const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
const PPTX: &str = "application/vnd.openxmlformats-officedocument.presentationml.presentation";
const QUICKTIME: &str = "video/quicktime";
const WEBM: &str = "video/webm";
/// MPEG-4 videos.
pub(super) const MP4: &str = "video/mp4";

/// The types that are told apart here, and what people call them.
const NAMES: &[(&str, &str)] = &[
    (PDF, "PDF"),
    (PPT, "PPT"),
    (PPTX, "PPTX"),
    (DOC, "DOC"),
    (DOCX, "DOCX"),
    (MP4, "MP4"),
    (QUICKTIME, "QuickTime"),
    (WEBM, "WebM or Matroska"),
];

/// The brands of the ISO base media file format that are pictures or sound, in four letters each.
const NO_VIDEOS: &[&[u8]] = &[
    b"avif", b"avis", b"heic", b"heix", b"mif1", b"M4A ", b"M4B ",
];

/// The MIME type of `bytes`, if it is one of `types`.
///
/// # Errors
/// What it is instead, to follow `is`.
pub(super) fn media_type(bytes: &[u8], types: &[&'static str]) -> Result<&'static str, String> {
    match sniff(bytes) {
        Some(known) if types.contains(&known) => Ok(known),
        Some(known) => Err(format!("of the type {}", name(known))),
        None if bytes.starts_with(b"version https://git-lfs.github.com/spec/") => {
            Err("a pointer of Git LFS and not the file itself".to_owned())
        }
        None => Err("none that is known".to_owned()),
    }
}

/// What people call these types.
pub(super) fn names(types: &[&str]) -> String {
    let names: Vec<&str> = types.iter().map(|known| name(known)).collect();
    names.join(", ")
}

fn name(media_type: &str) -> &str {
    let known = NAMES.iter().find(|(known, _)| *known == media_type);
    known.map_or(media_type, |(_, name)| name)
}

fn sniff(bytes: &[u8]) -> Option<&'static str> {
    if bytes.starts_with(b"%PDF-") {
        Some(PDF)
    } else if bytes.starts_with(b"PK\x03\x04") {
        office_open_xml(bytes)
    } else if bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        compound(bytes)
    } else if bytes.get(4..8) == Some(b"ftyp") {
        match bytes.get(8..12)? {
            b"qt  " => Some(QUICKTIME),
            brand if NO_VIDEOS.contains(&brand) => None,
            _ => Some(MP4),
        }
    } else if bytes.starts_with(b"\x1a\x45\xdf\xa3") {
        Some(WEBM)
    } else {
        None
    }
}

/// Word or PowerPoint by the name of the main part (ECMA-376), as the ZIP archive's central
/// directory lists it.
fn office_open_xml(bytes: &[u8]) -> Option<&'static str> {
    const END: &[u8] = b"PK\x05\x06";
    const ENTRY: &[u8] = b"PK\x01\x02";
    let number = |at: usize, length: usize| {
        let field = bytes.get(at..at.checked_add(length)?)?;
        Some(
            field
                .iter()
                .rev()
                .fold(0, |sum, byte| sum << 8 | usize::from(*byte)),
        )
    };
    // Behind the end record stands a comment of at most 65535 bytes.
    let searched = bytes.len().saturating_sub(22 + 65_535);
    let tail = bytes.get(searched..)?;
    let end = searched + tail.windows(END.len()).rposition(|window| window == END)?;
    let mut at = number(end + 16, 4).filter(|_| bytes.len() >= end + 22)?;
    while bytes.get(at..)?.starts_with(ENTRY) {
        let (name, extra, comment) = (
            number(at + 28, 2)?,
            number(at + 30, 2)?,
            number(at + 32, 2)?,
        );
        match bytes.get(at + 46..at + 46 + name)? {
            b"word/document.xml" => return Some(DOCX),
            b"ppt/presentation.xml" => return Some(PPTX),
            _ => at += 46 + name + extra + comment,
        }
    }
    None
}

/// Word or PowerPoint by the name of the main stream of a compound file ([MS-CFB]), which stands in
/// an entry of its directory, and entries begin at multiples of 128 bytes.
fn compound(bytes: &[u8]) -> Option<&'static str> {
    let streams = [("WordDocument", DOC), ("PowerPoint Document", PPT)].map(|(name, known)| {
        let name: Vec<u8> = name
            .encode_utf16()
            .chain([0])
            .flat_map(u16::to_le_bytes)
            .collect();
        (name, known)
    });
    bytes.chunks(128).find_map(|entry| {
        let found = streams.iter().find(|(name, _)| entry.starts_with(name));
        found.map(|(_, known)| *known)
    })
}

#[cfg(test)]
#[path = "tests/signature.rs"]
mod tests;
