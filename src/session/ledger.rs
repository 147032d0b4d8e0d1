//! The ledger of a session, in the store that pipeline.yaml names.

use std::path::PathBuf;
use std::time::Duration;

use super::error::SessionError;
use super::load::LoadedPipeline;
use super::open::Session;
use crate::engine::{InitMode, init, join, pipeline_names};
use crate::ledger::{
    ConfiguredStore, FILE_NAME, JournaledStore, LedgerError, LedgerState, LedgerStore as _,
};

impl Session {
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
