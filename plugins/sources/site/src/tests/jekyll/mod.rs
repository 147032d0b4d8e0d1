//! Rules of Jekyll. Expected URLs, dates and tags are those of Jekyll 4.3 in the time zone of New York.

mod urls;

use syndicate_api::{FieldOrigin, Item, ItemField, SourceScan};

use super::TestSite;

/// Returns a Jekyll site with these lines in its config.
fn jekyll(config: &str) -> TestSite {
    let config = format!(
        "url: https://example.org\nbaseurl: /b\ntimezone: America/New_York\nplugins: []\n{config}"
    );
    TestSite::new().file("_config.yml", config)
}

/// Returns the post at `path` with this front matter, on a site with this config.
fn post(config: &str, path: &str, front: &str) -> Item {
    let text = format!("---\n{front}\n---\nBody **text** one\ntwo.\n\nSecond paragraph.\n");
    jekyll(config).file(path, text).item()
}

fn labels(scan: &SourceScan) -> Vec<&str> {
    scan.items.iter().map(|item| item.label()).collect()
}

#[test]
fn posts_are_dated_files() {
    let post = "---\ntitle: T\n---\n";
    let scan = jekyll("exclude: [_posts/private, old]\nshow_drafts: true")
        .file("_posts/2024-03-01-a.md", post)
        .file("_posts/2024-03-02-no-front-matter.md", "words")
        .file("_posts/undated.md", post)
        .file("_posts/_hidden/2024-03-03-a.md", post)
        .file("_posts/private/2024-03-04-a.md", post)
        .file("_drafts/idea.md", post)
        .file("news/_posts/2024-03-05-a.markdown", post)
        .file("old/_posts/2024-03-06-a.md", post)
        .file("_layouts/_posts/2024-03-07-a.md", post)
        .file("vendor/bundle/x/_posts/2024-03-08-a.md", post)
        .file("about.md", post)
        .file("_notes/2024-03-09-a.md", post)
        .scan();
    assert_eq!(scan.faults, []);
    assert_eq!(
        labels(&scan),
        [
            "_drafts/idea.md",
            "_posts/2024-03-01-a.md",
            "_posts/2024-03-02-no-front-matter.md",
            "news/_posts/2024-03-05-a.markdown",
        ]
    );
    let drafts: Vec<bool> = scan.items.iter().map(|item| item.draft).collect();
    assert_eq!(drafts, [true, false, false, false]);
}

#[test]
fn titles_tags_authors_match_jekyll() {
    let item = post(
        "",
        "_posts/2024-03-05-edge-case-no-yaml-title.md",
        "tags: a b",
    );
    assert_eq!(item.title.as_deref(), Some("Edge Case No Yaml Title"));
    assert_eq!(item.origin[&ItemField::Title], FieldOrigin::Path);
    assert_eq!(item.tags, ["a", "b"]);
    assert_eq!(post("", "_posts/2024-03-05-a.md", "tag: a b").tags, ["a b"]);

    let authors = "ann: {name: Ann Lee}\n";
    let site = |config: &str, front: &str| {
        jekyll(config)
            .file("_data/authors.yml", authors)
            .file("_posts/2024-03-05-a.md", format!("---\n{front}\n---\n"))
            .item()
            .author
    };
    assert_eq!(site("", "author: ann").as_deref(), Some("Ann Lee"));
    assert_eq!(site("author: ann", "").as_deref(), Some("Ann Lee"));
    assert_eq!(site("author: {name: Bo}", "").as_deref(), Some("Bo"));
    assert_eq!(
        site("", "author: [Cy, ann]").as_deref(),
        Some("Cy, Ann Lee")
    );
}

#[test]
fn description_ends_at_excerpt_separator() {
    let body = "# Head\n\n![x]({{ '/x.png' | relative_url }})\n{: .wide}\n\nOne {{ page.word }} \
                [two](/x){:target=\"_blank\"}.\n\nThree\n\n<!--end-->\n\nFour\n";
    let site = |config: &str, front: &str| {
        jekyll(config)
            .file("x.png", "")
            .file(
                "_posts/2024-03-05-a.md",
                format!("---\nword: w\n{front}\n---\n{body}"),
            )
            .item()
    };
    let item = site("", "");
    assert_eq!(item.description.as_deref(), Some("One w two."));
    assert_eq!(
        item.origin[&ItemField::Description],
        FieldOrigin::Body("first paragraph".to_owned())
    );
    let image = item.image.unwrap();
    assert_eq!(image.url.as_deref(), Some("https://example.org/b/x.png"));
    assert_eq!(image.file.as_deref(), Some("x.png"));

    let separator = "excerpt_separator: <!--end-->";
    for (config, front) in [(separator, ""), ("", separator)] {
        let item = site(config, front);
        assert_eq!(
            item.description.as_deref(),
            Some("One w two. Three"),
            "{config} {front}"
        );
    }
    let own = site("", "excerpt: Mine\nsubtitle: Not mine");
    assert_eq!(own.description.as_deref(), Some("Mine"));
}

#[test]
fn pictures_from_defaults_and_includes() {
    let site = |config: &str, front: &str, body: &str| {
        jekyll(config)
            .file("assets/a b.png", "")
            .file(
                "_posts/2024-03-05-a.md",
                format!("---\n{front}\n---\n{body}"),
            )
            .item()
            .image
            .and_then(|image| Some((image.file?, image.url?)))
    };
    let there = Some((
        "assets/a b.png".to_owned(),
        "https://example.org/b/assets/a%20b.png".to_owned(),
    ));
    for front in [
        "image: /assets/a b.png",
        "image: assets/a b.png",
        "image: {path: /assets/a b.png, height: 100}",
        "header: {teaser: /assets/a b.png}",
        "header: {overlay_image: /b/assets/a b.png, teaser: /none.png}",
    ] {
        assert_eq!(site("", front, ""), there, "{front}");
    }
    let defaults = "defaults: [{scope: {path: ''}, values: {image: /assets/a b.png}}]";
    assert_eq!(site(defaults, "title: T", ""), there);
    for body in [
        "{% include figure image_path=\"/assets/a b.png\" alt=\"A\" %}",
        "{% include image.html url='/assets/a b.png' %}",
        "![a]({{ site.baseurl }}/assets/a%20b.png)",
        "![a]({% link assets/a%20b.png %})",
    ] {
        assert_eq!(site("", "title: T", body), there, "{body}");
    }
}

#[test]
fn site_metadata_from_config() {
    let item = TestSite::new()
        .file(
            "_config.yml",
            "title: T\ntagline: D\nlocale: en_GB\nbaseurl: ''\n",
        )
        .file("CNAME", "www.example.net\n")
        .file("_posts/2024-03-05-a.md", "Text.\n")
        .item();
    let site = &item.site;
    assert_eq!(site.title.as_deref(), Some("T"));
    assert_eq!(site.description.as_deref(), Some("D"));
    assert_eq!(site.lang.as_deref(), Some("en-GB"));
    assert_eq!(
        item.url.as_deref(),
        Some("https://www.example.net/2024/03/05/a.html")
    );

    let scan = TestSite::new()
        .file("_config.yml", "url: ''\nbaseurl: ''\n")
        .file("_posts/2024-03-05-a.md", "Text.\n")
        .scan();
    assert_eq!(scan.items[0].url, None);
    assert!(
        scan.notes[0].contains("`url` in Jekyll's `_config.yml`"),
        "{:?}",
        scan.notes
    );

    let site = TestSite::new()
        .file("_config.yml", "title: T\ntimezone: Nowhere/City\n")
        .file("_posts/2024-03-05-a.md", "Text.\n");
    let error = site.try_scan().unwrap_err().to_string();
    assert!(
        error.contains("_config.yml:2: unknown time zone `Nowhere/City`"),
        "{error}"
    );
}

#[test]
fn config_differs_from_hexo() {
    let found = |config: &str, folder: &str| {
        let site = TestSite::new().file("_config.yml", config);
        let site = site.file(&format!("{folder}/2024-03-05-a.md"), "---\ntitle: T\n---\n");
        (crate::PLUGIN.detect)(site.path()).unwrap().description
    };
    for (config, folder, what) in [
        ("title: T", "_posts", "Jekyll site"),
        ("title: T\nplugins: []", "news/_posts", "Jekyll site"),
        (
            "title: T\nsource: source\npaginate: 5",
            "source/_posts",
            "Jekyll site",
        ),
        ("title: T\npaginate: 5", "source/_posts", "Hexo site"),
        ("title: T\nnew_post_name: x", "source/_posts", "Hexo site"),
    ] {
        assert_eq!(found(config, folder), what, "{config} {folder}");
    }
}

#[test]
fn redirects_become_aliases() {
    let front = "redirect_from: [/old/, /older]\nredirect_to: https://other.example/x";
    let item = post("", "_posts/2024-03-05-a.md", front);
    assert_eq!(
        item.keys,
        [
            "https://example.org/b/2024/03/05/a.html",
            "https://example.org/b/old",
            "https://example.org/b/older",
            "https://other.example/x",
            "blog:_posts/2024-03-05-a.md",
        ]
    );
}

#[test]
fn duplicate_front_matter_keys() {
    let twice = "---\ntitle: A\ntitle: B\ndate: 2026-05-20\ndraft: false\n---\nText.\n";
    let jekyll = TestSite::new()
        .file(
            "_config.yml",
            "url: https://example.org\nurl: https://example.net\nbaseurl: /b\nbaseurl: ''\n",
        )
        .file("_posts/2026-05-20-a.md", twice);
    let item = jekyll.item();
    assert_eq!(item.title.as_deref(), Some("B"));
    assert_eq!(
        item.url.as_deref(),
        Some("https://example.net/2026/05/20/a.html")
    );

    // A duplicate config key that does not affect posts is allowed for every generator.
    let hexo = TestSite::hexo("theme: a\ntheme: b\n")
        .file("source/_posts/a.md", twice)
        .file("source/_posts/b.md", twice.replace("title: B\n", ""))
        .scan();
    assert_eq!(hexo.items.len(), 1);
    assert_eq!(hexo.faults.len(), 1);
    assert_eq!(hexo.faults[0].path.as_deref(), Some("source/_posts/a.md"));
}

#[test]
fn title_continues_in_column_0() {
    let front = "title: \"How we\nbuild boats: part 1\"\ndraft: true";
    let item = post("", "_posts/2024-03-05-a.md", front);
    assert_eq!(item.title.as_deref(), Some("How we build boats: part 1"));
    assert!(item.draft);
}

#[test]
fn exclude_is_relative_to_source() {
    let post = "---\ntitle: T\n---\n";
    let scan = jekyll(
        "source: src\ncollections_dir: coll\nexclude: ['coll/_posts/x*', coll/old, _posts/a]",
    )
    .file("src/coll/_posts/a/2024-03-01-a.md", post)
    .file("src/coll/_posts/x/2024-03-02-b.md", post)
    .file("src/coll/old/_posts/2024-03-03-c.md", post)
    .scan();
    assert_eq!(labels(&scan), ["src/coll/_posts/a/2024-03-01-a.md"]);
}
