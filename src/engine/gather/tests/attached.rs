//! Tests of attachments.

use syndicate_api::{FileRef, FileRules};

use super::*;

const DOCUMENTS: FileRules = FileRules {
    types: &["application/pdf"],
    min_bytes: 10,
    max_bytes: 1 << 10,
    seconds: (0, 0),
    max_pages: None,
};

fn enclosed(file: Option<&str>) -> FileRef {
    FileRef {
        name: "slides.pdf".to_owned(),
        file: file.map(str::to_owned),
        alt: Some("what it shows".to_owned()),
        title: None,
    }
}

fn attached(folder: &Folder) -> Result<syndicate_api::Medium, Diagnostic> {
    let file = enclosed(Some("slides.pdf"));
    folder.pictures.attached("document", &file, &DOCUMENTS)
}

#[test]
fn attachment_is_sent_unchanged() {
    let folder = Folder::new();
    folder.write("slides.pdf", b"%PDF-1.7 and so on");
    let medium = attached(&folder).unwrap();
    assert_eq!(&*medium.bytes.read().unwrap(), b"%PDF-1.7 and so on");
    assert_eq!(medium.media_type, "application/pdf");
    assert_eq!(medium.file.as_deref(), Some("slides.pdf"));
    assert_eq!(attached(&folder).as_ref(), Ok(&medium));

    folder.write("slides.pdf", b"%PDF-1.7 was changed since");
    let changed = attached(&folder).unwrap();
    assert_eq!(
        &*changed.bytes.read().unwrap(),
        b"%PDF-1.7 was changed since"
    );
    let error = medium.load().unwrap_err();
    assert_eq!(error.code, Code::FileChanged);
    assert_eq!(error.path.as_deref(), Some("slides.pdf"));
}

#[test]
fn unusable_attachment_is_error() {
    let folder = Folder::new();
    let outside = folder
        .pictures
        .attached("document", &enclosed(None), &DOCUMENTS);
    let message = "the document `slides.pdf` is not a file of the site";
    assert_unusable(&outside.unwrap_err(), Code::AttachmentUnreadable, message);

    let gone = attached(&folder).unwrap_err();
    let message = "the document `slides.pdf` does not exist";
    assert_unusable(&gone, Code::AttachmentUnreadable, message);

    for (bytes, code, message) in [
        (&b""[..], Code::AttachmentUnfit, "is empty"),
        (
            b"%PDF-1.7",
            Code::AttachmentUnfit,
            "has 8 bytes, but the sink requires at least 10",
        ),
        (
            &[b'x'; 1025],
            Code::AttachmentUnfit,
            "has 1025 bytes, but the sink accepts at most 1024",
        ),
        (
            b"<html>404 not found",
            Code::AttachmentFormat,
            "is of an unknown type",
        ),
        (
            b"\0\0\0\x18ftypisom    ",
            Code::AttachmentFormat,
            "is of the type MP4",
        ),
    ] {
        folder.write("slides.pdf", bytes);
        let error = attached(&folder).unwrap_err();
        assert_unusable(
            &error,
            code,
            &format!("the document `slides.pdf` {message}"),
        );
    }
}

#[test]
fn gallery_pictures_are_fitted() {
    let folder = Folder::new();
    folder.write("a.webp", &encoded(&photo(40, 20), ImageFormat::WebP));
    let gathered = folder
        .pictures
        .gallery_picture(&enclosed(Some("a.webp")), &RULES)
        .unwrap();
    assert_eq!(gathered.picture.medium.media_type, "image/jpeg");
    assert_eq!(gathered.picture.alt.as_deref(), Some("what it shows"));
    assert!(gathered.note.unwrap().contains("image/webp"));

    let missing = folder
        .pictures
        .gallery_picture(&enclosed(None), &RULES)
        .unwrap_err();
    let message = "the picture `slides.pdf` is not a file of the site";
    assert_unusable(&missing, Code::AttachmentUnreadable, message);
}
