//! Feeds as sources: from a file, from the web, and beside the site that publishes the feed.

use wiremock::matchers::any;
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

use crate::support::{Platform, Project};

/// A feed with two posts of a site that some tests also read as files.
const FEED: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>A blog</title><link>https://blog.example.org/</link>
<item><title>One</title><link>https://blog.example.org/one/</link><guid isPermaLink="false">1</guid>
<pubDate>Fri, 20 Nov 2026 09:00:00 GMT</pubDate><description>The first.</description></item>
<item><title>Two</title><link>https://blog.example.org/two/</link><guid isPermaLink="false">2</guid>
<pubDate>Sat, 21 Nov 2026 09:00:00 GMT</pubDate><description>The second.</description></item>
</channel></rss>"#;

/// Returns a pipeline with these sources, in YAML, and a LinkedIn sink at `endpoint`.
fn pipeline(sources: &str, endpoint: &str) -> String {
    format!(
        "sources: {{{sources}}}\n\
         sinks: {{linkedin: {{type: linkedin, thumbnail: skip, endpoint: '{endpoint}', token: rehearsal}}}}\n\
         policy: {{since: 2026-11-01}}\n"
    )
}

/// A server of a feed in a separate runtime; it answers 304 to a request with the current ETag.
struct Site {
    server: MockServer,
    runtime: tokio::runtime::Runtime,
}

impl Site {
    fn serving(feed: &'static str) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .expect("a runtime");
        let server = runtime.block_on(async {
            let server = MockServer::start().await;
            let answer = move |request: &Request| match request.headers.get("if-none-match") {
                Some(tag) if tag == "\"v1\"" => ResponseTemplate::new(304),
                _ => ResponseTemplate::new(200)
                    .insert_header("etag", "\"v1\"")
                    .set_body_string(feed),
            };
            Mock::given(any()).respond_with(answer).mount(&server).await;
            server
        });
        Self { server, runtime }
    }

    fn source(&self) -> String {
        format!(
            "news: {{type: feed, url: '{}/feed.xml?key=secret'}}",
            self.server.uri()
        )
    }

    /// Returns the number of requests for the feed.
    fn requests(&self) -> usize {
        let requests = self.runtime.block_on(self.server.received_requests());
        requests.map_or(0, |requests| requests.len())
    }
}

#[test]
fn feed_entries_are_sent_once() {
    let platform = Platform::start();
    let pipeline = pipeline("news: {type: feed, path: public/feed.xml}", &platform.url);
    let project = Project::with_pipeline(&pipeline)
        .with_ledger()
        .file("public/feed.xml", FEED);
    project.run("build").exits(0).says(&["2 sent"]);
    // A new address of the site does not make old posts new.
    project.write(
        "public/feed.xml",
        FEED.replace(".org/one/", ".org/2026/one/"),
    );
    project.run("build").exits(0);
    let feed = platform.feed();
    assert_eq!(feed.len(), 2);
    let source = |post: &serde_json::Value| post["article"]["source"].to_string();
    assert!(
        feed.iter()
            .any(|post| source(post).contains("https://blog.example.org/one/"))
    );
}

#[test]
fn unchanged_feed_uses_cache() {
    let site = Site::serving(FEED);
    let project = Project::with_pipeline(&pipeline(&site.source(), "http://127.0.0.1:9"));
    project.run("items --offline").exits(1).says(&[
        "source `news`",
        "is not in the cache",
        "hint: run once without `--offline`",
    ]);
    assert_eq!(site.requests(), 0);
    let first = project.run("items --json").exits(0);
    assert_eq!(first.json_lines().len(), 2);
    let second = project.run("items --json").exits(0);
    assert_eq!((first.stdout, site.requests()), (second.stdout.clone(), 2));
    let offline = project.run("items --json --offline").exits(0);
    assert_eq!((second.stdout, site.requests()), (offline.stdout, 2));
}

#[test]
fn offline_feed_publishes_nothing() {
    let platform = Platform::start();
    let site = Site::serving(FEED);
    let project = Project::with_pipeline(&pipeline(&site.source(), &platform.url)).with_ledger();
    project.run("items").exits(0);
    project
        .run("build --offline")
        .exits(2)
        .says(&["`--offline`", "--dry-run"]);
    project.run("build --offline --dry-run").exits(0);
    project
        .run("build --offline --sandbox")
        .exits(0)
        .says(&["2 sent"]);
    assert_eq!(platform.feed().len(), 0);
}

#[test]
fn site_and_feed_share_posts() {
    let platform = Platform::start();
    let site = "blog: {type: site, path: ., content: posts, url: 'https://blog.example.org', permalink: '/:slug/'}";
    let feed = "news: {type: feed, path: feed.xml}";
    let project = |sources: &str| {
        Project::with_pipeline(&pipeline(sources, &platform.url))
            .with_ledger()
            .post("posts/one.md", "title: One\ndate: 2026-11-20")
            .file("feed.xml", FEED)
    };
    let both = project(&format!("{site}, {feed}"));
    both.run("build")
        .exits(0)
        .says(&["[same_post] source `blog`", "2 sent"]);
    assert_eq!(platform.feed().len(), 2);
    // The order in which the sources were added does not matter.
    both.write("pipeline.yaml", pipeline(feed, &platform.url));
    both.run("build").exits(0).says(&["2 already_sent"]);
    assert_eq!(platform.feed().len(), 2);
}

#[test]
fn returning_feed_archive_is_held_back() {
    let platform = Platform::start();
    let old = FEED
        .replace("20 Nov 2026", "20 Nov 2006")
        .replace("Fri, ", "");
    let pipeline = pipeline("news: {type: feed, path: feed.xml}", &platform.url);
    let project = Project::with_pipeline(&pipeline)
        .with_ledger()
        .file("feed.xml", old);
    let plan = project.run("preview --json").exits(0).json();
    assert_eq!(plan["plan"][0]["code"], "before_since");
    assert_eq!(plan["plan"][1]["code"], "new");
}

#[test]
fn unreadable_feed_has_reason_and_hint() {
    let gone = "news: {type: feed, url: 'http://127.0.0.1:9/feed.xml?key=secret'}";
    let project = Project::with_pipeline(&pipeline(gone, "http://127.0.0.1:9")).with_ledger();
    let run = project.run("build").exits(1).says(&[
        "source `news`",
        "cannot read the feed `http://127.0.0.1:9/feed.xml?…`",
        "caused by: cannot reach `127.0.0.1`",
        "hint:",
    ]);
    assert!(!run.stderr.contains("secret"), "{run}");
    let page = "<!doctype html><link rel=alternate type=application/atom+xml href=/atom.xml>";
    let site = Site::serving(page);
    project.write(
        "pipeline.yaml",
        pipeline(&site.source(), "http://127.0.0.1:9"),
    );
    let feed = format!(
        "hint: use the feed that the page links to: `{}/atom.xml`",
        site.server.uri()
    );
    project
        .run("items")
        .exits(3)
        .says(&["expected a feed, found a web page", &feed]);
}

#[test]
fn missing_file_is_shown_with_its_line() {
    let gone = "news: {type: feed, path: public/fed.xml}";
    let project = Project::with_pipeline(&pipeline(gone, "http://127.0.0.1:9"));
    let run = project.run("items --json").exits(1);
    let error = &run.json()["diagnostics"][0];
    assert_eq!(error["code"], "unreadable_file", "{error}");
    assert_eq!(error["path"], "pipeline.yaml");
    assert!(error["line"].is_number(), "{error}");
    project.run("items").exits(1).says(&[
        "cannot read the feed `public/fed.xml`",
        "path: public/fed.xml",
        "check that the site is built",
    ]);
}

#[test]
fn unlisted_private_host_is_not_contacted() {
    let site = Site::serving(FEED);
    let port = site.server.address().port();
    for url in [
        format!("http://localhost:{port}/"),
        "http://10.0.0.1/x".to_owned(),
    ] {
        let answer = ResponseTemplate::new(301).insert_header("location", url.as_str());
        site.runtime.block_on(async {
            site.server.reset().await;
            Mock::given(any())
                .respond_with(answer)
                .mount(&site.server)
                .await;
        });
        let project = Project::with_pipeline(&pipeline(&site.source(), "http://127.0.0.1:9"));
        project
            .run("items")
            .exits(1)
            .says(&["cannot read the feed"]);
        assert_eq!(site.requests(), 1);
    }
}

#[test]
fn feed_options_have_spans() {
    for (options, says) in [
        ("{type: feed}", "missing `url` or `path`"),
        (
            "{type: feed, url: 'example.org'}",
            "`url` is not an http or https address",
        ),
        ("{type: feed, pth: a.xml}", "did you mean `path`?"),
    ] {
        let project = Project::with_pipeline(&format!("sources:\n  news: {options}\n"));
        project
            .run("items")
            .exits(1)
            .says(&["pipeline.yaml:2:", says]);
    }
}

#[test]
fn init_configures_feed_file() {
    let project = Project::new().file("feed.xml", FEED);
    project.run("init").exits(0).says(&["found: feed"]);
    let items = project.run("items --json").exits(0).json_lines();
    assert_eq!(items[0]["url"], "https://blog.example.org/one/");
}
