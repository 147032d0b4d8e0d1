//! `syndicate watch`: what `build` does, whenever something was saved and has rested, for hours and
//! days. It reads everything anew after each change, so nothing depends on which file it was.

mod desk;
mod enter;
mod news;
mod voice;

use std::time::Duration;

use clap::Args;
use tokio::time::{Instant, sleep_until};

use self::desk::Desk;
use self::enter::Enter;
use self::voice::Voice;
use super::rehearsal::Rehearsal;
use super::signal::Signals;
use super::world::World;
use super::{Exit, Failure, Global};
use crate::engine::watch::{News, Notices};

/// How often the plan is made anew although nothing changed: times come by themselves.
const TICK: Duration = Duration::from_secs(60);

/// How often a countdown is shown.
const SECOND: Duration = Duration::from_secs(1);

/// Options of `watch`.
#[derive(Args, Debug)]
#[command(after_help = "\
It sends what `build` would, once a post has rested for `policy.grace` (30s unless you say
otherwise): since it became sendable or its payload changed, and since its last save. Enter
holds back what counts down until it is saved again. `max_per_run` holds for any 24 hours.
Ctrl-C ends it between two posts, a second one at once.

  syndicate watch --sandbox    rehearse: post to a LinkedIn on this machine
  syndicate watch --json       an event a line, for programs")]
pub(super) struct Options {
    /// Post to a LinkedIn on this machine; no account, no secret, no ledger
    #[arg(long)]
    sandbox: bool,
    /// Look at the files every few seconds instead of trusting what the system tells of them
    #[arg(long)]
    poll: bool,
    /// How many seconds to wait for another run
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    lock_timeout: u64,
}

pub(super) async fn run(global: &Global, options: &Options) -> Result<Exit, Failure> {
    let world = World::new(global, options.sandbox)?;
    let rehearsal = match options.sandbox {
        true => Some(Rehearsal::start(world.cx.clock, 0).await?),
        false => None,
    };
    let mut voice = Voice::new(global.json);
    let sandbox = rehearsal.as_ref().map(|rehearsal| rehearsal.url.clone());
    let timeout = Duration::from_secs(options.lock_timeout);
    // Before anything is read, so that a save during the first read is seen.
    let notices = Notices::of(vec![global.pipeline()], options.poll);
    let desk = Desk::open(global, world, sandbox.clone(), timeout, notices).await?;
    let signals = Signals::listen(desk.stop.clone())?;
    voice.watching(&desk.roots(), sandbox.as_deref())?;
    let exit = match signals.unless_repeated(keep(desk, &mut voice)).await {
        Ok(ended) => ended.map(|()| Exit::Fine)?,
        // What was under way is left as it is: the next run finds its intent.
        Err(interrupted) => interrupted.exit(),
    };
    voice.stopped()?;
    if let Some(rehearsal) = rehearsal {
        rehearsal.stop().await?;
    }
    Ok(exit)
}

/// Works until a stop is requested.
async fn keep(mut desk: Desk<'_>, voice: &mut Voice) -> Result<(), Failure> {
    let stop = desk.stop.clone();
    let mut enter = Enter::listen();
    let mut tick = Instant::now();
    loop {
        let ticked = tick <= Instant::now();
        if ticked {
            tick = Instant::now() + TICK;
        }
        desk.work(voice, ticked).await?;
        if stop.is_cancelled() {
            return Ok(());
        }
        voice.status(desk.status())?;
        let wake = tick.min(desk.next()).min(Instant::now() + voice.breath());
        tokio::select! {
            news = desk.notices.next() => match news {
                News::Files => desk.reread(voice).await?,
                News::Ledger => desk.recheck(),
            },
            () = enter.next() => voice.held_back(desk.hold_back())?,
            () = stop.cancelled() => {}
            () = sleep_until(wake) => {}
        }
    }
}
