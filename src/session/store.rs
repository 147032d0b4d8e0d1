//! Chooses the store of a session, once: the one that pipeline.yaml names when the session opens. A later
//! change in the file needs a new session, because two stores in one process would not know what the other
//! recorded.

use std::path::Path;
use std::sync::Arc;

use syndicate_api::{Code, Diagnostic, Diagnostics};

use super::error::SessionError;
use super::open::Session;
use crate::config::{LedgerOptions, LoadContext, load_ledger_options};
use crate::env::{AppContext, state_folder};
use crate::ledger::{
    ConfiguredStore, FILE_NAME, JournaledStore, Journals, JsonLines, other_copies,
};
use crate::registry::BUILT_IN;

/// The store of a session with the options that it was chosen by.
pub(super) struct ChosenStore {
    pub(super) ledger: JournaledStore<ConfiguredStore>,
    /// The options, or `None` if pipeline.yaml could not be read.
    options: Option<LedgerOptions>,
}

impl ChosenStore {
    /// Chooses the store of the pipeline in `config`. If its section `ledger` cannot be read, an existing
    /// ledger file is used, so that commands that only need the ledger still work.
    pub(super) fn of(config: &Path, context: &AppContext) -> Self {
        let load_context = LoadContext {
            registry: BUILT_IN,
            env: &context.cx.env,
            sandbox: None,
        };
        let file = config.with_file_name(FILE_NAME);
        let (store, options) = match load_ledger_options(config, load_context) {
            Ok(options) if options.git.is_some() => {
                let message = "a ledger in git cannot be used yet";
                let fault = Diagnostic::new(Code::InvalidConfig, message)
                    .with_hint("remove `git` from `ledger` in pipeline.yaml");
                let faults = Diagnostics(vec![fault]);
                (ConfiguredStore::Unreadable(faults), Some(options))
            }
            Ok(options) => (ConfiguredStore::File(JsonLines::new(&file)), Some(options)),
            Err(_) if file.exists() => (ConfiguredStore::File(JsonLines::new(&file)), None),
            Err(faults) => (ConfiguredStore::Unreadable(faults), None),
        };
        let journals = state_folder(&context.cx.env).map(|folder| folder.join("journals"));
        let ledger = JournaledStore::new(store, Arc::new(Journals::new(journals)), &file);
        Self {
            ledger: ledger.with_copies(|path, _| other_copies(path)),
            options,
        }
    }

    /// Returns `true` if `options` name this store.
    fn is_named_by(&self, options: &LedgerOptions) -> bool {
        match (&self.options, self.ledger.store()) {
            (Some(chosen), _) => chosen.git == options.git,
            (None, ConfiguredStore::File(_)) => options.git.is_none(),
            (None, _) => false,
        }
    }
}

impl Session {
    /// Chooses the store again, after pipeline.yaml was written by this process.
    pub(super) fn choose_store(&mut self) {
        self.chosen = ChosenStore::of(&self.file, &self.context);
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
}
