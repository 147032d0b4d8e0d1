//! Builds the context of this process, which every command uses. `SYNDICATE_NOW` fixes the clock at
//! one instant, so that a run can be reproduced exactly.

use std::sync::Arc;

use jiff::{Timestamp, Zoned};
use syndicate_api::http::Http;
use syndicate_api::{Clock, Code, Context, Diagnostic, Env, InMemoryKvCache};

use super::file_cache::FileCache;
use super::kv_cache::KvCacheFile;
use super::zone::machine_zone;
use crate::auth::TokenFiles;
use crate::ledger::{Ids as _, RandomIds};

/// Clock, variables, connections and caches of this process.
pub(crate) struct AppContext {
    /// The context for plugins and the engine.
    pub(crate) cx: Context,
    /// The random identifier of this process.
    pub(crate) run_id: String,
}

/// A failure to build the context.
#[derive(Debug, thiserror::Error)]
pub(crate) enum EnvError {
    /// An environment variable has an invalid value.
    #[error(transparent)]
    Variable(Diagnostic),
    /// The random number generator is not available.
    #[error(transparent)]
    System(anyhow::Error),
}

impl AppContext {
    /// Builds the context. With `is_sandbox` it reads no credential and caches no response of a
    /// platform, because the sandbox's responses differ. With `is_offline` it reads nothing from
    /// the network.
    pub(crate) fn open(is_sandbox: bool, is_offline: bool) -> Result<Self, EnvError> {
        let env = Env::process();
        let clock = clock(&env)?;
        let cache = Arc::new(FileCache::open(&env));
        let mut cx = match is_sandbox {
            true => Context::new(
                Http::new(),
                clock,
                env,
                Arc::new(InMemoryKvCache::default()),
            ),
            false => {
                let memory = Arc::new(KvCacheFile::open(&env));
                Context::new(Http::new(), clock, env, memory)
            }
        };
        cx.blob_cache = cache;
        if !is_sandbox {
            cx.credentials = Arc::new(TokenFiles::open(&cx.env));
        }
        cx.offline = is_offline;
        cx.zone = machine_zone();
        Ok(Self {
            run_id: RandomIds.next(cx.now()),
            cx,
        })
    }
}

/// Returns the system's clock, or a clock fixed at `SYNDICATE_NOW`.
///
/// # Errors
/// Fails if `SYNDICATE_NOW` is not a valid instant.
pub(crate) fn clock(env: &Env) -> Result<Clock, EnvError> {
    Ok(match env.get("SYNDICATE_NOW") {
        Some(text) => Clock::fixed(parse_now(&text)?),
        None => Clock::system(),
    })
}

fn parse_now(text: &str) -> Result<Timestamp, EnvError> {
    let zoned = || text.parse::<Zoned>().map(|zoned| zoned.timestamp());
    text.parse::<Timestamp>().or_else(|_| zoned()).map_err(|_| {
        EnvError::Variable(
            Diagnostic::new(
                Code::Usage,
                format!("invalid instant `{text}` in `SYNDICATE_NOW`"),
            )
            .with_hint("write it as in RFC 3339, such as `2026-11-22T09:00:00Z`"),
        )
    })
}
