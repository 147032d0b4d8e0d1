//! The items of one sink, by link and title.

use std::collections::BTreeMap;

use syndicate_api::{Item, Listed, normalise_url, normalise_url_with_fragment};

use super::comparison::MatchedBy;
use crate::engine::identity::Identities;
use crate::engine::{PipelineScan, StageChain};

/// The items that reach one sink, by their indices in the scan.
pub(super) struct SinkItems {
    pub(super) indices: Vec<usize>,
    by_link: BTreeMap<String, Vec<usize>>,
    by_title: BTreeMap<String, Vec<usize>>,
}

impl SinkItems {
    /// Returns the items that reach `sink`, without those that lead to the same delivery as another one.
    pub(super) fn of(
        sink: &str,
        (stages, scanned): (&StageChain, &PipelineScan),
        identities: &Identities,
    ) -> Self {
        let routes = stages.routes.iter();
        let routes = routes.filter(|route| stages.sinks[route.sink].name == sink);
        let sources: Vec<usize> = routes.map(|route| route.source).collect();
        let items = scanned.items.iter().enumerate();
        let items = items.filter(|(index, (source, _))| {
            sources.contains(source) && !identities.is_clashing(*index)
        });
        let mut own = Self {
            indices: Vec::new(),
            by_link: BTreeMap::new(),
            by_title: BTreeMap::new(),
        };
        for (index, (_, item)) in items {
            own.add(index, item);
        }
        own
    }

    fn add(&mut self, index: usize, item: &Item) {
        self.indices.push(index);
        let links = [&item.url, &item.link].into_iter().flatten();
        let links = links.filter_map(|link| normalise_url(link));
        for link in item.keys.iter().cloned().chain(links) {
            insert(&mut self.by_link, link, index);
        }
        if let Some(title) = item.title.as_deref().and_then(normalise_title) {
            insert(&mut self.by_title, title, index);
        }
    }

    /// Returns the items with a link of `post`, or if there is none, those with its title.
    pub(super) fn of_post(&self, post: &Listed) -> (MatchedBy, Vec<usize>) {
        let mut linked: Vec<usize> = Vec::new();
        for link in &post.links {
            linked.extend(self.with_link(link));
        }
        linked.sort_unstable();
        linked.dedup();
        if !linked.is_empty() {
            return (MatchedBy::Link, linked);
        }
        let title = post.title.as_deref().and_then(normalise_title);
        let titled = title.and_then(|title| self.by_title.get(&title));
        (MatchedBy::Title, titled.cloned().unwrap_or_default())
    }

    /// Returns the items with this link. The fragment of a feed's link belongs to its key.
    fn with_link(&self, link: &str) -> &[usize] {
        let keys = [normalise_url_with_fragment(link), normalise_url(link)];
        let mut found = keys
            .iter()
            .flatten()
            .filter_map(|key| self.by_link.get(key));
        found.next().map_or(&[], Vec::as_slice)
    }
}

fn insert(map: &mut BTreeMap<String, Vec<usize>>, key: String, index: usize) {
    let indices = map.entry(key).or_default();
    if !indices.contains(&index) {
        indices.push(index);
    }
}

/// Returns `title` with single spaces, or `None` if it is empty.
fn normalise_title(title: &str) -> Option<String> {
    let words: Vec<&str> = title.split_whitespace().collect();
    (!words.is_empty()).then(|| words.join(" "))
}
