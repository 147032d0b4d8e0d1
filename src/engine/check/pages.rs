//! Checks that the built pages have what crawlers read from them after each post. Pages of one site come from the same
//! template, so the page of the newest post is enough.

use std::sync::Arc;

use syndicate_api::{Context, Finding, Item, PageOccasion};

use super::finding::CheckFinding;
use crate::engine::{CheckedPage, PageGap, PageReading, PipelineScan, StageChain, check_pages};
use crate::ledger::LedgerStore;

/// Adds the findings about the page of the newest post.
pub(super) async fn check_newest_page(
    stages: &StageChain,
    scanned: &PipelineScan,
    store: &dyn LedgerStore,
    cx: &Context,
    findings: &mut Vec<CheckFinding>,
) {
    let date = |item: &Item| item.published.as_ref().map(|date| date.at.clone());
    let built = scanned.items.iter();
    let built = built.filter(|(_, item)| !item.draft && item.page.is_some());
    let newest: Option<&(usize, Arc<Item>)> = built.max_by_key(|(_, item)| date(item));
    // `check_ledger` reports a ledger that cannot be read.
    let view = store.view().await.ok();
    let ledger_state = view.map(|view| view.ledger_state).unwrap_or_default();
    let report = check_pages(stages, scanned, newest.into_iter(), &ledger_state, cx).await;
    for checked in &report.pages {
        report_page(stages, checked, findings);
    }
}

fn report_page(stages: &StageChain, checked: &CheckedPage, findings: &mut Vec<CheckFinding>) {
    for (sink, reading) in &checked.readings {
        let Some(page) = &reading.page else { continue };
        let about = format!("sink `{}`", stages.sinks[*sink].name);
        let own = findings_of(page, reading).into_iter();
        findings.extend(own.map(|finding| (about.clone(), finding)));
    }
}

/// Returns the findings about what the crawler reads after each post.
fn findings_of(page: &str, reading: &PageReading) -> Vec<Finding> {
    let gaps = reading.gaps.iter();
    let gaps = gaps.filter(|gap| gap.occasion == PageOccasion::EachPost);
    let warnings: Vec<Finding> = gaps.map(|gap| warning(page, gap)).collect();
    if warnings.is_empty() && reading.makes_card {
        let message = format!("`{page}` has all that {} reads", reading.crawler);
        return vec![Finding::Passed(message)];
    }
    warnings
}

fn warning(page: &str, gap: &PageGap) -> Finding {
    Finding::Warning {
        message: format!("`{page}`: {}: {}", gap.message, gap.effect),
        hint: match &gap.add {
            Some(element) => format!("add `{element}` to the template of your pages"),
            None => "run `syndicate check --pages` to see all that crawlers read".to_owned(),
        },
    }
}
