//! Real sites joined with their built pages, compared with the output of their generators.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::Timestamp;
use serde_json::{Value, json};
use syndicate_api::{Item, SourceScan};

use super::hexo::beginning_of;
use super::{folder, text};
use crate::PLUGIN;
use crate::tests::scan_at;

/// The posts of a site with their expected data.
struct BuiltCorpus {
    base_url: String,
    truth: Vec<(Value, Option<Arc<Item>>)>,
    /// The items that are not posts.
    unexpected: Vec<String>,
}

impl BuiltCorpus {
    /// Reads the site with the options that `init` would write.
    fn read(name: &str) -> Self {
        let folder = folder(name);
        let site = folder.join("site");
        let found = (PLUGIN.detect)(&site).unwrap();
        let options = found
            .options
            .into_iter()
            .map(|(key, value)| (key, json!(value)));
        let now = "2026-11-22T00:00:00Z".parse().unwrap();
        let SourceScan { items, faults, .. } = scan_at(&site, &options.collect(), now).unwrap();
        assert_eq!(faults, []);
        let mut items: BTreeMap<String, Arc<Item>> = items
            .into_iter()
            .map(|item| (item.path.clone().unwrap(), item))
            .collect();
        let read = |file: &str| std::fs::read_to_string(folder.join(file)).unwrap();
        let about: Value = serde_json::from_str(&read("site.json")).unwrap();
        let truth = read("truth.jsonl");
        let truth = truth.lines().map(|line| {
            let post: Value = serde_json::from_str(line).unwrap();
            let item = items.remove(post["source"].as_str().unwrap());
            (post, item)
        });
        Self {
            base_url: about["base_url"].as_str().unwrap().to_owned(),
            truth: truth.collect(),
            unexpected: items.into_keys().collect(),
        }
    }

    /// Returns the expected data and the item of each post with a page.
    fn pages(&self) -> Vec<(&Value, &Item)> {
        let built = self
            .truth
            .iter()
            .filter(|(post, _)| post["html"].is_string());
        built
            .map(|(post, item)| {
                let item = item.as_deref();
                (
                    post,
                    item.unwrap_or_else(|| panic!("{} was not read", post["source"])),
                )
            })
            .collect()
    }

    /// Returns the differences between pages and items, for expected values that are known.
    fn misses<T: PartialEq + std::fmt::Debug>(
        &self,
        expected: impl Fn(&Value) -> Option<T>,
        actual: impl Fn(&Item) -> T,
    ) -> Vec<String> {
        let pages = self.pages().into_iter();
        let compared = pages.filter_map(|(post, item)| {
            let (expected, actual) = (expected(post)?, actual(item));
            (expected != actual).then(|| format!("{}: {actual:?}, not {expected:?}", item.label()))
        });
        compared.collect()
    }

    /// Checks all fields but the excerpts, which each generator cuts differently.
    fn assert_fields(&self) {
        assert_eq!(self.unexpected, [""; 0]);
        let host = url::Url::parse(&self.base_url).unwrap();
        let urls = self.misses(
            |post| Some(host.join(&text(&post["url_path"])?).unwrap().to_string()),
            |item| item.url.clone().unwrap_or_default(),
        );
        assert_eq!(urls, [""; 0]);
        let titles = self.misses(
            |post| text(&post["fm_title"]),
            |item| item.title.clone().unwrap_or_default(),
        );
        assert_eq!(titles, [""; 0]);
        let dates = self.misses(
            |post| {
                let date = text(&post["date"])?;
                let whole = if date.contains('T') {
                    date
                } else {
                    format!("{date}T00:00:00Z")
                };
                Some(whole.parse::<Timestamp>().unwrap())
            },
            |item| item.published.as_ref().unwrap().at.timestamp(),
        );
        assert_eq!(dates, [""; 0]);
        let tags = self.misses(
            |post| {
                let tags = post["tags"].as_array()?.iter();
                Some(
                    tags.map(|tag| tag.as_str().unwrap().to_lowercase())
                        .collect(),
                )
            },
            |item| {
                let tags = item.tags.iter();
                tags.map(|tag| tag.to_lowercase()).collect::<BTreeSet<_>>()
            },
        );
        assert_eq!(tags, [""; 0]);
        let descriptions = self.misses(
            |post| {
                text(&post["description"]).filter(|_| post["description_kind"] == "front-matter")
            },
            |item| item.description.clone().unwrap_or_default(),
        );
        assert_eq!(descriptions, [""; 0]);
        let images = self.misses(
            |post| text(&post["image"]).filter(|_| post["image_kind"] != "site-default"),
            |item| {
                let image = item.image.as_ref();
                image
                    .and_then(|image| image.url.clone())
                    .unwrap_or_default()
            },
        );
        assert_eq!(images, [""; 0]);
    }

    /// Checks that posts without a page are missing, drafts or held, and that all others are sent.
    fn assert_publication_state(&self) {
        for (post, item) in &self.truth {
            let Some(item) = item else {
                assert!(post["html"].is_null(), "{}", post["source"]);
                continue;
            };
            let stays = item.draft || item.hold.is_some();
            assert_eq!(
                stays,
                post["html"].is_null(),
                "{}: {:?}",
                item.label(),
                item.hold
            );
        }
    }

    /// Returns the generator's excerpts whose beginning differs from ours.
    fn excerpt_misses(&self) -> Vec<String> {
        let pages = self.pages().into_iter();
        let pages = pages.filter(|(post, _)| post["description_kind"] == "auto-excerpt");
        let compared = pages.filter_map(|(post, item)| {
            let theirs = text(&post["description"])?;
            let ours = item.description.as_deref().unwrap_or_default();
            let (theirs, ours) = (beginning_of(&theirs, 40), beginning_of(ours, 40));
            let length = theirs.chars().count().min(40);
            let same = theirs == beginning_of(&ours, length);
            (!same).then(|| format!("{}: {ours}, not {theirs}", item.label()))
        });
        compared.collect()
    }
}

#[test]
#[ignore = "needs large real sites: set SYNDICATE_CORPORA"]
fn corpus_hugo_matches_pages() {
    let built = BuiltCorpus::read("hugo-papermod");
    built.assert_fields();
    built.assert_publication_state();
    assert_eq!(built.excerpt_misses(), [""; 0]);
}

#[test]
#[ignore = "needs large real sites: set SYNDICATE_CORPORA"]
fn corpus_zola_matches_pages() {
    let built = BuiltCorpus::read("zola-testsite");
    built.assert_fields();
    built.assert_publication_state();
    assert_eq!(built.excerpt_misses(), [""; 0]);
}

#[test]
#[ignore = "needs large real sites: set SYNDICATE_CORPORA"]
fn corpus_docusaurus_matches_pages() {
    let built = BuiltCorpus::read("docusaurus-babel");
    built.assert_fields();
    built.assert_publication_state();
    assert_eq!(built.excerpt_misses(), [""; 0]);
}
