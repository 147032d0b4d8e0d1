//! Tests of the rules for Pelican. URLs are those of Pelican 4.12.

use serde_json::json;
use syndicate_api::{Code, FieldOrigin, Item, ItemField, SourceScan};

use super::TestSite;

const CONFIG: &str = "\
AUTHOR = 'Ann Lee'
SITEURL = ''
PATH = 'content'
TIMEZONE = 'Europe/Rome'
DEFAULT_LANG = 'en'
ARTICLE_URL = '{category}/{date:%Y}/{date:%b}/{date:%d}/{slug}-{lang}-{author}.html'
";

const PUBLISH: &str = "from pelicanconf import *\nSITEURL = 'https://example.org'\n";

/// Returns a site with additional lines in its settings.
fn pelican(settings: &str) -> TestSite {
    TestSite::new()
        .file("pelicanconf.py", format!("{CONFIG}{settings}"))
        .file("publishconf.py", PUBLISH)
        .file("content/.keep", "")
}

/// Returns the article at `path` with this header.
fn article(settings: &str, path: &str, header: &str) -> Item {
    pelican(settings)
        .file(path, format!("{header}\n\nBody\n"))
        .item()
}

fn labels(scan: &SourceScan) -> Vec<&str> {
    scan.items.iter().map(|item| item.label()).collect()
}

#[test]
fn pelican_urls() {
    let named = r"FILENAME_METADATA = r'(?P<date>\d{4}-\d{2}-\d{2})-(?P<slug>.*)'";
    let title = "Title: T\nDate: 2024-03-05";
    for (settings, path, header, expected) in [
        (
            named,
            "2024-03-05-from-name.md",
            "Title: X",
            "misc/2024/Mar/05/from-name-en-ann-lee.html",
        ),
        (
            named,
            "2024-03-05-x.md",
            "Title: X\nSlug: own\nDate: 2024-04-01 23:30",
            "misc/2024/Apr/01/own-en-ann-lee.html",
        ),
        (
            "",
            "news/a.md",
            "Title: C# & Friends: don’t\nDate: 2024-03-05 10:00\nAuthors: Doe, Jane; Roe, R",
            "news/2024/Mar/05/c-friends-dont-en-doe-jane.html",
        ),
        (
            "EXTRA_PATH_METADATA = {'news/deep': {'category': 'lost', 'author': 'Bo'}}",
            "news/deep/b.md",
            "title: Über straße\ndate: 2024-03-05 23:30:00-05:00",
            "deep/2024/Mar/05/uber-strasse-en-bo.html",
        ),
        (
            "",
            "c.md",
            "Title: Cat\nDate: 2024-03-05\nCategory: My Cat",
            "my-cat/2024/Mar/05/cat-en-ann-lee.html",
        ),
        (
            "",
            "h.md",
            "Title: Lang\nDate: 2024-03-05\nLang: it",
            "lang-it.html",
        ),
        (
            "",
            "i.md",
            "Title: Own\nDate: 2024-03-05\nURL: own/x.html",
            "own/x.html",
        ),
        (
            "ARTICLE_URL = '{slug}/'\nSLUGIFY_SOURCE = 'basename'",
            "My File.md",
            title,
            "my-file/",
        ),
        ("ARTICLE_URL = '{path}'", "a/b.md", title, "a/b.md"),
        (
            "ARTICLE_URL = '{series}/{slug}.html'",
            "a.md",
            &format!("{title}\nSeries: one"),
            "one/t.html",
        ),
        (
            "ARTICLE_URL = '{category}/{slug}'\nDEFAULT_CATEGORY = 'Main'\n\
             USE_FOLDER_AS_CATEGORY = False",
            "a/b.md",
            title,
            "main/t",
        ),
        (
            "DEFAULT_DATE = (2020, 2, 1)\nDEFAULT_METADATA = {'category': 'x'}",
            "a.md",
            "Title: T",
            "misc/2020/Feb/01/t-en-ann-lee.html",
        ),
        (
            "PATH_METADATA = r'(?P<slug>.*)/index\\.md'\nARTICLE_URL = '{slug}/'",
            "2024/x/index.md",
            title,
            "2024/x/",
        ),
    ] {
        let item = article(settings, &format!("content/{path}"), header);
        let expected = format!("https://example.org/{expected}");
        assert_eq!(item.url, Some(expected), "{settings} {path} {header}");
    }
}

#[test]
fn pelican_permalink_option_wins() {
    for (pattern, expected) in [
        ("/:year/:slug/", "https://example.org/2024/t/"),
        ("{date:%Y}/{slug}", "https://example.org/2024/t"),
    ] {
        let item = pelican("")
            .option("permalink", json!(pattern))
            .file("content/a.md", "Title: T\nDate: 2024-03-05\n\n")
            .item();
        assert_eq!(item.url.as_deref(), Some(expected), "{pattern}");
    }
}

#[test]
fn pelican_cyrillic_title_gives_latin_slug() {
    let scan = pelican("")
        .file(
            "content/a.md",
            "Title: Ночь, улица\nDate: 2024-03-05\n\nBody",
        )
        .scan();
    let expected = "https://example.org/misc/2024/Mar/05/noch-ulitsa-en-ann-lee.html";
    assert_eq!(scan.items[0].url.as_deref(), Some(expected));
}

#[test]
fn pelican_old_setting_names_are_read() {
    let item = TestSite::new()
        .file("pelican.conf.py", CONFIG)
        .file("publishconf.py", PUBLISH)
        .file("content/a.md", "Title: T\nDate: 2024-03-05\n\nBody")
        .item();
    let expected = "https://example.org/misc/2024/Mar/05/t-en-ann-lee.html";
    assert_eq!(item.url.as_deref(), Some(expected));
}

#[test]
fn pelican_articles_exclude_page_folders() {
    let article = "Title: T\nDate: 2024-03-05\nSlug: SLUG\n\n";
    let text = |slug: &str| article.replace("SLUG", slug);
    let scan = pelican("ARTICLE_EXCLUDES = ['old/']")
        .file("content/a.md", text("a"))
        .file("content/blog/b.markdown", text("b"))
        .file("content/pages/about.md", text("about"))
        .file("content/old/c.md", text("c"))
        .file("content/notes.md", "No header at all")
        .file("other/d.md", text("d"))
        .scan();
    assert_eq!(scan.faults, []);
    assert_eq!(labels(&scan), ["content/a.md", "content/blog/b.markdown"]);

    let scan = pelican("ARTICLE_PATHS = ['blog', 'blog/deep', 'news']")
        .file("content/a.md", text("a"))
        .file("content/blog/deep/b.md", text("b"))
        .file("content/news/c.md", text("c"))
        .scan();
    assert_eq!(
        labels(&scan),
        ["content/blog/deep/b.md", "content/news/c.md"]
    );
}

#[test]
fn pelican_drafts_are_not_sent() {
    let held = |header: &str| {
        let item = article("", "content/a.md", header);
        (item.draft, item.hold.map(|(code, _)| code))
    };
    let complete = "Title: T\nDate: 2024-03-05\n";
    assert_eq!(held(complete.trim_end()), (false, None));
    for status in ["draft", "Hidden", "skip"] {
        assert_eq!(
            held(&format!("{complete}Status: {status}")),
            (true, None),
            "{status}"
        );
    }
    assert_eq!(held("Title: T"), (false, Some(Code::NotRendered)));
    assert_eq!(held("Date: 2024-03-05"), (false, Some(Code::NotRendered)));
    let drafts = "DEFAULT_METADATA = {'status': 'draft'}";
    assert!(article(drafts, "content/a.md", complete.trim_end()).draft);
}

#[test]
fn pelican_header_gives_every_field() {
    let text = "Title: Two\n    lines\nDate: 2024-03-05 10:00\nModified: 2024-03-06\n\
                Tags: a, b c; d\nAuthors: Jane Doe, R. Roe\nSummary: one\n    two *x*\nLang: it\n\
                Cover: {static}/images/x y.png\n\nBody";
    let item = pelican("")
        .file("content/images/x y.png", "")
        .file("content/a.md", text)
        .item();
    assert_eq!(item.title.as_deref(), Some("Two lines"));
    assert_eq!(
        item.published.unwrap().at.to_string(),
        "2024-03-05T10:00:00+01:00[Europe/Rome]"
    );
    assert!(item.updated.unwrap().day_only);
    assert_eq!(item.tags, ["a, b c", "d"]);
    assert_eq!(item.author.as_deref(), Some("Jane Doe, R. Roe"));
    assert_eq!(item.description.as_deref(), Some("one two x"));
    assert_eq!(item.lang.as_deref(), Some("it"));
    assert_eq!(
        item.origin[&ItemField::Title],
        FieldOrigin::FrontMatter("title".to_owned())
    );
    let image = item.image.unwrap();
    assert_eq!(image.file.as_deref(), Some("content/images/x y.png"));
    assert_eq!(
        image.url.as_deref(),
        Some("https://example.org/images/x%20y.png")
    );
}

#[test]
fn pelican_picture_references() {
    for (name, url) in [
        (
            "{static}/images/x.png",
            Some("https://example.org/images/x.png"),
        ),
        (
            "{filename}../images/x.png",
            Some("https://example.org/images/x.png"),
        ),
        (
            "|filename|/images/x.png",
            Some("https://example.org/images/x.png"),
        ),
        ("{attach}../images/x.png", None),
        ("/images/x.png", Some("https://example.org/images/x.png")),
    ] {
        let image = pelican("")
            .file("content/images/x.png", "")
            .file(
                "content/b/a.md",
                format!("Title: T\nDate: 2024-03-05\n\n![x]({name})"),
            )
            .item()
            .image
            .unwrap();
        assert_eq!(
            image.file.as_deref(),
            Some("content/images/x.png"),
            "{name}"
        );
        assert_eq!(image.url.as_deref(), url, "{name}");
    }
}

#[test]
fn pelican_summary_by_setting_or_marker() {
    let body = "![i](/x.png) Before.\n\n<!-- PELICAN_BEGIN_SUMMARY -->\nOne two three four.\n\nFive.\n\
                <!-- PELICAN_END_SUMMARY -->\n\nAfter";
    let plain = "One two three four.\n\nFive.";
    let description = |settings: &str, body: &str| {
        let text = format!("Title: T\nDate: 2024-03-05\n\n{body}");
        pelican(settings)
            .file("content/a.md", text)
            .item()
            .description
            .unwrap()
    };
    assert_eq!(description("", body), "One two three four. Five.");
    assert_eq!(description("", plain), "One two three four. Five.");
    assert_eq!(
        description("SUMMARY_MAX_LENGTH = 3", plain),
        "One two three…"
    );
    assert_eq!(
        description("SUMMARY_MAX_LENGTH = 30", plain),
        "One two three four. Five."
    );
    assert_eq!(
        description("SUMMARY_MAX_PARAGRAPHS = 1", plain),
        "One two three four."
    );
    let own = "SUMMARY_END_MARKER = '<!--cut-->'";
    assert_eq!(description(own, "One\n\n<!--cut-->\n\ntwo"), "One");
}

#[test]
fn pelican_computed_settings_get_note() {
    let scan = TestSite::new()
        .file(
            "pelicanconf.py",
            "import os\nSITEURL = os.environ['URL']\nTHEME = find()\n",
        )
        .file("content/a.md", "Title: T\nDate: 2024-03-05\n\n")
        .scan();
    assert_eq!(scan.items[0].url, None);
    assert_eq!(scan.notes.len(), 2, "{:?}", scan.notes);
    assert!(
        scan.notes[0].contains("`SITEURL` is not set"),
        "{:?}",
        scan.notes
    );
    assert!(
        scan.notes[1].contains("`SITEURL` on line 2 of `pelicanconf.py`"),
        "{:?}",
        scan.notes
    );

    let wrong = TestSite::new().file("pelicanconf.py", "TIMEZONE = 'Nowhere/City'");
    let error = wrong.try_scan().unwrap_err().to_string();
    assert!(
        error.contains("pelicanconf.py:1: unknown time zone"),
        "{error}"
    );
}

#[test]
fn pelican_header_with_carriage_returns_is_rejected() {
    let site = TestSite::new()
        .file("pelicanconf.py", "SITEURL = 'https://example.org'\n")
        .file("content/a.md", "Title: T\rStatus: draft\r\rbody\r")
        .file("content/b.md", "Title: T\rStatus: draft\n\nbody\n");
    let faults = site.scan().faults;
    assert_eq!(faults.len(), 2, "{faults:?}");
    for fault in faults {
        assert!(fault.message.contains("carriage return"), "{fault}");
    }
}
