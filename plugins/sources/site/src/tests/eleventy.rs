//! Tests of the rules for Eleventy. URLs and dates are those of Eleventy 3.1.

use serde_json::json;
use syndicate_api::{Code, FieldOrigin, Item, ItemField, SourceScan};

use super::TestSite;

const CONFIG: &str = "module.exports = function (config) {\n  return { dir: { input: \"src\" }, \
                      pathPrefix: \"/pre/\" };\n};\n";

const SITE: &str = "{\"url\": \"https://example.org\", \"title\": \"S\", \"language\": \"en\", \
                    \"author\": {\"name\": \"Ann\"}}";

fn eleventy() -> TestSite {
    TestSite::new()
        .file(".eleventy.js", CONFIG)
        .file("src/_data/metadata.json", SITE)
}

/// Returns the page at `path` with this front matter, on a site with these data files.
fn page(data: &[(&str, &str)], path: &str, front: &str) -> Item {
    let site = data
        .iter()
        .fold(eleventy(), |site, (path, text)| site.file(path, text));
    site.file(path, format!("---\n{front}\n---\nx")).item()
}

fn labels(scan: &SourceScan) -> Vec<&str> {
    scan.items.iter().map(|item| item.label()).collect()
}

#[test]
fn eleventy_urls() {
    let posts = "tags: posts";
    for (path, front, expected) in [
        (
            "src/posts/2018-05-01-dated.md",
            "",
            "posts/2018-05-01-dated/",
        ),
        ("src/posts/dup/dup.md", "", "posts/dup/"),
        (
            "src/posts/2020-01-02-folder/index.md",
            "",
            "posts/2020-01-02-folder/",
        ),
        (
            "src/posts/2020-01-03-dd/dd.md",
            "",
            "posts/2020-01-03-dd/dd/",
        ),
        (
            "src/posts/2020-01-03-ee/2020-01-03-ee.md",
            "",
            "posts/2020-01-03-ee/",
        ),
        (
            "src/posts/My Post & C#.md",
            "",
            "posts/My%20Post%20&%20C%23/",
        ),
        ("src/Ünï.md", posts, "%C3%9Cn%C3%AF/"),
        (
            "src/posts/perm.md",
            "title: A B\npermalink: \"/p/{{ title | slug }}/{{ page.fileSlug }}/\"",
            "p/a-b/perm/",
        ),
        (
            "src/posts/x.md",
            "permalink: \"p2/{{ page.date | date: '%Y/%m' }}/x.html\"\ndate: 2021-03-04",
            "p2/2021/03/x.html",
        ),
        ("src/posts/x.md", "permalink: /p3/index.html", "p3/"),
        (
            "src/posts/x.md",
            "permalink: \"{{ page.filePathStem }}.html\"",
            "posts/x.html",
        ),
        (
            "src/posts/x.md",
            "permalink: '/{{ page.date | date: \"%b-%-d\" }}/{{ slug }}/'\n\
             date: 2021-03-04 23:30:00 -4\nslug: sl",
            "Mar-5/sl/",
        ),
        ("src/posts/x.md", "permalink: {build: /b/}", "b/"),
    ] {
        let item = page(&[], path, front);
        let expected = format!("https://example.org/pre/{expected}");
        assert_eq!(item.url, Some(expected), "{path} {front}");
    }
}

#[test]
fn eleventy_data_files_apply_by_folder() {
    let folder = (
        "src/d/d.json",
        "{\"tags\": [\"posts\", \"t\"], \"permalink\": \"/dd/{{ page.fileSlug }}/\"}",
    );
    let script = (
        "src/d/d.11tydata.js",
        "module.exports = {\n  tags: [\"posts\"],\n  permalink: \"/js/{{ page.fileSlug }}/\",\n};",
    );
    let file = ("src/d/a.11tydata.json", "{\"permalink\": \"/own/\"}");
    for (data, front, expected) in [
        (&[folder][..], "", "dd/a/"),
        (&[folder, script], "", "js/a/"),
        (&[folder, script, file], "", "own/"),
        (&[folder], "permalink: ''", "d/a/"),
        (&[folder], "permalink: /front/", "front/"),
    ] {
        let item = page(data, "src/d/a.md", front);
        let expected = format!("https://example.org/pre/{expected}");
        assert_eq!(item.url, Some(expected), "{data:?} {front}");
    }
    let draft = ("src/d/d.json", "{\"tags\": \"posts\", \"draft\": true}");
    assert!(page(&[draft], "src/d/a.md", "").draft);
}

#[test]
fn eleventy_computed_permalink_has_no_url() {
    let function = "module.exports = {tags: 'posts', permalink: (data) => `/${data.x}/`};";
    let method =
        "module.exports = {tags: 'posts', eleventyComputed: {permalink(data) { return x(); }}};";
    for (data, front) in [
        (&[("src/d/d.11tydata.js", function)][..], ""),
        (&[("src/d/d.11tydata.js", method)], ""),
        (&[], "tags: posts\npermalink: \"/{{ page.date | own }}/\""),
        (&[], "tags: posts\npermalink: \"/{{ missing }}/\""),
        (
            &[],
            "tags: posts\ntitle: C#\npermalink: \"/{{ title | ownSlug }}/\"",
        ),
        (&[], "tags: posts\npermalink: \"/{% if x %}a{% endif %}/\""),
    ] {
        let site = data
            .iter()
            .fold(eleventy(), |site, (path, text)| site.file(path, text));
        let scan = site
            .file("src/d/a.md", format!("---\n{front}\n---\nx"))
            .scan();
        assert_eq!(scan.items[0].url, None, "{data:?} {front}");
        assert!(scan.notes[0].contains("it has no URL"), "{:?}", scan.notes);
    }
    // The program is not needed if the page has a permalink or the user sets a pattern.
    let data = ("src/d/d.11tydata.js", function);
    let own = page(&[data], "src/d/a.md", "permalink: /own/").url;
    assert_eq!(own.as_deref(), Some("https://example.org/pre/own/"));
    let site = eleventy()
        .option("permalink", json!("/:year/:slug/"))
        .file(data.0, data.1);
    let item = site.file("src/d/2024-01-02-a.md", "Text.\n").item();
    assert_eq!(item.url.as_deref(), Some("https://example.org/pre/2024/a/"));
}

#[test]
fn eleventy_posts_by_tag_or_folder() {
    let blog = eleventy()
        .file("src/index.md", "Text.\n")
        .file("src/about.md", "---\ntags: nav\n---\n")
        .file("src/blog/index.md", "Text.\n")
        .file("src/blog/a.md", "Text.\n")
        .file("src/blog/b/index.md", "Text.\n")
        .file("src/notes/c.md", "---\ntags: [x, post]\n---\n")
        .file("src/_includes/blog/d.md", "Text.\n")
        .file("_site/blog/e.md", "Text.\n")
        .file("src/blog/ignored.md", "Text.\n")
        .file("src/.eleventyignore", "ignored.md\n");
    let posts = ["src/blog/a.md", "src/blog/b/index.md", "src/notes/c.md"];
    assert_eq!(labels(&blog.scan()), posts);

    // If a data file tags posts, pages without the tag are not posts.
    let tagged = blog.file("src/notes/notes.json", "{\"tags\": [\"posts\"]}");
    assert_eq!(labels(&tagged.scan()), ["src/notes/c.md"]);

    let chosen = eleventy()
        .option("content", json!("src/thoughts"))
        .file("src/thoughts/a.md", "Text.\n")
        .file("src/blog/b.md", "Text.\n");
    let scan = chosen.scan();
    assert_eq!(labels(&scan), ["src/thoughts/a.md"]);
    let url = scan.items[0].url.as_deref();
    assert_eq!(url, Some("https://example.org/pre/thoughts/a/"));
}

#[test]
fn eleventy_excluded_pages_are_held() {
    let hold = |front: &str| {
        page(&[], "src/posts/a.md", front)
            .hold
            .map(|(code, _)| code)
    };
    assert_eq!(hold("title: T"), None);
    assert_eq!(hold("permalink: false"), Some(Code::NotRendered));
    assert_eq!(
        hold("eleventyExcludeFromCollections: true"),
        Some(Code::Unlisted)
    );
    assert!(page(&[], "src/posts/a.md", "draft: true").draft);
}

#[test]
fn eleventy_javascript_front_matter_is_parsed() {
    let script = |text: &str| eleventy().file("src/posts/a.md", format!("---js\n{text}\n---\nx"));
    for text in [
        "const title = \"T\";\nconst draft = true;\nconst date = \"2023-01-23\";",
        "{\n  title: \"T\", draft: true, date: \"2023-01-23\",\n}",
    ] {
        let item = script(text).item();
        assert_eq!(item.title.as_deref(), Some("T"));
        assert!(item.draft && item.published.unwrap().day_only);
        assert_eq!(
            item.origin[&ItemField::Draft],
            FieldOrigin::FrontMatter("draft".to_owned())
        );
    }
    let fault = script("const title = \"T\";\nconst draft = isDraft();").fault();
    assert_eq!(
        (fault.path.as_deref(), fault.line()),
        (Some("src/posts/a.md"), Some(3))
    );
    assert!(
        fault.message.contains("`draft` is computed by JavaScript"),
        "{}",
        fault.message
    );
}

#[test]
fn eleventy_tags_dates_and_metadata() {
    let item = page(&[], "src/posts/2024-03-05-a.md", "tags: another tag");
    assert_eq!(item.tags, ["another tag"]);
    assert_eq!(
        item.published.unwrap().at.to_string(),
        "2024-03-05T00:00:00+00:00[UTC]"
    );
    assert_eq!(item.author.as_deref(), Some("Ann"));
    assert_eq!(
        (item.site.title.as_deref(), item.lang.as_deref()),
        (Some("S"), Some("en"))
    );

    let item = page(
        &[],
        "src/posts/a.md",
        "tags: [posts, nav, Real]\ndate: git Last Modified",
    );
    assert_eq!(item.tags, ["Real"]);
    assert_eq!(item.published, None);
    let script = "export default { url: \"https://example.net/\", title: \"T\" };";
    let site = TestSite::new()
        .file("eleventy.config.js", "export default function () {}")
        .file("_data/metadata.js", script)
        .file("posts/a.md", "One.\n\nTwo.");
    let item = site.item();
    assert_eq!(item.url.as_deref(), Some("https://example.net/posts/a/"));
    assert_eq!(item.description.as_deref(), Some("One."));
}

#[test]
fn eleventy_excerpt_separator_is_used() {
    let config = "module.exports = (c) => {\n  c.setFrontMatterParsingOptions({excerpt: true, \
                  excerpt_separator: '<!-- cut -->'});\n};";
    let item = TestSite::new()
        .file(".eleventy.js", config)
        .file("posts/a.md", "One.\n\nTwo.\n\n<!-- cut -->\n\nThree.")
        .item();
    assert_eq!(item.description.as_deref(), Some("One. Two."));
}

#[test]
fn eleventy_picture_locations() {
    let config = "module.exports = (c) => { c.addPassthroughCopy({'./assets/': '/'}); };";
    let image = |name: &str| {
        let site = TestSite::new()
            .file(".eleventy.js", config)
            .file("_data/site.json", "{\"url\": \"https://example.org\"}")
            .file("assets/img/x.png", "")
            .file("posts/a/y.png", "")
            .file("posts/a/index.md", format!("---\nimage: {name}\n---\n"));
        let image = site.item().image.unwrap();
        (image.file.unwrap(), image.url.unwrap())
    };
    for (name, file, url) in [
        (
            "/img/x.png",
            "assets/img/x.png",
            "https://example.org/img/x.png",
        ),
        (
            "./y.png",
            "posts/a/y.png",
            "https://example.org/posts/a/y.png",
        ),
    ] {
        assert_eq!(image(name), (file.to_owned(), url.to_owned()));
    }
}

#[test]
fn eleventy_computed_permalink_overrides_others() {
    let folder = (
        "src/d/d.json",
        "{\"tags\": \"posts\", \"eleventyComputed\": {\"permalink\": \"/c/{{ page.fileSlug }}/\"}}",
    );
    let script = (
        "src/d/d.11tydata.js",
        "export default {tags: 'posts', permalink: '/lit/', eleventyComputed: {permalink: '/s/'}};",
    );
    let global = (
        "src/_data/eleventyComputed.js",
        "export default {permalink: '/g/{{ page.fileSlug }}/'};",
    );
    let own =
        "tags: posts\ntitle: A B\neleventyComputed:\n  permalink: /own/{{ title | slugify }}/";
    for (data, front, expected) in [
        (&[folder][..], "", "c/a/"),
        (&[folder], "permalink: /front/", "c/a/"),
        (&[folder], own, "own/a-b/"),
        (&[script], "", "s/"),
        (&[global], "tags: posts", "g/a/"),
    ] {
        let item = page(data, "src/d/a.md", front);
        let expected = format!("https://example.org/pre/{expected}");
        assert_eq!(item.url, Some(expected), "{data:?} {front}");
    }
    let item = page(
        &[folder],
        "src/d/a.md",
        "eleventyComputed: {permalink: false}",
    );
    assert_eq!(item.hold.unwrap().0, Code::NotRendered);

    let both = (
        "src/d/d.11tydata.js",
        "export default {tags: 'posts', permalink: '/lit/', eleventyComputed: {permalink: (d) => d.x}};",
    );
    let title = "tags: posts\neleventyComputed: {permalink: '/{{ title }}/', title: '{{ x }}'}";
    for (data, front) in [(&[both][..], "permalink: /a/"), (&[], title)] {
        assert_eq!(
            page(data, "src/d/a.md", front).url,
            None,
            "{data:?} {front}"
        );
    }
}

#[test]
fn eleventy_reads_only_md() {
    let site = || eleventy().file("src/posts/a.markdown", "---\ntitle: A\n---\nx");
    let scan = site().scan();
    assert_eq!(scan.items.len(), 0);
    assert!(scan.notes[0].contains("`.markdown`"), "{:?}", scan.notes);
    let config = "module.exports = (c) => { c.addExtension(['markdown'], {key: 'md'}); return {dir: {input: 'src'}}; };";
    let scan = site().file(".eleventy.js", config).scan();
    assert_eq!(labels(&scan), ["src/posts/a.markdown"]);
}

#[test]
fn eleventy_flags_of_scripts() {
    let package = r#"{"scripts": {"build": "eleventy --input=src --pathprefix=/pre/"}, "devDependencies": {"@11ty/eleventy": "3"}}"#;
    let site = TestSite::new().file("package.json", package);
    let item = site
        .file("src/_data/metadata.json", SITE)
        .file("src/posts/a.md", "x")
        .item();
    assert_eq!(
        item.url.as_deref(),
        Some("https://example.org/pre/posts/a/")
    );
}

#[test]
fn eleventy_layouts_have_data() {
    let post =
        "---\nlayout: base\npermalink: /l/{{ page.fileSlug }}/\ntags: posts\n---\n{{ content }}";
    let base = "---\ndraft: true\npermalink: /base/\n---\n{{ content }}";
    let layouts = [
        ("src/_includes/post.njk", post),
        ("src/_includes/base.njk", base),
    ];
    let item = page(&layouts, "src/d/a.md", "layout: post.njk");
    assert_eq!(item.url.as_deref(), Some("https://example.org/pre/l/a/"));
    assert!(item.draft);
    let folder = ("src/d/d.json", r#"{"layout": "post", "permalink": "/d/"}"#);
    let item = page(&[layouts[0], folder], "src/d/a.md", "");
    assert_eq!(item.url.as_deref(), Some("https://example.org/pre/d/"));
    assert!(!item.draft);
}
