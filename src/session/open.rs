//! Opening a session: its context, its ledger and its sandbox.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use linkedin_sandbox::Sandbox;
use syndicate_api::Context;

use super::error::SessionError;
use super::sandbox_server::SandboxServer;
use crate::engine::Conversions;
use crate::env::{AppContext, state_folder};
use crate::ledger::{
    FILE_NAME, InMemory, JournaledStore, Journals, JsonLines, LedgerStore, RandomIds, other_copies,
};

/// The address of sinks in a sandbox session whose sandbox does not run. Endpoints are not part of a
/// payload, so a plan is the same with any address.
const NO_SANDBOX: &str = "http://127.0.0.1:9";

/// Where deliveries go, and whether the network may be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// To the platforms; the ledger beside pipeline.yaml records them.
    Live,
    /// As `Live`, but nothing is read from the network: feeds are as they were last read.
    Offline,
    /// To a sandbox in this process, without an account; memory records them.
    Sandbox {
        /// Whether feeds are as they were last read.
        is_offline: bool,
    },
}

/// One pipeline, and what outlives a change of its files.
pub(crate) struct Session {
    pub(super) context: AppContext,
    /// pipeline.yaml, as the user named it.
    pub(super) file: PathBuf,
    pub(super) mode: Mode,
    pub(super) ledger: JournaledStore<JsonLines>,
    /// The record of a sandbox session.
    memory: InMemory,
    /// Pictures that were made to fit, from one load to the next.
    pub(super) conversions: Arc<Conversions>,
    sandbox: Option<SandboxServer>,
}

impl Session {
    /// Opens the session of the pipeline in `config`, of which it reads nothing yet.
    pub(crate) fn open(config: &Path, mode: Mode) -> Result<Self, SessionError> {
        let (is_sandbox, is_offline) = match mode {
            Mode::Live => (false, false),
            Mode::Offline => (false, true),
            Mode::Sandbox { is_offline } => (true, is_offline),
        };
        let context = AppContext::open(is_sandbox, is_offline)?;
        let journals = state_folder(&context.cx.env).map(|folder| folder.join("journals"));
        let file = config.with_file_name(FILE_NAME);
        let store = JsonLines::new(file.clone());
        let ledger = JournaledStore::new(store, Arc::new(Journals::new(journals)), &file);
        Ok(Self {
            context,
            file: config.to_owned(),
            mode,
            ledger: ledger.with_copies(other_copies),
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

    /// Returns the address that the sinks post to instead of their platform's.
    pub(super) fn sandbox_address(&self) -> Option<&str> {
        let running = || self.sandbox.as_ref().map(|sandbox| sandbox.url.as_str());
        self.is_sandbox().then(|| running().unwrap_or(NO_SANDBOX))
    }

    /// Returns what plugins and the engine work with.
    pub(crate) fn cx(&self) -> &Context {
        &self.context.cx
    }

    /// Returns the context of this process.
    pub(crate) fn context(&self) -> &AppContext {
        &self.context
    }

    /// Returns pipeline.yaml, as the user named it.
    pub(crate) fn file(&self) -> &Path {
        &self.file
    }

    /// Returns the store that records the deliveries of this session.
    pub(crate) fn store(&self) -> &dyn LedgerStore {
        match self.mode {
            Mode::Sandbox { .. } => &self.memory,
            Mode::Live | Mode::Offline => &self.ledger,
        }
    }

    /// Returns the source of identifiers.
    pub(crate) fn ids(&self) -> &'static RandomIds {
        &RandomIds
    }
}
