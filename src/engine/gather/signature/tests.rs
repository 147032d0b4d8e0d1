//! Tests of type detection with minimal files.

use super::*;

const ALL: &[&str] = &[PDF, DOC, PPT, DOCX, PPTX, MP4, QUICKTIME, WEBM];

/// Builds a ZIP archive up to its central directory.
fn archive(names: &[&str]) -> Vec<u8> {
    let mut bytes = b"PK\x03\x04 and the parts".to_vec();
    let directory = u32::try_from(bytes.len()).unwrap();
    for name in names {
        let mut entry = [0; 46];
        entry[..4].copy_from_slice(b"PK\x01\x02");
        entry[28] = u8::try_from(name.len()).unwrap();
        entry[30] = 2;
        bytes.extend(entry);
        bytes.extend(name.bytes());
        bytes.extend(b"xx");
    }
    bytes.extend(b"PK\x05\x06");
    bytes.extend([0; 12]);
    bytes.extend(directory.to_le_bytes());
    bytes.extend([0; 2]);
    bytes
}

/// Builds a compound file with this stream.
fn compound_file(stream: &str) -> Vec<u8> {
    let mut bytes = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    bytes.resize(1024 + 128, 0);
    bytes.extend(stream.encode_utf16().flat_map(u16::to_le_bytes));
    bytes.resize(2048, 0);
    bytes
}

/// Builds the header of a Matroska file of this type.
fn matroska(kind: &str) -> Vec<u8> {
    let mut bytes = b"\x1a\x45\xdf\xa3\x9f\x42\x82".to_vec();
    bytes.push(0x80 | u8::try_from(kind.len()).unwrap());
    bytes.extend(kind.bytes());
    bytes.resize(512, 0);
    bytes
}

#[test]
fn document_and_video_types_are_detected() {
    let word = archive(&["[Content_Types].xml", "word/document.xml"]);
    let slides = archive(&["docProps/app.xml", "ppt/presentation.xml"]);
    for (bytes, expected) in [
        (&b"%PDF-1.7 ..."[..], PDF),
        (&word, DOCX),
        (&slides, PPTX),
        (&compound_file("WordDocument"), DOC),
        (&compound_file("PowerPoint Document"), PPT),
        (b"\0\0\0\x18ftypisom", MP4),
        (b"\0\0\0\x18ftypmp42", MP4),
        (b"\0\0\0\x14ftypqt  \0\0\0\0qt  ", QUICKTIME),
        (b"\0\0\0\x10ftypM4V \0\0\0\0", MP4),
        (b"\0\0\0\x10ftypcmfc\0\0\0\0", MP4),
        (&matroska("webm"), WEBM),
        (&matroska("matroska"), WEBM),
    ] {
        assert_eq!(media_type(bytes, ALL), Ok(expected), "{expected}");
    }
}

#[test]
fn unaccepted_type_is_named() {
    let pointer = b"version https://git-lfs.github.com/spec/v1\noid";
    for (bytes, what) in [
        (
            &b"\0\0\0\x14ftypqt  \0\0\0\0qt  "[..],
            "of the type QuickTime",
        ),
        (&archive(&["xl/workbook.xml"]), "of an unknown type"),
        (b"\0\0\0\x10ftypavif\0\0\0\0", "of an unknown type"),
        (b"\0\0\0\x10ftypM4A \0\0\0\0", "of an unknown type"),
        (&compound_file("Workbook"), "of an unknown type"),
        (b"PK\x03\x04", "of an unknown type"),
        (b"<html>not found</html>", "of an unknown type"),
        (pointer, "a Git LFS pointer, not the file itself"),
    ] {
        assert_eq!(media_type(bytes, &[PDF, MP4]), Err(what.to_owned()));
    }
    assert_eq!(names(&[PDF, PPTX, MP4]), "PDF, PPTX, MP4");
}

#[test]
fn malformed_archive_is_handled() {
    let good = archive(&["word/document.xml"]);
    for length in 0..good.len() {
        let known = media_type(&good[..length], ALL);
        assert!(known.is_err(), "{length}: {known:?}");
    }
    let mut far = good.clone();
    let at = far.len() - 6;
    far[at..at + 4].copy_from_slice(&u32::MAX.to_le_bytes());
    assert!(media_type(&far, ALL).is_err());
    let mut endless = good;
    let entry = endless
        .windows(4)
        .position(|window| window == b"PK\x01\x02")
        .unwrap();
    endless[entry + 28..entry + 30].copy_from_slice(&[0xff, 0xff]);
    assert!(media_type(&endless, ALL).is_err());
}
