//! Reads the built pages of posts as the crawlers of all sinks will read them, for `syndicate check --pages`.

mod summary;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use html_meta::HeadValues;
use syndicate_api::{CardBy, Context, Item};
use url::Url;

pub(crate) use self::summary::{GapSummary, SinkSummary, summarise};
use super::gather::Pictures;
use super::page_reading::{PageCrawler, PageReading, read_head};
use super::{PipelineScan, SiteLinks, StageChain, site_links};
use crate::ledger::LedgerState;

/// The page of one post, as the crawlers of all its sinks read it.
#[derive(Clone, Debug)]
pub(crate) struct CheckedPage {
    /// The post.
    pub item: Arc<Item>,
    /// The readings, each with the index of its sink.
    pub readings: Vec<(usize, PageReading)>,
}

/// The pages of posts.
#[derive(Debug, Default)]
pub(crate) struct PageReport {
    /// The pages that were read.
    pub pages: Vec<CheckedPage>,
    /// The posts whose page is not known or cannot be read.
    pub unread: Vec<Arc<Item>>,
    /// Notes for the user.
    pub notes: Vec<String>,
}

/// Reads the pages of `items`, each with the index of its source. Makes no requests.
pub(crate) async fn check_pages(
    stages: &StageChain,
    scanned: &PipelineScan,
    items: impl Iterator<Item = &(usize, Arc<Item>)>,
    ledger_state: &LedgerState,
    cx: &Context,
) -> PageReport {
    let mut report = PageReport::default();
    let mut sinks = stages.sinks.iter();
    let has_links = sinks.any(|stage| stage.sink.capabilities().page_links);
    let links = match has_links {
        true => known_links(stages, scanned, ledger_state, cx, &mut report.notes).await,
        false => SiteLinks::default(),
    };
    let pictures = Pictures::new(&stages.base, Arc::clone(&stages.conversions));
    for (source, item) in items {
        match check_page(stages, (*source, item), &pictures, &links) {
            Some(checked) => report.pages.push(checked),
            None => report.unread.push(Arc::clone(item)),
        }
    }
    report
}

/// Returns the links that the pages contain, as far as they are known without a request.
async fn known_links(
    stages: &StageChain,
    scanned: &PipelineScan,
    ledger_state: &LedgerState,
    cx: &Context,
    notes: &mut Vec<String>,
) -> SiteLinks {
    let mut offline = cx.clone();
    offline.offline = true;
    match site_links(stages, scanned, ledger_state, &offline).await {
        Ok(mut links) => {
            notes.append(&mut links.notes);
            links
        }
        Err(error) => {
            notes.push(format!("the links of the pages were not checked: {error}"));
            SiteLinks::default()
        }
    }
}

/// Reads the page of one post. Returns `None` if it cannot be read.
fn check_page(
    stages: &StageChain,
    (source, item): (usize, &Arc<Item>),
    pictures: &Pictures,
    links: &SiteLinks,
) -> Option<CheckedPage> {
    let html = pictures.read_page(item.page.as_deref()?)?;
    let url = item.url.as_deref().and_then(|url| Url::parse(url).ok());
    let head = HeadValues::read(&html, url.as_ref());
    let is_sent_to = |sink: &usize| {
        let mut routes = stages.routes.iter();
        routes.any(|route| route.source == source && route.sink == *sink)
            && !item.overrides.skip.contains(&stages.sinks[*sink].name)
    };
    let sinks = (0..stages.sinks.len()).filter(is_sent_to);
    let readings = sinks.filter_map(|sink| {
        let stage = &stages.sinks[sink];
        let links = links.of_sink(item, sink);
        let rules = stage.page_rules();
        let crawler = PageCrawler {
            name: &stage.crawler_name(),
            rules,
            links: &links,
            makes_card: matches!(stage.sink.capabilities().card, CardBy::Platform { .. }),
        };
        let is_read = rules.is_some() || !links.is_empty();
        is_read.then(|| (sink, read_head(item, crawler, pictures, &head)))
    });
    Some(CheckedPage {
        item: Arc::clone(item),
        readings: readings.collect(),
    })
}
