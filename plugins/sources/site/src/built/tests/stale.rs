//! Pages that are older than their Markdown.

use std::fs::File;
use std::time::{Duration, SystemTime};

use serde_json::json;
use syndicate_api::Code;

use super::{item, page};
use crate::tests::TestSite;

/// Returns the hold of a post whose Markdown was saved `seconds` after its page was built.
fn hold(markdown: &str, text: &str, seconds: u64) -> Option<(Code, String)> {
    let site = TestSite::hexo("permalink: :title/")
        .option("output", json!("public"))
        .file("source/_posts/a.md", markdown)
        .file(
            "public/a/index.html",
            page("<title>Hello | Blog</title>", text),
        );
    let save = |path: &str, after: u64| {
        let time = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000 + after);
        let file = File::options()
            .write(true)
            .open(site.path().join(path))
            .unwrap();
        file.set_modified(time).unwrap();
    };
    save("public/a/index.html", 0);
    save("source/_posts/a.md", seconds);
    item(&site).hold
}

const MARKDOWN: &str =
    "---\ntitle: Hello\ndate: 2026-01-02\n---\nIt's a text -- with *marks* in it.\n";
const TEXT: &str = "<p>It’s a text – with <em>marks</em> in it.</p>";

#[test]
fn old_page_with_same_text_is_current() {
    assert_eq!(hold(MARKDOWN, TEXT, 3600), None);
    let untitled = "---\ndate: 2026-01-02\n---\nIt's a text -- with *marks* in it.\n";
    assert_eq!(hold(untitled, TEXT, 3600), None);
    assert_eq!(
        hold("---\ntitle: Hello\ndate: 2026-01-02\n---\n", TEXT, 3600),
        None
    );
}

#[test]
fn newer_page_with_other_text_is_current() {
    assert_eq!(
        hold(&MARKDOWN.replace("Hello", "Other"), "<p>Not at all.</p>", 0),
        None
    );
}

#[test]
fn old_page_with_other_text_is_stale() {
    let lacks = |markdown: &str, what: &str| {
        let reason =
            format!("its page `public/a/index.html` is older than its Markdown and lacks {what}");
        assert_eq!(hold(markdown, TEXT, 1), Some((Code::PageStale, reason)));
    };
    lacks(
        &MARKDOWN.replace("Hello", "Good evening"),
        "the title `Good evening`",
    );
    lacks(
        &MARKDOWN.replace("It's a text", "It was a text"),
        "the beginning of the text",
    );
}
