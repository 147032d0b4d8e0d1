//! Implements `Source` for feeds: retrieves and parses the feed, selects the newest entries, and
//! builds their items. An invalid entry does not affect the others; an invalid feed yields no items.

use std::path::PathBuf;
use std::sync::Arc;

use jiff::tz::TimeZone;
use syndicate_api::dates::parse_feed_date;
use syndicate_api::{
    ComponentContext, Context, Item, Result, Source, SourceScan, async_trait,
    remove_shared_aliases, run_blocking,
};
use url::Url;

use crate::feed::{Entry, Feed};
use crate::identity::{self, SharedLinks};
use crate::item::{EntryContext, site};
use crate::read::read;
use crate::retrieve::{self, FeedDocument, FetchedFeed};

/// The source of a `feed` component.
pub(crate) struct FeedSource {
    pub(crate) place: ComponentContext,
    pub(crate) location: FeedLocation,
    pub(crate) max_items: usize,
    /// The name of the time zone, if the user gave one.
    pub(crate) timezone: Option<String>,
    /// The time zone of dates without an offset.
    pub(crate) zone: TimeZone,
    pub(crate) updated_as_published: bool,
}

/// The location of a feed.
pub(crate) enum FeedLocation {
    Web(Url),
    /// A path, relative to pipeline.yaml.
    File(String),
}

impl FeedSource {
    /// Returns the name of the feed in messages.
    fn name(&self) -> String {
        match &self.location {
            FeedLocation::Web(url) => retrieve::redacted(url),
            FeedLocation::File(path) => path.clone(),
        }
    }
}

#[async_trait]
impl Source for FeedSource {
    async fn scan(&self, cx: &Context) -> Result<SourceScan> {
        let name = self.name();
        let (document, web) = match &self.location {
            FeedLocation::Web(url) => {
                let web = FetchedFeed::read(cx, url).await?;
                (web.document.clone(), Some((url, web)))
            }
            FeedLocation::File(path) => {
                let (path, name) = (self.place.base.join(path), name.clone());
                let read = run_blocking(move || retrieve::read_file(&path, &name));
                (read.await?, None)
            }
        };
        let parsing = run_blocking(move || {
            let FeedDocument {
                bytes,
                charset,
                address,
            } = document;
            read(&bytes, charset.as_deref(), address.as_ref())
        });
        match parsing.await {
            Ok(feed) => {
                if let Some((url, web)) = &web {
                    web.store(cx, url);
                }
                Ok(self.build_scan(&feed, &name))
            }
            Err(diagnostic) => Ok(SourceScan {
                faults: vec![diagnostic.in_file(name)],
                ..SourceScan::default()
            }),
        }
    }

    fn roots(&self) -> Vec<PathBuf> {
        match &self.location {
            FeedLocation::Web(_) => Vec::new(),
            FeedLocation::File(path) => vec![self.place.base.join(path)],
        }
    }
}

impl FeedSource {
    /// Builds the items, faults and notes of a feed.
    fn build_scan(&self, feed: &Feed, name: &str) -> SourceScan {
        let shared = SharedLinks::find(&feed.entries);
        let context = EntryContext {
            source: &self.place.name,
            zone: &self.zone,
            shared: &shared,
            updated_as_published: self.updated_as_published,
            authors: &feed.authors,
            lang: feed.lang.as_deref(),
            site: Arc::new(site(feed, self.timezone.as_deref())),
        };
        let entries = newest(&feed.entries, self.max_items, &self.zone);
        let mut scan = SourceScan::default();
        let mut repeated = 0;
        let mut read: Vec<(Item, &Entry)> = Vec::new();
        for entry in &entries {
            match context.item(entry) {
                Ok(item) if is_repeated(&item, &read) => repeated += 1,
                Ok(item) => read.push((item, entry)),
                Err(diagnostic) => scan.faults.push(diagnostic.in_file(name)),
            }
        }
        let mut clashes = identity::find_id_clashes(&read);
        for (at, (item, _)) in read.into_iter().enumerate() {
            match clashes.remove(&at) {
                Some(diagnostic) => scan.faults.push(diagnostic.in_file(name)),
                None => scan.items.push(Arc::new(item)),
            }
        }
        remove_shared_aliases(&mut scan.items);
        scan.notes = self.notes(feed, entries.len(), repeated, &scan.items, name);
        scan
    }

    fn notes(
        &self,
        feed: &Feed,
        read: usize,
        repeated: usize,
        items: &[Arc<Item>],
        name: &str,
    ) -> Vec<String> {
        let all = feed.entries.len();
        let undated = items
            .iter()
            .filter(|item| item.published.is_none() && item.updated.is_some());
        let undated = undated.count();
        let notes = [
            (all == 0).then(|| "the feed has no entries".to_owned()),
            (all > read).then(|| format!("reads the newest {read} of {all} entries (`max_items`)")),
            (repeated > 0).then(|| match repeated {
                1 => "skips 1 repeated entry".to_owned(),
                _ => format!("skips {repeated} repeated entries"),
            }),
            (undated > 0).then(|| {
                let entries = match undated {
                    1 => "1 entry has".to_owned(),
                    _ => format!("{undated} entries have"),
                };
                format!(
                    "{entries} a date of change but no date of publication; set \
                     `updated_as_published: true` to use the date of change"
                )
            }),
        ];
        let notes = notes.into_iter().flatten();
        notes.map(|note| format!("`{name}`: {note}")).collect()
    }
}

/// Returns `true` if an item with the same keys was read before.
fn is_repeated(item: &Item, read: &[(Item, &Entry)]) -> bool {
    read.iter().any(|(known, _)| known.keys == item.keys)
}

/// Returns the newest entries, at most `max`, in the order of the feed. An entry with an invalid date
/// counts as new as the one before it, so that its fault is reported.
fn newest<'a>(entries: &'a [Entry], max: usize, zone: &TimeZone) -> Vec<&'a Entry> {
    if entries.len() <= max {
        return entries.iter().collect();
    }
    let mut last = None;
    let mut dated: Vec<_> = entries
        .iter()
        .enumerate()
        .map(|(index, entry)| {
            let found = entry.published.as_ref().or(entry.updated.as_ref());
            let date = found.and_then(|(text, _)| parse_feed_date(text, zone).ok());
            last = date.map(|date| date.at.timestamp()).or(last);
            (last, index)
        })
        .collect();
    // The sort is stable: of entries with the same date, the first in the feed win.
    dated.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    let mut chosen: Vec<usize> = dated
        .into_iter()
        .take(max)
        .map(|(_, index)| index)
        .collect();
    chosen.sort_unstable();
    chosen.into_iter().map(|index| &entries[index]).collect()
}
