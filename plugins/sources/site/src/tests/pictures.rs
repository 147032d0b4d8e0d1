//! Pictures in the notations that authors use, and values that are not pictures.

use serde_json::json;
use syndicate_api::{FieldOrigin, Image, ItemField};

use super::TestSite;

fn site() -> TestSite {
    TestSite::new()
        .option("url", json!("https://example.org"))
        .option("content", json!("notes"))
        .file("notes/hill.png", "")
        .file("notes/a b/moor.jpg", "")
        .file("notes/attachments/deep/sea.webp", "")
        .file("static/img/shore.png", "")
}

fn image(site: TestSite, text: &str) -> Option<Image> {
    site.file("notes/post.md", text).item().image
}

fn file(text: &str) -> Option<String> {
    image(site(), text)?.file
}

#[test]
fn front_matter_picture_notations() {
    for (line, expected) in [
        ("cover: \"[[hill.png]]\"", "notes/hill.png"),
        ("cover: [[hill.png]]", "notes/hill.png"),
        ("banner: \"![[a b/moor.jpg]]\"", "notes/a b/moor.jpg"),
        (
            "cover: \"[[sea.webp|300]]\"",
            "notes/attachments/deep/sea.webp",
        ),
        (
            "cover: \"[[deep/Sea.webp]]\"",
            "notes/attachments/deep/sea.webp",
        ),
        ("image: \"![A moor](<a b/moor.jpg>)\"", "notes/a b/moor.jpg"),
        ("image: hill.png =300x200", "notes/hill.png"),
        ("image: \"hill.png{width=50%}\"", "notes/hill.png"),
        ("image: a%20b/moor.jpg", "notes/a b/moor.jpg"),
        (
            "image: \"{{ '/img/shore.png' | url }}\"",
            "static/img/shore.png",
        ),
        (
            "image: \"{{ site.baseurl }}/img/shore.png\"",
            "static/img/shore.png",
        ),
        ("image: '{{< ref \"hill.png\" >}}'", "notes/hill.png"),
        ("image: /static/img/shore.png", "static/img/shore.png"),
        ("image: a b\\moor.jpg", "notes/a b/moor.jpg"),
        ("images: [{src: \"[[hill.png]]\"}]", "notes/hill.png"),
    ] {
        let found = file(&format!("---\n{line}\n---\nwords\n"));
        assert_eq!(found.as_deref(), Some(expected), "{line}");
    }
}

#[test]
fn text_picture_notations() {
    for (text, expected) in [
        ("![a](hill.png =300x200)\n\nwords", "notes/hill.png"),
        (
            "![a](hill.png){ width=50% .wide }\n\nwords",
            "notes/hill.png",
        ),
        (
            "![[sea.webp|300x200]]\n\nwords",
            "notes/attachments/deep/sea.webp",
        ),
        (
            "![a]({{ \"/img/shore.png\" | url }})\n\nwords",
            "static/img/shore.png",
        ),
        (
            "<img src=\"{{ '/img/shore.png' | relative_url }}\">\n\nwords",
            "static/img/shore.png",
        ),
        (
            "![film](a.mp4)\n\n![](https://www.youtube.com/watch?v=1)\n\nwords ![a](hill.png)",
            "notes/hill.png",
        ),
        ("![]() words ![a](hill.png)", "notes/hill.png"),
    ] {
        let item = site().file("notes/post.md", text).item();
        let found = item.image.unwrap_or_else(|| panic!("{text}: none"));
        assert_eq!(found.file.as_deref(), Some(expected), "{text}");
        assert_eq!(item.description.as_deref(), Some("words"), "{text}");
    }
}

#[test]
fn counters_and_badges_are_ignored() {
    for decoration in [
        "<img src='https://a.example/c.gif?id=1' width='1' height='1'>",
        "<img src='https://a.example/c.gif' style='display:none'>",
        "<img src='smile.png' class='emoji' height='20'>",
        "![build](https://img.shields.io/badge/build-passing-green.svg)",
        "![ci](https://github.com/a/b/actions/workflows/ci.yml/badge.svg)",
        "![](https://hits.dwyl.com/a/b.svg)",
    ] {
        assert_eq!(
            image(site(), &format!("{decoration}\n\nwords\n")),
            None,
            "{decoration}"
        );
        let found = file(&format!("{decoration}\n\nwords\n\n![a](hill.png)\n"));
        assert_eq!(found.as_deref(), Some("notes/hill.png"), "{decoration}");
    }
}

#[test]
fn picture_in_either_unicode_form() {
    let (composed, decomposed) = ("gr\u{fc}n", "gru\u{308}n");
    for (written, on_disk) in [(composed, decomposed), (decomposed, composed)] {
        let path = format!("notes/{on_disk}.png");
        let text = format!("---\nimage: {written}.png\n---\n");
        let found = image(site().file(&path, ""), &text).unwrap();
        assert_eq!(found.file.as_deref(), Some(path.as_str()));

        // The folder was named on one system, and the file on another.
        let path = format!("notes/{written}/{on_disk}.png");
        let text = format!("![a]({written}/{written}.png)\n");
        let found = image(site().file(&path, ""), &text).unwrap();
        assert_eq!(found.file.as_deref(), Some(path.as_str()));
    }
}

#[test]
fn missing_picture_suggests_similar_file() {
    let missing = |text: &str| {
        let site = site().file("notes/post.md", text);
        site.item().image.unwrap().missing.unwrap().get()
    };
    let diagnostic = missing("---\ntitle: T\ncover: hil.png\n---\n");
    assert_eq!(
        diagnostic.to_string(),
        "notes/post.md:3: the picture `hil.png` is not a file of the site"
    );
    assert_eq!(diagnostic.hint.as_deref(), Some("did you mean `hill.png`?"));
    for (text, near) in [
        ("---\nimage: Hill.PNG\n---\n", Some("hill.png")),
        ("---\nimage: /img/shore.jpeg\n---\n", Some("/img/shore.png")),
        ("![a](a%20b/moore.jpg)\n", Some("a b/moor.jpg")),
        ("---\nimage: \"[[nothing-like-it.png]]\"\n---\n", None),
    ] {
        let hint = missing(text).hint.unwrap();
        let expected = near.map(|near| format!("did you mean `{near}`?"));
        assert_eq!(
            hint,
            expected.unwrap_or("add the file, or correct the name".to_owned()),
            "{text}"
        );
    }
}

#[test]
fn template_expression_has_no_url() {
    let text = "---\ntitle: T\nimage: \"{{ page.cover }}\"\n---\n";
    let item = site().file("notes/post.md", text).item();
    assert_eq!(
        item.origin[&ItemField::Image],
        FieldOrigin::FrontMatter("image".to_owned())
    );
    let found = item.image.unwrap();
    assert_eq!((found.url, found.file), (None, None));
    let missing = found.missing.unwrap().get().to_string();
    assert_eq!(
        missing,
        "notes/post.md:3: the picture `{{ page.cover }}` is a template expression"
    );
}

/// Returns message and hint about the picture of a post with this text.
#[track_caller]
fn missing(site: TestSite, text: &str) -> (String, String) {
    let image = image(site, text).unwrap();
    assert_eq!((image.url, image.file), (None, None), "{text}");
    let diagnostic = image.missing.unwrap().get();
    let hint = diagnostic.hint.clone().unwrap();
    (diagnostic.to_string(), hint)
}

#[test]
fn unusable_picture_url_is_reported() {
    let embedded = format!("data:image/png;base64,{}", "A".repeat(4000));
    for written in [
        "ftp://a.example/b.jpg",
        "file:///home/ann/b.jpg",
        "FILE:///C:/b.jpg",
        "https:/a.example/b.jpg",
        "https://",
        embedded.as_str(),
    ] {
        let text = format!("---\ntitle: T\nimage: \"{written}\"\n---\n![a](hill.png)\n");
        let (message, hint) = missing(site(), &text);
        let start: String = written.chars().take(20).collect();
        assert!(
            message.starts_with(&format!("notes/post.md:3: the picture `{start}")),
            "{message}"
        );
        assert!(
            message.ends_with("is neither a file of the site nor an `http` or `https` URL"),
            "{message}"
        );
        assert!(message.len() < 200 && hint.contains("`https`"), "{message}");
    }
    let (message, _) = missing(site(), "words\n\n![a](file:///home/b.png)\n");
    assert!(
        message.starts_with("notes/post.md:3: the picture `file:"),
        "{message}"
    );
    for text in [
        "![a](file:///home/b.png) ![a](hill.png)\n",
        "---\nbanner: color:red\nimage: hill.png\n---\n",
    ] {
        assert_eq!(file(text).as_deref(), Some("notes/hill.png"), "{text}");
    }
    assert_eq!(image(site(), "![a](data:image/gif;base64,R0lGOD)\n"), None);
}

#[cfg(unix)]
#[test]
fn path_of_other_things_than_files_is_described() {
    use std::os::unix::fs::symlink;

    let outside = TestSite::new().file("pic.jpg", "");
    let site = || {
        let site = site().file("notes/folder.jpg/x.png", "");
        let notes = site.path().join("notes");
        symlink("nowhere.jpg", notes.join("dangling.jpg")).unwrap();
        symlink(outside.path().join("pic.jpg"), notes.join("out.jpg")).unwrap();
        symlink(outside.path(), notes.join("away")).unwrap();
        site
    };
    for (written, is, remedy) in [
        (
            "dangling.jpg",
            "a link to a missing file",
            "correct the link",
        ),
        ("folder.jpg", "a folder", "a file in it"),
        (
            "out.jpg",
            "behind a link that leads out of the site",
            "copy the file",
        ),
        (
            "away/pic.jpg",
            "behind a link that leads out of the site",
            "copy the file",
        ),
        (
            "/notes/dangling.jpg",
            "a link to a missing file",
            "correct the link",
        ),
    ] {
        let text = format!("---\nimage: {written}\n---\n");
        let site = site().file("notes/post.md", text);
        let diagnostic = site.item().image.unwrap().missing.unwrap().get();
        assert_eq!(
            diagnostic.message,
            format!("the picture `{written}` is {is}")
        );
        assert!(diagnostic.hint.unwrap().contains(remedy), "{written}");
    }
    // Only files of the site are suggested.
    let site = site().file("notes/post.md", "---\nimage: dangling.jpeg\n---\n");
    let diagnostic = site.item().image.unwrap().missing.unwrap().get();
    assert_eq!(
        diagnostic.hint.as_deref(),
        Some("add the file, or correct the name")
    );
}
