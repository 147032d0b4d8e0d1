//! `syndicate approve`: lets payloads go out, each as it was previewed.

use std::time::Duration;

use clap::Args;
use serde_json::json;

use super::status::warn_of;
use super::world::World;
use super::{Exit, Failure, Global, Hinted, print};
use crate::engine::{Planning, Purpose, Selection, Share, approve, make_plan};
use crate::ledger::{RandomIds, Store as _};

/// Options of `approve`.
#[derive(Args, Debug)]
#[command(after_help = "\
With `policy: {approve: true}` only approved payloads go out. An approval is for one payload: any
later change of text or picture voids it.

  syndicate preview                    look
  syndicate approve sha256:4be1…       approve exactly that payload
  syndicate approve content/hello.md   approve the post as it is now, for every sink
  syndicate approve --all              approve everything that the next build would send")]
pub(super) struct Options {
    /// Posts (file or address) or payloads (hash)
    #[arg(
        value_name = "HASH|PATH",
        required_unless_present = "all",
        conflicts_with = "all"
    )]
    names: Vec<String>,
    /// Everything that would be sent
    #[arg(long)]
    all: bool,
    /// How many seconds to wait for another run
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    lock_timeout: u64,
}

pub(super) async fn run(global: &Global, options: &Options) -> Result<Exit, Failure> {
    let world = World::new(global, false)?;
    let (stages, scanned) = world.scanned(global, None).await?;
    let selection = Selection::new(&options.names, &scanned, &stages)?;
    let store = world.ledger(global);
    let mut session = store
        .lock(Duration::from_secs(options.lock_timeout))
        .await?;
    warn_of(session.as_ref())?;
    let planning = Planning {
        stages: &stages,
        scanned: &scanned,
        selection: &selection,
        purpose: Purpose::Show,
        share: Share::NextRun,
    };
    let plan = make_plan(&planning, session.book(), &world.cx).await;
    let approved = approve(session.as_mut(), &plan, &world.cx, &RandomIds).await?;
    if approved.is_empty() && !options.all {
        return Err(Failure::Other(anyhow::Error::new(Hinted::new(
            "nothing was approved: no such payload would be sent, or it is approved already",
            "`syndicate preview --all` shows what each post's payload is and what holds it back",
        ))));
    }
    let hash = |entry: &crate::engine::Entry| entry.composed.as_ref().map(|c| c.hash.clone());
    if global.json {
        let list: Vec<_> = approved
            .iter()
            .map(|entry| json!({"item": entry.item.id(), "sink": entry.sink, "hash": hash(entry)}))
            .collect();
        print::data(&json!({"v": 1, "approved": list}).to_string())?;
    } else {
        for entry in &approved {
            let hash = hash(entry).unwrap_or_default();
            print::data(&format!(
                "approved {} → {}\n         {hash}",
                entry.item.label(),
                entry.sink
            ))?;
        }
        print::talk(&format!("{} approved", approved.len()))?;
    }
    Ok(Exit::Fine)
}
