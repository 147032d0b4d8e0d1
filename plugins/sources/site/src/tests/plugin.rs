//! The plugin's declaration, its watched folders, and the detection for `init`.

use std::path::PathBuf;

use serde_json::{Value, json};
use syndicate_api::testkit::check_source;

use super::{TestSite, scan, source};
use crate::{PLUGIN, document};

#[test]
fn plugin_declaration_fulfils_contract() {
    let example: Value = document::yaml(PLUGIN.example, 1, document::YamlRules::default()).unwrap();
    check_source(&PLUGIN, &example);
    assert_eq!(PLUGIN.defaults, Some("site"));
}

#[test]
fn every_invalid_option_is_reported() {
    let options = json!({
        "url": "example.com", "timezone": "Europe/Olso", "content": ["../x", "ok"],
        "include": "[", "generator": "vitepress", "fields": {"titel": "x"},
    });
    let paths = |options: &Value| -> Vec<String> {
        let faults = (PLUGIN.load)(options).err().unwrap();
        faults.iter().map(|fault| fault.keys().join(".")).collect()
    };
    assert_eq!(paths(&options), ["fields.titel", "generator"]);

    let mut options = options;
    options["generator"] = json!("plain");
    options["fields"] = json!({});
    assert_eq!(
        paths(&options),
        ["url", "timezone", "content.0", "include.0"]
    );
}

#[test]
fn built_page_options_must_match() {
    for (options, path) in [
        (json!({"content": false}), "content"),
        (json!({"content": true, "output": "public"}), "content"),
        (json!({"output": " "}), "output"),
        (
            json!({"output": "public", "pages": {"include": "a/**"}}),
            "pages",
        ),
        (
            json!({"output": "public", "content": false, "pages": {"exclude": ["["]}}),
            "pages.exclude.0",
        ),
        (
            json!({"output": "public", "content": false, "exclude": "a"}),
            "exclude",
        ),
        (
            json!({"output": "public", "content": false, "fields": {"title": "x"}}),
            "fields",
        ),
    ] {
        let faults = (PLUGIN.load)(&options).err().unwrap();
        let paths: Vec<String> = faults.iter().map(|fault| fault.keys().join(".")).collect();
        assert_eq!(paths, [path], "{options}");
    }
    for options in [
        json!({"output": "../public", "content": false, "pages": {"include": "blog/**"}}),
        json!({"output": "public", "content": ["a", "b"]}),
        json!({"content": []}),
    ] {
        assert!((PLUGIN.load)(&options).is_ok(), "{options}");
    }
}

#[test]
fn roots_cover_scan_inputs() {
    let roots = |site: &TestSite, options: Value| -> Vec<PathBuf> {
        let roots = source(site.path(), &options).unwrap().roots();
        let relative = |root: &PathBuf| root.strip_prefix(site.path()).unwrap().to_owned();
        roots.iter().map(relative).collect()
    };
    let hexo = TestSite::hexo("");
    assert_eq!(
        roots(&hexo, json!({})),
        [PathBuf::from("source"), "_config.yml".into()]
    );

    let plain = TestSite::new()
        .file("posts/a.md", "")
        .file("static/x.png", "");
    assert_eq!(roots(&plain, json!({})), [PathBuf::new()]);
    assert_eq!(
        roots(&plain, json!({"content": "posts"})),
        [PathBuf::from("posts"), "static".into()]
    );

    let built = TestSite::new()
        .file("public/a.html", "")
        .file("posts/a.md", "");
    let alone = json!({"output": "public", "content": false});
    assert!(roots(&built, alone).contains(&PathBuf::from("public")));
    let joined = json!({"output": "public", "content": "posts", "url": "https://a.org"});
    assert!(roots(&built, joined).contains(&PathBuf::from("public")));

    // With a broken config the whole site is watched, because any file may repair it.
    let broken = TestSite::hexo("a: [");
    assert_eq!(roots(&broken, json!({})), [PathBuf::new()]);
}

#[test]
fn detected_options_work_unedited() {
    let hexo = TestSite::hexo("").file("source/_posts/a.md", "---\ndate: 2024-03-01\n---\n");
    let found = (PLUGIN.detect)(hexo.path()).unwrap();
    assert_eq!(
        (found.description.as_str(), found.confidence),
        ("Hexo site", 100)
    );
    assert_eq!(found.options, [("path".to_owned(), ".".to_owned())]);
    assert_eq!(found.notes, [""; 0]);
    let items = scan(hexo.path(), &json!({"path": "."})).unwrap().items;
    assert_eq!(
        items[0].url.as_deref(),
        Some("https://example.org/2024/03/01/a/")
    );
}

#[test]
fn markdown_folder_detection_asks_for_url() {
    let options = |site: &TestSite| {
        let found = (PLUGIN.detect)(site.path())?;
        assert_eq!(found.confidence, 10);
        let keys: Vec<String> = found
            .options
            .iter()
            .map(|(key, value)| format!("{key}: {value}"))
            .collect();
        Some((keys.join(", "), found.notes.join("; ")))
    };
    let direct = TestSite::new().file("hello.md", "");
    let (keys, notes) = options(&direct).unwrap();
    assert_eq!(keys, "path: ., url: https://example.com");
    assert!(notes.contains("set `url`") && !notes.contains("permalink"));

    for (file, content) in [
        ("content/posts/a.md", "content"),
        ("notes/2026/a.md", "notes"),
        ("Writing/a.md", "Writing"),
        ("Posts/a.md", "Posts"),
    ] {
        let site = TestSite::new().file("README.md", "").file(file, "");
        let (keys, _) = options(&site).unwrap();
        let expected = format!("path: ., content: {content}, url: https://example.com");
        assert_eq!(keys, expected);
    }
    let several = TestSite::new()
        .file("notes/a.md", "")
        .file("essays/b.md", "");
    let (keys, _) = options(&several).unwrap();
    assert!(keys.contains("content: [essays, notes]"), "{keys}");
    assert_eq!(
        options(&TestSite::new().file("README.md", "").file("a.txt", "")),
        None
    );
}

#[test]
fn built_output_is_detected() {
    let options = |site: &TestSite| -> String {
        let found = (PLUGIN.detect)(site.path()).unwrap();
        let options = found.options.iter();
        let options: Vec<String> = options
            .map(|(key, value)| format!("{key}: {value}"))
            .collect();
        options.join(", ")
    };
    let hexo = TestSite::hexo("").file("public/index.html", "");
    assert_eq!(options(&hexo), "path: ., output: public");
    let mkdocs = TestSite::new()
        .file("mkdocs.yml", "")
        .file("docs/a.md", "")
        .file("site/index.html", "");
    assert_eq!(options(&mkdocs), "path: ., output: site, content: false");
    let alone = TestSite::new().file("index.html", "").file("README.md", "");
    assert_eq!(options(&alone), "path: ., output: ., content: false");
}

#[test]
fn example_url_gets_note() {
    for (file, text, folder, given) in [
        (
            "_config.yml",
            "url: http://example.com\nsource_dir: source\n",
            "source/_posts",
            "http://example.com",
        ),
        (
            "hugo.toml",
            "baseURL = 'https://example.org/'\n",
            "content",
            "https://example.org/",
        ),
        (
            "zola.toml",
            "base_url = 'https://example.com'\n",
            "content",
            "https://example.com",
        ),
        (
            "docusaurus.config.js",
            "export default {url: 'https://your-docusaurus-site.example.com'};",
            "blog",
            "https://your-docusaurus-site.example.com",
        ),
    ] {
        let site = TestSite::new()
            .file(file, text)
            .file(&format!("{folder}/a.md"), "");
        let notes = (PLUGIN.detect)(site.path()).unwrap().notes;
        let note = &notes[0];
        assert!(!note.contains("not set"), "{note}");
        assert!(note.contains(&format!("`{given}`")), "{note}");
    }
}
