//! Finding the page of each Markdown file.

use std::sync::Arc;

use serde_json::json;
use syndicate_api::{Code, Item, SourceScan};

use super::{page, post};
use crate::tests::TestSite;

/// Returns a Hexo site that is built into `public`.
fn site() -> TestSite {
    TestSite::hexo("permalink: :title/").option("output", json!("public"))
}

/// Returns the page of each Markdown file, or the reason why it has none.
fn joined(site: &TestSite) -> Vec<(String, String)> {
    let SourceScan { items, faults, .. } = site.scan_today();
    assert_eq!(faults, []);
    let found = |item: Arc<Item>| {
        let item = Arc::unwrap_or_clone(item);
        let held = item.hold.map(|(code, reason)| format!("{code}: {reason}"));
        let path = item.path.unwrap().replace("source/_posts/", "");
        (path, held.or(item.page).unwrap_or_default())
    };
    items.into_iter().map(found).collect()
}

#[track_caller]
fn assert(site: &TestSite, expected: &[(&str, &str)]) {
    let expected = expected
        .iter()
        .map(|(path, page)| ((*path).to_owned(), (*page).to_owned()));
    assert_eq!(joined(site), expected.collect::<Vec<_>>());
}

#[test]
fn join_finds_page_by_url() {
    for file in ["public/a/index.html", "public/a.html", "public/a/index.htm"] {
        let site = site()
            .file(
                "source/_posts/a.md",
                "---\ntitle: A\ndate: 2026-01-02\n---\n",
            )
            .file(file, post("A", "2026-01-02"));
        assert(&site, &[("a.md", file)]);
    }
}

#[test]
fn join_finds_page_by_title() {
    let canonical = "<link rel=canonical href=https://example.org/a/>";
    let site = site()
        .file(
            "source/_posts/a.md",
            "---\ntitle: A\ndate: 2026-01-02\n---\n",
        )
        .file(
            "source/_posts/b.md",
            "---\ntitle: B\ndate: 2026-01-02\nalias: /former/\n---\n",
        )
        .file(
            "source/_posts/c.md",
            "---\ntitle: See C\ndate: 2026-01-02\n---\n",
        )
        .file(
            "source/_posts/d.md",
            "---\ntitle: D\ndate: 2026-01-02\n---\n",
        )
        .file("public/p/1.html", page(canonical, "x"))
        .file("public/former/index.html", post("B", "2026-01-02"))
        .file("public/abbr/4f3a.html", post("See C", "2026-01-02"))
        .file("public/abbr/5f3a.html", post("D", "2026-01-03"));
    assert(
        &site,
        &[
            ("a.md", "public/p/1.html"),
            ("b.md", "public/former/index.html"),
            ("c.md", "public/abbr/4f3a.html"),
            (
                "d.md",
                "page_not_built: no page in `public` has the URL `https://example.org/d/`",
            ),
        ],
    );
}

#[test]
fn join_rejects_ambiguous_title_and_day() {
    let missing = |name: &str| {
        format!("page_not_built: no page in `public` has the URL `https://example.org/{name}/`")
    };
    let twins = site()
        .file(
            "source/_posts/a.md",
            "---\ntitle: Hello\ndate: 2026-01-02\n---\n",
        )
        .file(
            "source/_posts/b.md",
            "---\ntitle: Hello\ndate: 2026-01-02\n---\n",
        )
        .file("public/x.html", post("Hello", "2026-01-02"));
    assert(&twins, &[("a.md", &missing("a")), ("b.md", &missing("b"))]);
    // The page belongs to the other post.
    let translated = site()
        .file(
            "source/_posts/a.md",
            "---\ntitle: Hello\ndate: 2026-01-02\n---\n",
        )
        .file(
            "source/_posts/b.md",
            "---\ntitle: Hello\ndate: 2026-01-02\n---\n",
        )
        .file("public/b/index.html", post("Hello", "2026-01-02"));
    assert(
        &translated,
        &[("a.md", &missing("a")), ("b.md", "public/b/index.html")],
    );
}

#[test]
fn post_without_page_waits() {
    let site = site()
        .file(
            "source/_posts/a.md",
            "---\ntitle: A\ndate: 2026-01-02\n---\n",
        )
        .file(
            "source/_posts/draft.md",
            "---\ntitle: D\ndate: 2026-01-02\npublished: false\n---\n",
        )
        .file(
            "source/_posts/later.md",
            "---\ntitle: L\ndate: 2027-01-02\n---\n",
        );
    assert(
        &site,
        &[
            (
                "a.md",
                "page_not_built: the output folder `public` is missing",
            ),
            ("draft.md", ""),
            ("later.md", ""),
        ],
    );
    let items = site.scan_today().items;
    assert_eq!((items[1].draft, items[2].draft), (true, false));
    assert_eq!(items[0].url.as_deref(), Some("https://example.org/a/"));
}

#[test]
fn hidden_page_is_not_sent() {
    let stub = "<meta http-equiv=refresh content='0; url=https://elsewhere.org/'>";
    let site = site()
        .file(
            "source/_posts/a.md",
            "---\ntitle: A\ndate: 2026-01-02\n---\n",
        )
        .file(
            "source/_posts/b.md",
            "---\ntitle: B\ndate: 2026-01-02\n---\n",
        )
        .file(
            "source/_posts/c.md",
            "---\ntitle: C\ndate: 2026-01-02\n---\n",
        )
        .file("public/a/index.html", page(stub, ""))
        .file(
            "public/b/index.html",
            page("<meta name=robots content=noindex>", "B"),
        )
        .file(
            "public/c/index.html",
            page("<title>Page not found</title>", ""),
        );
    let codes: Vec<_> = site
        .scan_today()
        .items
        .iter()
        .map(|item| item.hold.as_ref().unwrap().0)
        .collect();
    assert_eq!(codes, [Code::PageNotBuilt, Code::Unlisted, Code::Unlisted]);
    assert_eq!(
        joined(&site)[0].1,
        "page_not_built: its page `public/a/index.html` redirects to `https://elsewhere.org/`"
    );
}

#[test]
fn plain_folder_gets_page_urls() {
    let head = |url: &str| format!("<link rel=canonical href={url}><title>Hello | Me</title>");
    let site = TestSite::new()
        .option("output", json!("dist"))
        .file(
            "src/posts/2026-01-02-hello.md",
            "---\ntitle: Hello\n---\nText\n",
        )
        .file(
            "dist/index.html",
            page("<meta property=og:site_name content=Me>", ""),
        )
        .file(
            "dist/blog/hello/index.html",
            page(&head("https://a.org/b/blog/hello"), "<h1>Hello</h1>"),
        )
        // A file that the generator copied is not a second post.
        .file(
            "dist/blog/hello/source.md",
            "---\ntitle: Hello\n---\nText\n",
        );
    let item = super::item(&site);
    assert_eq!(item.url.as_deref(), Some("https://a.org/b/blog/hello"));
    assert_eq!(item.title.as_deref(), Some("Hello"));
    assert_eq!(
        item.keys,
        [
            "https://a.org/b/blog/hello",
            "blog:src/posts/2026-01-02-hello.md"
        ]
    );
}

#[test]
fn join_ignores_home_page_og_url() {
    let og = "<meta property=og:url content=https://example.org/>\
        <meta property=og:image content=/card.png>";
    let site = ["a", "b"].iter().fold(site(), |site, name| {
        site.file(
            &format!("source/_posts/{name}.md"),
            format!("---\ntitle: {name}\ndate: 2026-01-02\n---\nText of {name}.\n"),
        )
        .file(&format!("public/{name}/index.html"), page(og, name))
    });
    assert(
        &site,
        &[
            ("a.md", "public/a/index.html"),
            ("b.md", "public/b/index.html"),
        ],
    );
    let items = site.scan_today().items;
    let urls: Vec<_> = items
        .iter()
        .map(|item| item.url.as_deref().unwrap())
        .collect();
    assert_eq!(urls, ["https://example.org/a/", "https://example.org/b/"]);
    let image = items[0].image.as_ref().unwrap();
    assert_eq!(image.url.as_deref(), Some("https://example.org/card.png"));
}

#[test]
fn unfinished_page_is_not_built() {
    let whole = post("A", "2026-01-02");
    let head_only = "<html><head><title>A</title><meta property=og:title content=A></head>";
    for (html, what) in [
        ("", "is empty"),
        (
            "<!doctype html>\n<html><head></head><body></body></html>",
            "is empty",
        ),
        (head_only, "ends before its text"),
        (
            &whole[..whole.find("og:title").unwrap()],
            "ends within a tag",
        ),
        (
            &whole[..whole.find(" text of").unwrap()],
            "ends within `<main>`",
        ),
    ] {
        let site = site()
            .file(
                "source/_posts/a.md",
                "---\ntitle: A\ndate: 2026-01-02\n---\nText.\n",
            )
            .file("public/a/index.html", html)
            // A page with the same content does not replace it.
            .file("public/copy/a.html", &whole);
        let reason = format!("page_not_built: its page `public/a/index.html` {what}");
        assert(&site, &[("a.md", &reason)]);
        assert_eq!(site.scan_today().items[0].page, None);
    }
}

#[test]
fn theme_with_unclosed_element_is_finished() {
    let site = ["a", "b", "c"].iter().fold(site(), |site, name| {
        site.file(
            &format!("source/_posts/{name}.md"),
            format!("---\ntitle: {name}\ndate: 2026-01-02\n---\n"),
        )
        .file(
            &format!("public/{name}/index.html"),
            format!("<title>{name}</title><div><p>{name}"),
        )
    });
    let page_of = |name: &str| (format!("{name}.md"), format!("public/{name}/index.html"));
    assert_eq!(joined(&site), ["a", "b", "c"].map(page_of));
}

#[test]
fn password_page_joins_post() {
    let page = page(
        "<title>A</title><link rel=canonical href=https://example.org/a/>",
        "<h1>A</h1><script type=hbe>U2FsdGVk</script><input type=password>",
    );
    let site = site().file("public/a/index.html", page).file(
        "source/_posts/a.md",
        "---\ntitle: A\ndate: 2026-01-02\npassword: x\n---\nFor members alone.\n",
    );
    // The Markdown is newer, and the page can never contain its text.
    let file = site.path().join("public/a/index.html");
    let old = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_700_000_000);
    std::fs::File::options()
        .write(true)
        .open(file)
        .unwrap()
        .set_modified(old)
        .unwrap();
    assert(&site, &[("a.md", "public/a/index.html")]);
    let item = &site.scan_today().items[0];
    assert_eq!(
        (&item.description, item.title.as_deref()),
        (&None, Some("A"))
    );
}
