//! Checks that need the network: the site, its newest post with its picture, and the credentials of each
//! sink.

use std::time::Duration;

use syndicate_api::http::FetchRequest;
use syndicate_api::{CardBy, Context, Finding, Item};

use super::finding::CheckFinding;
use crate::engine::contained::contain_async;
use crate::engine::{PipelineScan, SourceStage, StageChain, check_live};

/// Returns the findings about each site and each sink.
pub(crate) async fn check_online(
    stages: &StageChain,
    scanned: &PipelineScan,
    cx: &Context,
) -> Vec<CheckFinding> {
    let mut findings = Vec::new();
    let mut makers = stages
        .sinks
        .iter()
        .map(|stage| stage.sink.capabilities().card);
    let by_platform = makers.find(|card_by| matches!(card_by, CardBy::Platform { .. }));
    let card_by = by_platform.unwrap_or_default();
    for (index, SourceStage { name, .. }) in stages.sources.iter().enumerate() {
        let items = scanned.items.iter().filter(|(source, _)| *source == index);
        let newest = items
            .map(|(_, item)| item.as_ref())
            .filter(|item| item.url.is_some() && !item.draft)
            .max_by_key(|item| item.published.as_ref().map(|moment| moment.at.timestamp()));
        let about = format!("source `{name}`");
        if let Some(item) = newest {
            if let Some(site) = &item.site.url {
                findings.push((about.clone(), check_site(cx, site).await));
            }
            findings.push((about, check_newest_post(cx, item, card_by).await));
        }
    }
    for stage in &stages.sinks {
        let about = format!("sink `{}`", stage.name);
        let own = contain_async(stage.sink.check_online(cx)).await;
        let own = own.unwrap_or_else(|panic| vec![Finding::Failed(panic.diagnostic("it"))]);
        findings.extend(own.into_iter().map(|finding| (about.clone(), finding)));
    }
    findings
}

async fn check_site(cx: &Context, address: &str) -> Finding {
    let why = match cx.http.fetch(FetchRequest::new(address).max_bytes(1)).await {
        Ok(answer) if answer.status == 200 => {
            return Finding::Passed(format!("`{address}` returns status 200"));
        }
        Ok(answer) => format!("`{address}` returns status {}", answer.status),
        Err(error) => format!("cannot fetch `{address}`: {error}"),
    };
    Finding::Warning {
        message: why,
        hint: "check that the source's `url` is the site's public address".to_owned(),
    }
}

async fn check_newest_post(cx: &Context, item: &Item, card_by: CardBy) -> Finding {
    let address = item.url.as_deref().unwrap_or_default();
    let mut time_left = Duration::ZERO;
    match check_live(cx, item, card_by, &mut time_left).await {
        Ok(()) => Finding::Passed(format!(
            "the newest post and its picture are live at `{address}`"
        )),
        Err(not_live) => Finding::Warning {
            message: format!("the newest post is not live: {not_live}"),
            hint: "publish the site, or check that the URLs of the source match it".to_owned(),
        },
    }
}
