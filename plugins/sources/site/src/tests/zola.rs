//! Tests of the rules for Zola. URLs are those of Zola's own tests.

use serde_json::json;
use syndicate_api::{Code, Item, ItemField};

use super::TestSite;

const DATE: &str = "date = 2024-03-05";

/// Returns a Zola site with these lines in its config.
fn site(config: &str) -> TestSite {
    TestSite::new()
        .file(
            "config.toml",
            format!("base_url = 'https://ex.org/base/'\n{config}"),
        )
        .file("content/_index.md", "+++\n+++\n")
}

fn post(config: &str, name: &str, front: &str) -> Item {
    site(config)
        .file(&format!("content/{name}"), format!("+++\n{front}\n+++\nx"))
        .item()
}

#[test]
fn zola_urls() {
    let french = "[languages.fr]\n";
    for (config, name, front, path) in [
        ("", "blog/hello_World.md", "", "blog/hello-world/"),
        (
            "",
            "blog/2016-10-08_a-post with dates.md",
            "",
            "blog/a-post-with-dates/",
        ),
        ("", "blog/2016-10-08.md", "", "blog/2016-10-08/"),
        ("", "blog/with-assets/index.md", "", "blog/with-assets/"),
        ("", "blog/2020-01-02-assets/index.md", "", "blog/assets/"),
        ("", "Sub Dir/a.md", "", "Sub%20Dir/a/"),
        ("", "about.md", "", "about/"),
        ("", "blog/日本.md", "", "blog/ri-ben/"),
        ("", "blog/mermaid.js.md", "", "blog/mermaid-js/"),
        (
            "",
            "blog/a.md",
            "slug = 'hello-&-world'",
            "blog/hello-world/",
        ),
        (
            "",
            "blog/a.md",
            "path = '/own/Path'\nslug = 'x'",
            "own/Path/",
        ),
        ("", "blog/a.md", "path = 'own'", "own/"),
        (
            "[slugify]\npaths = 'safe'",
            "blog/日本 a: b?.md",
            "",
            "blog/%E6%97%A5%E6%9C%AC%20a%20b/",
        ),
        ("[slugify]\npaths = 'off'", "blog/A_b.md", "", "blog/A_b/"),
        (
            "[slugify]\npaths_keep_dates = true",
            "blog/2016-10-08-a.md",
            "",
            "blog/2016-10-08-a/",
        ),
        (french, "blog/a.fr.md", "", "fr/blog/a/"),
        (french, "blog/b/index.fr.md", "", "fr/blog/b/"),
        (french, "blog/a.fr.md", "path = 'un'", "un/"),
        ("", "blog/a.fr.md", "", "blog/a-fr/"),
    ] {
        let item = post(config, name, front);
        let expected = format!("https://ex.org/base/{path}");
        assert_eq!(
            item.url.as_deref(),
            Some(expected.as_str()),
            "{config} {name} {front}"
        );
    }
    let item = site("")
        .option("permalink", json!("/:year/:slug/"))
        .file("content/blog/a_b.md", format!("+++\n{DATE}\n+++\n"))
        .item();
    assert_eq!(item.url.as_deref(), Some("https://ex.org/base/2024/a-b/"));
}

#[test]
fn zola_dates_by_origin() {
    for (name, front, day) in [
        ("2016-10-08-a.md", "", Some("2016-10-08")),
        ("2016-10-08-a.md", DATE, Some("2024-03-05")),
        ("2016-10-08-a/index.md", "", Some("2016-10-08")),
        ("a.md", "", None),
        ("a.md", "[extra]\ncreated = 2020-01-01", None),
    ] {
        let item = post("", name, front);
        let found = item.published.map(|moment| moment.at.date().to_string());
        assert_eq!(found.as_deref(), day, "{name} {front}");
    }
}

#[test]
fn zola_taxonomies_authors_and_extras() {
    let front = "date = 2024-03-05\ndescription = 'D'\nauthors = ['ann@ex.org (Ann)', 'Bob']\n\
                 aliases = ['old/index.html', '/older']\n[taxonomies]\ntags = ['a', 'b']\n\
                 [extra]\nthumbnail = 'img/x.png'\ncanonical_url = 'https://first.ex/a'\ntitle = 'no'\n\
                 [extra.syndicate]\ncommentary = 'Read this'";
    let site = site("").file("static/img/x.png", "").file(
        "content/a.md",
        format!(
            "+++\ntitle = 'T'\n{front}\n+++\nA {{{{ youtube(id=\"x\") }}}}text.\n<!-- more -->\n"
        ),
    );
    let item = site.item();
    assert_eq!(item.title.as_deref(), Some("T"));
    assert_eq!(item.tags, ["a", "b"]);
    assert_eq!(item.author.as_deref(), Some("Ann, Bob"));
    assert_eq!(item.overrides.commentary.as_deref(), Some("Read this"));
    assert_eq!(
        item.keys,
        [
            "https://ex.org/base/a",
            "https://ex.org/base/old",
            "https://ex.org/base/older",
            "https://first.ex/a",
            "blog:content/a.md",
        ]
    );
    let image = item.image.unwrap();
    assert_eq!(image.url.as_deref(), Some("https://ex.org/base/img/x.png"));
    assert_eq!(image.file.as_deref(), Some("static/img/x.png"));
    assert_eq!(
        item.origin[&ItemField::Image].to_string(),
        "front matter `thumbnail`"
    );
}

#[test]
fn zola_text_has_no_shortcodes() {
    let text = "{% quote(author=\"Ann\") %}\nWise *words*.\n{% end %}\n\
                {% mermaid() %}\ngraph TD\n{% end %}\n{{ img(src=\"x.png\") }}More.";
    let item = site("")
        .file("content/a.md", format!("+++\n+++\n{text}"))
        .item();
    assert_eq!(item.description.as_deref(), Some("Wise words. More."));
}

#[test]
fn zola_files_next_to_index_are_posts() {
    let item = site("")
        .file("content/blog/a/index.md", "+++\n+++\n![An X](<x y.png>)")
        .file("content/blog/a/x y.png", "")
        .item();
    let image = item.image.unwrap();
    assert_eq!(
        image.url.as_deref(),
        Some("https://ex.org/base/blog/a/x%20y.png")
    );
    assert_eq!(image.file.as_deref(), Some("content/blog/a/x y.png"));
}

#[test]
fn zola_unbuilt_pages_are_held() {
    let scan = site("ignored_content = ['*/ignored.md', '*.{bak,wip}.md']")
        .file("content/a.md", "+++\ndraft = true\n+++\n")
        .file("content/b.md", "+++\nrender = false\n+++\n")
        .file("content/c.wip.md", "+++\n+++\n")
        .file("content/blog/ignored.md", "+++\n+++\n")
        .file("content/d/_index.md", "+++\ndraft = true\n+++\n")
        .file("content/d/deep/e.md", "+++\ndraft = false\n+++\n")
        .file("content/dd/f.md", "+++\n+++\n")
        .file("content/g.markdown", "+++\n+++\n")
        .scan();
    assert_eq!(scan.faults, []);
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
            ("content/a.md", true, None),
            ("content/b.md", false, Some(Code::NotRendered)),
            ("content/d/deep/e.md", false, Some(Code::Draft)),
            ("content/dd/f.md", false, None),
        ]
    );
}

#[test]
fn zola_config_has_site_metadata() {
    let config = "title = 'T'\nauthor = 'ann@ex.org (Ann)'\ndefault_language = 'de'\n\
                  [languages.fr]\ntitle = 'F'";
    let german = post(config, "a.md", "");
    assert_eq!(german.site.title.as_deref(), Some("T"));
    assert_eq!(german.lang.as_deref(), Some("de"));
    assert_eq!(german.author.as_deref(), Some("Ann"));
    let french = post(config, "a.fr.md", "");
    assert_eq!(french.site.title.as_deref(), Some("F"));
    assert_eq!(french.lang.as_deref(), Some("fr"));
}

#[test]
fn zola_broken_file_names_location() {
    let error = TestSite::new()
        .file("config.toml", "base_url = 'https://ex.org'\ntitle = ")
        .file("content/a.md", "")
        .file("templates/index.html", "")
        .try_scan()
        .unwrap_err();
    assert!(error.to_string().contains("config.toml:2:"), "{error}");
    let fault = site("")
        .file("content/blog/_index.md", "+++\ndraft = maybe\n+++\n")
        .fault();
    assert_eq!(
        (fault.path.as_deref(), fault.line()),
        (Some("content/blog/_index.md"), Some(2))
    );
}

#[test]
fn zola_hugo_detection_by_keys() {
    let found = |config: &str| {
        let site = TestSite::new()
            .file("config.toml", config)
            .file("content/blog/a.md", format!("+++\n{DATE}\n+++\n"));
        (crate::PLUGIN.detect)(site.path()).unwrap().description
    };
    assert_eq!(found("base_url = 'https://ex.org'\n[slugify]"), "Zola site");
    assert_eq!(found("baseURL = 'https://ex.org'"), "Hugo site");
    assert_eq!(
        found("BaseUrl = 'https://ex.org'\n[params]\nbase_url = 'x'"),
        "Hugo site"
    );
    assert_eq!(found("name = 'something else'"), "folder of Markdown posts");
    let other = TestSite::new()
        .file("config.toml", "baseURL = 'https://ex.org'")
        .file("a.md", "x");
    let found = (crate::PLUGIN.detect)(other.path()).unwrap();
    assert_eq!(found.description, "folder of Markdown posts");
}

#[test]
fn zola_date_in_path() {
    for (name, front, date) in [
        ("a.md", "path = '2014/10/30/Stability'", Some("2014-10-30")),
        ("a.md", "path = '/inside/2019-01-02-x/'", Some("2019-01-02")),
        (
            "a.md",
            "path = '2014/10/30/x'\ndate = 2020-02-03",
            Some("2020-02-03"),
        ),
        (
            "2021-05-06-a.md",
            "path = '2014/10/30/x'",
            Some("2021-05-06"),
        ),
        ("a.md", "path = '2014/13/30/x'", None),
        ("a.md", "path = 'v2014/10/30x'", None),
    ] {
        let item = post("", name, front);
        let found = item.published.map(|date| date.at.date().to_string());
        assert_eq!(found.as_deref(), date, "{name} {front}");
    }
}
