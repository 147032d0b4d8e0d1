//! Saves during a read: at the start, after a change, and in folders that were just added to the pipeline.
//! A second source, a feed with a slow server, delays the read after the files of the first source were
//! read.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use super::post;
use crate::build::pipeline;
use crate::preview_page::Served;
use crate::support::{Platform, Project, Watcher};

const FEED: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>News</title><link>https://news.example.org/</link>
<item><title>Old</title><link>https://news.example.org/old/</link>
<pubDate>Tue, 20 Jan 2026 09:00:00 GMT</pubDate><description>Old.</description></item>
</channel></rss>"#;

const EVENT_TIMEOUT: Duration = Duration::from_secs(60);

/// A feed that delays its next response until [`SlowFeed::during_read`] has made its change.
struct SlowFeed {
    url: String,
    is_slow: Arc<AtomicBool>,
    asked: Receiver<()>,
    answer: Sender<()>,
}

impl SlowFeed {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/feed.xml", listener.local_addr().unwrap());
        let (ask, asked) = channel();
        let (answer, answered) = channel::<()>();
        let is_slow = Arc::new(AtomicBool::new(true));
        let slow = Arc::clone(&is_slow);
        std::thread::spawn(move || {
            for mut stream in listener.incoming().flatten() {
                let head = BufReader::new(&stream).lines().map_while(Result::ok);
                assert!(head.take_while(|line| !line.is_empty()).count() > 0);
                if slow.swap(false, Ordering::SeqCst) {
                    // An error means that the test is over.
                    ask.send(()).ok();
                    answered.recv().ok();
                }
                let length = FEED.len();
                let answer = format!(
                    "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n{FEED}"
                );
                stream.write_all(answer.as_bytes()).ok();
            }
        });
        Self {
            url,
            is_slow,
            asked,
            answer,
        }
    }

    /// Returns a project whose second source is this feed.
    fn project(&self, platform: &Platform) -> Project {
        let feed = format!("  news: {{type: feed, url: '{}'}}\nsinks:", self.url);
        let pipeline = pipeline(&platform.url)
            .replace("since: 2026-11-01", "since: 2026-11-01, grace: 0s")
            .replace("token:", "template: t.hbs, thumbnail: skip, token:")
            .replace("sinks:", &feed);
        Project::with_pipeline(&pipeline)
            .with_ledger()
            .file("t.hbs", "{{title}}")
            .post("posts/one.md", "title: One\ndate: 2026-11-20\ndraft: true")
    }

    /// Calls `change` while the program waits for the feed.
    fn during_read(&self, change: impl FnOnce()) {
        self.asked.recv_timeout(EVENT_TIMEOUT).expect("a reader");
        change();
        self.answer.send(()).unwrap();
    }
}

/// Starts `watch` and calls `change` during its first read.
fn started(feed: &SlowFeed, project: &Project, change: impl FnOnce()) -> Watcher {
    let watcher = Watcher::spawn(project);
    feed.during_read(change);
    watcher
}

#[test]
fn post_saved_during_first_read() {
    let (platform, feed) = (Platform::start(), SlowFeed::start());
    let project = feed.project(&platform);
    let watcher = started(&feed, &project, || {
        project.write("posts/two.md", post("Two", true, "New."));
        project.write("posts/one.md", post("One", false, "Changed."));
    });
    watcher.until("it is sent", super::is_sent);
    watcher.until_code("posts/one.md", "already_sent");
    assert_eq!(watcher.stop(), Some(0));
}

#[test]
fn template_saved_during_first_read() {
    let (platform, feed) = (Platform::start(), SlowFeed::start());
    let project = feed.project(&platform);
    project.write("t.hbs", "{{titel}}");
    project.write("posts/one.md", post("One", false, "Text."));
    let watcher = started(&feed, &project, || {
        project.write("t.hbs", "Mended: {{title}}");
    });
    watcher.until("it is sent", super::is_sent);
    assert_eq!(watcher.stop(), Some(0));
    assert_eq!(platform.feed()[0]["text"], "Mended: One");
}

#[test]
fn pipeline_saved_during_first_read() {
    let (platform, feed) = (Platform::start(), SlowFeed::start());
    let project = feed.project(&platform);
    project.write("articles/two.md", post("Two", true, "Text."));
    let pipeline = project.read("pipeline.yaml");
    let watcher = started(&feed, &project, || {
        let moved = pipeline.replace("content: posts", "content: articles");
        project.write("pipeline.yaml", moved);
    });
    watcher.until_code("articles/two.md", "draft");
    assert_eq!(watcher.stop(), Some(0));
}

#[test]
fn post_saved_during_later_read() {
    let (platform, feed) = (Platform::start(), SlowFeed::start());
    let project = feed.project(&platform);
    let watcher = started(&feed, &project, || {});
    watcher.until_code("posts/one.md", "draft");
    feed.is_slow.store(true, Ordering::SeqCst);
    project.write("posts/two.md", post("Two", true, "New."));
    feed.during_read(|| project.write("posts/three.md", post("Three", true, "New.")));
    watcher.until_code("posts/three.md", "draft");
    // The same for a folder that was just added to the pipeline.
    feed.is_slow.store(true, Ordering::SeqCst);
    project.write("articles/four.md", post("Four", true, "New."));
    let moved = project.read("pipeline.yaml");
    let moved = moved.replace("content: posts", "content: articles");
    project.write("pipeline.yaml", moved);
    feed.during_read(|| project.write("articles/five.md", post("Five", true, "New.")));
    watcher.until_code("articles/five.md", "draft");
    assert_eq!(watcher.stop(), Some(0));
}

/// Waits until the page shows `text`.
#[track_caller]
fn shows(served: &Served, text: &str) {
    let start = Instant::now();
    while !served.get("/").body.contains(text) {
        assert!(
            start.elapsed() < EVENT_TIMEOUT,
            "the page never shows `{text}`"
        );
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn page_shows_saves_during_read() {
    let (platform, feed) = (Platform::start(), SlowFeed::start());
    let project = feed.project(&platform);
    let served = std::thread::scope(|scope| {
        let served = scope.spawn(|| Served::of(&project, &[]));
        feed.during_read(|| {
            project.write("posts/two.md", post("The Second", false, "New."));
        });
        served.join().unwrap()
    });
    shows(&served, "The Second");
    feed.is_slow.store(true, Ordering::SeqCst);
    project.write("articles/three.md", post("The Third", false, "New."));
    let moved = project.read("pipeline.yaml");
    let moved = moved.replace("content: posts", "content: articles");
    project.write("pipeline.yaml", moved);
    feed.during_read(|| {
        project.write("articles/four.md", post("The Fourth", false, "New."));
    });
    shows(&served, "The Fourth");
}
