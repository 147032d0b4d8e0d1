//! The ledger of a session, in the store that pipeline.yaml names.

use std::path::PathBuf;
use std::time::Duration;

use syndicate_api::{Code, Diagnostic};

use super::error::SessionError;
use super::load::LoadedPipeline;
use super::open::Session;
use super::store::ChosenStore;
use crate::config::LedgerOptions;
use crate::engine::{InitMode, init, join, pipeline_names};
use crate::ledger::{
    ConfiguredStore, FILE_NAME, GitRefContext, JournaledStore, LedgerError, LedgerState,
    LedgerStore as _,
};

impl Session {
    /// Reads the ledger as last fetched from now on, and contacts no remote.
    pub(crate) fn use_fetched_ledger(&mut self) {
        let offline = GitRefContext {
            is_offline: true,
            ..GitRefContext::new(&self.context.cx)
        };
        self.chosen.reopen(&self.file, &self.context, offline);
    }

    /// Chooses the store again, after pipeline.yaml was written by this process.
    pub(super) fn choose_store(&mut self) {
        self.chosen = ChosenStore::of(&self.file, &self.context, &self.parsed);
    }

    /// Checks that pipeline.yaml, whose section `ledger` is `options`, still names the store of this
    /// session.
    ///
    /// # Errors
    /// If it names another one.
    pub(super) fn check_store(&self, options: &LedgerOptions) -> Result<(), SessionError> {
        if self.is_sandbox() || self.chosen.is_named_by(options) {
            return Ok(());
        }
        let message = "`ledger` names another store than when this program started";
        let fault = Diagnostic::new(Code::InvalidConfig, message)
            .in_file(self.file.to_string_lossy())
            .with_hint("stop this program and start it again, so that it uses that store");
        Err(fault.into())
    }

    /// Returns the ledger, combined with this machine's journal of it.
    pub(crate) fn ledger(&self) -> &JournaledStore<ConfiguredStore> {
        &self.chosen.ledger
    }

    /// Returns the path of a ledger that is a file.
    pub(super) fn ledger_file(&self) -> PathBuf {
        self.file.with_file_name(FILE_NAME)
    }

    /// Returns the current state of the ledger, which is empty if the ledger does not exist.
    pub(crate) async fn ledger_state(&self) -> Result<LedgerState, SessionError> {
        match self.store().read().await {
            Err(LedgerError::Missing { .. }) => Ok(LedgerState::default()),
            read => Ok(read?),
        }
    }

    /// Creates the ledger. Returns the number of posts recorded as known.
    pub(crate) async fn init_ledger(
        &self,
        LoadedPipeline { stages, scanned }: &LoadedPipeline,
        mode: InitMode,
    ) -> Result<usize, SessionError> {
        // A lost ledger must be restored, not replaced by an empty one.
        if let Err(error) = self.ledger().read().await
            && let missing @ LedgerError::Missing {
                remembered: Some(_),
                ..
            } = pipeline_names::missing(error, scanned)
        {
            return Err(missing.into());
        }
        let read = (stages, scanned);
        Ok(init(self.ledger(), read, mode, self.cx(), self.ids()).await?)
    }

    /// Adds the source or sink `name` to the ledger. Returns the number of posts recorded as known.
    pub(crate) async fn join_ledger(
        &self,
        LoadedPipeline { stages, scanned }: &LoadedPipeline,
        (name, mode): (&str, InitMode),
        timeout: Duration,
    ) -> Result<usize, SessionError> {
        let env = (self.cx(), self.ids() as &dyn crate::ledger::Ids);
        let read = (stages, scanned);
        let adopted = join(self.ledger(), read, (name, mode), env, timeout).await?;
        adopted.map_err(|unknown| {
            let hint = unknown.hint.clone().unwrap_or_default();
            SessionError::usage(unknown.to_string(), hint)
        })
    }
}
