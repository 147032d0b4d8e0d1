//! Checks everything that a run needs, without sending anything. Every warning and error has a hint. Only
//! [`check_online`] makes requests.

mod finding;
mod ledger;
mod mentions;
mod online;
mod pages;
mod pictures;
mod plugins;
mod posts;
mod warning;

use syndicate_api::{Context, Finding, contain};

use self::ledger::check_ledger;
use self::mentions::check_mentions;
use self::pages::check_newest_page;
use self::pictures::check_pictures;
use self::plugins::check_plugins;
use self::posts::check_posts;
use super::copies::check_link_file;
use super::{PipelineScan, SinkStage, StageChain};
use crate::config::Policy;
use crate::ledger::LedgerStore;

pub(crate) use self::finding::CheckFinding;
pub(crate) use self::online::check_online;
pub(crate) use self::warning::{UpcomingWarning, upcoming_warnings};

/// Returns the findings about the pipeline, its posts and its ledger. Makes no requests.
pub(crate) async fn check(
    stages: &StageChain,
    scanned: &PipelineScan,
    store: &dyn LedgerStore,
    cx: &Context,
) -> Vec<CheckFinding> {
    let good = Finding::Passed("no errors".to_owned());
    let mut findings = vec![(stages.file.clone(), good)];
    check_plugins(stages, &mut findings);
    check_posts(stages, scanned, &mut findings);
    for stage in &stages.sinks {
        check_template(stage, &mut findings);
        check_mentions(stages, stage, &mut findings);
        let about = format!("sink `{}`", stage.name);
        let own = contain(|| stage.sink.check(cx));
        let own = own.unwrap_or_else(|panic| vec![Finding::Failed(panic.diagnostic("it"))]);
        findings.extend(own.into_iter().map(|finding| (about.clone(), finding)));
    }
    check_newest_page(stages, scanned, store, cx, &mut findings).await;
    if stages.sinks.is_empty() {
        findings.push((
            stages.file.clone(),
            Finding::Warning {
                message: "has no sinks, so nothing is sent".to_owned(),
                hint: "add one, for example `sinks: {linkedin: {type: linkedin}}`".to_owned(),
            },
        ));
    } else {
        check_pictures(stages, scanned, cx.now(), &mut findings);
        check_since(stages, &mut findings);
        if let Err(fault) = check_link_file(stages) {
            findings.push((stages.file.clone(), Finding::Failed(fault)));
        }
        check_ledger(stages, scanned, store, cx, &mut findings).await;
    }
    let is_of_file = |(about, _): &CheckFinding| *about == stages.file;
    let is_failed = |(_, finding): &CheckFinding| matches!(finding, Finding::Failed(_));
    if findings
        .iter()
        .any(|found| is_of_file(found) && is_failed(found))
    {
        findings.retain(|found| !is_of_file(found) || !matches!(found.1, Finding::Passed(_)));
    }
    findings
}

fn check_template(stage: &SinkStage, findings: &mut Vec<CheckFinding>) {
    let about = format!("sink `{}`", stage.name);
    let faults = match stage.has_tested_template {
        true => None,
        false => stage.template.as_ref().err(),
    };
    let Some(faults) = faults else {
        findings.push((about, Finding::Passed("its template compiles".to_owned())));
        return;
    };
    for fault in faults {
        let finding = Finding::Failed(fault.clone().with_default_hint("correct the template"));
        findings.push((about.clone(), finding));
    }
}

/// Warns if the policy has no date limit, because the whole archive would be sent.
fn check_since(stages: &StageChain, findings: &mut Vec<CheckFinding>) {
    let is_limited = |policy: &Policy| policy.since.is_some() || policy.max_age.is_some();
    let policies = stages.sinks.iter().map(|stage| &stage.policy);
    if !policies
        .chain(stages.sinks.is_empty().then_some(&stages.policy))
        .all(is_limited)
    {
        let finding = Finding::Warning {
            message: "has no `policy.since`, so posts of any age are sent".to_owned(),
            hint: "add `policy: {since: YYYY-MM-DD}` with the first day of new posts".to_owned(),
        };
        findings.push((stages.file.clone(), finding));
    }
}
