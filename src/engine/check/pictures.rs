//! Whether the posts have the pictures that a sink wants, as far as that shows without opening any.

use std::path::Path;

use syndicate_api::{Finding, PicturePolicy};

use super::finding::AboutFinding;
use crate::engine::{Scanned, StageChain};

/// Adds the finding of each sink that sends no card without a picture.
pub(super) fn check_pictures(
    stages: &StageChain,
    scanned: &Scanned,
    findings: &mut Vec<AboutFinding>,
) {
    let all = scanned.items.len();
    let (mut bare, mut missing) = (0, Vec::new());
    for (_, item) in &scanned.items {
        match &item.image {
            None => bare += 1,
            Some(image) => missing.extend(
                image
                    .file
                    .as_deref()
                    .filter(|file| !is_there(&stages.base, file)),
            ),
        }
    }
    let wanting = |policy| policy == PicturePolicy::Require;
    let sinks = stages.sinks.iter();
    for stage in sinks.filter(|stage| wanting(stage.sink.limits().picture) && all > 0) {
        let about = format!("sink `{}`", stage.name);
        findings.push((about.clone(), finding(all, bare)));
        if let Some(first) = missing.first() {
            let message = format!(
                "{} pictures are not there, `{first}` for one",
                missing.len()
            );
            let hint = "`syndicate items` shows where the name came from".to_owned();
            findings.push((about, Finding::Warning { message, hint }));
        }
    }
}

fn finding(all: usize, bare: usize) -> Finding {
    if bare == 0 {
        return Finding::Good("every post names a picture".to_owned());
    }
    Finding::Warning {
        message: format!("{bare} of {all} posts name no picture, and none of those is sent"),
        hint: "give them one, or set the sink's `thumbnail` to `warn` or `skip`".to_owned(),
    }
}

fn is_there(base: &Path, file: &str) -> bool {
    base.join(file).is_file()
}
