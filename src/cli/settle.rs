//! `syndicate settle`: what became of an attempt that got no clear answer.

use std::time::Duration;

use clap::Args;
use serde_json::json;
use syndicate_api::Receipt;

use super::world::{World, ledger_file};
use super::{Exit, Failure, Global, Hinted, print};
use crate::engine::{OpenAttempt, Probe, ProbeError, open_attempts, settle};
use crate::ledger::{JsonLines, RandomIds, Store as _};

/// Options of `settle`.
#[derive(Args, Debug)]
#[command(after_help = "\
Look at the platform first. Then one of:
  syndicate settle content/hello.md --sent urn:li:share:7…   it is there
  syndicate settle content/hello.md --not-sent               it is not; the next build sends it
  syndicate settle content/hello.md --probe                  repeat the very same request, once: a
      platform that has the post refuses an equal one and names it (LinkedIn does, for ten minutes)
Without any of them it lists what is open.")]
pub(super) struct Options {
    /// The post: its file, address or key
    #[arg(value_name = "ITEM")]
    item: Option<String>,
    /// It is there, under this identifier of the platform
    #[arg(
        long,
        value_name = "ID",
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
    /// Only the attempt to this sink
    #[arg(long, value_name = "NAME")]
    sink: Option<String>,
    /// How many seconds to wait for another run
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    lock_timeout: u64,
}

pub(super) async fn run(global: &Global, options: &Options) -> Result<Exit, Failure> {
    let world = World::new(global, false)?;
    let store = JsonLines::new(ledger_file(global));
    let mut session = store
        .lock(Duration::from_secs(options.lock_timeout))
        .await?;
    let (item, sink) = (options.item.as_deref(), options.sink.as_deref());
    let open = open_attempts(session.book(), item, sink);
    if options.sent.is_none() && !options.not_sent && !options.probe {
        return list(global, &open);
    }
    let [one] = open.as_slice() else {
        return Err(not_one(item.unwrap_or_default(), &open));
    };
    let word = if options.probe {
        let (stages, scanned) = world.scanned(global, None).await?;
        let probe = Probe {
            stages: &stages,
            scanned: &scanned,
            cx: &world.cx,
            ids: &RandomIds,
        };
        probe.ask(one, session.as_mut()).await.map_err(not_proven)?;
        "sent"
    } else {
        let sent = options.sent.clone().map(|id| Receipt { id, url: None });
        let word = if sent.is_some() { "sent" } else { "not sent" };
        settle(session.as_mut(), one, sent, &world.cx, &RandomIds).await?;
        word
    };
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

fn list(global: &Global, open: &[OpenAttempt]) -> Result<Exit, Failure> {
    if global.json {
        let open: Vec<_> = open
            .iter()
            .map(|open| {
                let attempt = &open.attempt;
                json!({"item": attempt.item, "sink": attempt.sink, "hash": attempt.hash, "message": open.message})
            })
            .collect();
        print::data(&json!({"v": 1, "open": open}).to_string())?;
        return Ok(Exit::Fine);
    }
    for open in open {
        let attempt = &open.attempt;
        print::data(&format!(
            "unknown {} → {}\n        {}",
            attempt.item, attempt.sink, open.message
        ))?;
    }
    let hint = "; settle each with `--sent ID` or `--not-sent`";
    print::talk(&format!(
        "{} open{}",
        open.len(),
        if open.is_empty() { "" } else { hint }
    ))?;
    Ok(Exit::Fine)
}

fn not_proven(error: ProbeError) -> Failure {
    match error {
        ProbeError::Ledger(error) => error.into(),
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
