//! Tests of the rules for Astro.

use serde_json::json;
use syndicate_api::{Item, SourceScan};

use super::TestSite;

const COLLECTIONS: &str = "\
import { glob } from 'astro/loaders';
const blog = defineCollection({ loader: glob({ base: './src/content/blog', pattern: '**/*.{md,mdx}' }) });
const notes = defineCollection({ loader: glob({ base: './notes', pattern: '**/*.md' }) });
export const collections = { blog, notes };
";

/// Returns a site with additional settings.
fn astro(settings: &str) -> TestSite {
    let config = format!(
        "import {{ defineConfig }} from 'astro/config';\n\
         export default defineConfig({{ site: 'https://example.org', {settings} }});\n"
    );
    TestSite::new()
        .file("astro.config.mjs", config)
        .file("src/content.config.ts", COLLECTIONS)
        .file("src/pages/index.astro", "")
        .file("src/pages/tags/[tag].astro", "getCollection('blog')")
}

/// Returns the source of a page that renders a collection.
fn shows(collection: &str) -> String {
    format!("---\nconst posts = await getCollection('{collection}');\n---\n")
}

/// Returns the post at `path` with a date and the front matter `front`.
fn post(site: TestSite, path: &str, front: &str) -> Item {
    site.file(path, format!("---\ndate: 2024-03-05\n{front}\n---\nWords."))
        .item()
}

fn labels(scan: &SourceScan) -> Vec<&str> {
    scan.items.iter().map(|item| item.label()).collect()
}

#[test]
fn astro_collection_page_gives_url() {
    for (page, path, front, expected) in [
        (
            "blog/[...slug].astro",
            "src/content/blog/First Post.md",
            "",
            "blog/first-post/",
        ),
        (
            "blog/[...id].astro",
            "src/content/blog/2024/x/index.mdx",
            "",
            "blog/2024/x/",
        ),
        (
            "blog/[slug]/index.astro",
            "src/content/blog/a.md",
            "slug: own",
            "blog/own/",
        ),
        (
            "[...slug].astro",
            "src/content/blog/C# tips.md",
            "",
            "c-tips/",
        ),
        (
            "[year]/[month]/[slug].astro",
            "src/content/blog/2024-03-05-hello.md",
            "",
            "2024/03/hello/",
        ),
        (
            "[lang]/blog/[...slug].astro",
            "src/content/blog/en/hello.md",
            "",
            "en/blog/hello/",
        ),
        (
            "[category]/[slug].astro",
            "src/content/blog/a.md",
            "category: x",
            "x/a/",
        ),
    ] {
        let site = astro("").file(&format!("src/pages/{page}"), shows("blog"));
        let item = post(site, path, front);
        let expected = format!("https://example.org/{expected}");
        assert_eq!(item.url, Some(expected), "{page} {path}");
    }
    let site = astro("").file("src/pages/n/[id].astro", shows("notes"));
    let item = post(site, "notes/a.md", "");
    assert_eq!(item.url.as_deref(), Some("https://example.org/n/a/"));

    let item = post(astro(""), "src/pages/posts/a.md", "");
    assert_eq!(item.url.as_deref(), Some("https://example.org/posts/a/"));
}

#[test]
fn astro_config_sets_url_format() {
    for (settings, expected) in [
        ("base: '/b/'", "b/blog/a/"),
        ("trailingSlash: 'never'", "blog/a"),
        (
            "trailingSlash: 'always', build: { format: 'file' }",
            "blog/a/",
        ),
        ("build: { format: 'file' }", "blog/a.html"),
    ] {
        let site = astro(settings).file("src/pages/blog/[slug].astro", shows("blog"));
        let item = post(site, "src/content/blog/a.md", "");
        let expected = format!("https://example.org/{expected}");
        assert_eq!(item.url, Some(expected), "{settings}");
    }
}

#[test]
fn astro_without_route_page_needs_permalink() {
    let site = || astro("").file("src/content/blog/a.md", "---\ndate: 2024-03-05\n---\n");
    let scan = site().scan();
    assert_eq!(scan.items[0].url, None);
    assert!(
        scan.notes[0].contains("src/pages/blog/[...slug].astro"),
        "{:?}",
        scan.notes
    );
    assert!(scan.notes[0].contains("`permalink`"), "{:?}", scan.notes);

    let given = site()
        .option("permalink", json!("/:collection/:year/:slug"))
        .item();
    assert_eq!(
        given.url.as_deref(),
        Some("https://example.org/blog/2024/a")
    );
}

#[test]
fn astro_theme_pattern_is_used() {
    let theme = "site:\n  name: Wind\n  site: 'https://wind.example'\n  trailingSlash: true\n\
                 i18n: {language: en}\n\
                 apps: {blog: {post: {permalink: '/%category%/%year%/%slug%'}}}\n";
    let site = astro("").file("src/config.yaml", theme);
    let item = post(site, "src/data/post/A b.mdx", "category: My Cat");
    assert_eq!(
        item.url.as_deref(),
        Some("https://wind.example/my-cat/2024/a-b/")
    );
    assert_eq!(item.site.title.as_deref(), Some("Wind"));
    assert_eq!(item.lang.as_deref(), Some("en"));
}

#[test]
fn astro_posts_have_dates() {
    let dated = |key: &str| format!("---\n{key}: 2024-03-05\n---\n");
    let site = astro("")
        .file("src/content/blog/a.md", dated("pubDate"))
        .file("src/content/blog/b.mdx", dated("publishDate"))
        .file("src/content/blog/_c.md", dated("date"))
        .file("src/content/authors/ann.md", "---\nname: Ann\n---\n")
        .file("src/pages/about.md", "---\ntitle: About\n---\n")
        .file("src/components/d.md", dated("date"))
        .file("README.md", "");
    assert_eq!(
        labels(&site.scan()),
        ["src/content/blog/a.md", "src/content/blog/b.mdx"]
    );

    let chosen = site
        .option("content", json!("src/content/authors"))
        .option("permalink", json!("/by/:slug/"));
    let item = chosen.item();
    assert_eq!(item.url.as_deref(), Some("https://example.org/by/ann/"));

    for front in ["draft: true", "published: false", "isDraft: true"] {
        assert!(
            post(astro(""), "src/content/blog/a.md", front).draft,
            "{front}"
        );
    }
}

#[test]
fn astro_pictures_by_all_references() {
    for (front, file, url) in [
        ("image: ./pic.png", "src/content/blog/pic.png", None),
        ("heroImage: ../../assets/x.png", "src/assets/x.png", None),
        ("image: '~/assets/x.png'", "src/assets/x.png", None),
        ("image: '@/assets/x.png'", "src/assets/x.png", None),
        (
            "cover: {src: '@assets/x.png', alt: A}",
            "src/assets/x.png",
            None,
        ),
        (
            "coverImage: {src: /src/assets/x.png}",
            "src/assets/x.png",
            None,
        ),
        (
            "ogImage: /og.png",
            "public/og.png",
            Some("https://example.org/og.png"),
        ),
        (
            "ogImage: {url: og.png}",
            "public/og.png",
            Some("https://example.org/og.png"),
        ),
    ] {
        let site = astro("")
            .file("src/content/blog/pic.png", "")
            .file("src/assets/x.png", "")
            .file("public/og.png", "");
        let image = post(site, "src/content/blog/a.md", front).image.unwrap();
        assert_eq!(
            (image.file.as_deref(), image.url.as_deref()),
            (Some(file), url),
            "{front}"
        );
    }
    let gone = post(
        astro(""),
        "src/content/blog/a.md",
        "image: ../../assets/gone.png",
    );
    let gone = gone.image.unwrap();
    assert_eq!((gone.url, gone.file), (None, None));
    assert_eq!(gone.missing.unwrap().get().line(), Some(3));
    let remote = post(
        astro(""),
        "src/content/blog/a.md",
        "image: //host.example/x.png",
    );
    let url = remote.image.unwrap().url;
    assert_eq!(url.as_deref(), Some("https://host.example/x.png"));
}

#[test]
fn astro_components_are_not_text() {
    let text = "---\npubDate: 25 Aug 2024\n---\nimport Chart from '../Chart.astro';\n\n\
                <Chart data={x} />\n\n## Head\n\n:::note\n{/* why */}One *two*.\n:::\n\nThree.\n";
    let item = astro("").file("src/content/blog/a.mdx", text).item();
    assert_eq!(item.description.as_deref(), Some("One two."));
    assert_eq!(item.published.unwrap().at.date().to_string(), "2024-08-25");
}

#[test]
fn astro_theme_files_have_metadata() {
    let site = TestSite::new()
        .file(
            "astro.config.ts",
            "import { SITE } from './src/config';\nexport default defineConfig({ site: SITE.website });\n",
        )
        .file(
            "src/config.ts",
            "export const SITE = {\n  website: 'https://example.org/', author: 'Ann', title: 'T', \
             desc: 'D', lang: 'en',\n};\n",
        )
        .file("src/pages/posts/[slug].astro", "getPosts()");
    let item = post(site, "src/content/posts/a.md", "");
    assert_eq!(item.url.as_deref(), Some("https://example.org/posts/a/"));
    assert_eq!(item.author.as_deref(), Some("Ann"));
    assert_eq!(item.site.title.as_deref(), Some("T"));
    assert_eq!(item.site.description.as_deref(), Some("D"));
    assert_eq!(item.lang.as_deref(), Some("en"));
}

#[test]
fn astro_dates_in_file_names() {
    let site = astro("")
        .file("src/pages/blog/[...id].astro", shows("blog"))
        .file(
            "src/content/blog/2026-05-20-by-name.md",
            "---\ntitle: A\n---\n",
        )
        .file(
            "src/content/blog/2026-05-21-bundle/index.md",
            "---\ntitle: B\n---\n",
        )
        .file(
            "src/content/blog/2026/05/22/folder.md",
            "---\ntitle: C\n---\n",
        )
        .file("src/content/blog/2026/about.md", "---\ntitle: D\n---\n");
    let scan = site.scan();
    let dates: Vec<String> = scan
        .items
        .iter()
        .map(|item| item.published.as_ref().unwrap().at.date().to_string())
        .collect();
    assert_eq!(dates, ["2026-05-20", "2026-05-21", "2026-05-22"]);
    let urls: Vec<_> = scan
        .items
        .iter()
        .map(|item| item.url.clone().unwrap())
        .collect();
    assert_eq!(urls[1], "https://example.org/blog/2026-05-21-bundle/");
}
