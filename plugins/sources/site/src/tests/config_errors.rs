//! Errors and notes about the config files of generators.

use serde_json::json;
use syndicate_api::Diagnostic;

use super::TestSite;

/// Returns the error of a site whose pipeline.yaml is in the folder above.
#[track_caller]
fn error(config: &str, text: &str, option: (&str, &str)) -> Diagnostic {
    let site = TestSite::new()
        .option("path", json!("site"))
        .option(option.0, json!(option.1))
        .file(&format!("site/{config}"), text)
        .file("site/content/a.md", "---\ntitle: A\n---\n");
    let error = site.try_scan().unwrap_err();
    error.downcast::<Diagnostic>().unwrap()
}

#[test]
fn unknown_time_zone_names_line_and_remedy() {
    for (config, text, line) in [
        ("hugo.toml", "title = 'x'\ntimeZone = 'Mars/X'\n", 2),
        ("config/_default/hugo.yaml", "timeZone: Mars/X\n", 1),
        ("hugo.json", "{\n\"x\": 1,\n\"timeZone\": \"Mars/X\"}\n", 3),
        ("pelicanconf.py", "SITENAME = 'x'\nTIMEZONE = 'Mars/X'\n", 2),
        ("_config.yml", "plugins: []\ntimezone: Mars/X\n", 2),
    ] {
        let generator = if config.starts_with('_') {
            "jekyll"
        } else {
            "auto"
        };
        let found = error(config, text, ("generator", generator));
        let place = format!("site/{config}:{line}: unknown time zone `Mars/X`");
        assert_eq!(found.to_string(), place);
        let hint = found.hint.unwrap_or_default();
        assert!(hint.contains("`Europe/Oslo`"), "{config}: {hint}");
    }
}

#[test]
fn broken_config_names_place_and_remedy() {
    for (config, text, place) in [
        ("hugo.toml", "baseURL = \n", "site/hugo.toml:1:"),
        ("hugo.toml", "ignoreFiles = ['(']\n", "site/hugo.toml: "),
        ("hugo.yaml", "- a\n", "site/hugo.yaml:1: expected a map"),
        (
            "zola.toml",
            "base_url = 'x'\nignored_content = ['[']\n",
            "site/zola.toml: ",
        ),
    ] {
        let generator = if config.starts_with("zola") {
            "zola"
        } else {
            "hugo"
        };
        let found = error(config, text, ("generator", generator));
        assert!(found.to_string().starts_with(place), "{found}");
        assert!(found.hint.is_some(), "{found}");
    }
    let found = error("other.toml", "", ("generator", "hugo"));
    assert_eq!(found.keys(), ["generator"]);
    assert!(found.hint.is_some(), "{found}");
}

#[test]
fn config_without_usable_url_gets_note() {
    for (config, text) in [
        ("config.toml", "base_url = 3\n"),
        ("_config.yml", "plugins: []\nurl: example.org\n"),
        ("_config.yml", "per_page: 3\nurl: example.org\n"),
        ("pelicanconf.py", "SITEURL = 'ftp://example.org'\n"),
    ] {
        let site = TestSite::new()
            .file(config, text)
            .file("templates/.keep", "")
            .file("source/_posts/.keep", "")
            .file("content/.keep", "");
        let notes = site.scan().notes;
        let expected = format!("in `{config}` is not an `http` or `https` URL");
        assert!(
            notes.iter().any(|note| note.contains(&expected)),
            "{notes:?}"
        );
    }
}

#[test]
fn site_without_content_folder_gets_note() {
    let config = "module.exports = {url: 'https://x.org', baseUrl: '/', presets: [['classic', {blog: false}]]}";
    let notes = TestSite::new()
        .file("docusaurus.config.js", config)
        .scan()
        .notes;
    assert_eq!(
        notes,
        [
            "no posts found, because the site's config names no folder of posts: set `content` of source `blog`"
        ]
    );
}

#[test]
fn unreadable_authors_file_is_named_in_note() {
    let config =
        "module.exports = {url: 'https://x.org', baseUrl: '/', presets: [['classic', {blog: {}}]]}";
    let site = TestSite::new()
        .file("docusaurus.config.js", config)
        .file("blog/authors.yml", "ann:\n\tname: Ann\n")
        .file("blog/2021-01-02-b.md", "---\ntitle: B\n---\n");
    let notes = site.scan().notes;
    assert_eq!(notes.len(), 1, "{notes:?}");
    assert!(notes[0].starts_with("blog/authors.yml:2:"), "{notes:?}");
    assert!(notes[0].contains("; hint: "), "{notes:?}");
}

#[test]
fn unknown_placeholder_names_source() {
    let fault = TestSite::new()
        .option("url", json!("https://example.org"))
        .option("permalink", json!("/:foo/"))
        .file("a.md", "Text.\n")
        .fault();
    let expected = "unknown placeholder `foo` in the option `permalink` of source `blog`, `/:foo/`";
    assert!(fault.message.starts_with(expected), "{fault}");
    assert!(fault.hint.is_some(), "{fault}");
}
