//! URLs of posts, as `Jekyll::URL` builds them.

use serde_json::json;
use syndicate_api::Code;

use super::super::TestSite;
use super::{jekyll, post};

#[test]
fn urls_match_jekyll() {
    for (config, path, front, expected) in [
        ("", "_posts/2024-03-05-a.md", "", "2024/03/05/a.html"),
        ("", "_posts/2024-3-5-a.md", "", "2024/03/05/a.html"),
        ("", "_posts/24-3-5-a.html", "", "2024/03/05/a.html"),
        (
            "",
            "_posts/2024-03-06-utc.md",
            "date: 2024-03-07 01:30:00",
            "2024/03/06/utc.html",
        ),
        (
            "",
            "_posts/2024-03-08-late.md",
            "date: 2024-03-08 23:30:00 -0800",
            "2024/03/09/late.html",
        ),
        (
            "",
            "_posts/2024-03-13-Case_Is Kept & C++ (x).y.md",
            "",
            "2024/03/13/Case_Is-Kept-&-C++-(x).y.html",
        ),
        (
            "",
            "_posts/2024-03-14-Ünï-世界.md",
            "",
            "2024/03/14/%C3%9Cn%C3%AF-%E4%B8%96%E7%95%8C.html",
        ),
        (
            "",
            "_posts/2024-03-23-hash#tag%20x.md",
            "",
            "2024/03/23/hash-tag-20x.html",
        ),
        (
            "",
            "_posts/2024-03-25-trail.dots...md",
            "",
            "2024/03/25/trail.dots.html",
        ),
        (
            "",
            "_posts/2024-03-18-x.md",
            "slug: My Slug_x.y!",
            "2024/03/18/My-Slug_x.y!.html",
        ),
        (
            "",
            "_posts/sub/2024-03-15-x.md",
            "categories: x Y z",
            "x/y/z/2024/03/15/x.html",
        ),
        (
            "",
            "foo/_posts/2024-03-16-x.md",
            "category: Some Thing",
            "foo/some%20thing/2024/03/16/x.html",
        ),
        (
            "",
            "foo/Bar Baz/_posts/2024-03-17-x.md",
            "categories: [A b, \"C#\", 3]",
            "foo/bar%20baz/a%20b/c%23/3/2024/03/17/x.html",
        ),
        (
            "",
            "_posts/2024-03-28-x.md",
            "categories: [a, A, b/c, \"x y\"]",
            "a/b/c/x%20y/2024/03/28/x.html",
        ),
        (
            "",
            "_posts/2024-03-19-x.md",
            "permalink: /:year/x/:title",
            "2024/x/x",
        ),
        (
            "",
            "_posts/2024-03-20-x.md",
            "permalink: foo bar/x.html",
            "foo%20bar/x.html",
        ),
        ("", "_posts/2024-03-21-x.md", "permalink: /abs/", "abs/"),
        (
            "permalink: pretty",
            "_posts/2024-03-05-a.md",
            "",
            "2024/03/05/a/",
        ),
        (
            "permalink: ordinal",
            "_posts/2024-03-05-a.md",
            "",
            "2024/065/a.html",
        ),
        (
            "permalink: weekdate",
            "_posts/2024-03-05-a.md",
            "",
            "2024/W10/Tue/a.html",
        ),
        (
            "permalink: none",
            "_posts/2024-03-05-a.md",
            "category: c",
            "c/a.html",
        ),
        (
            "permalink: /:short_year-:i_month-:i_day/:slugified_categories/:slug:output_ext",
            "_posts/2024-03-05-A_b.md",
            "categories: [X & Y]",
            "24-3-5/x-y/a-b.html",
        ),
        (
            "collections: {posts: {permalink: /p/:title/}}\npermalink: pretty",
            "_posts/2024-03-05-a.md",
            "",
            "p/a/",
        ),
        (
            "defaults: [{scope: {path: _posts/n}, values: {permalink: /n/:title/}}]",
            "_posts/n/2024-03-05-a.md",
            "",
            "n/a/",
        ),
        (
            "defaults: [{values: {categories: [n]}}]",
            "_posts/2024-03-05-a.md",
            "categories: m",
            "n/m/2024/03/05/a.html",
        ),
        (
            "source: src",
            "src/_posts/2024-03-05-a.md",
            "",
            "2024/03/05/a.html",
        ),
        (
            "collections_dir: all",
            "all/_posts/2024-03-05-a.md",
            "",
            "2024/03/05/a.html",
        ),
    ] {
        let item = post(config, path, front);
        let expected = format!("https://example.org/b/{expected}");
        assert_eq!(item.url, Some(expected), "{config} {path} {front}");
    }
}

#[test]
fn named_collection_contains_posts() {
    let site = |config: &str, path: &str| {
        jekyll(config)
            .option("content", json!(path.split('/').next()))
            .file(path, "---\ntitle: N\n---\n")
            .item()
    };
    for (config, path, expected) in [
        (
            "collections: {r: {output: true}}",
            "_r/sub/a-b.md",
            "r/sub/a-b.html",
        ),
        (
            "collections: {n: {output: true, permalink: '/n/:name/:title:output_ext'}}",
            "_n/My_Note.md",
            "n/my-note/My_Note.html",
        ),
        (
            "collections: {r: {output: true}}\npermalink: pretty",
            "_r/a.md",
            "r/a/",
        ),
    ] {
        let item = site(config, path);
        let expected = format!("https://example.org/b/{expected}");
        assert_eq!(item.url, Some(expected), "{config} {path}");
        assert_eq!(item.hold, None);
    }
    let (code, why) = site("collections: {r: {}}", "_r/a.md").hold.unwrap();
    assert_eq!(code, Code::NotRendered);
    assert!(why.contains("collections.r.output"), "{why}");
}

#[test]
fn shared_redirects_are_allowed() {
    let scan = jekyll("")
        .file(
            "_posts/2026-05-20-a.md",
            "---\ntitle: A\nredirect_from: [/old/, /2026/05/21/b.html]\n---\n",
        )
        .file(
            "_posts/2026-05-21-b.md",
            "---\ntitle: B\nredirect_from: /old\n---\n",
        )
        .scan();
    assert_eq!(scan.faults, []);
    let keys: Vec<_> = scan.items.iter().map(|item| item.keys.clone()).collect();
    assert_eq!(keys[0].len(), 2, "{keys:?}");
    assert_eq!(keys[1].len(), 2, "{keys:?}");
}

#[test]
fn default_time_zone_is_local() {
    let site = |config: &str| {
        TestSite::new()
            .file(
                "_config.yml",
                format!("url: https://example.org\nplugins: []\n{config}"),
            )
            .file(
                "_posts/2026-05-20-a.md",
                "---\ndate: 2026-05-20 23:30:00 +0000\n---\n",
            )
    };
    for (config, zone, expected) in [
        ("", "Asia/Tokyo", "2026/05/21/a.html"),
        ("", "UTC", "2026/05/20/a.html"),
        ("timezone: UTC", "Asia/Tokyo", "2026/05/20/a.html"),
    ] {
        let scan = site(config).scan_in(zone);
        let expected = format!("https://example.org/{expected}");
        assert_eq!(scan.items[0].url, Some(expected), "{config} {zone}");
    }
}
