//! Checks that the built pages have what platforms read from them. Pages of one site come from the same template, so the
//! page of the newest post is enough.

use std::fs;

use syndicate_api::Item;

use super::finding::CheckFinding;
use crate::engine::{PipelineScan, StageChain};

/// Adds the findings of the sinks about the page of the newest post.
pub(super) fn check_page(
    stages: &StageChain,
    scanned: &PipelineScan,
    findings: &mut Vec<CheckFinding>,
) {
    let items = scanned.items.iter().map(|(_, item)| item.as_ref());
    let built = items.filter(|item| !item.draft && item.page.is_some());
    let newest = built.max_by_key(|item: &&Item| item.published.as_ref().map(|date| &date.at));
    let Some(file) = newest.and_then(|item| item.page.as_deref()) else {
        return;
    };
    // Other checks report a page that cannot be read.
    let Ok(page) = fs::read(stages.base.join(file)) else {
        return;
    };
    for stage in &stages.sinks {
        let own = stage.sink.check_page(file, &page).into_iter();
        findings.extend(own.map(|finding| (format!("sink `{}`", stage.name), finding)));
    }
}
