//! Compares the URLs of posts with odd names and titles with those of the real generators. The JSON
//! files in this folder have the expected URLs; `make-addresses` creates them with the generators.

use std::collections::BTreeMap;

use percent_encoding::percent_decode_str;
use serde::Deserialize;
use url::Url;

use super::TestSite;

/// The time zone of the machine on which `make-addresses` runs Hexo.
const ZONE: &str = "America/New_York";

/// A site with the expected URLs of its posts.
#[derive(Deserialize)]
struct TableSite {
    files: BTreeMap<String, String>,
    posts: Vec<TablePost>,
}

/// A post and the decoded path of its URL; `None` if its generator builds no page for it.
#[derive(Deserialize)]
struct TablePost {
    path: String,
    text: String,
    address: Option<String>,
}

/// Returns the decoded path of the URL of a post on a site without other posts.
fn address(site: &TableSite, post: &TablePost) -> Option<String> {
    let files = site.files.iter();
    let folder = files.fold(TestSite::new(), |folder, (path, text)| {
        folder.file(path, text)
    });
    let scan = folder.file(&post.path, &post.text).scan_in(ZONE);
    let item = scan
        .items
        .iter()
        .find(|item| item.path.as_ref() == Some(&post.path))?;
    if item.hold.is_some() || item.draft {
        return None;
    }
    let url = Url::parse(item.url.as_deref()?).unwrap();
    assert_eq!(url.fragment(), None, "{}", post.path);
    Some(percent_decode_str(url.path()).decode_utf8().unwrap().into())
}

#[track_caller]
fn compare(table: &str) {
    let sites: Vec<TableSite> = serde_json::from_str(table).unwrap();
    let mut wrong = Vec::new();
    for site in &sites {
        for post in &site.posts {
            let found = address(site, post);
            if found != post.address {
                let TablePost {
                    path,
                    text,
                    address,
                } = post;
                wrong.push(format!("{path} {text:?}: {found:?}, not {address:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn hugo_addresses_of_odd_names() {
    compare(include_str!("hugo.json"));
}

#[test]
fn pelican_addresses_of_odd_titles() {
    compare(include_str!("pelican.json"));
}

#[test]
fn eleventy_addresses_of_odd_titles() {
    compare(include_str!("eleventy.json"));
}

#[test]
fn hexo_addresses_of_odd_names_and_times() {
    compare(include_str!("hexo.json"));
}

#[test]
fn jekyll_addresses_of_odd_names() {
    compare(include_str!("jekyll.json"));
}

#[test]
fn astro_addresses_of_odd_names() {
    compare(include_str!("astro.json"));
}
