//! Built sites, read through the plugin's public interface.

mod addresses;
mod classify;
mod html_only;
mod join;
mod merge;
mod stale;

use std::sync::Arc;

use serde_json::json;
use syndicate_api::{FieldOrigin, Item};

use crate::tests::TestSite;

/// Returns a page with this head and some text.
fn page(head: &str, text: &str) -> String {
    format!(
        "<!doctype html><html lang=en><head>{head}</head><body><main>{text}</main></body></html>"
    )
}

/// Returns a post's page as most themes write it.
fn post(title: &str, day: &str) -> String {
    let head = format!(
        "<title>{title}</title><meta property=og:title content='{title}'>\
         <meta property=article:published_time content='{day}T09:00:00Z'>"
    );
    page(
        &head,
        &format!("<h1>{title}</h1><p>The text of {title}.</p>"),
    )
}

/// Returns a site of built pages in `public`.
fn built() -> TestSite {
    TestSite::new()
        .option("output", json!("public"))
        .option("content", json!(false))
        .option("url", json!("https://example.org"))
        .file(
            "public/index.html",
            page("<title>Home</title>", "<a href=/a/>A</a>"),
        )
}

/// Returns the pages that are items.
fn pages(site: &TestSite) -> Vec<String> {
    let scan = site.scan_today();
    assert_eq!(scan.faults, []);
    let pages = scan.items.into_iter().filter_map(|item| item.page.clone());
    pages.collect()
}

/// Returns the only item of a scan today.
#[track_caller]
fn item(site: &TestSite) -> Item {
    let scan = site.scan_today();
    assert_eq!(scan.faults, []);
    assert_eq!(scan.items.len(), 1, "{:?}", scan.items);
    Arc::unwrap_or_clone(scan.items.into_iter().next().unwrap())
}

fn of_page(what: &str) -> Option<FieldOrigin> {
    Some(FieldOrigin::Page(what.to_owned().into()))
}
