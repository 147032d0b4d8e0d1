//! Tests of the rules for Hexo. URLs are those of Hexo 7.3 on a machine in the site's time zone.

use serde_json::json;
use syndicate_api::{FieldOrigin, ItemField};

use super::TestSite;

const DATE: &str = "date: 2024-03-01 10:00:00";

/// Returns the URL of the post `name` with this front matter, on a site with this config.
fn url(config: &str, name: &str, front: &str) -> Option<String> {
    TestSite::hexo(&format!("timezone: Europe/Oslo\n{config}"))
        .file(
            &format!("source/_posts/{name}"),
            format!("---\n{front}\n---\nx"),
        )
        .item()
        .url
}

#[test]
fn hexo_urls() {
    let hash = "permalink: ':category/:post_title-:hash.html'";
    let assets = "post_asset_folder: true\n";
    let parts = "permalink: ':lang/:i_month-:i_day-:hour-:minute-:second/:name'\n\
                 permalink_defaults: {lang: en}\ncategory_map: {Dev Ops: devops}\nfilename_case: 1";
    let sharp = format!("title: C# tips & Ünïcode\n{DATE}\ncategories: [Dev Ops, C Sharp]");
    let nested = format!("title: P\n{DATE}\ncategories: [[a, b], [c]]");
    for (config, name, front, path) in [
        ("", "a.md", DATE, "2024/03/01/a/"),
        (
            "",
            "sub/Inner Post.md",
            DATE,
            "2024/03/01/sub/Inner%20Post/",
        ),
        ("", "day.md", "date: 2024-03-01", "2024/03/01/day/"),
        (
            "",
            "slash.md",
            "date: 2024/3/1 23:30:00",
            "2024/03/01/slash/",
        ),
        ("", "p%20c 100%.md", DATE, "2024/03/01/p%20c%20100%25/"),
        (
            "",
            "own.md",
            "date: 2024-03-01\npermalink: my/own",
            "my/own",
        ),
        (
            "",
            "own.md",
            "date: 2024-03-01\npermalink: /my/own.html",
            "my/own.html",
        ),
        (
            assets,
            "own.md",
            "date: 2024-03-01\npermalink: my/own",
            "my/own/",
        ),
        // The `#` in the file name would end the path, so it is encoded.
        ("", "c#.md", DATE, "2024/03/01/c%23/"),
        (
            hash,
            "c#.md",
            &sharp,
            "Dev-Ops/C-Sharp/c-tips-unicode-99dfdd158372.html",
        ),
        (hash, "per%20cent 100%.md", &nested, "c/p-1b540dc3f5e8.html"),
        (
            hash,
            "dayonly.md",
            "title: Day\ndate: 2024-03-01",
            "uncategorized/day-5e57ed740a9c.html",
        ),
        (parts, "sub/n.md", DATE, "en/3-1-10-00-00/n"),
        (
            parts,
            "sub/n.md",
            "date: 2024-03-01\nlang: no",
            "no/3-1-00-00-00/n",
        ),
        (
            "permalink: ':category/:title/'\ncategory_map: {A: x y}\nfilename_case: 2",
            "t.md",
            "date: 2024-03-01\ncategory: A",
            "X-Y/t/",
        ),
        (
            "permalink: ':category/:title/'\ndefault_category: none",
            "t.md",
            DATE,
            "none/t/",
        ),
        (
            "permalink: posts/:abbrlink.html",
            "t.md",
            "date: 2024-03-01\nabbrlink: 4a17b156",
            "posts/4a17b156.html",
        ),
        (
            "permalink: posts/:title.html\npretty_urls: {trailing_html: false}",
            "t.md",
            DATE,
            "posts/t",
        ),
        (
            "permalink: :title/index.html\npretty_urls: {trailing_index: false}",
            "t.md",
            DATE,
            "t/",
        ),
        ("permalink: :title/index.html", "t.md", DATE, "t/index.html"),
        (
            "new_post_name: :year-:month-:day-:title.md",
            "2024-03-01-t.md",
            "title: x",
            "2024/03/01/t/",
        ),
    ] {
        let expected = format!("https://example.org/{path}");
        assert_eq!(
            url(config, name, front).as_deref(),
            Some(expected.as_str()),
            "{config} {name} {front}"
        );
    }
}

#[test]
fn hexo_url_uses_machine_zone() {
    for (date, path) in [
        ("2024-03-01 00:30:00 +08:00", "2024/02/29/t/"),
        ("2024-03-01T23:30:00Z", "2024/03/01/t/"),
        ("2024-03-01 07:30:00 +0800", "2024/03/01/t/"),
    ] {
        let site = TestSite::hexo("timezone: Asia/Shanghai")
            .file("source/_posts/t.md", format!("---\ndate: {date}\n---\n"));
        let item = site.item();
        assert_eq!(
            item.url,
            Some(format!("https://example.org/{path}")),
            "{date}"
        );
    }
}

#[test]
fn hexo_base_path_in_urls() {
    let site = TestSite::new()
        .file(
            "_config.yml",
            "url: https://example.org/blog/\nroot: /blog/\nper_page: 10\n",
        )
        .file("source/images/a.png", "")
        .file(
            "source/_posts/t.md",
            "---\ndate: 2024-03-01\naliases: [/old/, /blog/older]\n---\n![An A](/images/a.png)",
        );
    let item = site.item();
    assert_eq!(
        item.url.as_deref(),
        Some("https://example.org/blog/2024/03/01/t/")
    );
    assert_eq!(
        item.keys,
        [
            "https://example.org/blog/2024/03/01/t",
            "https://example.org/blog/old",
            "https://example.org/blog/older",
            "blog:source/_posts/t.md",
        ]
    );
    let image = item.image.unwrap();
    assert_eq!(
        image.url.as_deref(),
        Some("https://example.org/blog/images/a.png")
    );
    assert_eq!(image.file.as_deref(), Some("source/images/a.png"));
    assert_eq!(image.alt.as_deref(), Some("An A"));
    assert_eq!(site.scan().notes, [""; 0]);
}

#[test]
fn hexo_undated_post_gets_note() {
    let site = TestSite::hexo("").file("source/_posts/t.md", "---\ntitle: T\n---\n");
    let scan = site.scan();
    assert_eq!(
        (&scan.items[0].url, &scan.items[0].published),
        (&None, &None)
    );
    assert_eq!(scan.items[0].keys, ["blog:source/_posts/t.md"]);
    assert!(scan.notes[0].contains("`:year`"), "{:?}", scan.notes);
}

#[test]
fn hexo_drafts_and_hidden_files() {
    let scan = TestSite::hexo("skip_render: _posts/raw/**")
        .file("source/_posts/a.md", "---\ndate: 2024-03-01\n---\n")
        .file(
            "source/_posts/b.md",
            "---\ndate: 2024-03-01\npublished: false\n---\n",
        )
        .file("source/_posts/_partial.md", "no")
        .file("source/_posts/raw/x.md", "no")
        .file("source/_posts/c.txt", "no")
        .file("source/_posts/d.md~", "no")
        .file("source/_posts/.e.md.swp", "no")
        .file("source/about/index.md", "no")
        .file("source/_drafts/d.md", "just words")
        .scan();
    let found: Vec<(&str, bool)> = scan
        .items
        .iter()
        .map(|item| (item.label(), item.draft))
        .collect();
    assert_eq!(
        found,
        [
            ("source/_posts/a.md", false),
            ("source/_posts/b.md", true),
            ("source/_drafts/d.md", true),
        ]
    );
    assert_eq!(
        (scan.faults.as_slice(), scan.notes.as_slice()),
        (&[][..], &[][..])
    );
    assert_eq!(scan.items[2].origin[&ItemField::Draft], FieldOrigin::Path);
}

#[test]
fn hexo_config_has_site_metadata() {
    let item = TestSite::hexo(
        "title: My Site\nsubtitle: about it\ndescription:\nauthor: Ann\n\
         language: [zh_CN, en]\ntimezone: Asia/Shanghai",
    )
    .file("source/_posts/t.md", "---\ndate: 2024-03-01\n---\n")
    .item();
    let site = &item.site;
    assert_eq!(site.title.as_deref(), Some("My Site"));
    assert_eq!(site.description.as_deref(), Some("about it"));
    assert_eq!(site.url.as_deref(), Some("https://example.org"));
    assert_eq!(site.timezone.as_deref(), Some("Asia/Shanghai"));
    assert_eq!(item.author.as_deref(), Some("Ann"));
    assert_eq!(item.lang.as_deref(), Some("zh-CN"));
    assert_eq!(
        item.origin[&ItemField::Lang],
        FieldOrigin::Generator("language".to_owned())
    );
    assert_eq!(
        item.origin[&ItemField::Url],
        FieldOrigin::Permalink(":year/:month/:day/:title/".to_owned())
    );
}

#[test]
fn hexo_broken_config_names_line() {
    for (config, place) in [
        ("theme: [a\n", "_config.yml:"),
        ("title: a\ntitle: b\n", "_config.yml:4:"),
        (
            "timezone: Europe/Olso\n",
            "_config.yml:3: unknown time zone `Europe/Olso`",
        ),
    ] {
        let error = TestSite::hexo(config).try_scan().unwrap_err().to_string();
        assert!(error.contains(place), "{error}");
    }
}

#[test]
fn hexo_options_override_config() {
    let item = TestSite::hexo("timezone: Europe/Oslo\npermalink: p/:title/")
        .option("url", json!("https://other.example/x"))
        .option("permalink", json!("/:year/:title.html"))
        .option("timezone", json!("America/New_York"))
        .option("content", json!("source/_posts/en"))
        .file(
            "source/_posts/en/t.md",
            "---\ndate: 2024-03-01 09:00\n---\n",
        )
        .item();
    assert_eq!(
        item.url.as_deref(),
        Some("https://other.example/x/2024/t.html")
    );
    let published = item.published.unwrap().at.timestamp().to_string();
    assert_eq!(published, "2024-03-01T14:00:00Z");
}

#[test]
fn hexo_example_url_gets_note() {
    let site = TestSite::new()
        .file(
            "_config.yml",
            "url: http://example.com\nroot: /\nper_page: 10",
        )
        .file("source/_posts/t.md", "---\ndate: 2024-03-01\n---\n");
    let scan = site.scan();
    assert_eq!(scan.items[0].url, None);
    assert!(scan.notes[0].contains("`url`"), "{:?}", scan.notes);

    let site = TestSite::hexo("root: /blog/");
    assert!(site.scan().notes[0].contains("`root` is `/blog/`"));
}

#[test]
fn hexo_tag_string_is_one_tag() {
    for (tags, expected) in [
        ("a, b", &["a, b"][..]),
        ("[Rust, rust, 2024, '', C#]", &["Rust", "2024", "C#"]),
        ("", &[]),
    ] {
        let front = format!("---\ndate: 2024-03-01\ntags: {tags}\ncategories: [[x, y], z]\n---\n");
        let item = TestSite::hexo("").file("source/_posts/t.md", front).item();
        assert_eq!(item.tags, expected, "{tags}");
    }
}

#[test]
fn hexo_machine_zone_gets_note() {
    let notes = |config: &str, date: &str, zone: &str| {
        TestSite::hexo(config)
            .file("source/_posts/a.md", format!("---\ndate: {date}\n---\nx"))
            .scan_in(zone)
            .notes
    };
    let (early, noon) = ("2026-05-20 01:00:00", "2026-05-20 12:00:00");
    let (day, hour) = (
        "permalink: :year/:month/:day/:title/",
        "permalink: :hour/:title/",
    );
    let instant = "permalink: :timestamp/";
    for (pattern, date, zone) in [
        (day, noon, "UTC"),
        (day, early, "Asia/Tokyo"),
        (hour, noon, "Asia/Tokyo"),
        (instant, early, "UTC"),
        ("permalink: :title/", early, "UTC"),
    ] {
        let config = format!("{pattern}\ntimezone: Asia/Tokyo");
        assert_eq!(
            notes(&config, date, zone),
            [""; 0],
            "{pattern} {date} {zone}"
        );
    }
    for (pattern, date) in [(day, early), (hour, noon)] {
        let config = format!("{pattern}\ntimezone: Asia/Tokyo");
        let notes = notes(&config, date, "UTC");
        assert!(notes[0].contains("`TZ=Asia/Tokyo`"), "{notes:?}");
    }
    let unnamed = notes(instant, noon, "UTC");
    assert!(unnamed[0].contains("set `timezone` there"), "{unnamed:?}");
    assert_eq!(notes(day, early, "UTC"), [""; 0]);
}
