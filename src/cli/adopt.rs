//! `syndicate adopt`: a post that is out already, by hand or by a run whose record was lost, joins the
//! ledger.

use std::time::Duration;

use clap::Args;
use serde_json::json;
use syndicate_api::{PublishError, Receipt};

use super::status::warn_of;
use super::world::World;
use super::{Exit, Failure, Global, Hinted, print};
use crate::engine::{
    Planning, Purpose, SameError, Selection, Share, SinkStage, Stages, adopt, groups_named,
    make_plan,
};
use crate::ledger::{Book, RandomIds, Store as _};

/// Options of `adopt`.
#[derive(Args, Debug)]
#[command(after_help = "\
  syndicate adopt content/hello.md urn:li:share:7…
  syndicate adopt content/hello.md https://www.linkedin.com/feed/update/urn:li:share:7…/
The post counts as sent from then on: it is not sent again, and `status`, `update` and `retract`
know it. Copy its address from the platform.")]
pub(super) struct Options {
    /// The post: its file, address or key
    #[arg(value_name = "POST")]
    item: String,
    /// Its identifier or address on the platform
    #[arg(value_name = "ID|URL")]
    address: String,
    /// The sink whose platform has it; needed where there are several
    #[arg(long, value_name = "NAME")]
    sink: Option<String>,
    /// How many seconds to wait for another run
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    lock_timeout: u64,
}

pub(super) async fn run(global: &Global, options: &Options) -> Result<Exit, Failure> {
    let world = World::new(global, false)?;
    let (stages, scanned) = world.scanned(global, None).await?;
    let item = Selection::item_of(&options.item, &scanned, &stages)?;
    let stage = sink(&stages, options.sink.as_deref())?;
    let receipt = located(&world, Some(&stages), &stage.name, &options.address).await?;
    let store = world.ledger(global);
    let timeout = Duration::from_secs(options.lock_timeout);
    let mut session = store.lock(timeout).await?;
    warn_of(session.as_ref())?;
    let groups = groups_named(&options.item, session.book(), Some((&scanned, &stages)));
    let selection = Selection::of_keys(&item.keys, &scanned);
    let planning = Planning {
        stages: &stages,
        scanned: &scanned,
        selection: &selection,
        purpose: Purpose::Show,
        share: Share::NextRun,
    };
    // As if nothing were on record, since what is on record keeps it from being encoded.
    let plan = make_plan(&planning, &Book::default(), &world.cx).await;
    let of = (&*item, groups.as_slice(), stage);
    let env = (&world.cx, &RandomIds as &dyn crate::ledger::Ids);
    let done = adopt(of, receipt.clone(), &plan, session.as_mut(), env).await;
    done.map_err(failure)?;
    if global.json {
        let value = json!({"v": 1, "item": item.id(), "sink": stage.name, "receipt": receipt});
        print::data(&value.to_string())?;
    } else {
        print::data(&format!(
            "adopted {} → {} as {}",
            item.label(),
            stage.name,
            receipt.id
        ))?;
    }
    Ok(Exit::Fine)
}

fn sink<'s>(stages: &'s Stages, name: Option<&str>) -> Result<&'s SinkStage, Failure> {
    let hinted = |message: String, hint: String| Err(Failure::Usage(Hinted::new(message, hint)));
    let names = stages.sink_names();
    match (name, stages.sinks.as_slice()) {
        (Some(name), sinks) => match sinks.iter().find(|sink| sink.name == name) {
            Some(sink) => Ok(sink),
            None => {
                let hint = syndicate_api::suggest(name, &names).unwrap_or_default();
                hinted(format!("pipeline.yaml has no sink `{name}`"), hint)
            }
        },
        (None, [sink]) => Ok(sink),
        (None, _) => hinted(
            format!("pipeline.yaml has {} sinks", names.len()),
            format!("name one with `--sink`: `{}`", names.join("`, `")),
        ),
    }
}

/// Returns the post that a person named by an identifier or an address of the platform of `sink`.
pub(super) async fn located(
    world: &World,
    stages: Option<&Stages>,
    sink: &str,
    address: &str,
) -> Result<Receipt, Failure> {
    let mut stages = stages.into_iter().flat_map(|stages| &stages.sinks);
    let Some(stage) = stages.find(|stage| stage.name == sink) else {
        return Err(Failure::Other(anyhow::Error::new(Hinted::new(
            format!(
                "pipeline.yaml has no sink `{sink}`, which knows what its identifiers look like"
            ),
            "add the sink again, then name the post",
        ))));
    };
    let located = stage.sink.locate(&world.cx, address).await;
    located.map_err(|error| {
        let PublishError { message, hint, .. } = error;
        let hint = hint.unwrap_or_else(|| "copy the post's address from the platform".to_owned());
        Failure::Other(anyhow::Error::new(Hinted::new(message, hint)))
    })
}

fn failure(error: SameError) -> Failure {
    match error {
        SameError::Ledger(error) => error.into(),
        error => Failure::Other(anyhow::Error::new(Hinted::new(
            error.to_string(),
            "`syndicate status` shows what is on record",
        ))),
    }
}
