//! Files that cannot be read. Each gets a diagnostic with its location, and all other files are read.

use serde_json::json;
use syndicate_api::Diagnostic;

use super::TestSite;

/// Returns line, column, message and hint of the fault in a post of this text, next to a good post.
#[track_caller]
fn fault(text: impl AsRef<[u8]>) -> (Option<usize>, Option<usize>, String, String) {
    let scan = TestSite::new()
        .option("url", json!("https://example.org"))
        .file("posts/bad.md", text)
        .file("posts/good.md", "---\ntitle: Good\n---\n")
        .scan();
    assert_eq!(scan.items.len(), 1, "the good post is gone");
    assert_eq!(scan.faults.len(), 1, "{:?}", scan.faults);
    let fault = &scan.faults[0];
    assert_eq!(fault.path.as_deref(), Some("posts/bad.md"));
    assert!(
        !fault.message.contains('\n') && !fault.message.ends_with('.'),
        "{fault}"
    );
    let hint = fault.hint.clone().unwrap_or_default();
    (fault.line(), fault.column(), fault.message.clone(), hint)
}

#[test]
fn invalid_front_matter_names_location() {
    for (text, line, column, message) in [
        ("---\ntitle: a\n\nno end", Some(1), None, "missing `---`"),
        ("---\ntitle: a\ntags: [a\n---\n", Some(3), Some(7), "YAML"),
        ("---\ntitle: a: b\n---\n", Some(2), Some(9), "YAML"),
        (
            "---\r\ntitle: a\r\ntitle: b\r\n---\r\n",
            Some(3),
            Some(1),
            "duplicate key `title`",
        ),
        ("\u{feff}---\na: 1\nb: 'x\n---\n", None, None, "YAML"),
        ("---\ntags:\n\t- a\n---\n", Some(3), None, "YAML"),
        ("---\n- a\n- b\n---\n", Some(2), None, "not a map of keys"),
        (
            "+++\ntitle = \"a\"\ndate = \n+++\n",
            Some(3),
            Some(8),
            "TOML",
        ),
        ("{\n  \"title\": \"a\",\n}\n", Some(3), Some(1), "JSON"),
        (";;;\n\"title\": a\n;;;\n", Some(2), Some(10), "JSON"),
        ("---js\n{}\n---\n", Some(1), None, "programs are not run"),
        (
            "---\ntitle: a\ndate: soon\n---\n",
            Some(3),
            None,
            "invalid date `soon` in `date`",
        ),
        (
            "---\ndraft: perhaps\n---\n",
            Some(2),
            None,
            "neither true nor false",
        ),
    ] {
        let (at_line, at_column, found, _) = fault(text);
        assert!(found.contains(message), "{text:?}: {found}");
        if line.is_some() {
            assert_eq!(at_line, line, "{text:?}: {found}");
        }
        if column.is_some() {
            assert_eq!(at_column, column, "{text:?}: {found}");
        }
    }
}

#[test]
fn front_matter_errors_have_hints() {
    for (text, hint) in [
        ("---\nx", "`---`"),
        ("---\ntags:\n\t- a\n---\n", "does not allow tabs"),
        ("---\ntitle: a: b\n---\n", "quote a value"),
        ("---\ntitle: a\n date: b\n---\n", "check the indentation"),
        ("---\ntitle: \"a\n---\n", "close the quotation mark"),
        ("---\ntags: [a\n---\n", "close the bracket"),
        ("---\ntags: [a, b\ndate: c\n---\n", "close the bracket"),
        ("---\ntitle: a\n\tb: c\n---\n", "indent with spaces"),
        ("---\ndate: !!timestamp 2026-01-30\n---\n", "`!`"),
        ("---\ndate: soon\n---\n", "2026-11-22"),
        ("+++\ntitle = \"a\n+++\n", "closing quotation mark"),
        ("+++\na = 1\na = 2\n+++\n", "keep one"),
        ("+++\ndate = 2026-02-30\n+++\n", "2026-11-22"),
        ("{\"a\": 1,}\n", "remove the comma"),
    ] {
        let (.., found) = fault(text);
        assert!(found.contains(hint), "{text:?}: {found}");
    }
}

#[test]
fn carriage_returns_alone_are_rejected() {
    for text in [
        "---\rtitle: cr\rdraft: true\r---\r\rbody\r",
        "---\rtitle: cr\rdraft: true\r---\r\nbody\n",
        "---\ntitle: cr\rdraft: true\r---\r\nbody\n",
        "+++\rtitle = 'cr'\rdraft = true\r+++\r\rbody\r",
        "\r---\rdraft: true\r---\r\rbody\r",
        "title: cr\rdraft: true\r\rbody\r",
    ] {
        let (line, _, message, hint) = fault(text);
        assert_eq!(line, Some(1), "{text:?}");
        assert!(message.contains("carriage return"), "{text:?}: {message}");
        assert!(hint.contains("LF or CRLF"), "{text:?}: {hint}");
    }
    let good = "---\ntitle: T\n---\nbody\r---\rtitle: x\r---\r";
    let item = TestSite::new().file("a.md", good).item();
    assert_eq!(item.title.as_deref(), Some("T"));
}

#[test]
fn yaml_alias_bomb_is_rejected() {
    let mut bomb = "---\na0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..9 {
        let before = format!("*a{}, ", level - 1).repeat(9);
        bomb.push_str(&format!("a{level}: &a{level} [{before}x]\n"));
    }
    bomb.push_str("---\n");
    let (line, _, message, _) = fault(bomb);
    assert!(
        line.is_some() && message.contains("10000 values"),
        "{message}"
    );
}

#[test]
fn invalid_utf8_names_location() {
    let (line, column, message, _) = fault(b"---\ntitle: caf\xe9\n---\n");
    assert_eq!((line, column), (Some(2), Some(11)));
    assert!(message.contains("UTF-8"));
}

#[test]
fn oversized_file_is_rejected() {
    let (.., message, hint) = fault(vec![b'x'; 8 * 1024 * 1024 + 1]);
    assert!(
        message.contains("8388609 bytes") && hint.contains("exclude"),
        "{message}"
    );
}

#[cfg(unix)]
#[test]
fn symlinks_outside_site_are_rejected() {
    use std::os::unix::fs::symlink;

    let outside = TestSite::new().file("secret.md", "---\ntitle: Secret\n---\n");
    let site = TestSite::new().file("blog/posts/a.md", "---\ntitle: A\n---\n");
    let site = site.option("path", json!("blog"));
    let posts = site.path().join("blog/posts");
    symlink(outside.path().join("secret.md"), posts.join("out.md")).unwrap();
    symlink(posts.join("nowhere.md"), posts.join("broken.md")).unwrap();
    symlink(outside.path(), posts.join("folder")).unwrap();
    symlink(&posts, posts.join("loop")).unwrap();
    let scan = site.scan();
    let labels: Vec<&str> = scan.items.iter().map(|item| item.label()).collect();
    assert_eq!(labels, ["blog/posts/a.md"]);
    let faults: Vec<String> = scan.faults.iter().map(ToString::to_string).collect();
    assert_eq!(
        faults,
        [
            "blog/posts/broken.md: it is a link to a missing file",
            "blog/posts/out.md: it is a link to a file outside the site",
        ]
    );
}

#[cfg(unix)]
#[test]
fn links_to_posts_are_read_once() {
    use std::os::unix::fs::symlink;

    let site = TestSite::new()
        .option("path", json!("blog"))
        .option("content", json!(["posts", "more"]))
        .option("url", json!("https://example.org"))
        .file("blog/posts/z.md", "---\ntitle: Z\nurl: /z/\n---\n")
        .file("blog/posts/bad.md", "---\ndate: soon\n---\n")
        .file("blog/more/README.md", "No front matter.\n")
        .file("blog/texts/s.txt", "Shared.\n");
    let blog = site.path().join("blog");
    for (target, link) in [
        ("z.md", "posts/a.md"),
        ("../posts/z.md", "more/z.md"),
        ("bad.md", "posts/worse.md"),
        ("README.md", "more/about.md"),
        ("../texts/s.txt", "posts/s1.md"),
        ("../texts/s.txt", "posts/s2.md"),
    ] {
        symlink(target, blog.join(link)).unwrap();
    }
    let scan = site.scan();
    let labels: Vec<&str> = scan.items.iter().map(|item| item.label()).collect();
    let expected = ["blog/posts/s1.md", "blog/posts/z.md", "blog/more/about.md"];
    assert_eq!(labels, expected);
    let faults: Vec<_> = scan
        .faults
        .iter()
        .map(|fault| fault.path.as_deref())
        .collect();
    assert_eq!(faults, [Some("blog/posts/bad.md")]);
    assert_eq!(
        scan.notes,
        [
            "`blog/posts/worse.md`: it is a link to `blog/posts/bad.md`, which is read once",
            "`blog/posts/s2.md`: it is a link to `blog/posts/s1.md`, which is read once",
            "`blog/more/z.md` and `blog/posts/a.md`, each: it is a link to `blog/posts/z.md`, which is read once",
        ]
    );
}

#[test]
fn front_matter_of_wrong_type_is_rejected() {
    for (lines, line, message, remedy) in [
        (
            "title: [Release, notes]",
            2,
            "`title` is not text: `[\"Release\",\"notes\"]`",
            "quotes",
        ),
        (
            "x: 1\ntitle: {a: b}",
            3,
            "`title` is not text: `{\"a\":\"b\"}`",
            "quotes",
        ),
        ("title: true", 2, "`title` is not text: `true`", "quotes"),
        ("description: [x]", 2, "`description` is not text", "quotes"),
        (
            "description: true",
            2,
            "`description` is not text",
            "quotes",
        ),
        ("date: true", 2, "invalid date `true` in `date`", "2026"),
        (
            "tags: {a: 1}",
            2,
            "`tags` is not a list: `{\"a\":1}`",
            "`tags: [one, two]`",
        ),
        (
            "tags: true",
            2,
            "`tags` is not a list",
            "`tags: [one, two]`",
        ),
    ] {
        let (at_line, _, found, hint) = fault(format!("---\n{lines}\n---\nWords.\n"));
        assert_eq!(at_line, Some(line), "{lines}");
        assert!(found.starts_with(message), "{lines}: {found}");
        assert!(hint.contains(remedy), "{lines}: {hint}");
    }
}

#[test]
fn invalid_values_are_reported_together() {
    let text = "---\ndraft: maybe\ntitle: [A]\ndate: 2026-13-01\nupdated: soon\ntags: {a: 1}\nsyndicate: {at: never}\n---\nWords.\n";
    let scan = TestSite::new().file("a.md", text).scan();
    let faults = scan.faults.iter();
    let found: Vec<_> = faults
        .map(|fault| (fault.line(), fault.path.as_deref()))
        .collect();
    assert_eq!(
        found,
        [2, 3, 4, 5, 6, 7].map(|line| (Some(line), Some("a.md"))),
        "{:?}",
        scan.faults
    );
}

#[test]
fn nested_tag_lists_are_flattened() {
    let text = "---\ntags: [[one, {label: two}], 3, [[four]]]\n---\nWords.\n";
    let item = TestSite::new().file("a.md", text).item();
    assert_eq!(item.tags, ["one", "two", "3", "four"]);
}

#[test]
fn invalid_url_is_reason_for_missing_url() {
    let site = TestSite::new()
        .option("url", json!("https://example.org"))
        .file("a.md", "---\nurl: 'http://[bad'\n---\nWords.\n")
        .file(
            "b.md",
            "---\ndraft: true\nurl: 'http://[bad'\n---\nWords.\n",
        );
    let scan = site.scan();
    assert!(scan.items.iter().all(|item| item.url.is_none()));
    assert_eq!(
        scan.notes,
        ["`a.md`: it has no URL, because `http://[bad` in its front matter is not a valid URL"]
    );
}

#[test]
fn json_duplicate_keys_are_rejected() {
    for (text, line, key) in [
        ("{\n\"title\": \"a\",\n\"title\": \"b\"\n}\n", 3, "title"),
        (";;;\n\"draft\": true,\n\"draft\": false\n;;;\n", 3, "draft"),
        ("---json\n{\"a\": {\"b\": 1, \"b\": 2}}\n---\n", 2, "b"),
    ] {
        let (at_line, _, message, hint) = fault(text);
        assert_eq!(at_line, Some(line), "{text:?}");
        assert_eq!(message, format!("JSON: duplicate key `{key}`"));
        assert_eq!(hint, "keep one of them");
    }
}

#[test]
fn posts_with_equal_urls_clash() {
    let site = TestSite::new()
        .option("url", json!("https://example.org"))
        .file("a.md", "---\nurl: /same/\n---\n")
        .file("b.md", "---\ntitle: B\nurl: /same\n---\n")
        .file("c.md", "---\ntitle: C\n---\n");
    let scan = site.scan();
    let faults: Vec<String> = scan.faults.iter().map(ToString::to_string).collect();
    assert_eq!(
        faults,
        [
            "a.md: it has the same URL as `b.md`: `https://example.org/same/`",
            "b.md: it has the same URL as `a.md`: `https://example.org/same`",
        ]
    );
    let hint = scan.faults[0].hint.as_deref().unwrap();
    assert!(hint.contains("another URL, or each of them its own `syndicate.id`"));
    assert_eq!(scan.items.len(), 1);
}

#[test]
fn missing_content_folder_is_error() {
    let site = TestSite::new().option("content", json!("posts"));
    let error = site.try_scan().unwrap_err().to_string();
    assert!(
        error.contains("`posts`") && error.contains("`blog`"),
        "{error}"
    );

    let error = TestSite::new()
        .option("path", json!("no/such"))
        .try_scan()
        .unwrap_err();
    assert!(error.to_string().contains("no/such"), "{error}");
}

#[test]
fn missing_content_folders_are_all_reported() {
    let content = json!(["posts", "post", "draughts", "pages"]);
    let site = TestSite::new().option("content", content);
    let site = site
        .file("posts/a.md", "Text.\n")
        .file("page/b.md", "Text.\n");
    let error = site
        .try_scan()
        .unwrap_err()
        .downcast::<Diagnostic>()
        .unwrap();
    assert_eq!(
        error.message,
        "the folders of posts `post`, `draughts`, `pages` of source `blog` are missing"
    );
    assert_eq!(
        error.hint.as_deref(),
        Some("did you mean `posts` and `page`?")
    );
    assert_eq!(error.keys(), ["content"]);
}

#[test]
fn empty_content_folder_gets_note() {
    assert_eq!(
        TestSite::new().file("posts/x.txt", "").scan().notes.len(),
        1
    );
}
