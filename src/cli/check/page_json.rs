//! The JSON of `check --pages`.

use serde_json::{Value, json};

use crate::engine::{CheckedPage, PageReport, StageChain};
use crate::preview::{VERSION, reading_json};

/// Renders the pages of all checked posts.
pub(super) fn report_json(report: &PageReport, stages: &StageChain) -> Value {
    let pages = report
        .pages
        .iter()
        .map(|checked| page_json(checked, stages));
    let unread = report.unread.iter().map(|item| item.id());
    json!({
        "v": VERSION,
        "pages": pages.collect::<Vec<_>>(),
        "unread": unread.collect::<Vec<_>>(),
        "notes": report.notes,
    })
}

fn page_json(checked: &CheckedPage, stages: &StageChain) -> Value {
    let item = &checked.item;
    let readings = checked.readings.iter().map(|(sink, reading)| {
        let mut json = reading_json(reading);
        json["sink"] = stages.sinks[*sink].name.as_str().into();
        json
    });
    json!({
        "item": item.id(),
        "path": item.path,
        "url": item.url,
        "page": item.page,
        "readings": readings.collect::<Vec<_>>(),
    })
}
