//! `syndicate settle`: what only a person knows about a delivery: the outcome of an attempt that got no
//! clear answer, and which post on record a renamed one is.

mod same;

use std::time::Duration;

use clap::Args;
use jiff::Timestamp;
use serde_json::json;
use syndicate_api::Receipt;

use super::adopt::located;
use super::status::{by_another_run, warn_of};
use super::world::World;
use super::{Exit, Failure, Global, Hinted, print};
use crate::engine::{
    OpenAttempt, Probe, ProbeError, Scanned, Stages, groups_named, open_attempts, settle,
};
use crate::ledger::{Book, RandomIds, Session, Store as _};

/// Options of `settle`.
#[derive(Args, Debug)]
#[command(after_help = "\
Look at the platform first. Then one of:
  syndicate settle content/hello.md --sent urn:li:share:7…   it is there
  syndicate settle content/hello.md --not-sent               it is not; the next build sends it
  syndicate settle content/hello.md --probe                  repeat the very same request, once: a
      platform that has the post refuses an equal one and names it (LinkedIn does, for ten minutes)
Without any of them it lists what is open. Of a post that may be one on record under another name:
  syndicate settle content/new.md --same-as content/old.md   it is that post
  syndicate settle --renamed                                 each is the one post that it may be")]
pub(super) struct Options {
    /// The post: its file, address or key
    #[arg(value_name = "ITEM")]
    item: Option<String>,
    /// It is there, under this identifier or address of the platform
    #[arg(
        long,
        value_name = "ID|URL",
        conflicts_with = "not_sent",
        requires = "item"
    )]
    sent: Option<String>,
    /// It is not there
    #[arg(long, conflicts_with = "probe", requires = "item")]
    not_sent: bool,
    /// Repeat the very same request and take the answer as proof
    #[arg(long, requires = "item")]
    probe: bool,
    /// It is the post on record that had this file or address
    #[arg(
        long,
        value_name = "OLD",
        requires = "item",
        conflicts_with_all = ["sent", "not_sent", "probe", "renamed"]
    )]
    same_as: Option<String>,
    /// Record each renamed post as the one post on record that it may be
    #[arg(long, conflicts_with_all = ["item", "sent", "not_sent", "probe"])]
    renamed: bool,
    /// Only the attempt to this sink
    #[arg(long, value_name = "NAME")]
    sink: Option<String>,
    /// How many seconds to wait for another run
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    lock_timeout: u64,
}

/// What the pipeline is and reads.
type Read = (Stages, Scanned);

pub(super) async fn run(global: &Global, options: &Options) -> Result<Exit, Failure> {
    let world = World::new(global, false)?;
    let store = world.ledger(global);
    let timeout = Duration::from_secs(options.lock_timeout);
    if options.renamed || options.same_as.is_some() {
        let read = world.scanned(global, None).await?;
        let mut session = store.lock(timeout).await?;
        warn_of(session.as_ref())?;
        let session = session.as_mut();
        return match (&options.same_as, &options.item) {
            (Some(old), Some(item)) => {
                same::record(global, &world, &read, (item, old), session).await
            }
            _ => same::record_renamed(global, &world, &read, session).await,
        };
    }
    let Some(item) = options.item.as_deref() else {
        // A list needs no pipeline that works.
        let book = store.survey().await?.book;
        let open = open_attempts(&book, None, options.sink.as_deref());
        return list(global, &open, (&book, world.cx.now()));
    };
    // The ledger knows the post by its former name even where the pipeline is broken.
    let read = world.scanned(global, None).await;
    let mut session = store.lock(timeout).await?;
    warn_of(session.as_ref())?;
    let scanned = read
        .as_ref()
        .ok()
        .map(|(stages, scanned)| (scanned, stages));
    let groups = groups_named(item, session.book(), scanned);
    let open = open_attempts(session.book(), Some(&groups), options.sink.as_deref());
    if options.sent.is_none() && !options.not_sent && !options.probe {
        return list(global, &open, (session.book(), world.cx.now()));
    }
    let [one] = open.as_slice() else {
        return Err(not_one(item, &open));
    };
    if let Some(until) = claimed_until(one, session.book(), world.cx.now())
        && options.sent.is_none()
    {
        return Err(claimed(item, until));
    }
    let word = decide(&world, options, read, one, session.as_mut()).await?;
    session.finish().await?;
    if global.json {
        let value = json!({"v": 1, "item": one.attempt.item, "sink": one.attempt.sink, "as": word});
        print::data(&value.to_string())?;
    } else {
        print::data(&format!(
            "settled as {word}: {} → {}",
            one.attempt.item, one.attempt.sink
        ))?;
    }
    Ok(Exit::Fine)
}

/// Returns until when another run may send what `open` began.
fn claimed_until(open: &OpenAttempt, book: &Book, now: Timestamp) -> Option<Timestamp> {
    let claim = open.claim.as_ref()?;
    book.live().claimed_until(claim, now)
}

/// That the post is not there yet proves nothing while another run may be sending it.
fn claimed(item: &str, until: Timestamp) -> Failure {
    let until = until.strftime("%Y-%m-%d %H:%M UTC");
    Failure::Other(anyhow::Error::new(Hinted::new(
        format!("another run may be sending `{item}` until {until}"),
        "look at the platform after that, and run this again",
    )))
}

/// Records the outcome of `open` that the options name. Returns it in words.
async fn decide(
    world: &World,
    options: &Options,
    read: Result<Read, Failure>,
    open: &OpenAttempt,
    session: &mut dyn Session,
) -> Result<&'static str, Failure> {
    if options.probe {
        let (stages, scanned) = read?;
        let probe = Probe {
            stages: &stages,
            scanned: &scanned,
            cx: &world.cx,
            ids: &RandomIds,
            run: &world.run,
        };
        probe.ask(open, session).await.map_err(not_proven)?;
        return Ok("sent");
    }
    let sent: Option<Receipt> = match &options.sent {
        Some(address) => {
            let stages = read.as_ref().ok().map(|(stages, _)| stages);
            Some(located(world, stages, &open.attempt.sink, address).await?)
        }
        None => None,
    };
    let word = if sent.is_some() { "sent" } else { "not sent" };
    settle(session, open, sent, &world.cx, &RandomIds).await?;
    Ok(word)
}

fn list(
    global: &Global,
    open: &[OpenAttempt],
    (book, now): (&Book, Timestamp),
) -> Result<Exit, Failure> {
    if global.json {
        let open: Vec<_> = open
            .iter()
            .map(|open| {
                let attempt = &open.attempt;
                json!({
                    "item": attempt.item,
                    "sink": attempt.sink,
                    "hash": attempt.hash,
                    "message": open.message,
                    "duplicate": open.is_duplicate,
                    "claimed_until": claimed_until(open, book, now),
                })
            })
            .collect();
        print::data(&json!({"v": 1, "open": open}).to_string())?;
        return Ok(Exit::Fine);
    }
    let mut count = 0;
    for open in open {
        let attempt = &open.attempt;
        let (word, detail) = match (claimed_until(open, book, now), open.is_duplicate) {
            (Some(until), _) => ("claimed", by_another_run(until)),
            (None, true) => ("duplicate", open.message.clone()),
            (None, false) => ("unknown", open.message.clone()),
        };
        count += usize::from(word != "claimed");
        print::data(&format!(
            "{word} {} → {}\n        {detail}",
            attempt.item, attempt.sink
        ))?;
    }
    let hint = "; settle each with `--sent ID` or `--not-sent`; `adopt` records an equal post";
    print::talk(&format!(
        "{count} open{}",
        if count == 0 { "" } else { hint }
    ))?;
    Ok(Exit::Fine)
}

fn not_proven(error: ProbeError) -> Failure {
    match error {
        ProbeError::Ledger(error) => error.into(),
        ProbeError::Refused(error) => Failure::Other(anyhow::Error::new(error)),
        error => Failure::Other(anyhow::Error::new(Hinted::new(
            error.to_string(),
            "look at the platform, then `--sent ID` or `--not-sent`",
        ))),
    }
}

fn not_one(item: &str, open: &[OpenAttempt]) -> Failure {
    let hinted = if open.is_empty() {
        Hinted::new(
            format!("nothing about `{item}` is open"),
            "`syndicate settle` without an item lists what is",
        )
    } else {
        let sinks: Vec<String> = open
            .iter()
            .map(|open| format!("`{}`", open.attempt.sink))
            .collect();
        Hinted::new(
            format!("`{item}` is open for several sinks: {}", sinks.join(", ")),
            "name one with `--sink`",
        )
    };
    Failure::Other(anyhow::Error::new(hinted))
}
