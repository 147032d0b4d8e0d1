//! Folders without a generator.

use serde_json::{Value, json};
use syndicate_api::{FieldOrigin, ItemField, SourceScan};

use super::TestSite;

fn blog() -> TestSite {
    TestSite::new().option("url", json!("https://example.org"))
}

fn labels(scan: &SourceScan) -> Vec<&str> {
    scan.items.iter().map(|item| item.label()).collect()
}

#[test]
fn plain_project_docs_are_not_posts() {
    let site = blog()
        .file(".gitignore", "private\n")
        .file("README.md", "# What this is")
        .file("index.md", "# Home")
        .file("posts/_index.md", "---\ntitle: All posts\n---\n")
        .file("posts/a.md", "No front matter")
        .file("posts/b.MARKDOWN", "---\ntitle: B\n---\n")
        .file("posts/c.txt", "")
        .file("posts/.hidden.md", "Text.\n")
        .file("posts/d.md~", "")
        .file("private/e.md", "Text.\n")
        .file("node_modules/x/f.md", "Text.\n");
    let scan = site.scan();
    assert_eq!(scan.faults, []);
    assert_eq!(
        labels(&scan),
        ["posts/_index.md", "posts/a.md", "posts/b.MARKDOWN"]
    );
}

#[test]
fn empty_files_are_not_posts() {
    let site = ["", "\n\n", " \t\r\n", "\u{feff}", "\u{feff}\n\u{200b}"]
        .iter()
        .enumerate()
        .fold(blog(), |site, (index, text)| {
            site.file(&format!("posts/{index}.md"), text)
        });
    let scan = site.file("posts/a.md", "---\ntitle: A\n---\n").scan();
    assert_eq!(labels(&scan), ["posts/a.md"]);
    assert_eq!(scan.faults, []);
}

#[test]
fn front_matter_after_blank_is_not_text() {
    for text in [
        "\n---\ntitle: Secret\ndraft: true\n---\nText.\n",
        " ---\ntitle: Ships\n---\nText.\n",
        "\u{feff}\n+++\ntitle = 'Ships'\n+++\nText.\n",
        "—\ntitle: Ships\n—\nText.\n",
        "```yaml\n---\ntitle: Ships\n---\n```\nText.\n",
    ] {
        let scan = blog().file("posts/a.md", text).scan();
        assert_eq!(scan.items, [], "{text:?}");
        assert_eq!(scan.faults.len(), 1, "{text:?}");
        assert_eq!(scan.faults[0].path.as_deref(), Some("posts/a.md"));
    }
}

#[test]
fn include_and_exclude_globs() {
    let site = |include: Value, exclude: Value| {
        blog()
            .option("content", json!(["./posts/"]))
            .option("include", include)
            .option("exclude", exclude)
            .file("posts/a.md", "Text.\n")
            .file("posts/2024/b.md", "Text.\n")
            .file("posts/2024/deep/c.md", "Text.\n")
            .file("other/d.md", "Text.\n")
    };
    for (include, exclude, expected) in [
        (
            json!([]),
            json!([]),
            &["posts/2024/b.md", "posts/2024/deep/c.md", "posts/a.md"][..],
        ),
        (json!("*.md"), json!(null), &["posts/a.md"]),
        (json!("2024/**"), json!("**/c.md"), &["posts/2024/b.md"]),
    ] {
        assert_eq!(labels(&site(include, exclude).scan()), expected);
    }
}

#[test]
fn plain_url_from_front_matter_or_pattern() {
    for (pattern, name, front, path) in [
        (None, "a/My Post.md", "title: x", "a/My%20Post/"),
        (None, "a/index.md", "title: x", "a/"),
        (None, "a/b.md", "slug: own", "a/own/"),
        (None, "a/index.md", "slug: own", "own/"),
        (None, "b.md", "url: /x/y.html", "x/y.html"),
        (None, "b.md", "permalink: x/y", "x/y"),
        (None, "b.md", "path: x", "x"),
        (
            Some("/:year/:slug/"),
            "2024-03-01-My_Post.md",
            "title: x",
            "2024/my-post/",
        ),
        (
            Some("/:slug.html"),
            "a/2024-03-01-x/index.md",
            "title: x",
            "x.html",
        ),
        (Some("/:name"), "a/B.md", "title: x", "B"),
        (Some("/:title/"), "a/B.md", "title: x", "a/B/"),
        (
            Some("/:post_title/"),
            "a.md",
            "title: Hello, World",
            "hello-world/",
        ),
        (Some("/:section/:slug/"), "a.md", "section: news", "news/a/"),
    ] {
        let item = blog()
            .option("permalink", json!(pattern))
            .file(name, format!("---\n{front}\n---\n"))
            .item();
        let expected = format!("https://example.org/{path}");
        assert_eq!(item.url, Some(expected), "{pattern:?} {name} {front}");
        assert_eq!(item.link, item.url);
    }
}

#[test]
fn front_matter_url_on_other_host() {
    let item = blog()
        .file("a.md", "---\nurl: https://other.example/a b/\n---\n")
        .item();
    assert_eq!(item.url.as_deref(), Some("https://other.example/a%20b/"));

    let item = blog()
        .file(
            "a.md",
            "---\ncanonicalUrl: https://medium.com/x?utm_source=y\nredirect_from: /old\n\
             syndicate: {id: seven}\n---\n",
        )
        .item();
    assert_eq!(item.url.as_deref(), Some("https://example.org/a/"));
    assert_eq!(
        item.keys,
        [
            "https://example.org/a",
            "https://example.org/old",
            "https://medium.com/x",
            "blog:a.md",
            "id:seven",
        ]
    );
}

#[test]
fn post_without_base_url_keeps_file_key() {
    let item = TestSite::new()
        .option("path", json!("my/site"))
        .file(
            "my/site/a.md",
            "---\ntitle: A\naliases: /old\n---\n![](pic.png)",
        )
        .file("my/site/pic.png", "")
        .item();
    assert_eq!((&item.url, &item.link), (&None, &None));
    assert_eq!(item.keys, ["blog:a.md"]);
    assert_eq!(item.path.as_deref(), Some("my/site/a.md"));
    let image = item.image.unwrap();
    assert_eq!(image.file.as_deref(), Some("my/site/pic.png"));
    assert_eq!(image.url, None);
}

#[test]
fn plain_date_in_file_name() {
    let item = blog()
        .option("timezone", json!("Asia/Tokyo"))
        .file("2024-03-01-hello-big_world.md", "words")
        .item();
    let published = item.published.unwrap();
    assert!(published.day_only);
    assert_eq!(
        published.at.to_string(),
        "2024-03-01T00:00:00+09:00[Asia/Tokyo]"
    );
    assert_eq!(item.title.as_deref(), Some("Hello big world"));
    assert_eq!(item.origin[&ItemField::Published], FieldOrigin::Path);
    assert_eq!(item.origin[&ItemField::Title], FieldOrigin::Path);
}

#[test]
fn yaml_toml_json_give_equal_items() {
    let yaml = "---\ntitle: T\ndate: 2024-03-01\ntags: [a, b]\n--- \nbody\n";
    let blog = blog().file("a.md", yaml);
    let expected = blog.item();
    assert_eq!(expected.text.body().unwrap(), "body\n");
    for text in [
        "+++\ntitle = \"T\"\ndate = 2024-03-01\ntags = [\"a\", \"b\"]\n+++\nbody\n",
        "{\"title\": \"T\", \"date\": \"2024-03-01\", \"tags\": [\"a\", \"b\"]}\nbody\n",
        ";;;\n\"title\": \"T\", \"date\": \"2024-03-01\", \"tags\": [\"a\", \"b\"]\n;;;\nbody\n",
        "---json\n{\"title\": \"T\", \"date\": \"2024-03-01\", \"tags\": [\"a\", \"b\"]}\n---\nbody\n",
        "\u{feff}---\ntitle: T\ndate: 2024-03-01\ntags: \"a, b\"\n---\nbody\n",
    ] {
        std::fs::write(blog.path().join("a.md"), text).unwrap();
        let mut item = blog.item();
        assert_eq!(item.text.body().unwrap(), "body\n");
        item.text.clone_from(&expected.text);
        item.front.clone_from(&expected.front);
        assert_eq!(item, expected, "{text}");
    }
}

#[test]
fn permalink_placeholder_without_values_is_rejected() {
    let site = |pattern: &str| {
        TestSite::new()
            .option("url", json!("https://example.org"))
            .option("permalink", json!(pattern))
            .file("a.md", "---\ndate: 2026-05-20\nsection: news\n---\n")
            .file("b.md", "---\ndate: 2026-05-21\n---\n")
    };
    for (pattern, name, hint) in [
        ("/:yaer/:slug/", "yaer", "did you mean `year`?"),
        ("/:year/:titel/", "titel", "did you mean `title`?"),
        ("/:nothing/", "nothing", "one of `year`"),
    ] {
        let fault = site(pattern).fault();
        assert!(
            fault.message.contains(&format!("placeholder `{name}`")),
            "{fault}"
        );
        assert!(fault.hint.as_ref().unwrap().starts_with(hint), "{fault:?}");
    }
    // A placeholder may be a front matter key, which a post may lack.
    let scan = site("/:section/:slug/").scan();
    assert_eq!(scan.faults, []);
    assert!(
        scan.notes[0].contains("`b.md`: it has no URL"),
        "{:?}",
        scan.notes
    );
    let undated = TestSite::new()
        .option("url", json!("https://example.org"))
        .option("permalink", json!("/:year/:slug/"))
        .file("a.md", "text");
    assert_eq!(undated.scan().faults, []);
}

#[test]
fn percent_sign_in_file_name_is_encoded() {
    for (path, permalink, expected) in [
        ("pct%41.md", "/:path/", "/pct%2541/"),
        ("100% sure.md", "/:path/", "/100%25%20sure/"),
        ("a%2Fb/c%20d.md", "/x/:title/", "/x/a%252Fb/c%2520d/"),
        ("a/c%20d.md", "/x/:name/", "/x/c%2520d/"),
    ] {
        let site = TestSite::new()
            .option("url", json!("https://example.org"))
            .option("permalink", json!(permalink))
            .file(path, "Words.\n");
        let url = site.item().url.unwrap();
        assert_eq!(url, format!("https://example.org{expected}"), "{path}");
    }
    for (line, expected) in [
        ("slug: a%20b", "/a%20b/"),
        ("url: /a%20b/", "/a%20b/"),
        ("slug: 2024", "/2024/"),
    ] {
        let site = TestSite::new()
            .option("url", json!("https://example.org"))
            .file("post.md", format!("---\n{line}\n---\n"));
        let url = site.item().url.unwrap();
        assert_eq!(url, format!("https://example.org{expected}"), "{line}");
    }
}
