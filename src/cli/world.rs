//! The world outside, as this process sees it: clock, variables, connections, chance. `SYNDICATE_NOW` stops
//! the clock at an instant, so that a run can be repeated exactly.

use std::sync::Arc;

use jiff::{Timestamp, Zoned, tz::TimeZone};
use syndicate_api::http::Http;
use syndicate_api::{Clock, Context, Env, Memory, VolatileMemory};

use super::cache::{FileCache, state_folder};
use super::memory::FileMemory;
use super::{Failure, Global, Hinted};
use crate::auth::TokenFiles;
use crate::config::{Pipeline, Surroundings, load, runs_in_ci};
use crate::engine::{Scanned, Stages, scan};
use crate::ledger::{
    FILE_NAME, Ids as _, Journaled, Journals, JsonLines, LedgerError, RandomIds, Store as _,
    moved_to_ref, other_copies,
};
use crate::registry::BUILT_IN;

/// What a verb works with.
pub(super) struct World {
    pub(super) cx: Context,
    /// The time zone of the person who runs us.
    pub(super) zone: TimeZone,
    /// The random id of this process.
    pub(super) run: String,
    /// What this machine remembers of ledgers.
    journals: Arc<Journals>,
}

impl World {
    /// This process's world. A rehearsal remembers nothing and uses nobody's token, as nothing in it is
    /// real; what it reads from elsewhere is.
    pub(super) fn new(global: &Global, rehearsal: bool) -> Result<Self, Failure> {
        let env = Env::process();
        let clock = match env.get("SYNDICATE_NOW") {
            Some(text) => Clock::fixed(instant(&text)?),
            None => Clock::system(),
        };
        let memory: Arc<dyn Memory> = if rehearsal {
            Arc::new(VolatileMemory::default())
        } else {
            Arc::new(FileMemory::open(&env))
        };
        let http = Http::new().map_err(Failure::Other)?;
        let cache = Arc::new(FileCache::open(&env));
        let mut cx = Context::new(http, clock, env, memory);
        cx.cache = cache;
        if !rehearsal {
            cx.grants = Arc::new(TokenFiles::open(&cx.env));
        }
        cx.offline = global.offline;
        let journals = state_folder(&cx.env).map(|folder| folder.join("journals"));
        Ok(Self {
            run: RandomIds.next(cx.now()),
            cx,
            zone: TimeZone::system(),
            journals: Arc::new(Journals::new(journals)),
        })
    }

    /// Returns the ledger beside pipeline.yaml, with what this machine remembers of it.
    pub(super) fn ledger(&self, global: &Global) -> Journaled<JsonLines> {
        let file = global.pipeline().with_file_name(FILE_NAME);
        let journals = Arc::clone(&self.journals);
        let journaled = Journaled::new(JsonLines::new(file.clone()), journals, &file);
        journaled.with_copies(other_copies)
    }

    /// Checks that the ledger outlives this machine and was not moved elsewhere, where this is a run
    /// of a CI.
    pub(super) async fn check_kept(&self, global: &Global, stages: &Stages) -> Result<(), Failure> {
        if !runs_in_ci(&self.cx.env) {
            return Ok(());
        }
        let ledger = stages.ledger_name();
        if !stages.ledger.ci {
            return Err(LedgerError::NotKept { ledger }.into());
        }
        let Ok(book) = self.ledger(global).read().await else {
            // The run itself reports what is wrong with it.
            return Ok(());
        };
        let ids: Vec<String> = book.ledger_ids().into_iter().map(str::to_owned).collect();
        let file = global.pipeline().with_file_name(FILE_NAME);
        let moved = tokio::task::spawn_blocking(move || moved_to_ref(&file, &ids)).await;
        match moved.ok().flatten() {
            Some(to) => Err(LedgerError::Moved { ledger, to }.into()),
            None => Ok(()),
        }
    }

    /// Reads pipeline.yaml; in a rehearsal with its sinks pointed at `sandbox`.
    pub(super) fn pipeline(
        &self,
        global: &Global,
        sandbox: Option<&str>,
    ) -> Result<Pipeline, Failure> {
        let surroundings = Surroundings {
            registry: BUILT_IN,
            env: &self.cx.env,
            sandbox,
        };
        Ok(load(&global.pipeline(), surroundings)?)
    }

    /// Reads pipeline.yaml, builds the stages and reads every source.
    pub(super) async fn scanned(
        &self,
        global: &Global,
        sandbox: Option<&str>,
    ) -> Result<(Stages, Scanned), Failure> {
        let stages = Stages::build(self.pipeline(global, sandbox)?)?;
        let scanned = scan(&stages, &self.cx).await?;
        Ok((stages, scanned))
    }
}

/// Bytes that nobody can guess, from the system.
pub(super) fn random() -> Result<[u8; 32], Failure> {
    let mut random = [0; 32];
    getrandom::fill(&mut random).map_err(|error| {
        Failure::Other(anyhow::anyhow!("this system has no random bytes: {error}"))
    })?;
    Ok(random)
}

fn instant(text: &str) -> Result<Timestamp, Failure> {
    let zoned = || text.parse::<Zoned>().map(|zoned| zoned.timestamp());
    text.parse::<Timestamp>().or_else(|_| zoned()).map_err(|_| {
        Failure::Usage(Hinted::new(
            format!("`SYNDICATE_NOW` is `{text}`, which is no instant"),
            "write it as in RFC 3339, such as `2026-11-22T09:00:00Z`",
        ))
    })
}
