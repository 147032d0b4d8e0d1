//! Checks that each platform accepts the identifiers under `mentions`. Templates may use a mention that
//! no post has used yet, so checking the posts is not enough.

use syndicate_api::Finding;

use super::finding::CheckFinding;
use crate::engine::{SinkStage, StageChain};

/// Adds the findings about the mentions that templates of `stage` may use.
pub(super) fn check_mentions(
    stages: &StageChain,
    stage: &SinkStage,
    findings: &mut Vec<CheckFinding>,
) {
    for (name, mention) in &stages.mentions.0 {
        let Some(key) = mention.key_on(&stage.name, &stage.kind) else {
            continue;
        };
        let target = mention.on.get(key).map_or("", String::as_str);
        if let Err(fault) = stage.sink.check_mention(target) {
            let message = format!("`mentions.{name}.{key}`: {}", fault.message);
            let fault = fault
                .with_message(message)
                .in_file(stages.file.clone())
                .at(mention.spans.get(key).copied())
                .with_default_hint("correct it under `mentions`");
            findings.push((format!("sink `{}`", stage.name), Finding::Failed(fault)));
        }
    }
}
