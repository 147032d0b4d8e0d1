//! Attachments in the `syndicate:` block.

use syndicate_api::{AttachmentSpec, FileRef, Poll};

use super::TestSite;

fn site(block: &str) -> TestSite {
    let front = format!("---\ntitle: A\nsyndicate:\n{block}\n---\n");
    TestSite::new()
        .file("posts/a.md", front)
        .file("posts/slides.pdf", "%PDF-1.7")
        .file("posts/img/a b.png", "png")
        .file("demo.mp4", "video")
}

fn attachment(block: &str) -> AttachmentSpec {
    site(block).item().overrides.attachment.take().unwrap()
}

fn file_ref(name: &str, file: Option<&str>) -> FileRef {
    FileRef {
        name: name.to_owned(),
        file: file.map(str::to_owned),
        ..FileRef::default()
    }
}

#[test]
fn attachment_files_resolve_like_pictures() {
    let document = file_ref("slides.pdf", Some("posts/slides.pdf"));
    assert_eq!(
        attachment("  document: slides.pdf"),
        AttachmentSpec::Document(document.clone())
    );
    let named = attachment("  document: {file: slides.pdf, title: T, alt: A}");
    let named_document = FileRef {
        title: Some("T".to_owned()),
        alt: Some("A".to_owned()),
        ..document
    };
    assert_eq!(named, AttachmentSpec::Document(named_document));

    let video = file_ref("../demo.mp4", Some("demo.mp4"));
    assert_eq!(
        attachment("  video: ../demo.mp4"),
        AttachmentSpec::Video(video)
    );

    let gallery = attachment("  gallery: [img/a%20b.png, {file: 'img/a b.png', alt: Shown}]");
    let second = FileRef {
        alt: Some("Shown".to_owned()),
        ..file_ref("img/a b.png", Some("posts/img/a b.png"))
    };
    let first = file_ref("img/a%20b.png", Some("posts/img/a b.png"));
    assert_eq!(gallery, AttachmentSpec::Gallery(vec![first, second]));
}

#[test]
fn attachment_outside_site_is_missing() {
    for name in [
        "../../a.pdf",
        "/etc/passwd",
        "gone.pdf",
        "https://example.com/a.pdf",
        "file:///a",
    ] {
        let expected = AttachmentSpec::Document(file_ref(name, None));
        assert_eq!(
            attachment(&format!("  document: '{name}'")),
            expected,
            "{name}"
        );
    }
}

#[test]
fn polls_and_reshares_are_read() {
    let poll = Poll {
        question: "Tabs?".to_owned(),
        options: vec!["yes".to_owned(), "2".to_owned()],
        days: 7,
    };
    let block = "  poll: {question: 'Tabs?', options: ['yes', 2]}";
    assert_eq!(attachment(block), AttachmentSpec::Poll(poll.clone()));
    let block = "  poll:\n    question: Tabs?\n    options: ['yes', '2']\n    days: 3";
    assert_eq!(
        attachment(block),
        AttachmentSpec::Poll(Poll { days: 3, ..poll })
    );
    let shared = AttachmentSpec::Reshare("urn:li:share:1".to_owned());
    assert_eq!(attachment("  reshare: urn:li:share:1"), shared);
}

#[test]
fn invalid_attachment_names_line() {
    for (block, line, message) in [
        (
            "  document: slides.pdf\n  video: demo.mp4",
            5,
            "`syndicate` sets both `document` and `video`, but a post can have only one attachment",
        ),
        ("  document: 3", 4, "missing file in `syndicate.document`"),
        (
            "  video: {title: T}",
            4,
            "missing file in `syndicate.video`",
        ),
        (
            "  video: {path: a}",
            4,
            "unknown key `syndicate.video.path`",
        ),
        (
            "  gallery: a.png",
            4,
            "`syndicate.gallery` is not a list of pictures",
        ),
        (
            "  gallery: [[a.png]]",
            4,
            "missing file in `syndicate.gallery`",
        ),
        ("  poll: x", 4, "`syndicate.poll` is not a map"),
        (
            "  poll: {options: [a, b]}",
            4,
            "missing `question` in `syndicate.poll`",
        ),
        (
            "  poll: {question: Q}",
            4,
            "`syndicate.poll.options` is not a list of strings",
        ),
        (
            "  poll: {question: Q, options: [a, [b]]}",
            4,
            "`syndicate.poll.options` is not a list of strings",
        ),
        (
            "  poll: {question: Q, options: [a, b], days: soon}",
            4,
            "`syndicate.poll.days` is not a whole number",
        ),
        (
            "  poll: {question: Q, answers: [a]}",
            4,
            "unknown key `syndicate.poll.answers`",
        ),
        ("  reshare: [a]", 4, "missing post in `syndicate.reshare`"),
    ] {
        let fault = site(block).fault();
        assert_eq!(
            (fault.line(), fault.message.as_str()),
            (Some(line), message),
            "{block}"
        );
    }
}
