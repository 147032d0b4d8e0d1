//! Checks that posts have pictures and that the local ones can be sent. Nothing is converted, and no
//! requests are made.

use std::sync::Arc;

use jiff::Timestamp;
use syndicate_api::{CardPictureSize, Finding, Item, PicturePolicy, ServerInfo};

use super::finding::CheckFinding;
use crate::engine::gather::Pictures;
use crate::engine::plan::guard;
use crate::engine::{PipelineScan, SinkStage, StageChain};

/// Maximum number of pictures that are listed individually.
const SHOWN: usize = 5;

/// The picture size of sinks that declare none.
const ANY: CardPictureSize = CardPictureSize {
    ideal: (1, 1),
    min_width: 0,
};

/// Adds the findings about the pictures of posts.
pub(super) fn check_pictures(
    stages: &StageChain,
    scanned: &PipelineScan,
    now: Timestamp,
    findings: &mut Vec<CheckFinding>,
) {
    let all = scanned.items.len();
    let bare = scanned
        .items
        .iter()
        .filter(|(_, item)| item.image.is_none());
    let bare = bare.count();
    let policy = |stage: &SinkStage| stage.sink.limits(&ServerInfo::default()).picture;
    let sinks = stages.sinks.iter();
    for stage in sinks.filter(|stage| policy(stage) == PicturePolicy::Require && all > 0) {
        findings.push((format!("sink `{}`", stage.name), finding(all, bare)));
    }
    let showing = stages
        .sinks
        .iter()
        .filter(|stage| policy(stage) != PicturePolicy::Skip);
    let looks: Vec<CardPictureSize> = showing
        .map(|stage| stage.sink.appearance().picture.unwrap_or(ANY))
        .collect();
    if let Some(look) = looks.into_iter().max_by_key(|look| look.min_width) {
        check_files(stages, scanned, (look, now), findings);
    }
}

fn finding(all: usize, bare: usize) -> Finding {
    if bare == 0 {
        return Finding::Passed("every post has a picture".to_owned());
    }
    Finding::Warning {
        message: match (bare, all) {
            (1, 1) => "the only post has no picture and is not sent".to_owned(),
            (1, _) => format!("1 of {all} posts has no picture and is not sent"),
            _ => format!("{bare} of {all} posts have no picture and are not sent"),
        },
        hint: "add pictures, or set the sink's `thumbnail` to `warn` or `skip`".to_owned(),
    }
}

/// Opens the picture of each post that the policy of a sink allows.
fn check_files(
    stages: &StageChain,
    scanned: &PipelineScan,
    (look, now): (CardPictureSize, Timestamp),
    findings: &mut Vec<CheckFinding>,
) {
    let pictures = Pictures::new(&stages.base, Arc::clone(&stages.conversions));
    let is_sent = |item: &Item| {
        let mut sinks = stages.sinks.iter();
        !item.draft
            && item.hold.is_none()
            && sinks.any(|stage| guard::policy(item, &stage.policy, now).is_none())
    };
    let items = scanned.items.iter().map(|(_, item)| item.as_ref());
    let mut wrong = items
        .filter(|item| is_sent(item))
        .filter_map(|item| flaw(item, &pictures, look));
    findings.extend(wrong.by_ref().take(SHOWN));
    let more = wrong.count();
    if more > 0 {
        let message = match more {
            1 => "1 more picture is missing, unusable or too small".to_owned(),
            more => format!("{more} more pictures are missing, unusable or too small"),
        };
        let hint = "run `syndicate preview` to see it at each post".to_owned();
        findings.push(("posts".to_owned(), Finding::Warning { message, hint }));
    }
}

/// Returns the finding about the picture of `item`, if there is a problem.
fn flaw(item: &Item, pictures: &Pictures, look: CardPictureSize) -> Option<CheckFinding> {
    let about = item.label().to_owned();
    let image = item.image.as_ref()?;
    match pictures.inspect(image) {
        Ok(Some((width, _))) if width < look.min_width => {
            let file = image.file.as_deref().unwrap_or_default();
            let message = format!("its picture `{file}` is only {width} pixels wide");
            let hint = {
                let (width, height) = look.ideal;
                format!("use one of {width}×{height} pixels or more")
            };
            Some((about, Finding::Warning { message, hint }))
        }
        Ok(_) => None,
        Err(error) => {
            let hint = error.hint.clone().unwrap_or_default();
            let is_own = error.path.is_some() && error.path == item.path;
            let (about, message) = match error.line().filter(|_| is_own) {
                Some(line) => (format!("{about}:{line}"), error.message),
                None if is_own => (about, error.message),
                None => (about, error.to_string()),
            };
            Some((about, Finding::Warning { message, hint }))
        }
    }
}
