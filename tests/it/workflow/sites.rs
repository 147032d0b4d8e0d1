//! Small sites, one for each generator with its package manager.

use crate::support::Project;
use crate::support::git::git;

/// An action that installs the program. No test runs it.
pub(super) const ACTION: &str = "owner/syndicate@0123456789abcdef0123456789abcdef01234567";

const POST: &str = "title: Hello\ndate: 2026-11-22";
const LOCK: &str = "package-lock.json";

/// The generators, with the files that show their use.
pub(super) const SITES: &[(&str, &[(&str, &str)])] = &[
    (
        "Astro",
        &[
            (
                "astro.config.mjs",
                "export default {site: 'https://example.org'}",
            ),
            ("package.json", r#"{"scripts": {"build": "astro build"}}"#),
            ("pnpm-lock.yaml", ""),
            (".nvmrc", "24"),
        ],
    ),
    (
        "Docusaurus",
        &[
            (
                "docusaurus.config.js",
                "module.exports = {url: 'https://example.org', baseUrl: '/'}",
            ),
            ("package.json", r#"{"packageManager": "yarn@4.9.1"}"#),
            ("yarn.lock", ""),
        ],
    ),
    (
        "Eleventy",
        &[
            ("eleventy.config.js", "export default () => {}"),
            ("package.json", "{}"),
        ],
    ),
    (
        "Hexo",
        &[
            (
                "_config.yml",
                "title: A\nurl: https://example.org\npermalink: :year/:title/\nsource_dir: source\npublic_dir: public\nnew_post_name: :title.md\ntheme: icarus\n",
            ),
            ("package.json", "{}"),
            (LOCK, "{}"),
        ],
    ),
    (
        "Hugo",
        &[
            ("hugo.toml", "baseURL = 'https://example.org/'\n"),
            (".gitmodules", ""),
        ],
    ),
    (
        "Jekyll",
        &[("_config.yml", "url: https://example.org\nplugins: []\n")],
    ),
    (
        "Jekyll",
        &[
            ("_config.yml", "url: https://example.org\nplugins: []\n"),
            ("Gemfile", "gem 'jekyll'\n"),
        ],
    ),
    (
        "Pelican",
        &[(
            "pelicanconf.py",
            "SITEURL = 'https://example.org'\nPATH = 'content'\n",
        )],
    ),
    (
        "Zola",
        &[("config.toml", "base_url = 'https://example.org'\n")],
    ),
    ("folder of Markdown posts", &[]),
];

/// Creates a repository with the site `files` in `folder`, which is empty or ends with `/`.
pub(super) fn repository(folder: &str, files: &[(&str, &str)]) -> Project {
    let mut project = Project::new();
    for post in [
        "source/_posts/hello.md",
        "content/hello.md",
        "_posts/2026-11-22-hello.md",
    ] {
        project = project.post(&format!("{folder}{post}"), POST);
    }
    for (name, text) in files {
        project = project.file(&format!("{folder}{name}"), text);
    }
    git(&project, &["init", "--quiet"]);
    project
}
