//! The ledger of a session, beside pipeline.yaml.

use std::path::PathBuf;
use std::time::Duration;

use super::error::SessionError;
use super::load::LoadedPipeline;
use super::open::Session;
use crate::engine::{InitMode, init, join, pipeline_names};
use crate::ledger::{
    FILE_NAME, JournaledStore, JsonLines, LedgerError, LedgerState, LedgerStore as _,
};

impl Session {
    /// Returns the ledger beside pipeline.yaml, with what this machine remembers of it.
    pub(crate) fn ledger(&self) -> &JournaledStore<JsonLines> {
        &self.ledger
    }

    /// Returns the ledger's file.
    pub(super) fn ledger_file(&self) -> PathBuf {
        self.file.with_file_name(FILE_NAME)
    }

    /// Returns what the ledger says now; nothing if there is none.
    pub(crate) async fn recorded(&self) -> Result<LedgerState, SessionError> {
        match self.store().read().await {
            Err(LedgerError::Missing { .. }) => Ok(LedgerState::default()),
            read => Ok(read?),
        }
    }

    /// Makes the ledger. Returns how many posts were adopted.
    pub(crate) async fn begin_ledger(
        &self,
        LoadedPipeline { stages, scanned }: &LoadedPipeline,
        mode: InitMode,
    ) -> Result<usize, SessionError> {
        // A ledger that was lost is not one that never was.
        if let Err(error) = self.ledger.read().await
            && let missing @ LedgerError::Missing {
                remembered: Some(_),
                ..
            } = pipeline_names::missing(error, scanned)
        {
            return Err(missing.into());
        }
        let read = (stages, scanned);
        Ok(init(&self.ledger, read, mode, self.cx(), self.ids()).await?)
    }

    /// Lets the source or sink `name` join the ledger. Returns how many posts were adopted.
    pub(crate) async fn join_ledger(
        &self,
        LoadedPipeline { stages, scanned }: &LoadedPipeline,
        (name, mode): (&str, InitMode),
        timeout: Duration,
    ) -> Result<usize, SessionError> {
        let env = (self.cx(), self.ids() as &dyn crate::ledger::Ids);
        let read = (stages, scanned);
        let adopted = join(&self.ledger, read, (name, mode), env, timeout).await?;
        adopted.map_err(|unknown| {
            let hint = unknown.hint.clone().unwrap_or_default();
            SessionError::usage(unknown.to_string(), hint)
        })
    }
}
