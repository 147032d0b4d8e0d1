//! `syndicate update`: posts that are out say what they say now, as far as their platform lets one
//! change them. It is the plan of a build, made of changes alone.

use std::time::Duration;

use clap::Args;
use tokio_util::sync::CancellationToken;

use super::build::{Record, Terms, carry_out, finish, recorded};
use super::preview::{plan, show};
use super::signal::Signals;
use super::world::World;
use super::{Exit, Failure, Global};
use crate::engine::Selection;

/// Options of `update`.
#[derive(Args, Debug)]
#[command(after_help = "\
LinkedIn lets one change the commentary of a post and nothing else: another title, picture or
description of the card would be another post. What cannot be changed is said and left as it is.

  syndicate update content/hello.md            change the post to what it would be now
  syndicate update --all --dry-run             what has changed since it was sent
With `policy: {on_change: update}` every `build` does so for posts whose own text has changed.")]
pub(super) struct Options {
    /// Posts (file or address) or payloads (hash)
    #[arg(
        value_name = "HASH|PATH",
        required_unless_present = "all",
        conflicts_with = "all"
    )]
    names: Vec<String>,
    /// Every post that is out
    #[arg(long)]
    all: bool,
    /// Say what would be changed, and change nothing
    #[arg(long)]
    dry_run: bool,
    /// How many seconds to wait for another run
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    lock_timeout: u64,
}

pub(super) async fn run(global: &Global, options: &Options) -> Result<Exit, Failure> {
    let world = World::new(global, false)?;
    let store = world.ledger(global);
    let before = recorded(&store).await?;
    let (stages, scanned) = world.scanned(global, None).await?;
    let selection = Selection::new(&options.names, &scanned, &stages)?.changes_only();
    if options.dry_run {
        let plan = plan(global, &world, (&stages, &scanned), &selection, false).await?;
        show(global, &plan, true)?;
        return Ok(Exit::of_run(&plan, &[]));
    }
    world.check_kept(global, &stages).await?;
    let signals = Signals::listen(CancellationToken::new())?;
    let terms = Terms {
        rehearsed: false,
        same_site: false,
        lock_timeout: Duration::from_secs(options.lock_timeout),
        patience: Duration::ZERO,
        signals: &signals,
    };
    let record = Record {
        store: &store,
        before: &before,
    };
    let plan = carry_out(
        global,
        terms,
        &world,
        (&stages, &scanned),
        &selection,
        record,
    )
    .await?;
    finish(global, &plan)?;
    Ok(Exit::of_run(&plan, &[]))
}
