//! Files that the generator ignores are not posts; the file next to them is one.

use serde_json::json;

use super::TestSite;

const FRONT: &str = "---\ntitle: T\ndate: 2026-05-20\n---\nText.\n";

/// Checks which of `files` are posts of the site with these config files.
#[track_caller]
fn posts(config: &[(&str, &str)], files: &[&str], expected: &[&str]) {
    let site = TestSite::new().option("url", json!("https://example.org"));
    let site = config
        .iter()
        .fold(site, |site, (path, text)| site.file(path, text));
    let site = files.iter().fold(site, |site, path| site.file(path, FRONT));
    let scan = site.scan();
    assert_eq!(scan.faults, [], "{config:?}");
    let taken: Vec<&str> = scan.items.iter().map(|item| item.label()).collect();
    assert_eq!(taken, expected, "{config:?}");
}

#[test]
fn hexo_ignore_option_excludes_files() {
    let files = [
        "source/_posts/a.md",
        "source/_posts/deep/private/q.md",
        "source/_posts/private/p.md",
        "source/_posts/wip.md",
    ];
    let all = &files[..];
    let hexo = |config: &str, expected: &[&str]| {
        let config = format!("url: https://example.org\nsource_dir: source\n{config}");
        posts(&[("_config.yml", &config)], &files, expected);
    };
    hexo("ignore: ['**/private']", &[files[0], files[3]]);
    hexo("ignore: '**/private/**'", &[files[0], files[3]]);
    hexo("ignore: ['**/{deep,wip.md}']", &[files[0], files[2]]);
    hexo("ignore: [private, _posts/wip.md]", all);
    // Hexo 8.1 renders posts that `exclude` names.
    hexo("exclude: ['_posts/wip.md']", all);
    hexo("ignore:", all);
}

#[test]
fn hugo_mount_filters_exclude_files() {
    let files = [
        "content/posts/a.md",
        "content/posts/secret.md",
        "content/posts/wip/b.md",
        "content/posts/wip/deep/index.md",
    ];
    let hugo = |config: &str, expected: &[&str]| {
        let config = format!("baseURL: https://example.org/\nmainSections: [posts]\n{config}");
        posts(&[("hugo.yaml", &config)], &files, expected);
    };
    let mount = |filter: &str| {
        format!("module: {{mounts: [{{source: content, target: content, {filter}}}]}}")
    };
    hugo(&mount("files: ['! posts/wip/**']"), &files[..2]);
    hugo(
        &mount("files: ['! **/secret.md']"),
        &[files[0], files[2], files[3]],
    );
    hugo(&mount("excludeFiles: posts/wip"), &files[..2]);
    hugo(&mount("includeFiles: ['posts/*.md']"), &files[..2]);
    hugo("ignoreFiles: ['secret\\.md$', '/wip/']", &files[..1]);
    hugo(
        "module: {mounts: [{source: content/posts/wip, target: content/posts}]}",
        &files[2..],
    );
}

#[test]
fn hugo_disabled_language_is_excluded() {
    let config = "baseURL: https://example.org/\ndefaultContentLanguage: en\nlanguages:\n  en: {weight: 1}\n  \
                  fr: {weight: 2, disabled: true}\nmodule:\n  mounts:\n    \
                  - {source: content, target: content, files: ['! fr/**']}\n    \
                  - {source: content/fr, target: content, sites: {matrix: {languages: [fr]}}}\n";
    let scan = TestSite::new()
        .file("hugo.yaml", config)
        .file("content/posts/a.md", FRONT)
        .file("content/posts/a.fr.md", FRONT)
        .file("content/fr/posts/b.md", FRONT)
        .scan();
    let held: Vec<(&str, bool)> = scan
        .items
        .iter()
        .map(|item| (item.label(), item.hold.is_some()))
        .collect();
    let expected = [
        ("content/fr/posts/b.md", true),
        ("content/posts/a.fr.md", true),
        ("content/posts/a.md", false),
    ];
    assert_eq!(held, expected);
}

#[test]
fn docusaurus_exclude_globs() {
    let files = ["blog/2026-05-20-a.md", "blog/_b.md", "blog/wip/c.md"];
    let docusaurus = |blog: &str, expected: &[&str]| {
        let config = format!(
            "module.exports = {{url: 'https://example.org', baseUrl: '/', \
             presets: [['classic', {{blog: {{{blog}}}}}]]}};\n"
        );
        posts(&[("docusaurus.config.js", &config)], &files, expected);
    };
    docusaurus("", &[files[0], files[2]]);
    docusaurus("exclude: ['wip/**', '**/_*.md']", &files[..1]);
    docusaurus("exclude: ['**/wip/**']", &files[..2]);
}

#[test]
fn pelican_ignore_files_setting() {
    let files = ["content/a.md", "content/draft-b.md", "content/wip/c.md"];
    let config = "SITEURL = 'https://example.org'\nPATH = 'content'\nTIMEZONE = 'UTC'\n\
                  IGNORE_FILES = ['draft-*', 'wip']\n";
    posts(&[("pelicanconf.py", config)], &files, &files[..1]);
}

#[test]
fn eleventy_added_ignores() {
    let files = ["posts/a.md", "posts/secret.md", "posts/wip/c.md"];
    let config = "export default function (eleventyConfig) {\n  \
                  eleventyConfig.ignores.add('posts/wip/');\n  \
                  eleventyConfig.ignores.add('./**/secret.md');\n}\n";
    posts(&[("eleventy.config.js", config)], &files, &files[..1]);
}
