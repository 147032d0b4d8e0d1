//! Pictures of bundles in several languages.

use super::{DATE, site};
use crate::tests::TestSite;

const LANGUAGES: &str = "languages: {en: {weight: 1}, de: {weight: 2}}";

/// Returns the picture file of the page at `path`.
fn picture(site: TestSite, path: &str, front: &str, files: &[&str]) -> Option<String> {
    let text = format!("---\n{DATE}\n{front}\n---\nwords\n");
    let site = files.iter().fold(site, |site, file| site.file(file, ""));
    site.file(path, text).item().image?.file
}

#[test]
fn translations_share_bundle_files() {
    let found = |front: &str, files: &[&str]| {
        let path = "content/posts/a/index.de.md";
        picture(site(LANGUAGES), path, front, files)
    };
    let (plain, own, other) = (
        "content/posts/a/cover.png",
        "content/posts/a/cover.de.png",
        "content/posts/a/cover.en.png",
    );
    for front in ["cover: cover.png", ""] {
        assert_eq!(found(front, &[plain]).as_deref(), Some(plain), "{front}");
        assert_eq!(found(front, &[own, other]).as_deref(), Some(own), "{front}");
    }
    let both = found("cover: cover.png", &[plain, own]);
    assert_eq!(both.as_deref(), Some(own));
    assert_eq!(found("", &[other]), None);
}

#[test]
fn translations_share_files_across_folders() {
    let config = "languages:\n  en: {contentDir: content/en, weight: 1}\n  \
                  de: {contentDir: content/de, weight: 2}";
    let path = "content/de/posts/a/index.md";
    let (english, german) = ("content/en/posts/a/hill.png", "content/de/posts/a/hill.png");
    for (front, files, expected) in [
        ("cover: hill.png", &[english][..], Some(english)),
        ("images: [./hill.png]", &[english], Some(english)),
        ("cover: hill.png", &[english, german], Some(german)),
        ("cover: moor.png", &[english], None),
        (
            "",
            &["content/en/posts/a/my-cover.jpg"],
            Some("content/en/posts/a/my-cover.jpg"),
        ),
    ] {
        let found = picture(site(config), path, front, files);
        assert_eq!(found.as_deref(), expected, "{front} {files:?}");
    }
    let text = format!("---\n{DATE}\n---\n![a](hill.png)\n");
    let item = site(config).file(english, "").file(path, text).item();
    assert_eq!(item.image.unwrap().file.as_deref(), Some(english));
}
