//! Tests of the rules for Next.js and Gatsby.

use serde_json::json;

use super::{TestSite, source};

const POST: &str =
    "---\ntitle: T\ndate: 2024-03-05\nspoiler: What it is about.\n---\nWords.\n\nMore.";

fn next(settings: &str) -> TestSite {
    TestSite::new()
        .file("next.config.mjs", format!("const nextConfig = {{ {settings} }};\nexport default withMDX(nextConfig);"))
        .file("data/siteMetadata.js", "const siteMetadata = { siteUrl: 'https://example.org', title: 'S', author: 'Ann', language: 'en-us' };\nmodule.exports = siteMetadata;")
}

fn gatsby(program: &str) -> TestSite {
    let config = "module.exports = { siteMetadata: { title: `S`, author: { name: `Ann` }, siteUrl: \
                  `https://example.org/` }, plugins: [] }";
    TestSite::new()
        .file("gatsby-config.js", config)
        .file("gatsby-node.js", program)
}

#[test]
fn nextjs_dynamic_route_gives_url() {
    for (page, settings, path, expected) in [
        (
            "pages/posts/[slug].js",
            "",
            "_posts/hello.md",
            "posts/hello",
        ),
        (
            "app/blog/[...slug]/page.tsx",
            "",
            "data/blog/a/b.mdx",
            "blog/a/b",
        ),
        (
            "src/app/(site)/[lang]/posts/[slug]/page.tsx",
            "",
            "content/posts/x/index.md",
            "en-us/posts/x",
        ),
        (
            "pages/[year]/[slug].tsx",
            "trailingSlash: true",
            "posts/My Post.md",
            "2024/My%20Post/",
        ),
        (
            "pages/posts/[slug].js",
            "basePath: '/b'",
            "_posts/hello.md",
            "b/posts/hello",
        ),
    ] {
        let item = next(settings)
            .file(page, "")
            .file("pages/tags/[tag].js", "")
            .file(path, POST)
            .item();
        let expected = format!("https://example.org/{expected}");
        assert_eq!(item.url, Some(expected), "{page} {path}");
        assert_eq!(item.description.as_deref(), Some("What it is about."));
        assert_eq!(item.author.as_deref(), Some("Ann"));
    }
}

#[test]
fn gatsby_file_path_is_url() {
    for (program, expected) in [
        ("const value = createFilePath({ node, getNode })", "hello/"),
        (
            "value = createFilePath({ node })\ncreateNodeField({ value: `/blog${value}` })",
            "blog/hello/",
        ),
    ] {
        let item = gatsby(program)
            .file("content/blog/hello/index.md", POST)
            .file("content/blog/hello/pic.png", "")
            .file("content/blog/undated.md", "---\ntitle: U\n---\n")
            .item();
        let expected = format!("https://example.org/{expected}");
        assert_eq!(item.url, Some(expected), "{program}");
        assert_eq!(item.site.title.as_deref(), Some("S"));
    }
}

#[test]
fn nextjs_without_route_needs_permalink() {
    let site =
        || gatsby("exports.createPages = () => {}").file("content/blog/hello/index.md", POST);
    let scan = site().scan();
    assert_eq!(scan.items[0].url, None);
    assert!(scan.notes[0].contains("`permalink`"), "{:?}", scan.notes);
    let given = site().option("permalink", json!("/:year/:slug/")).item();
    assert_eq!(
        given.url.as_deref(),
        Some("https://example.org/2024/hello/")
    );
    assert!(source(site().path(), &json!({"generator": "gatsby"})).is_ok());
}

#[test]
fn nextjs_picture_locations() {
    let image = |name: &str| {
        let text = format!("---\ndate: 2024-03-05\nimages: ['{name}']\n---\n");
        let site = next("")
            .file("pages/posts/[slug].js", "")
            .file("public/static/x.png", "");
        let site = site.file("posts/y.png", "").file("posts/a.md", text);
        let image = site.item().image.unwrap();
        (image.file.unwrap(), image.url)
    };
    let url = "https://example.org/static/x.png".to_owned();
    assert_eq!(
        image("/static/x.png"),
        ("public/static/x.png".to_owned(), Some(url))
    );
    assert_eq!(image("./y.png"), ("posts/y.png".to_owned(), None));
}

#[test]
fn nextjs_app_without_posts_is_undetected() {
    let found = (crate::PLUGIN.detect)(next("").path());
    assert_eq!(found, None);
    let blog = next("").file("_posts/a.md", POST);
    let found = (crate::PLUGIN.detect)(blog.path()).unwrap();
    assert_eq!(
        (found.description.as_str(), found.confidence),
        ("Next.js site", 100)
    );
    assert!(found.notes[0].contains("`permalink`"), "{:?}", found.notes);
}
