//! Selection of posts among pages, and posts that are held.

use jiff::Timestamp;
use serde_json::json;
use syndicate_api::Code;

use super::super::{TestSite, scan_at};
use super::{DATE, post, site};

/// Returns the names of the items among `pages`; a leading `:` marks an undated page.
fn post_names(config: &str, pages: &[&str]) -> Vec<String> {
    let site = pages.iter().fold(site(config), |site, page| {
        let (name, date) = match page.strip_prefix(':') {
            Some(name) => (name, ""),
            None => (*page, DATE),
        };
        let front = if name.contains("search") {
            "layout: search"
        } else {
            ""
        };
        site.file(
            &format!("content/{name}"),
            format!("---\ntitle: T\n{date}\n{front}\n---\n"),
        )
    });
    let scan = site.scan();
    assert_eq!(scan.faults, []);
    let labels = scan.items.iter().map(|item| item.label());
    labels
        .map(|label| label.trim_start_matches("content/").to_owned())
        .collect()
}

#[test]
fn posts_differ_from_other_pages() {
    let pages = [
        "about.md",
        ":search.md",
        "posts/_index.md",
        "posts/a.md",
        ":posts/undated.md",
        "posts/search.md",
        "posts/b/index.md",
        "posts/b/resource.md",
        "posts/b/deep/resource.md",
        "talks/t.md",
        ":talks/undated.md",
        "docs/d.md",
    ];
    let usual = [
        "posts/a.md",
        "posts/b/index.md",
        "posts/undated.md",
        "talks/t.md",
    ];
    assert_eq!(post_names("", &pages), usual);
    assert_eq!(
        post_names("mainSections: [talks]", &pages),
        ["talks/t.md", "talks/undated.md"]
    );
    assert_eq!(
        post_names("params: {mainSections: docs}", &pages),
        ["docs/d.md"]
    );

    // Without a section named like a blog, the section with the most pages counts.
    let pages = [":garden/a.md", ":garden/b.md", ":talks/c.md", "talks/d.md"];
    assert_eq!(
        post_names("", &pages),
        ["garden/a.md", "garden/b.md", "talks/d.md"]
    );

    // Without sections, dated pages are posts.
    assert_eq!(post_names("", &["a.md", ":b.md"]), ["a.md"]);
}

#[test]
fn ignored_files_are_skipped() {
    let pages = ["posts/a.md", "posts/a.ignore.md", "posts/wip/b.md"];
    let config = "ignoreFiles: ['\\.ignore\\.md$', '/wip/']";
    assert_eq!(post_names(config, &pages), ["posts/a.md"]);
}

#[test]
fn content_folder_from_config() {
    let front = format!("---\n{DATE}\n---\n");
    let site = site("contentDir: text").file("text/posts/a.md", &front);
    assert_eq!(
        site.item().url.as_deref(),
        Some("https://ex.org/Base/posts/a/")
    );

    let mounts = "module:\n  mounts:\n    - {source: ./writing/, target: content/posts}\n    \
                  - {source: static, target: static}";
    let site = super::site(mounts).file("writing/a.md", &front);
    assert_eq!(
        site.item().url.as_deref(),
        Some("https://ex.org/Base/posts/a/")
    );

    let mounts = "module:\n  mounts:\n    - {source: notes/a.md, target: content/posts/new.md}";
    let site = super::site(mounts)
        .option("content", json!("notes"))
        .file("notes/a.md", &front);
    assert_eq!(
        site.item().url.as_deref(),
        Some("https://ex.org/Base/posts/new/")
    );

    let site = super::site("")
        .option("content", json!("content/posts"))
        .file("content/posts/a.md", &front)
        .file("content/notes/b.md", &front);
    assert_eq!(
        site.item().url.as_deref(),
        Some("https://ex.org/Base/posts/a/")
    );
}

#[test]
fn unlisted_and_unrendered_pages_are_held() {
    for (front, code) in [
        ("headless: true", Some(Code::NotRendered)),
        ("outputs: [JSON, amp]", Some(Code::NotRendered)),
        ("outputs: [html, json]", None),
        ("build: {render: never}", Some(Code::NotRendered)),
        ("_build: {render: link}", Some(Code::NotRendered)),
        ("_build: {render: false}", Some(Code::NotRendered)),
        ("build: {list: never}", Some(Code::Unlisted)),
        ("build: {list: local, render: always}", None),
        ("expiryDate: 1969-12-31", Some(Code::Expired)),
        ("unpublishdate: 1969-12-31", Some(Code::Expired)),
        ("expiryDate: 2100-01-01", None),
        ("title: x", None),
    ] {
        let item = post(
            "buildExpired: true",
            "posts/a.md",
            &format!("{DATE}\n{front}"),
        );
        assert_eq!(item.hold.map(|(code, _)| code), code, "{front}");
        assert!(!item.draft, "{front}");
    }
    let disabled = post(
        "languages: {en: {}, fr: {disabled: true}}",
        "posts/a.fr.md",
        DATE,
    );
    assert_eq!(disabled.hold.map(|(code, _)| code), Some(Code::NotRendered));
}

#[test]
fn expired_page_is_held() {
    let site = site("timeZone: America/New_York").file(
        "content/posts/a.md",
        "---\ndate: 2026-01-01\nexpiryDate: 2026-05-08 12:00\n---\n",
    );
    for (now, held) in [
        ("2026-05-08T15:59:59Z", false),
        ("2026-05-08T16:00:01Z", true),
    ] {
        let now: Timestamp = now.parse().unwrap();
        let scan = scan_at(site.path(), &json!({}), now).unwrap();
        assert_eq!(scan.items[0].hold.is_some(), held, "{now}");
    }
    let site = super::site("").file(
        "content/posts/a.md",
        "---\ndate: 2026-01-01\nexpiryDate: soon\n---\n",
    );
    let fault = site.fault();
    assert!(fault.message.contains("`expirydate`"), "{fault}");
    assert_eq!(fault.line(), Some(3));
}

#[test]
fn author_in_params_is_read() {
    for front in [
        "params: {author: Ann Lee}",
        "params: {author: {name: Ann Lee}}",
    ] {
        let text = format!("---\n{DATE}\n{front}\n---\n");
        let item = site("").file("content/posts/a.md", text).item();
        assert_eq!(item.author.as_deref(), Some("Ann Lee"), "{front}");
    }
}

#[test]
fn cascade_values_reach_pages() {
    let site = |index: &str| -> TestSite {
        site("cascade: {params: {author: Site}}")
            .file("content/posts/_index.md", format!("---\n{index}\n---\n"))
            .file(
                "content/posts/deep/_index.md",
                "---\ncascade: {tags: [deep]}\n---\n",
            )
            .file("content/posts/deep/a.md", format!("---\n{DATE}\n---\n"))
    };
    let item = site("cascade: {draft: true, tags: [posts]}").item();
    assert!(item.draft);
    assert_eq!(item.tags, ["deep"]);
    assert_eq!(item.author.as_deref(), Some("Site"));
    assert!(!item.front.read().unwrap().contains_key("draft"));

    let item = site("cascade: {syndicate: {skip: [linkedin]}}").item();
    assert!(item.overrides.skip.contains("linkedin"));
    let item = site("cascade: [{target: {path: /other/**}, draft: true}]").item();
    assert!(!item.draft);
    let item = site("cascade: {build: {render: never}}").item();
    assert_eq!(item.hold.map(|(code, _)| code), Some(Code::NotRendered));

    let broken = site("cascade: [").fault();
    assert_eq!(broken.path.as_deref(), Some("content/posts/_index.md"));
}

#[test]
fn front_matter_after_blank_lines() {
    let scan = site("")
        .file(
            "content/posts/a.md",
            format!("\n\n---\ntitle: Secret\n{DATE}\nDraft: true\n---\nText.\n"),
        )
        .file(
            "content/posts/b.md",
            " \n+++\ntitle = 'Boats'\ndate = 2026-05-20\n+++\nText.\n",
        )
        .file(
            "content/posts/c.md",
            format!("------\ntitle: Ships\n{DATE}\n------\nText.\n"),
        )
        .file("content/posts/d.md", "")
        .scan();
    assert_eq!(scan.faults, []);
    let read = scan
        .items
        .iter()
        .map(|item| (item.title.as_deref(), item.draft));
    let expected = [
        (Some("Secret"), true),
        (Some("Boats"), false),
        (Some("Ships"), false),
    ];
    assert_eq!(read.collect::<Vec<_>>(), expected);
}

#[test]
fn duplicate_config_key_is_allowed() {
    let site = site("theme: a\ntheme: b").file("config/_default/params.yaml", "x: 1\nx: 2\n");
    let scan = site
        .file("content/posts/a.md", format!("---\n{DATE}\n---\n"))
        .scan();
    assert_eq!((scan.items.len(), scan.faults.len()), (1, 0));
}
