//! `syndicate retract`: takes a post that is out back from its platform.

use std::time::Duration;

use clap::Args;
use serde_json::json;
use syndicate_api::{Code, Diagnostic};

use super::status::warn_of;
use super::world::World;
use super::{Exit, Failure, Global, Hinted, print};
use crate::engine::{Retraction, RetractionError, groups_named, retract, retractable};
use crate::ledger::{RandomIds, Store as _};

/// Options of `retract`.
#[derive(Args, Debug)]
#[command(after_help = "\
  syndicate retract content/hello.md             take it back wherever it is out
  syndicate retract content/hello.md --by-hand   you deleted it yourself: only put that on record
A post that was taken back is never sent again by itself; `build --only` sends it anew.")]
pub(super) struct Options {
    /// The post: its file, address or key
    #[arg(value_name = "ITEM")]
    item: String,
    /// Only from this sink
    #[arg(long, value_name = "NAME")]
    sink: Option<String>,
    /// It was deleted on the platform itself; only put that on record
    #[arg(long)]
    by_hand: bool,
    /// Only the post with this identifier of the platform, where several are out
    #[arg(long, value_name = "ID")]
    id: Option<String>,
    /// How many seconds to wait for another run
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    lock_timeout: u64,
}

impl Options {
    fn names(&self, retraction: &Retraction) -> bool {
        let id = retraction.receipt.as_ref().map(|receipt| &receipt.id);
        self.id.is_none() || self.id.as_ref() == id
    }
}

pub(super) async fn run(global: &Global, options: &Options) -> Result<Exit, Failure> {
    let world = World::new(global, false)?;
    let (stages, scanned) = world.scanned(global, None).await?;
    let store = world.ledger(global);
    let mut session = store
        .lock(Duration::from_secs(options.lock_timeout))
        .await?;
    warn_of(session.as_ref())?;
    let groups = groups_named(&options.item, session.book(), Some((&scanned, &stages)));
    let mut out = retractable(session.book(), &groups, options.sink.as_deref());
    out.retain(|retraction| options.names(retraction));
    if out.is_empty() {
        return Err(nothing(options));
    }
    let mut exit = Exit::Fine;
    let mut told = Vec::new();
    for retraction in &out {
        let by_hand = options.by_hand;
        let (cx, session) = (&world.cx, session.as_mut());
        let done = retract(retraction, by_hand, &stages, session, cx, &RandomIds).await;
        let problem = match done {
            Ok(()) => None,
            Err(RetractionError::Ledger(error)) => return Err(error.into()),
            Err(error) => Some(problem(error)),
        };
        if problem.is_some() {
            exit = Exit::Partly;
        }
        told.push(tell(global, retraction, problem)?);
    }
    if global.json {
        print::data(&json!({"v": 1, "retracted": told}).to_string())?;
    }
    Ok(exit)
}

fn nothing(options: &Options) -> Failure {
    let under = options.id.as_ref().map(|id| format!(" as `{id}`"));
    let message = format!(
        "nothing of `{}` is out{}",
        options.item,
        under.unwrap_or_default()
    );
    Failure::Other(anyhow::Error::new(Hinted::new(
        message,
        "`syndicate status` lists what is",
    )))
}

fn problem(error: RetractionError) -> Diagnostic {
    match error {
        RetractionError::Refused(error) => Diagnostic::from(error),
        error => Diagnostic::new(Code::Unsupported, error.to_string())
            .with_hint("delete it on the platform, then `--by-hand`"),
    }
}

fn tell(
    global: &Global,
    retraction: &Retraction,
    problem: Option<Diagnostic>,
) -> Result<serde_json::Value, Failure> {
    let Retraction { attempt, receipt } = retraction;
    if !global.json {
        let what = format!("{} → {}", attempt.item, attempt.sink);
        print::data(&match &problem {
            None => format!("retracted {what}"),
            Some(problem) => format!(
                "failed {what} [{}]\n        {}",
                problem.code,
                problem.to_line()
            ),
        })?;
    }
    Ok(json!({
        "item": attempt.item,
        "sink": attempt.sink,
        "receipt": receipt,
        "done": problem.is_none(),
        "error": problem.as_ref().map(Diagnostic::to_line),
        "diagnostic": problem,
    }))
}
