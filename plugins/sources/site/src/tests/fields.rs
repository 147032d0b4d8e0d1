//! Fields and their origins, independent of the generator.

use serde_json::{Value, json};
use syndicate_api::{Code, FieldOrigin, Image, Item, ItemAuthor, ItemField};

use super::TestSite;

/// Returns the item of a post with this text on a site with a few pictures.
fn item(text: &str) -> Item {
    with_options(text, &json!({}))
}

fn with_options(text: &str, fields: &Value) -> Item {
    TestSite::new()
        .option("url", json!("https://example.org"))
        .option("content", json!("posts"))
        .option("fields", fields.clone())
        .file("posts/a.md", text)
        .file("posts/pic.png", "")
        .file("posts/my pic.jpg", "")
        .file("static/img/s.png", "")
        .file("root.png", "")
        .item()
}

fn front(lines: &str) -> Item {
    item(&format!("---\n{lines}\n---\n"))
}

fn key(name: &str) -> FieldOrigin {
    FieldOrigin::FrontMatter(name.to_owned())
}

#[test]
fn scalar_titles_become_text() {
    for (written, read) in [
        ("title: '1. Introduction'", "1. Introduction"),
        (
            "title: 'snake_case_name, C:\\path, 2 * 3 * 4'",
            "snake_case_name, C:\\path, 2 * 3 * 4",
        ),
        ("title: >-\n  folded\n  title", "folded title"),
        ("title: 2024", "2024"),
        ("Title: Cased", "Cased"),
    ] {
        assert_eq!(front(written).title.as_deref(), Some(read), "{written}");
    }
}

#[test]
fn heading_replaces_missing_title() {
    let item = item("---\ntitle: ''\n---\nwords\n\n## The *first*\n\n# Second");
    assert_eq!(item.title.as_deref(), Some("The first"));
    assert_eq!(
        item.origin[&ItemField::Title],
        FieldOrigin::Body("first heading".to_owned())
    );
}

#[test]
fn description_from_front_matter_or_text() {
    let own = front("excerpt: short\nsubtitle: no");
    assert_eq!(own.description.as_deref(), Some("short"));
    assert_eq!(own.origin[&ItemField::Description], key("excerpt"));

    let marked = item("Before.\n\n<!-- more -->\n\nAfter.");
    assert_eq!(marked.description.as_deref(), Some("Before."));

    let none = item("![](pic.png)\n\n```\ncode\n```\n");
    assert_eq!(none.description, None);
    assert!(!none.origin.contains_key(&ItemField::Description));
}

#[test]
fn custom_field_keys_come_first() {
    let fields = json!({
        "title": "seo.title", "description": ["seo.text", "x"], "image": "social.0.card",
        "image_alt": "seo.alt", "published": "when", "updated": "changed", "tags": "labels",
        "author": "who", "lang": "tongue", "draft": "wip",
    });
    let text = "---\ntitle: no\ndate: no date\nseo: {title: T, text: D, alt: A}\n\
                social: [{card: pic.png}]\nwhen: 2024-03-01\nchanged: 2024-03-02\n\
                labels: a, b, A\nwho: [Ann, {name: Bob}]\ntongue: pt_BR\nwip: yes\n---\n";
    let item = with_options(text, &fields);
    assert_eq!(item.title.as_deref(), Some("T"));
    assert_eq!(item.description.as_deref(), Some("D"));
    let image = item.image.unwrap();
    assert_eq!(image.file.as_deref(), Some("posts/pic.png"));
    assert_eq!(image.alt.as_deref(), Some("A"));
    assert_eq!(
        item.published.unwrap().at.strftime("%F").to_string(),
        "2024-03-01"
    );
    assert_eq!(
        item.updated.unwrap().at.strftime("%F").to_string(),
        "2024-03-02"
    );
    assert_eq!(item.tags, ["a", "b"]);
    assert_eq!(item.author.as_deref(), Some("Ann, Bob"));
    assert_eq!(item.authors, ["Ann", "Bob"].map(ItemAuthor::named));
    assert_eq!(item.lang.as_deref(), Some("pt-BR"));
    assert!(item.draft);
    assert_eq!(item.origin[&ItemField::Image], key("social.0.card"));
    assert_eq!(item.origin[&ItemField::Draft], key("wip"));
}

#[test]
fn unpublished_keys_make_draft() {
    for (lines, draft) in [
        ("draft: true", true),
        ("draft: false", false),
        ("draft: 'yes'", true),
        ("published: false", true),
        ("published: true", false),
        ("published: 2024-03-01", false),
        ("hidden: true", true),
        ("private: yes", true),
        ("Private: false", false),
        ("publish: false", true),
        ("publish: 'no'", true),
        ("publish: true", false),
        ("publish: 2024-03-01", false),
        ("status: Private", true),
        ("status: published", false),
        ("title: x", false),
    ] {
        assert_eq!(front(lines).draft, draft, "{lines}");
    }
}

#[test]
fn hidden_posts_are_held() {
    let held = |lines: &str| front(lines).hold.map(|(code, _)| code);
    for lines in [
        "unlisted: true",
        "noindex: yes",
        "seo: {noindex: true}",
        "robotsNoIndex: true",
        "robots: 'noindex, follow'",
        "sitemap: false",
        "sitemap: {disable: true}",
    ] {
        assert_eq!(held(lines), Some(Code::Unlisted), "{lines}");
        let asked = format!("{lines}\nsyndicate: true");
        assert_eq!(held(&asked), None, "{asked}");
        let silent = format!("{lines}\nsyndicate: {{commentary: x}}");
        assert_eq!(held(&silent), Some(Code::Unlisted), "{silent}");
    }
    for lines in [
        "unlisted: false",
        "noindex: false",
        "robots: index, follow",
        "sitemap: true",
        "sitemap: {priority: 0.5}",
    ] {
        assert_eq!(held(lines), None, "{lines}");
    }
}

#[test]
fn front_matter_pictures_are_found() {
    let image = |url: &str, file: Option<&str>, alt: Option<&str>| Image {
        url: Some(url.to_owned()),
        file: file.map(str::to_owned),
        alt: alt.map(str::to_owned),
        ..Image::default()
    };
    for (lines, expected) in [
        (
            "cover: pic.png",
            image("https://example.org/a/pic.png", Some("posts/pic.png"), None),
        ),
        (
            "image: {src: ./my%20pic.jpg, alt: Mine}",
            image(
                "https://example.org/a/my%20pic.jpg",
                Some("posts/my pic.jpg"),
                Some("Mine"),
            ),
        ),
        (
            "images: [/img/s.png?v=1, b.png]",
            image(
                "https://example.org/img/s.png?v=1",
                Some("static/img/s.png"),
                None,
            ),
        ),
        (
            "header: {teaser: root.png}",
            image("https://example.org/root.png", Some("root.png"), None),
        ),
        (
            "coverImage: {src: //cdn.example/x y.png}\nimage_alt: X",
            image("https://cdn.example/x%20y.png", None, Some("X")),
        ),
        (
            "ogImage: https://example.org/img/s.png",
            image(
                "https://example.org/img/s.png",
                Some("static/img/s.png"),
                None,
            ),
        ),
        (
            "banner: gone.png",
            image("https://example.org/a/gone.png", None, None),
        ),
        // Files outside the site's folder are not used.
        (
            "banner: ../../../etc/x.png",
            image("https://example.org/etc/x.png", None, None),
        ),
    ] {
        let found = front(lines).image.map(|image| Image {
            missing: None,
            ..image
        });
        assert_eq!(found, Some(expected), "{lines}");
    }
    for lines in [
        "image: false",
        "banner: '#ff0000'",
        "cover: color:red",
        "images: []",
    ] {
        assert_eq!(front(lines).image, None, "{lines}");
    }
}

#[test]
fn first_text_picture_is_fallback() {
    let badge = "![b](https://img.shields.io/x.svg)";
    for (text, url) in [
        (
            "`![x](no.png)`\n\n    ![x](no.png)\n\n![y](pic.png)",
            "https://example.org/a/pic.png",
        ),
        (
            "<!-- <img src='no.png'> --><img alt=x src='pic.png'>",
            "https://example.org/a/pic.png",
        ),
        (
            "![x][r]\n\n[r]: <my pic.jpg>",
            "https://example.org/a/my%20pic.jpg",
        ),
        ("![x](/img/s.png)", "https://example.org/img/s.png"),
        (
            &format!("{badge}\n![x](a.svg) ![x](pic.png)"),
            "https://example.org/a/pic.png",
        ),
        ("![x](a.svg)", "https://example.org/a/a.svg"),
    ] {
        let found = item(text).image.and_then(|image| image.url);
        assert_eq!(found.as_deref(), Some(url), "{text}");
    }
    assert_eq!(item(badge).image, None);
}

#[test]
fn picture_linked_outside_site_is_ignored() {
    let outside = TestSite::new().file("secret.png", "");
    let site = TestSite::new()
        .option("url", json!("https://example.org"))
        .file("a.md", "![](link.png)");
    #[cfg(unix)]
    std::os::unix::fs::symlink(
        outside.path().join("secret.png"),
        site.path().join("link.png"),
    )
    .unwrap();
    let image = site.item().image.unwrap();
    assert_eq!((image.file, outside.path().exists()), (None, true));
}

#[test]
fn hexo_asset_folder_pictures() {
    let post = |tag: &str| {
        TestSite::hexo("post_asset_folder: true")
            .file(
                "source/_posts/sub/T.md",
                format!("---\ndate: 2024-03-01\n---\n{tag}\nwords"),
            )
            .file("source/_posts/sub/T/My Pic.png", "")
            .item()
    };
    let file = Some("source/_posts/sub/T/My Pic.png".to_owned());
    let url = Some("https://example.org/2024/03/01/sub/T/My%20Pic.png".to_owned());
    for (tag, alt) in [
        (
            "{% asset_img \"My Pic.png\" \"The title\" %}",
            Some("The title"),
        ),
        (
            "{% asset_img \"My Pic.png\" \"The title\" \"The alt\" %}",
            Some("The alt"),
        ),
        (
            "{% asset_img left \"My Pic.png\" 500 400 '\"The title\" \"The alt\"' %}",
            Some("The alt"),
        ),
        ("{%- asset_img 'My Pic.png' -%}", None),
        (
            "<img src=\"{% asset_path 'My Pic.png' %}\" alt='The alt'>",
            Some("The alt"),
        ),
        ("![The alt](My%20Pic.png)", Some("The alt")),
        (
            "![The alt](</2024/03/01/sub/T/My Pic.png>)",
            Some("The alt"),
        ),
    ] {
        let item = post(tag);
        let image = item.image.unwrap_or_default();
        assert_eq!((&image.file, &image.url), (&file, &url), "{tag}");
        assert_eq!(image.alt.as_deref(), alt, "{tag}");
        assert_eq!(item.description.as_deref(), Some("words"), "{tag}");
    }
    // Names that differ in case are different files.
    let image = post("{% asset_img \"my pic.png\" %}").image.unwrap();
    assert_eq!(
        image.url.as_deref(),
        Some("https://example.org/2024/03/01/sub/T/my%20pic.png")
    );
    assert_eq!(post("{% img /images/x.png %}").image.unwrap().file, None);
}

#[test]
fn other_types_with_clear_meaning_are_read() {
    let item = front("title: 2024\ndescription: 42\ntags: false\npublished: true\nexcerpt: true");
    assert_eq!(item.title.as_deref(), Some("2024"));
    assert_eq!(item.description.as_deref(), Some("42"));
    assert_eq!(item.tags, [""; 0]);
    for lines in [
        "title: ~\ndescription: false",
        "title: ''\ndescription:\ntags: []\ndate:",
    ] {
        let item = front(lines);
        assert_eq!(item.title.as_deref(), Some("A"), "{lines}");
        assert_eq!((item.description, item.published), (None, None), "{lines}");
    }
    assert!(front("status: [Draft, x]").draft);
}
