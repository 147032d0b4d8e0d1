//! Multilingual sites.

use super::super::TestSite;
use super::{DATE, site};

const THREE: &str = "defaultContentLanguage: en\nlanguages:\n  en: {weight: 1, title: English}\n  \
                     fr: {weight: 2, title: Français, languageCode: fr-CA}\n  zh-cn: {weight: 3}\n";

fn file(site: TestSite, name: &str, front: &str) -> TestSite {
    site.file(name, format!("---\n{DATE}\n{front}\n---\n"))
}

/// Returns the URL and the language of each item.
fn read(site: &TestSite) -> Vec<(String, String)> {
    let scan = site.scan();
    assert_eq!(scan.faults, []);
    let items = scan.items.iter();
    items
        .map(|item| (item.url.clone().unwrap(), item.lang.clone().unwrap()))
        .collect()
}

#[test]
fn language_comes_from_file_name() {
    for (name, front, path, lang) in [
        ("posts/a.md", "", "posts/a/", "en"),
        ("posts/a.en.md", "", "posts/a/", "en"),
        ("posts/a.fr.md", "", "fr/posts/a/", "fr-CA"),
        ("posts/a.zh-CN.md", "", "zh-cn/posts/a/", "zh-cn"),
        ("posts/a.de.md", "", "posts/a.de/", "en"),
        (
            "posts/b/index.fr.md",
            "slug: le bundle",
            "fr/posts/le-bundle/",
            "fr-CA",
        ),
        ("posts/a.fr.md", "url: rel/own/", "fr/rel/own/", "fr-CA"),
        ("posts/a.fr.md", "url: /abs/own/", "abs/own/", "fr-CA"),
        ("posts/a.fr.md", "url: /fr/own/", "fr/own/", "fr-CA"),
    ] {
        let site = file(site(THREE), &format!("content/{name}"), front);
        let expected = (format!("https://ex.org/Base/{path}"), lang.to_owned());
        assert_eq!(read(&site), [expected], "{name} {front}");
    }
}

#[test]
fn default_language_in_subfolder() {
    let config = format!("{THREE}defaultContentLanguageInSubdir: true");
    let site = file(site(&config), "content/posts/a.md", "");
    let url = "https://ex.org/Base/en/posts/a/".to_owned();
    assert_eq!(read(&site), [(url, "en".to_owned())]);
}

#[test]
fn unknown_default_language_is_ignored() {
    let site = file(site("languages: {zh-cn: {}}"), "content/posts/a.md", "");
    let url = "https://ex.org/Base/posts/a/".to_owned();
    assert_eq!(read(&site), [(url, "zh-cn".to_owned())]);
}

#[test]
fn languages_with_content_folders() {
    let config = "defaultContentLanguage: de\nlanguages:\n  de: {contentDir: content}\n  \
                  en: {contentDir: content/english}";
    let site = file(site(config), "content/posts/a.md", "");
    let site = file(site, "content/english/posts/b.md", "");
    let english = (
        "https://ex.org/Base/en/posts/b/".to_owned(),
        "en".to_owned(),
    );
    let german = ("https://ex.org/Base/posts/a/".to_owned(), "de".to_owned());
    assert_eq!(read(&site), [english, german]);
}

#[test]
fn languages_with_own_hosts() {
    let config = "defaultContentLanguage: en\nlanguages:\n  en: {baseURL: 'https://en.ex/x/'}\n  \
                  fr: {baseURL: 'https://fr.ex'}";
    let site = file(site(config), "content/posts/a.md", "");
    let site = file(site, "content/posts/a.fr.md", "");
    let urls: Vec<String> = read(&site).into_iter().map(|(url, _)| url).collect();
    assert_eq!(urls, ["https://fr.ex/posts/a/", "https://en.ex/x/posts/a/"]);
}

#[test]
fn one_language_with_own_host() {
    let config = "defaultContentLanguage: en\ndefaultContentLanguageInSubdir: true\nlanguages:\n  en: {weight: 1}\n  \
                  fr: {baseURL: 'https://fr.ex'}";
    let site = file(site(config), "content/posts/a.md", "");
    let site = file(site, "content/posts/a.fr.md", "");
    let urls: Vec<String> = read(&site).into_iter().map(|(url, _)| url).collect();
    assert_eq!(
        urls,
        ["https://fr.ex/posts/a/", "https://ex.org/Base/posts/a/"]
    );
}

#[test]
fn site_metadata_in_post_language() {
    let item = file(site(THREE), "content/posts/a.fr.md", "").item();
    assert_eq!(item.site.title.as_deref(), Some("Français"));
    let item = file(
        site("languageCode: en-GB\ntitle: T"),
        "content/posts/a.md",
        "",
    )
    .item();
    assert_eq!(item.site.title.as_deref(), Some("T"));
    assert_eq!(item.lang.as_deref(), Some("en-GB"));
}

#[test]
fn aliases_are_relative_to_page() {
    let site = file(
        site(THREE),
        "content/posts/a.md",
        "aliases: [/abs, rel, ../up/al]",
    );
    let site = file(site, "content/posts/a.fr.md", "aliases: [/abs, rel]");
    let scan = site.scan();
    assert_eq!(scan.faults, []);
    let keys: Vec<&[String]> = scan.items.iter().map(|item| item.keys.as_slice()).collect();
    assert_eq!(
        keys,
        [
            &[
                "https://ex.org/Base/fr/posts/a".to_owned(),
                "https://ex.org/Base/fr/posts/rel".to_owned(),
                "blog:content/posts/a.fr.md".to_owned(),
            ][..],
            &[
                "https://ex.org/Base/posts/a".to_owned(),
                "https://ex.org/Base/abs".to_owned(),
                "https://ex.org/Base/posts/rel".to_owned(),
                "https://ex.org/Base/up/al".to_owned(),
                "blog:content/posts/a.md".to_owned(),
            ],
        ]
    );
}
