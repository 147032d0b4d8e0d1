//! A real Hexo site compared with Hexo's output.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::Timestamp;
use serde_json::{Value, json};
use syndicate_api::{Item, SourceScan};

use super::{folder, text};
use crate::tests::scan;

struct Compared {
    truth: Vec<(Value, Arc<Item>)>,
}

impl Compared {
    fn load(name: &str) -> Self {
        let folder = folder(name);
        let SourceScan { items, faults, .. } = scan(&folder.join("site"), &json!({})).unwrap();
        assert_eq!(faults, []);
        let mut items: BTreeMap<String, Arc<Item>> = items
            .into_iter()
            .map(|item| (item.path.clone().unwrap(), item))
            .collect();
        let text = std::fs::read_to_string(folder.join("truth.jsonl")).unwrap();
        let truth = text
            .lines()
            .map(|line| {
                let post: Value = serde_json::from_str(line).unwrap();
                let source = post["source"].as_str().unwrap();
                let item = items
                    .remove(source)
                    .unwrap_or_else(|| panic!("{source} was not read"));
                (post, item)
            })
            .collect();
        assert!(items.is_empty(), "no posts: {:?}", items.keys());
        Self { truth }
    }

    /// Returns the differences from `expected`, which is `None` for posts without expected data.
    fn misses<T: PartialEq + std::fmt::Debug>(
        &self,
        expected: impl Fn(&Value) -> Option<T>,
        actual: impl Fn(&Item) -> T,
    ) -> Vec<String> {
        self.truth
            .iter()
            .filter_map(|(post, item)| {
                let (expected, actual) = (expected(post)?, actual(item));
                (expected != actual)
                    .then(|| format!("{}: {actual:?}, not {expected:?}", item.label()))
            })
            .collect()
    }
}

/// Returns the comparable beginning of a text: only one of two excerpts has typographic quotation marks.
fn beginning(text: &str) -> String {
    beginning_of(text, 50)
}

pub(super) fn beginning_of(text: &str, length: usize) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| match c {
            '“' | '”' => '"',
            '‘' | '’' => '\'',
            c => c,
        })
        .take(length)
        .collect()
}

#[test]
#[ignore = "needs large real sites: set SYNDICATE_CORPORA"]
fn corpus_hexo_matches_pages() {
    let compared = Compared::load("hexo-fenglu");
    let urls = compared.misses(
        |post| Some(format!("https://feng.lu{}", text(&post["url_path"])?)),
        |item| item.url.clone().unwrap_or_default(),
    );
    assert_eq!(urls, [""; 0]);

    let titles = compared.misses(
        |post| text(&post["title"]),
        |item| item.title.clone().unwrap_or_default(),
    );
    assert_eq!(titles, [""; 0]);

    let dates = compared.misses(
        |post| Some(text(&post["date"])?.parse::<Timestamp>().unwrap()),
        |item| item.published.as_ref().unwrap().at.timestamp(),
    );
    assert_eq!(dates, [""; 0]);

    let tags = compared.misses(
        |post| {
            // Hexo removes the tags of a draft.
            let tags = post["tags"]
                .as_array()
                .filter(|_| post["html"].is_string())?;
            Some(
                tags.iter()
                    .map(|tag| tag.as_str().unwrap().to_lowercase())
                    .collect(),
            )
        },
        |item| {
            item.tags
                .iter()
                .map(|tag| tag.to_lowercase())
                .collect::<BTreeSet<_>>()
        },
    );
    assert_eq!(tags, [""; 0]);

    let drafts = compared.misses(|post| post["draft"].as_bool(), |item| item.draft);
    assert_eq!(drafts, [""; 0]);

    let images = compared.misses(
        |post| post["html"].as_str().map(|_| text(&post["image"])),
        |item| item.image.as_ref().and_then(|image| image.url.clone()),
    );
    // The asset folder of this post differs in case, so Hexo on Linux shows no picture.
    let cased = "A-chatbot-prototype-DNV-GL-rules-and-standard-chatbot.md: Some(";
    assert!(
        images.len() == 1 && images[0].contains(cased),
        "{images:#?}"
    );

    let unexpected: Vec<String> = compared
        .truth
        .iter()
        .filter_map(|(post, item)| {
            let theirs = text(&post["description"])?;
            let ours = item.description.as_deref().unwrap_or_default();
            (beginning(&theirs) != beginning(ours)).then(|| format!("{ours}\n{theirs}"))
        })
        .collect();
    assert_eq!(unexpected, [""; 0]);
}

#[test]
#[ignore = "needs large real sites: set SYNDICATE_CORPORA"]
fn corpus_hexo_sharing_post_fields() {
    let compared = Compared::load("hexo-fenglu");
    let (_, item) = compared
        .truth
        .iter()
        .find(|(_, item)| item.label().contains("Customize-social-sharing"))
        .unwrap();
    let address = "https://feng.lu/2019/02/06/Customize-social-sharing-on-Linkedin-via-API/";
    assert_eq!(item.url.as_deref(), Some(address));
    let image = item.image.as_ref().unwrap();
    let file =
        "source/_posts/Customize-social-sharing-on-Linkedin-via-API/With vs without thumbnails.png";
    assert_eq!(image.file.as_deref(), Some(file));
    assert_eq!(image.alt.as_deref(), Some("With vs without thumbnails"));
    let description = item.description.as_deref().unwrap();
    assert!(!description.contains(['{', '<', '*', '[']), "{description}");
    assert_eq!(
        item.keys,
        [
            address.trim_end_matches('/'),
            "blog:source/_posts/Customize-social-sharing-on-Linkedin-via-API.md"
        ]
    );
}
