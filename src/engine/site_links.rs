//! Collects what the site itself contains about its posts: links in pages, and files.

use std::collections::BTreeMap;

use jiff::Timestamp;
use syndicate_api::{Context, Diagnostic, Item, PageLink, SiteFile, TransformOutcome};

use super::identity::Identities;
use super::plan::guard;
use super::served_sink::discover;
use super::{PipelineScan, StageChain, article};
use crate::config::{Policy, Route};
use crate::ledger::{DeliveryState, LedgerState};

/// The parts of a site that name its posts on the platforms.
#[derive(Debug, Default)]
pub(crate) struct SiteLinks {
    /// The files that the site serves.
    pub files: Vec<SiteFile>,
    /// The pages with links, by URL.
    pub pages: BTreeMap<String, LinkedPage>,
    /// Notes for the user.
    pub notes: Vec<String>,
}

/// A page with its links.
#[derive(Debug, Default)]
pub(crate) struct LinkedPage {
    /// The built page, relative to pipeline.yaml, if its source knows it.
    pub file: Option<String>,
    /// The links, each with the index of its sink.
    pub links: Vec<(usize, PageLink)>,
}

impl LinkedPage {
    /// Returns the links of all sinks.
    pub(crate) fn all_links(&self) -> Vec<PageLink> {
        self.links.iter().map(|(_, link)| link.clone()).collect()
    }
}

impl SiteLinks {
    /// Returns the links of the sink with this index on the page of `item`.
    pub(crate) fn of_sink(&self, item: &Item, sink: usize) -> Vec<PageLink> {
        let page = item.url.as_ref().and_then(|url| self.pages.get(url));
        let links = page.into_iter().flat_map(|page| &page.links);
        let own = links.filter(|(index, _)| *index == sink);
        own.map(|(_, link)| link.clone()).collect()
    }
}

/// Returns the links and files of all sinks that have some. A post has links if it is on the platform or will be: those
/// that the site, their front matter or the policy keep from a sink have none.
///
/// # Errors
/// If a sink does not know its account.
pub(crate) async fn site_links(
    stages: &StageChain,
    scanned: &PipelineScan,
    ledger_state: &LedgerState,
    cx: &Context,
) -> Result<SiteLinks, Diagnostic> {
    let identities = Identities::of(scanned, ledger_state, stages);
    let mut all = SiteLinks::default();
    for (sink, stage) in stages.sinks.iter().enumerate() {
        if !stage.sink.capabilities().page_links {
            continue;
        }
        let info = discover(stage, cx, &mut all.notes).await;
        all.files.extend(stage.sink.site_files(&info)?);
        for route in stages.routes.iter().filter(|route| route.sink == sink) {
            let items = scanned.items.iter().enumerate();
            for (index, (_, item)) in items.filter(|(_, (source, _))| *source == route.source) {
                let Some(url) = &item.url else { continue };
                if is_kept_back(item, &stage.name) || !passes(item, route, stages) {
                    continue;
                }
                let state = ledger_state.state_of(&identities.get(index).groups, &stage.name);
                if !is_sent_or_due(&state, item, &stage.policy, cx.now()) {
                    continue;
                }
                let links = stage.sink.page_links(&article::key(item), &info)?;
                let page = all.pages.entry(url.clone()).or_default();
                page.file.clone_from(&item.page);
                page.links
                    .extend(links.into_iter().map(|link| (sink, link)));
            }
        }
    }
    Ok(all)
}

fn is_kept_back(item: &Item, sink: &str) -> bool {
    item.draft || item.hold.is_some() || item.overrides.skip.contains(sink)
}

/// Returns `true` if a post in this state may be on the platform, or the policy does not leave it out.
fn is_sent_or_due(state: &DeliveryState, item: &Item, policy: &Policy, now: Timestamp) -> bool {
    match state {
        DeliveryState::Sent { .. }
        | DeliveryState::Unknown { .. }
        | DeliveryState::Duplicate { .. } => true,
        DeliveryState::Adopted { .. } | DeliveryState::Retracted { .. } => false,
        DeliveryState::New | DeliveryState::Failed { .. } => {
            guard::policy(item, policy, now).is_none()
        }
    }
}

/// Returns `true` if the transforms of `route` keep `item`.
fn passes(item: &Item, route: &Route, stages: &StageChain) -> bool {
    let mut current = item.clone();
    for index in &route.transforms {
        let (_, transform) = &stages.transforms[*index];
        match transform.apply(current) {
            Ok(TransformOutcome::Keep(kept)) => current = *kept,
            Ok(TransformOutcome::Skip { .. }) | Err(_) => return false,
        }
    }
    true
}
