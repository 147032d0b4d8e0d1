//! `settle --same-as` and `settle --renamed`: a person's word that a post is one on record.

use serde_json::json;

use super::{Exit, Failure, Global, Hinted, Read, World, print};
use crate::engine::{Same, SameError, Selection, renamed, same_as};
use crate::ledger::{RandomIds, Session};

/// Records that the post `item` is the one on record as `old`.
pub(super) async fn record(
    global: &Global,
    world: &World,
    (stages, scanned): &Read,
    (item, old): (&str, &str),
    session: &mut dyn Session,
) -> Result<Exit, Failure> {
    let item = Selection::item_of(item, scanned, stages)?;
    let done = same_as(&item, old, session, &world.cx, &RandomIds).await;
    done.map_err(failure)?;
    let same = Same {
        item: item.label().to_owned(),
        old: old.to_owned(),
    };
    report(global, &[same])
}

/// Records every post that may be one renamed post on record, and no other, as that post.
pub(super) async fn record_renamed(
    global: &Global,
    world: &World,
    (stages, scanned): &Read,
    session: &mut dyn Session,
) -> Result<Exit, Failure> {
    let same = renamed((stages, scanned), session, &world.cx, &RandomIds).await?;
    report(global, &same)
}

fn report(global: &Global, same: &[Same]) -> Result<Exit, Failure> {
    if global.json {
        let list = same
            .iter()
            .map(|same| json!({"item": same.item, "same_as": same.old}));
        let list: Vec<_> = list.collect();
        print::data(&json!({"v": 1, "settled": list}).to_string())?;
        return Ok(Exit::Fine);
    }
    for same in same {
        print::data(&format!("settled: {} is {}", same.item, same.old))?;
    }
    if same.is_empty() {
        print::talk("nothing to answer: no post has exactly one candidate")?;
    }
    Ok(Exit::Fine)
}

fn failure(error: SameError) -> Failure {
    let hint = match &error {
        SameError::Ledger(_) => return Failure::Other(anyhow::Error::new(error)),
        SameError::NotOnRecord(_) => "`syndicate status` lists what is on record",
        SameError::Ambiguous(_) => "name the post on record by its address",
        SameError::Already(_) | SameError::Sent { .. } => "nothing needs to be done",
    };
    Failure::Other(anyhow::Error::new(Hinted::new(error.to_string(), hint)))
}
