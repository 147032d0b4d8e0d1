//! Large real sites compared with the output of their generators. The data are not part of the
//! repository; `tests/run` runs these tests if `SYNDICATE_CORPORA` names their folder.

mod astro;
mod built;
mod eleventy;
mod hexo;
mod jekyll;
mod pages;
mod pelican;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;
use serde_json::Value;
use syndicate_api::{FieldOrigin, Item};
use url::Url;

use super::scan;

/// Returns the folder of a site.
fn folder(name: &str) -> PathBuf {
    let sites = std::env::var_os("SYNDICATE_CORPORA")
        .expect("`SYNDICATE_CORPORA` names the folder of the real sites");
    PathBuf::from(sites).join(name)
}

/// The scan of a site and its expected data.
struct Corpus {
    folder: PathBuf,
    items: BTreeMap<String, Arc<Item>>,
    truth: Vec<Value>,
}

impl Corpus {
    fn load(name: &str, options: &Value) -> Self {
        let folder = folder(name);
        let scan = scan(&folder.join("site"), options).unwrap();
        assert_eq!(scan.faults, []);
        assert_eq!(scan.notes, [""; 0]);
        let key = |item: Arc<Item>| (item.path.clone().unwrap(), item);
        let truth = std::fs::read_to_string(folder.join("truth.jsonl")).unwrap();
        Self {
            items: scan.items.into_iter().map(key).collect(),
            truth: truth
                .lines()
                .map(|line| serde_json::from_str(line).unwrap())
                .collect(),
            folder,
        }
    }

    /// Returns the expected posts without an item, and the items that are not posts.
    fn unexpected(&self) -> (Vec<&str>, Vec<&str>) {
        let known: BTreeSet<&str> = self
            .truth
            .iter()
            .map(|post| post["source"].as_str().unwrap())
            .collect();
        let read: BTreeSet<&str> = self.items.keys().map(String::as_str).collect();
        (
            known.difference(&read).copied().collect(),
            read.difference(&known).copied().collect(),
        )
    }

    /// Returns the differences from `expected`, which is `None` for posts without expected data.
    fn misses<T: PartialEq + std::fmt::Debug>(
        &self,
        expected: impl Fn(&Value) -> Option<T>,
        actual: impl Fn(&Item) -> T,
    ) -> Vec<String> {
        let pairs = self.truth.iter().filter_map(|post| {
            let item = self.items.get(post["source"].as_str()?)?;
            let (expected, actual) = (expected(post)?, actual(item));
            (expected != actual).then(|| format!("{}: {actual:?}, not {expected:?}", item.label()))
        });
        pairs.collect()
    }

    fn addresses(&self) -> Vec<String> {
        self.misses(
            |post| text(&post["url_path"]),
            |item| {
                let url = Url::parse(item.url.as_deref().unwrap_or_default());
                url.map(|url| url.path().to_owned()).unwrap_or_default()
            },
        )
    }

    /// Returns wrong titles; a title may be that of the page's head or of the front matter.
    fn titles(&self) -> Vec<String> {
        let head = |post: &Value| text(&post["title"]).map(|title| plain(&title));
        let own = |post: &Value| {
            let title = text(&post["fm_title"])?;
            Some(plain(&crate::markdown::plain(&title)))
        };
        let title = |item: &Item| plain(item.title.as_deref().unwrap_or_default());
        let as_own = self.misses(own, title);
        let as_head = self.misses(head, title);
        let missed = |miss: &&String| as_own.iter().any(|own| path(own) == path(miss));
        as_head.iter().filter(missed).cloned().collect()
    }

    fn dates(&self) -> Vec<String> {
        self.misses(
            |post| {
                let date = text(&post["date"])?;
                Some(match date.parse::<Timestamp>() {
                    Ok(instant) => instant.to_string(),
                    Err(_) => date,
                })
            },
            |item| match &item.published {
                None => String::new(),
                Some(moment) if moment.day_only => moment.at.date().to_string(),
                Some(moment) => moment.at.timestamp().to_string(),
            },
        )
        .into_iter()
        .filter(|miss| !is_same_day(miss))
        .collect()
    }

    fn drafts(&self) -> Vec<String> {
        self.misses(|post| post["draft"].as_bool(), |item| item.draft)
    }

    fn tags(&self) -> Vec<String> {
        let lower = |tag: &str| tag.to_lowercase();
        self.misses(
            |post| {
                let tags = post["tags"].as_array().filter(|_| is_built(post))?;
                Some(
                    tags.iter()
                        .map(|tag| lower(tag.as_str().unwrap()))
                        .collect(),
                )
            },
            |item| {
                item.tags
                    .iter()
                    .map(|tag| lower(tag))
                    .collect::<BTreeSet<_>>()
            },
        )
    }

    /// Returns descriptions that differ from the front matter.
    fn descriptions(&self) -> Vec<String> {
        self.misses(
            |post| {
                let text = text(&post["description"])?;
                (post["description_kind"] == "front-matter").then(|| plain(&text))
            },
            |item| plain(item.description.as_deref().unwrap_or_default()),
        )
    }

    /// Returns excerpts whose beginning differs from the generator's, which `expected` returns.
    fn excerpts(&self, expected: impl Fn(&Value) -> Option<String>) -> Vec<String> {
        const LENGTH: usize = 40;
        let beginning = |text: &str| -> String {
            let text = plain(text);
            let chars = text.chars().filter(|c| !c.is_whitespace());
            chars.take(LENGTH).collect()
        };
        self.misses(
            |post| Some(beginning(&expected(post)?)),
            |item| beginning(item.description.as_deref().unwrap_or_default()),
        )
    }

    /// Returns missing pictures of the front matter, and found ones that the page does not show.
    fn images(&self) -> Vec<String> {
        self.misses(
            |post| {
                let kind = post["image_kind"].as_str();
                match kind {
                    Some("front-matter") => Some(text(&post["image"])),
                    None if is_built(post) => Some(None),
                    _ => None,
                }
            },
            |item| {
                let origin = item.origin.get(&syndicate_api::ItemField::Image)?;
                let own = matches!(origin, FieldOrigin::FrontMatter(_));
                item.image.clone().filter(|_| own)?.url
            },
        )
    }

    /// Returns the built pages that would be sent but are not posts.
    fn sent_pages(&self) -> Vec<String> {
        let Ok(pages) = std::fs::read_to_string(self.folder.join("nonposts.jsonl")) else {
            return Vec::new();
        };
        let pages: BTreeSet<String> = pages
            .lines()
            .map(|line| {
                let page: Value = serde_json::from_str(line).unwrap();
                let path = page["html"].as_str().unwrap();
                path.trim_end_matches("index.html").to_owned()
            })
            .collect();
        let sent = self
            .items
            .values()
            .filter(|item| !item.draft && item.hold.is_none());
        sent.filter_map(|item| {
            let site = item.site.url.as_deref()?;
            let path = item
                .url
                .as_deref()?
                .strip_prefix(site)?
                .trim_start_matches('/');
            pages.contains(path).then(|| path.to_owned())
        })
        .collect()
    }
}

#[test]
#[ignore = "needs large real sites: set SYNDICATE_CORPORA"]
fn corpus_detection_needs_no_edit() {
    for (name, what, path) in [
        ("jekyll-basically", "Jekyll site", "docs"),
        ("pelican-jakevdp", "Pelican site", "."),
        ("eleventy-base", "Eleventy site", "."),
        ("astro-wind", "Astro site", "."),
    ] {
        let folder = folder(name);
        let site = folder.join("site");
        let found = (crate::PLUGIN.detect)(&site).unwrap();
        assert_eq!(found.description, what);
        assert_eq!(found.options, [("path".to_owned(), path.to_owned())]);
        let options = serde_json::json!({ "path": path });
        let items = scan(&site, &options).unwrap().items;
        let published = items
            .iter()
            .filter(|item| !item.draft && item.published.is_some());
        assert!(published.clone().count() > 3, "{name}");
        assert!(published.clone().all(|item| item.url.is_some()), "{name}");
    }
}

/// Returns `true` if the corpus has the built page of a post.
fn is_built(post: &Value) -> bool {
    post["html"].is_string()
}

fn text(value: &Value) -> Option<String> {
    value
        .as_str()
        .filter(|text| !text.is_empty())
        .map(str::to_owned)
}

/// Returns the path at the start of a difference.
fn path(miss: &str) -> &str {
    miss.split_once(": ").map_or(miss, |(path, _)| path)
}

/// Returns `true` if one date of a difference is a bare day and the other a time on that day.
fn is_same_day(miss: &str) -> bool {
    let (_, dates) = miss.split_once(": ").unwrap_or_default();
    let (one, other) = dates.split_once(", not ").unwrap_or_default();
    let (one, other) = (one.trim_matches('"'), other.trim_matches('"'));
    (one.len() == 10) != (other.len() == 10) && one.get(..10) == other.get(..10)
}

/// Returns a text in comparable form, with ASCII quotation marks.
fn plain(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words
        .join(" ")
        .replace(['“', '”'], "\"")
        .replace(['‘', '’'], "'")
}
