//! Checks that posts were read, and lists the diagnostics of their sources.

use syndicate_api::{Code, Finding, Item, url_host};

use super::finding::CheckFinding;
use crate::engine::pipeline_names::is_example_host;
use crate::engine::{PipelineScan, StageChain, sink_names};

/// Adds the findings about the scanned posts.
pub(super) fn check_posts(
    stages: &StageChain,
    scanned: &PipelineScan,
    findings: &mut Vec<CheckFinding>,
) {
    let about = || "posts".to_owned();
    let read = match scanned.items.len() {
        // The errors of the files are the reason.
        0 if !scanned.faults.is_empty() => None,
        0 => Some(Finding::Warning {
            message: "none found".to_owned(),
            hint: "check that `path` and `content` of the source are the right folders".to_owned(),
        }),
        1 => Some(Finding::Passed("1 was read".to_owned())),
        count => Some(Finding::Passed(format!("{count} were read"))),
    };
    findings.extend(read.map(|finding| (about(), finding)));
    let placeholder = scanned.items.iter().find_map(|(_, item)| {
        let url = item.url.as_deref()?;
        is_example_host(&url_host(url)?).then_some(url)
    });
    if let Some(url) = placeholder {
        let message = format!("`{url}` is on an example host");
        let hint = "set `url` of the source to the site's public address".to_owned();
        findings.push((about(), Finding::Warning { message, hint }));
    }
    if let Some(reason) = unbuilt(scanned) {
        let message = format!("none has a built page: {reason}");
        let hint = "build the site, or correct `output` of the source".to_owned();
        findings.push((about(), Finding::Warning { message, hint }));
    }
    let items = scanned.items.iter();
    let slips = items.filter_map(|(_, item)| sink_names::unknown(item, stages));
    for fault in scanned.faults.iter().cloned().chain(slips) {
        let finding = Finding::Failed(fault.with_default_hint("correct the file"));
        findings.push((about(), finding));
    }
    for note in &scanned.notes {
        let hint = "run `syndicate items` to see the origin of each field".to_owned();
        findings.push((
            about(),
            Finding::Warning {
                message: note.clone(),
                hint,
            },
        ));
    }
}

/// Returns the reason why the first post has no built page, if that is so for every post that is to be sent.
fn unbuilt(scanned: &PipelineScan) -> Option<&str> {
    let has_no_page = |item: &Item| {
        let code = item.hold.as_ref().map(|(code, _)| *code);
        item.draft || code == Some(Code::PageNotBuilt)
    };
    let items = || scanned.items.iter().map(|(_, item)| &**item);
    if !items().all(has_no_page) {
        return None;
    }
    items().find_map(|item| Some(item.hold.as_ref()?.1.as_str()))
}
