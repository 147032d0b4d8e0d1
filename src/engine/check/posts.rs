//! Whether posts were read, and what their source reports.

use syndicate_api::Finding;

use super::finding::CheckFinding;
use crate::engine::{PipelineScan, StageChain, sink_names};

/// Hosts of examples (RFC 2606), with which generators' config files begin.
const PLACEHOLDERS: &[&str] = &["example.com", "example.net", "example.org"];

/// Adds the findings about what the sources yielded.
pub(super) fn check_posts(
    stages: &StageChain,
    scanned: &PipelineScan,
    findings: &mut Vec<CheckFinding>,
) {
    let about = || "posts".to_owned();
    let message = format!("{} were read", scanned.items.len());
    findings.push((
        about(),
        if scanned.items.is_empty() {
            let hint =
                "see that `path` and `content` of the source name the right folder".to_owned();
            Finding::Warning {
                message: "none was found".to_owned(),
                hint,
            }
        } else {
            Finding::Passed(message)
        },
    ));
    let placeholder = scanned.items.iter().find_map(|(_, item)| {
        let url = item.url.as_deref()?;
        let host = url.split("//").nth(1)?.split('/').next()?;
        let host = host.strip_prefix("www.").unwrap_or(host);
        PLACEHOLDERS.contains(&host).then_some(url)
    });
    if let Some(url) = placeholder {
        let message = format!("`{url}` is on a host that belongs to nobody's site");
        let hint = "set `url` of the source to the site's public address".to_owned();
        findings.push((about(), Finding::Warning { message, hint }));
    }
    let items = scanned.items.iter();
    let slips = items.filter_map(|(_, item)| sink_names::unknown(item, stages));
    for fault in scanned.faults.iter().cloned().chain(slips) {
        let finding = Finding::Failed(fault.with_default_hint("mend the file"));
        findings.push((about(), finding));
    }
    for note in &scanned.notes {
        let hint = "`syndicate items` shows where each fact came from".to_owned();
        findings.push((
            about(),
            Finding::Warning {
                message: note.clone(),
                hint,
            },
        ));
    }
}
