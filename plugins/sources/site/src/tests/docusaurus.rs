//! Tests of the rules for Docusaurus.

use serde_json::json;
use syndicate_api::{Code, Item, ItemField};

use super::TestSite;

const PRESET: &str = "presets: [['classic', {docs: false, blog: {showReadingTime: true}}]]";

/// Returns a Docusaurus site with these members in its config.
fn site(config: &str) -> TestSite {
    TestSite::new().file(
        "docusaurus.config.js",
        format!(
            "module.exports = {{\n  url: 'https://ex.org', baseUrl: '/base/',\n  {config}\n}};\n"
        ),
    )
}

fn post(config: &str, name: &str, front: &str) -> Item {
    site(config)
        .file(name, format!("---\ntitle: T\n{front}\n---\nx"))
        .item()
}

#[test]
fn docusaurus_urls() {
    let news =
        "presets: [['@docusaurus/preset-classic', {blog: {path: './news', routeBasePath: '/'}}]]";
    let two = "presets: ['classic'], plugins: [['@docusaurus/plugin-content-blog', \
               {id: 'b', path: 'dev', routeBasePath: 'dev/log'}]]";
    let slash = &format!("trailingSlash: true, {PRESET}");
    let none = &format!("trailingSlash: false, {PRESET}");
    for (config, name, front, path) in [
        (
            PRESET,
            "blog/2021-01-02-My_post.md",
            "",
            "blog/2021/01/02/My_post",
        ),
        (
            PRESET,
            "blog/2021-1-2-x.mdx",
            "date: 2020-05-05",
            "blog/2021/1/2/x",
        ),
        (
            PRESET,
            "blog/2021-01-02-x/index.md",
            "",
            "blog/2021/01/02/x",
        ),
        (PRESET, "blog/2021/01/02/x.md", "", "blog/2021/01/02/x"),
        (
            PRESET,
            "blog/2021/2021-01-02-x.md",
            "",
            "blog/2021/01/02/2021/x",
        ),
        (PRESET, "blog/2021-01-02.md", "", "blog/2021/01/02/"),
        (PRESET, "blog/folder/x.md", "", "blog/folder/x"),
        (PRESET, "blog/2015-es2015+.md", "", "blog/2015-es2015+"),
        (PRESET, "blog/2021-01-02-x.md", "slug: own", "blog/own"),
        (
            PRESET,
            "blog/2021-01-02-x.md",
            "slug: /own/slug/",
            "blog/own/slug/",
        ),
        (news, "news/2021-01-02-x.md", "", "2021/01/02/x"),
        (two, "dev/2021-01-02-x.md", "", "dev/log/2021/01/02/x"),
        (two, "blog/2021-01-02-x.md", "", "blog/2021/01/02/x"),
        (slash, "blog/2021-01-02-x.md", "", "blog/2021/01/02/x/"),
        (none, "blog/2021-01-02-x.md", "slug: own/", "blog/own"),
    ] {
        let item = post(config, name, front);
        let expected = format!("https://ex.org/base/{path}");
        assert_eq!(
            item.url.as_deref(),
            Some(expected.as_str()),
            "{config} {name} {front}"
        );
    }
}

#[test]
fn docusaurus_dates_by_origin() {
    for (name, front, instant) in [
        ("blog/2021-01-02-x.md", "", Some("2021-01-02T00:00:00Z")),
        (
            "blog/2021-01-02-x.md",
            "date: 2021-03-04 05:06",
            Some("2021-03-04T05:06:00Z"),
        ),
        ("blog/2021/1/2-x.md", "", Some("2021-01-02T00:00:00Z")),
        (
            "blog/x.md",
            "date: '\u{a0}2021-03-04'",
            Some("2021-03-04T00:00:00Z"),
        ),
        // JavaScript accepts days beyond the end of a month.
        (
            "blog/x.md",
            "date: 2017-02-29 11:00:00",
            Some("2017-03-01T11:00:00Z"),
        ),
        ("blog/x.md", "created: 2021-01-02", None),
    ] {
        let item = post(PRESET, name, front);
        let found = item
            .published
            .map(|moment| moment.at.timestamp().to_string());
        assert_eq!(found.as_deref(), instant, "{name} {front}");
    }
    let fault = site(PRESET)
        .file("blog/x.md", "---\ndate: 2017-02-32\n---\n")
        .fault();
    assert!(fault.message.contains("`date`"), "{fault}");
}

#[test]
fn docusaurus_docs_are_not_posts() {
    let scan = site(PRESET)
        .file("docs/intro.md", "x")
        .file("src/pages/about.md", "x")
        .file("README.md", "x")
        .file("blog/_partial.mdx", "x")
        .file("blog/_drafts/x.md", "x")
        .file("blog/2021-01-02-a.md", "---\ndraft: true\n---\n")
        .file("blog/2021-01-02-b.md", "---\nunlisted: true\n---\n")
        .file("blog/2021-01-02-c.mdx", "---\n---\n")
        .scan();
    let found: Vec<_> = scan
        .items
        .iter()
        .map(|item| {
            (
                item.label(),
                item.draft,
                item.hold.as_ref().map(|(code, _)| *code),
            )
        })
        .collect();
    assert_eq!(
        found,
        [
            ("blog/2021-01-02-a.md", true, None),
            ("blog/2021-01-02-b.md", false, Some(Code::Unlisted)),
            ("blog/2021-01-02-c.mdx", false, None),
        ]
    );
}

#[test]
fn docusaurus_author_and_tag_keys() {
    let front = "authors: [ann, {name: Bob}, {key: cy, title: Dr}, Dan]\ntags: [js, {label: Hello, \
                 permalink: /x}, other]";
    let item = site(PRESET)
        .file(
            "blog/authors.yml",
            "ann:\n  name: Ann Onym\ncy: {name: Cy}\n",
        )
        .file(
            "blog/tags.yml",
            "js:\n  label: JavaScript\n  permalink: /js\n",
        )
        .file("blog/2021-01-02-x.md", format!("---\n{front}\n---\n"))
        .item();
    assert_eq!(item.author.as_deref(), Some("Ann Onym, Bob, Cy, Dan"));
    let keys = item.authors.iter().map(|author| author.key.as_deref());
    assert!(
        keys.eq([Some("ann"), None, Some("cy"), None]),
        "{:?}",
        item.authors
    );
    assert_eq!(item.tags, ["JavaScript", "Hello", "other"]);

    let scan = site(PRESET)
        .file("blog/authors.yml", "ann: [")
        .file("blog/2021-01-02-x.md", "---\nauthors: ann\n---\n")
        .scan();
    assert_eq!(scan.items[0].author.as_deref(), Some("ann"));
    assert!(scan.notes[0].contains("authors.yml"), "{:?}", scan.notes);
}

#[test]
fn docusaurus_picture_locations() {
    let image = |front: &str, body: &str| {
        let item = site(PRESET)
            .file(
                "blog/2021-01-02-x/index.mdx",
                format!("---\n{front}\n---\n{body}"),
            )
            .file("blog/2021-01-02-x/own.png", "")
            .file("static/img/s.png", "")
            .file("assets/a.png", "")
            .item();
        let from = item.origin.get(&ItemField::Image).map(ToString::to_string);
        let image = item.image.unwrap_or_default();
        (image.url, image.file, from.unwrap_or_default())
    };
    let stat = Some("https://ex.org/base/img/s.png");
    let text = "first picture in the text";
    for (front, body, url, file, from) in [
        (
            "image: img/s.png",
            "",
            stat,
            Some("static/img/s.png"),
            "front matter `image`",
        ),
        (
            "image: /img/s.png",
            "",
            stat,
            Some("static/img/s.png"),
            "front matter `image`",
        ),
        (
            "image: ./own.png",
            "",
            None,
            Some("blog/2021-01-02-x/own.png"),
            "front matter `image`",
        ),
        (
            "image: img/gone.png",
            "",
            Some("https://ex.org/base/img/gone.png"),
            None,
            "front matter `image`",
        ),
        (
            "",
            "![](own.png)",
            None,
            Some("blog/2021-01-02-x/own.png"),
            text,
        ),
        (
            "",
            "![](@site/static/img/s.png)",
            stat,
            Some("static/img/s.png"),
            text,
        ),
        (
            "",
            "![](@site/assets/a.png)",
            None,
            Some("assets/a.png"),
            text,
        ),
        (
            "",
            "<img src={require('./own.png').default} />",
            None,
            Some("blog/2021-01-02-x/own.png"),
            text,
        ),
        (
            "",
            "<img src={useBaseUrl('/img/s.png')}/>",
            stat,
            Some("static/img/s.png"),
            text,
        ),
    ] {
        let expected = (
            url.map(str::to_owned),
            file.map(str::to_owned),
            from.to_owned(),
        );
        assert_eq!(image(front, body), expected, "{front} {body}");
    }
}

#[test]
fn docusaurus_description_is_first_line() {
    for (text, description) in [
        (
            "import X from 'x';\n\n:::note\n\nOne.\nMore.\n\n:::\n\nTwo.",
            "One.",
        ),
        ("One.\n\nTwo.\n\n{/* truncate */}\n\nThree.", "One."),
        ("One.\n\nTwo.\n\n<!--truncate-->\n\nThree.", "One."),
    ] {
        let item = site(PRESET).file("blog/2021-01-02-x.mdx", text).item();
        assert_eq!(item.description.as_deref(), Some(description), "{text}");
    }
}

#[test]
fn docusaurus_config_has_site_metadata() {
    let item = post(
        &format!(
            "title: 'My `Site`', tagline: \"It's\", i18n: {{defaultLocale: 'pt-BR', locales: []}}, {PRESET}"
        ),
        "blog/2021-01-02-x.md",
        "",
    );
    assert_eq!(item.site.title.as_deref(), Some("My `Site`"));
    assert_eq!(item.site.description.as_deref(), Some("It's"));
    assert_eq!(item.site.url.as_deref(), Some("https://ex.org/base"));
    assert_eq!(item.lang.as_deref(), Some("pt-BR"));
}

#[test]
fn docusaurus_computed_config_gets_note() {
    for config in [
        "export default createConfig();",
        "export default {url: process.env.URL, baseUrl: '/'};",
        "export default {url: 'https://your-docusaurus-site.example.com', presets: ['classic']};",
    ] {
        let site = TestSite::new()
            .file("docusaurus.config.ts", config)
            .file("blog/2021-01-02-x.md", "x");
        let scan = site.scan();
        assert_eq!(scan.items[0].url, None, "{config}");
        assert!(scan.notes[0].contains("set `url`"), "{:?}", scan.notes);
        let item = site.option("url", json!("https://ex.org")).item();
        assert_eq!(
            item.url.as_deref(),
            Some("https://ex.org/blog/2021/01/02/x"),
            "{config}"
        );
    }
    let scan = site("presets: [['classic', {blog: {path: '../blog'}}]]").scan();
    assert!(scan.notes[0].contains("`../blog`"), "{:?}", scan.notes);
}

#[test]
fn docusaurus_site_in_subfolder_is_detected() {
    let site = TestSite::new()
        .file("README.md", "")
        .file("src/main.rs", "")
        .file(
            "website/docusaurus.config.js",
            format!("module.exports = {{url: 'https://ex.org', baseUrl: '/', {PRESET}}}"),
        )
        .file("website/blog/2021-01-02-x.md", "x");
    let found = (crate::PLUGIN.detect)(site.path()).unwrap();
    assert_eq!(
        (found.description.as_str(), found.confidence),
        ("Docusaurus site", 90)
    );
    assert_eq!(found.options, [("path".to_owned(), "website".to_owned())]);
    assert_eq!(found.notes, [""; 0]);
    let item = site.option("path", json!("website")).item();
    assert_eq!(
        item.url.as_deref(),
        Some("https://ex.org/blog/2021/01/02/x")
    );
}
