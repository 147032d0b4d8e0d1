//! Files that cannot be read: each is a fault of its own that names its place, and the rest goes on.

use serde_json::json;

use super::TestSite;

/// The place and the message of the fault in a post of this text, beside a good post.
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
fn front_matter_that_cannot_be_read_names_its_place() {
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
fn hints_tell_the_remedy() {
    for (text, hint) in [
        ("---\nx", "`---`"),
        ("---\ntags:\n\t- a\n---\n", "does not allow tabs"),
        ("---\ntitle: a: b\n---\n", "quotes"),
        ("---\ndate: soon\n---\n", "2026-11-22"),
    ] {
        let (.., found) = fault(text);
        assert!(found.contains(hint), "{text:?}: {found}");
    }
}

#[test]
fn an_alias_bomb_is_refused() {
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
fn bytes_that_are_no_text_name_their_place() {
    let (line, column, message, _) = fault(b"---\ntitle: caf\xe9\n---\n");
    assert_eq!((line, column), (Some(2), Some(11)));
    assert!(message.contains("UTF-8"));
}

#[test]
fn a_file_that_is_too_large_is_not_read() {
    let (.., message, hint) = fault(vec![b'x'; 8 * 1024 * 1024 + 1]);
    assert!(
        message.contains("8388609 bytes") && hint.contains("exclude"),
        "{message}"
    );
}

#[cfg(unix)]
#[test]
fn links_lead_to_files_inside_the_site_and_nowhere_else() {
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
            "blog/posts/broken.md: it is a link to a file that is not there",
            "blog/posts/out.md: it is a link to a file outside of the site",
        ]
    );

    symlink(posts.join("a.md"), posts.join("b.md")).unwrap();
    std::fs::remove_file(posts.join("out.md")).unwrap();
    std::fs::remove_file(posts.join("broken.md")).unwrap();
    assert_eq!(site.scan().items.len(), 2);
}

#[test]
fn two_posts_of_one_address_are_faults_that_name_each_other() {
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
            "a.md: it has the same address as `b.md`: `https://example.org/same/`",
            "b.md: it has the same address as `a.md`: `https://example.org/same`",
        ]
    );
    let hint = scan.faults[0].hint.as_deref().unwrap();
    assert!(hint.contains("another address, or each of them a `syndicate.id`"));
    assert_eq!(scan.items.len(), 1);
}

#[test]
fn a_folder_that_is_not_there_is_an_error() {
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
fn an_empty_folder_is_noted() {
    assert_eq!(
        TestSite::new().file("posts/x.txt", "").scan().notes.len(),
        1
    );
}
