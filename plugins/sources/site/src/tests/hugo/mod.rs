//! Rules of Hugo. Expected URLs are those of Hugo 0.111, or of a later version where it differs.

mod languages;
mod pictures;
mod posts;

use serde_json::json;
use syndicate_api::{Code, FieldOrigin, Image, Item, ItemField};

use super::TestSite;

const DATE: &str = "date: 2024-03-05T23:30:00+01:00";

/// Returns a Hugo site with these lines in its config.
fn site(config: &str) -> TestSite {
    TestSite::new().file(
        "hugo.yaml",
        format!("baseURL: https://ex.org/Base/\n{config}"),
    )
}

/// Returns the only post of a site: the file `name` in the content, with this front matter.
fn post(config: &str, name: &str, front: &str) -> Item {
    site(config)
        .file(&format!("content/{name}"), format!("---\n{front}\n---\nx"))
        .item()
}

#[test]
fn urls_match_hugo() {
    let dated = "permalinks: {posts: '/:year/:month/:day/:slug/'}";
    let tokens = "permalinks:\n  posts: /:year-:yearday-:weekday-:weekdayname-:monthname/:section/\
                  :sections/:sections[last]/:filename/:slugorfilename/:title";
    let signs = format!("{DATE}\ntitle: \"C++ tips & TCP/IP: it's 100% 'x'\"");
    for (config, name, more, path) in [
        ("", "posts/Hello World.md", "", "posts/hello-world/"),
        ("", "posts/a+b c++.md", "", "posts/a+b-c++/"),
        ("", "posts/per%cent 100%.md", "", "posts/per%cent-100/"),
        ("", "posts/mermaid.js.md", "", "posts/mermaid.js/"),
        ("", "posts/Sub Dir/In Side.md", "", "posts/sub-dir/in-side/"),
        ("", "posts/bundle A/index.md", "", "posts/bundle-a/"),
        ("", "posts/a/index.md", "slug: b", "posts/b/"),
        ("", "posts/nested/index/index.md", "", "posts/nested/index/"),
        ("", "posts/x.de.md", "", "posts/x.de/"),
        (
            "",
            "posts/世界 你好.md",
            "",
            "posts/%E4%B8%96%E7%95%8C-%E4%BD%A0%E5%A5%BD/",
        ),
        (
            "",
            "posts/s.md",
            "slug: My Slug & Co/Two",
            "posts/my-slug-co/two/",
        ),
        ("", "posts/s.md", "SLUG: 2024", "posts/2024/"),
        ("", "posts/u.md", "url: /My/Own Page", "My/Own%20Page/"),
        ("", "posts/u.md", "url: rel/own.html", "rel/own.html"),
        ("", "posts/u.md", "url: /abs/v1.0/x/", "abs/v1.0/x/"),
        ("", "posts/u.md", "url: /abs2/v1.0", "abs2/v1.0"),
        ("", "posts/u.md", "url: /a/../b/index.html", "b/"),
        (
            "",
            "posts/u.md",
            "url: '/:year/:slug.html'\nslug: s",
            "2024/s.html",
        ),
        (
            dated,
            "posts/a.md",
            "slug: Own C++ Slug",
            "2024/03/05/own-c-slug/",
        ),
        (dated, "other/a.md", "", "other/a/"),
        (
            dated,
            "posts/a.md",
            &signs[DATE.len()..],
            "2024/03/05/c-tips-tcp-ip-its-100-x/",
        ),
        (
            tokens,
            "posts/deep/f.md",
            "title: My Ti.tle",
            "2024-65-2-tuesday-march/posts/posts/posts/f/f/my-ti.tle/",
        ),
        (
            "permalinks: {page: {posts: '/p/:02-:Jan/:contentbasename'}}",
            "posts/a/index.md",
            "",
            "p/05-mar/a/",
        ),
        (
            "permalinks: [{target: {path: '/posts/**'}, pattern: '/l\\:/:filename'}]",
            "posts/a.md",
            "",
            "l/a/",
        ),
        (
            "permalinks: {/: '/:filename'}\nmainSections: ['']",
            "a.md",
            "",
            "a/",
        ),
        ("uglyURLs: true", "posts/a b.md", "", "posts/a-b.html"),
        ("uglyURLs: {posts: true}", "posts/a.md", "", "posts/a.html"),
        ("uglyURLs: {posts: true}", "blog/a.md", "", "blog/a/"),
        ("disablePathToLower: true", "posts/A b.md", "", "posts/A-b/"),
        ("removePathAccents: true", "posts/é.md", "", "posts/e/"),
        (
            "frontmatter: {date: [':filename', ':default']}\npermalinks: {posts: '/:year/:slug/'}",
            "posts/2023-01-02-my-post.md",
            "title: T",
            "2023/my-post/",
        ),
    ] {
        let front = format!("{DATE}\n{more}");
        let expected = format!("https://ex.org/Base/{path}");
        let item = post(config, name, &front);
        assert_eq!(
            item.url.as_deref(),
            Some(expected.as_str()),
            "{config} {name}"
        );
    }
}

#[test]
fn undated_page_has_no_dated_url() {
    let scan = site("permalinks: {posts: '/:year/:slug/'}")
        .file("content/posts/a.md", "---\ntitle: T\n---\n")
        .scan();
    assert_eq!(scan.items[0].url, None);
    assert!(scan.notes[0].contains("`:year`"), "{:?}", scan.notes);
}

#[test]
fn front_matter_formats_and_key_case() {
    for text in [
        "---\nTitle: T\nDate: 2024-03-05\nTags: [a]\n---\n",
        "+++\ntitle = \"T\"\nDATE = 2024-03-05\ntags = [\"a\"]\n+++\n",
        "{\"title\": \"T\", \"date\": \"2024-03-05\", \"tags\": [\"a\"]}\n",
    ] {
        let item = site("").file("content/posts/a.md", text).item();
        assert_eq!(item.title.as_deref(), Some("T"), "{text}");
        assert_eq!(item.tags, ["a"], "{text}");
        let day = item.published.unwrap().at.date().to_string();
        assert_eq!(day, "2024-03-05", "{text}");
    }
}

#[test]
fn date_keys_from_config() {
    let from_name = "frontmatter: {date: [':filename', ':default']}";
    let own = "frontmatter: {date: [appeared]}";
    for (config, front, day) in [
        (
            "",
            "date: 2024-03-05\npublishDate: 2024-03-06",
            Some("2024-03-06"),
        ),
        ("", "date: 2024-03-05", Some("2024-03-05")),
        ("", "lastmod: 2024-03-07", Some("2024-03-07")),
        ("", "title: x", None),
        // `publishDate` has its own list of keys.
        (from_name, "date: 2024-03-05", Some("2024-03-05")),
        (from_name, "title: x", Some("2023-01-02")),
        (own, "appeared: 2022-01-01", Some("2022-01-01")),
        (
            "timeZone: Asia/Tokyo",
            "date: 2024-03-05 00:30",
            Some("2024-03-05"),
        ),
    ] {
        let item = post(config, "posts/2023-01-02-x.md", front);
        let found = item.published.map(|moment| moment.at.date().to_string());
        assert_eq!(found.as_deref(), day, "{config} {front}");
    }
}

#[test]
fn config_file_and_config_folders() {
    let site = |files: &[(&str, &str)]| {
        let site = TestSite::new().file("content/posts/A.md", format!("---\n{DATE}\n---\n"));
        files
            .iter()
            .fold(site, |site, (name, text)| site.file(name, text))
            .item()
    };
    for (files, url, title) in [
        (
            &[("config.toml", "BaseURL = 'https://a.ex/'\nTitle = 'A'")][..],
            "https://a.ex/posts/a/",
            Some("A"),
        ),
        (
            &[("hugo.json", "{\"baseURL\": \"https://a.ex/\"}")],
            "https://a.ex/posts/a/",
            None,
        ),
        (
            &[
                (
                    "config/_default/hugo.toml",
                    "baseURL = 'https://dev.ex/'\ntitle = 'D'",
                ),
                ("config/_default/permalinks.yaml", "posts: /p/:filename/"),
                ("config/_default/menus.en.toml", "[[broken"),
                ("config/production/config.yaml", "baseURL: https://live.ex/"),
                ("config/staging/config.yaml", "baseURL: https://no.ex/"),
            ],
            "https://live.ex/p/a/",
            Some("D"),
        ),
        (
            &[
                ("hugo.toml", "title = 'root'\nbaseURL = 'https://a.ex'"),
                ("config/_default/languages.en.toml", "title = 'English'"),
            ],
            "https://a.ex/posts/a/",
            Some("English"),
        ),
    ] {
        let item = site(files);
        assert_eq!(item.url.as_deref(), Some(url));
        assert_eq!(item.site.title.as_deref(), title, "{url}");
    }
}

#[test]
fn placeholder_url_is_ignored() {
    for address in ["https://example.org/", "/", "''"] {
        let site = TestSite::new()
            .file("hugo.yaml", format!("baseURL: {address}"))
            .file("content/posts/a.md", format!("---\n{DATE}\n---\n"));
        let scan = site.scan();
        assert_eq!(scan.items[0].url, None, "{address}");
        assert!(scan.notes[0].contains("`baseURL`"), "{:?}", scan.notes);
        let found = (crate::PLUGIN.detect)(site.path()).unwrap();
        assert!(found.notes[0].contains("`baseURL`"), "{:?}", found.notes);
    }
}

#[test]
fn broken_config_error_has_position() {
    for (name, text) in [
        ("hugo.toml", "title = 'x'\nbaseURL = "),
        ("config/_default/params.yaml", "a: b\na: c: d"),
        ("hugo.yaml", "ignoreFiles: ['[']"),
    ] {
        let site = TestSite::new().file(name, text);
        let error = site.try_scan().unwrap_err().to_string();
        let place = format!("{name}:2:");
        assert!(
            error.contains(&place) || error.contains("ignoreFiles"),
            "{error}"
        );
    }
}

#[test]
fn pictures_from_front_matter_and_bundle() {
    let image = |front: &str, files: &[&str]| {
        let files = files.iter().chain(&["static/img/s.png", "assets/a.png"]);
        let site = site("").file(
            "content/posts/b/index.md",
            format!("---\n{DATE}\n{front}\n---\n![B](body.png)"),
        );
        let item = files.fold(site, |site, file| site.file(file, "")).item();
        let origin = item.origin[&ItemField::Image].to_string();
        (item.image.unwrap(), origin)
    };
    let bundle = "content/posts/b/";
    for (front, files, url, file, origin) in [
        (
            "cover: {image: c.png, relative: true}",
            &["content/posts/b/c.png"][..],
            "posts/b/c.png",
            Some("content/posts/b/c.png"),
            "front matter `cover`",
        ),
        (
            "cover: {image: img/s.png}",
            &[],
            "img/s.png",
            Some("static/img/s.png"),
            "front matter `cover`",
        ),
        (
            "images: [a.png]",
            &[],
            "a.png",
            Some("assets/a.png"),
            "front matter `images`",
        ),
        (
            "featuredImage: gone.png",
            &[],
            "gone.png",
            None,
            "front matter `featured_image`",
        ),
        (
            "params: {image: /img/s.png}",
            &[],
            "img/s.png",
            Some("static/img/s.png"),
            "front matter `image`",
        ),
        (
            "resources: [{src: 'pics/*.jpg', name: featured-image}]",
            &["content/posts/b/pics/x.jpg", "content/posts/b/cover.png"],
            "posts/b/pics/x.jpg",
            Some("content/posts/b/pics/x.jpg"),
            "front matter `resources`",
        ),
        (
            "",
            &[
                "content/posts/b/cover.webp",
                "content/posts/b/My-Feature.png",
            ],
            "posts/b/My-Feature.png",
            Some("content/posts/b/My-Feature.png"),
            "file path",
        ),
        (
            "",
            &[],
            "posts/b/body.png",
            None,
            "first picture in the text",
        ),
    ] {
        let (found, from) = image(front, files);
        let expected = Image {
            url: Some(format!("https://ex.org/Base/{url}")),
            file: file.map(str::to_owned),
            alt: found.alt.clone(),
            missing: found.missing.clone(),
            drawing: None,
        };
        assert_eq!(
            (found, from.as_str()),
            (expected, origin),
            "{front} {bundle}"
        );
    }
}

#[test]
fn shortcodes_are_not_text() {
    let text = "{{< figure src=\"/img/x.png\" alt=\"An X\" caption=\"no\" >}}\n\
                {{% notice tip %}}\nRead *this*.\n{{% /notice %}}\n\
                {{< highlight go >}}\nfunc main() {}\n{{< /highlight >}}\n\
                See [it]({{< ref \"other.md\" >}}), {{< abbr \"x\" />}}{{/* a comment */}}done.\n\
                {{< tabs >}}{{< tab \"A\" >}}In a tab.{{< /tab >}}{{< /tabs >}}\n\
                Write `{{< x >}}`, {{</* y */>}}.\n";
    let item = site("")
        .file("content/posts/a.md", format!("---\n{DATE}\n---\n{text}"))
        .item();
    assert_eq!(
        item.description.as_deref(),
        Some("Read this. See it, done. In a tab. Write {{< x >}}, {{< y >}}.")
    );
    let image = item.image.unwrap();
    assert_eq!(image.url.as_deref(), Some("https://ex.org/Base/img/x.png"));
    assert_eq!(image.alt.as_deref(), Some("An X"));
}

#[test]
fn detected_options_need_no_edit() {
    let site = TestSite::new()
        .file("README.md", "")
        .file("exampleSite/config.yml", "baseURL: https://ex.org\n")
        .file(
            "exampleSite/content/posts/a.md",
            format!("---\n{DATE}\n---\n"),
        );
    let found = (crate::PLUGIN.detect)(site.path()).unwrap();
    assert_eq!(found.description, "Hugo site");
    assert_eq!(found.confidence, 90);
    assert_eq!(
        found.options,
        [("path".to_owned(), "exampleSite".to_owned())]
    );
    assert!(found.notes[0].contains("`posts`"), "{:?}", found.notes);
    let item = site.option("path", json!("exampleSite")).item();
    assert_eq!(item.url.as_deref(), Some("https://ex.org/posts/a/"));
    assert_eq!(item.path.as_deref(), Some("exampleSite/content/posts/a.md"));
    assert_eq!(item.origin[&ItemField::Url], FieldOrigin::Path);
    assert_eq!(item.hold.map(|(code, _)| code), None::<Code>);

    // A folder name with a colon must be quoted in YAML.
    let site = TestSite::new().file("2024: new/hugo.toml", "");
    let found = (crate::PLUGIN.detect)(site.path()).unwrap();
    let quoted = ("path".to_owned(), "\"2024: new\"".to_owned());
    assert_eq!(found.options, [quoted]);
}
