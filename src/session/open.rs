//! Opens a session: its context, its ledger and its sandbox.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use linkedin_sandbox::Sandbox;
use syndicate_api::Context;
use tokio_util::sync::CancellationToken;

use super::error::SessionError;
use super::sandbox_server::SandboxServer;
use super::store::ChosenStore;
use crate::config::ParsedFile;
use crate::engine::Conversions;
use crate::env::{AppContext, cache_folder};
use crate::host::{Launcher, PluginPool};
use crate::ledger::{InMemory, LedgerStore, RandomIds};

/// The endpoint of sinks in a sandbox session whose sandbox is not running. Endpoints are not part
/// of a payload, so the plan does not depend on it.
const NO_SANDBOX: &str = "http://127.0.0.1:9";

/// The target of deliveries, and the use of the network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Delivers to the platforms and records deliveries in the ledger.
    Live,
    /// Like `Live`, but reads nothing from the network; feeds come from the cache.
    Offline,
    /// Delivers to a sandbox in this process, without an account, and records deliveries in memory.
    Sandbox {
        /// `true` if feeds come from the cache.
        is_offline: bool,
    },
}

/// One pipeline and the state that outlives a change of its files.
pub(crate) struct Session {
    pub(super) context: AppContext,
    /// The path of pipeline.yaml, as the user wrote it.
    pub(super) file: PathBuf,
    pub(super) mode: Mode,
    pub(super) chosen: ChosenStore,
    /// The tree of pipeline.yaml, for the next time that it is read.
    pub(super) parsed: ParsedFile,
    /// The ledger of a sandbox session.
    memory: InMemory,
    /// Starts the plugins that are other programs.
    pub(super) plugins: PluginPool,
    /// Converted images, reused by later loads.
    pub(super) conversions: Arc<Conversions>,
    sandbox: Option<SandboxServer>,
}

impl Session {
    /// Opens a session for the pipeline in `config`. Of the pipeline, reads only which store keeps the
    /// ledger.
    pub(crate) fn open(config: &Path, mode: Mode) -> Result<Self, SessionError> {
        let (is_sandbox, is_offline) = match mode {
            Mode::Live => (false, false),
            Mode::Offline => (false, true),
            Mode::Sandbox { is_offline } => (true, is_offline),
        };
        let context = AppContext::open(is_sandbox, is_offline)?;
        let parsed = ParsedFile::default();
        Ok(Self {
            chosen: ChosenStore::of(config, &context, &parsed),
            parsed,
            plugins: PluginPool::new(
                Launcher::this_program(),
                context.cx.env.clone(),
                cache_folder(&context.cx.env),
            ),
            context,
            file: config.to_owned(),
            mode,
            memory: InMemory::default(),
            conversions: Arc::default(),
            sandbox: None,
        })
    }

    /// Starts the sandbox that the sinks of this session post to.
    pub(crate) async fn start_sandbox(&mut self) -> Result<&SandboxServer, SessionError> {
        let clock = self.context.cx.clock;
        let sandbox = Sandbox::new(move || clock.now());
        let server = SandboxServer::start(sandbox, 0).await?;
        Ok(self.sandbox.insert(server))
    }

    /// Stops the sandbox, if one runs.
    pub(crate) async fn close(&self) -> anyhow::Result<()> {
        match &self.sandbox {
            Some(sandbox) => sandbox.stop().await,
            None => Ok(()),
        }
    }

    /// Returns the sandbox, if one runs.
    pub(crate) fn sandbox(&self) -> Option<&SandboxServer> {
        self.sandbox.as_ref()
    }

    /// Returns whether deliveries go to a sandbox.
    pub(crate) fn is_sandbox(&self) -> bool {
        matches!(self.mode, Mode::Sandbox { .. })
    }

    /// Returns the endpoint that replaces the platform's endpoint in a sandbox session.
    pub(super) fn sandbox_address(&self) -> Option<&str> {
        let running = || self.sandbox.as_ref().map(|sandbox| sandbox.url.as_str());
        self.is_sandbox().then(|| running().unwrap_or(NO_SANDBOX))
    }

    /// Ends the wait for plugins that are other programs when `token` is cancelled.
    pub(crate) fn stop_plugins_with(&self, token: &CancellationToken) {
        self.plugins.stop_with(token);
    }

    /// Returns the context for plugins and the engine.
    pub(crate) fn cx(&self) -> &Context {
        &self.context.cx
    }

    /// Returns the context of this process.
    pub(crate) fn context(&self) -> &AppContext {
        &self.context
    }

    /// Returns the path of pipeline.yaml, as the user wrote it.
    pub(crate) fn file(&self) -> &Path {
        &self.file
    }

    /// Returns the store that records the deliveries of this session.
    pub(crate) fn store(&self) -> &dyn LedgerStore {
        match self.mode {
            Mode::Sandbox { .. } => &self.memory,
            Mode::Live | Mode::Offline => self.ledger(),
        }
    }

    /// Returns the generator of identifiers.
    pub(crate) fn ids(&self) -> &'static RandomIds {
        &RandomIds
    }
}
