mod entries;
mod formats;
mod hostile;
mod identity;
mod media;
mod options;
mod texts;
mod web;

use std::sync::{Arc, LazyLock};

use serde_json::{Value, json};
use syndicate_api::http::Http;
use syndicate_api::{
    Clock, ComponentContext, Context, Env, InMemoryKvCache, Item, Source, SourceScan,
};

use crate::PLUGIN;

/// One client for all tests, because creating one reads all certificates of the system.
static HTTP: LazyLock<Http> = LazyLock::new(Http::new);

/// Returns a context with a cache in memory.
fn context() -> Context {
    let memory = Arc::new(InMemoryKvCache::default());
    Context::new(HTTP.clone(), Clock::system(), Env::empty(), memory)
}

/// Builds the source of these options for a pipeline.yaml in `base`.
fn source(options: &Value, base: &std::path::Path) -> Box<dyn Source> {
    let options = (PLUGIN.load)(options).unwrap_or_else(|faults| panic!("{faults:?}"));
    let place = ComponentContext {
        name: "news".to_owned(),
        base: base.to_owned(),
    };
    options.build(&place).unwrap()
}

/// Scans a feed in a file with these options.
fn scan_with(feed: impl AsRef<[u8]>, mut options: Value) -> SourceScan {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("feed.xml"), feed).unwrap();
    options["path"] = json!("feed.xml");
    let source = source(&options, folder.path());
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    runtime.block_on(source.scan(&context())).unwrap()
}

fn scan(feed: impl AsRef<[u8]>) -> SourceScan {
    scan_with(feed, json!({}))
}

/// Returns the only item of a feed without faults.
#[track_caller]
fn only(feed: impl AsRef<[u8]>) -> Item {
    let mut scan = scan(feed);
    assert_eq!(scan.faults, []);
    assert_eq!(scan.items.len(), 1, "{:?}", scan.items);
    Arc::unwrap_or_clone(scan.items.remove(0))
}

/// Returns the only fault of a feed without items, with its hint.
#[track_caller]
fn refused(feed: impl AsRef<[u8]>) -> String {
    let scan = scan(feed);
    assert_eq!(scan.items, [], "{:?}", scan.faults);
    assert_eq!(scan.faults.len(), 1, "{:?}", scan.faults);
    let fault = &scan.faults[0];
    let hint = fault
        .hint
        .as_deref()
        .unwrap_or_else(|| panic!("no hint: {fault}"));
    format!("{fault} ({hint})")
}

/// Returns an RSS feed with these elements in its channel.
fn rss(inside: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <rss version=\"2.0\" xmlns:media=\"http://search.yahoo.com/mrss/\" \
         xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
         xmlns:itunes=\"http://www.itunes.com/dtds/podcast-1.0.dtd\" \
         xmlns:atom=\"http://www.w3.org/2005/Atom\">\n\
         <channel><title>A site</title><link>https://example.org/blog/</link>\n{inside}\n\
         </channel></rss>"
    )
}

/// Returns an RSS feed with one item that has a link and these elements.
fn rss_item(inside: &str) -> String {
    rss(&format!(
        "<item><link>https://example.org/blog/a/</link>{inside}</item>"
    ))
}

/// Returns an Atom feed with one entry that has an id, a link and these elements.
fn atom_entry(inside: &str) -> String {
    format!(
        "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en\"><title>A site</title>\
         <link href=\"https://example.org/\"/><link rel=\"self\" href=\"https://example.org/atom.xml\"/>\
         <entry><id>tag:example.org,2026:a</id><link href=\"/a/\"/>{inside}</entry></feed>"
    )
}
