//! Chooses the store of a session, once: the one that pipeline.yaml names when the session opens. A later
//! change in the file needs a new session, because two stores in one process would not know what the other
//! recorded.

use std::path::Path;
use std::sync::Arc;

use syndicate_api::{Code, Diagnostic, Diagnostics};

use super::error::SessionError;
use crate::config::{LedgerOptions, LoadContext, ParsedFile, PluginUse, load_ledger_options};
use crate::env::{AppContext, cache_folder, state_folder};
use crate::ledger::{
    ConfiguredStore, FILE_NAME, GitRef, GitRefContext, JournaledStore, Journals, JsonLines,
    Postgres, PostgresContext, StoreOptions, file_beside_ref, other_copies,
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
    pub(super) fn of(config: &Path, context: &AppContext, parsed: &ParsedFile) -> Self {
        let surroundings = GitRefContext::new(&context.cx);
        let load_context = LoadContext {
            registry: BUILT_IN,
            env: &context.cx.env,
            sandbox: None,
            plugins: PluginUse::Find,
            parsed,
        };
        let (store, options) = match load_ledger_options(config, load_context) {
            Ok(options) => {
                let store = open_store(&options.store(), config, surroundings);
                (store, Some(options))
            }
            Err(_) if config.with_file_name(FILE_NAME).exists() => {
                (open_store(&StoreOptions::File, config, surroundings), None)
            }
            Err(faults) => (ConfiguredStore::Unusable(faults), None),
        };
        Self {
            ledger: with_journal(store, config, context),
            options,
        }
    }

    /// Opens the same store in these `surroundings`.
    pub(super) fn reopen(
        &mut self,
        config: &Path,
        context: &AppContext,
        surroundings: GitRefContext,
    ) {
        if let Some(options) = &self.options {
            let store = open_store(&options.store(), config, surroundings);
            self.ledger = with_journal(store, config, context);
        }
    }

    /// Returns the options of the store that pipeline.yaml names.
    ///
    /// # Errors
    /// If pipeline.yaml could not be read.
    pub(super) fn store_options(&self) -> Result<StoreOptions, SessionError> {
        match (&self.options, self.ledger.store()) {
            (Some(options), _) => Ok(options.store()),
            (None, ConfiguredStore::Unusable(faults)) => Err(faults.clone().into()),
            (None, _) => Err(SessionError::hinted(
                "pipeline.yaml cannot be read, so its ledger cannot be moved",
                "run `syndicate check`, and correct the file",
            )),
        }
    }

    /// Returns `true` if `options` name this store.
    pub(super) fn is_named_by(&self, options: &LedgerOptions) -> bool {
        match (&self.options, self.ledger.store()) {
            (Some(chosen), _) => chosen.store() == options.store(),
            (None, ConfiguredStore::File(_)) => options.store() == StoreOptions::File,
            (None, _) => false,
        }
    }
}

/// Opens the store with these `options` of the pipeline in `config`.
pub(super) fn open_store(
    options: &StoreOptions,
    config: &Path,
    surroundings: GitRefContext,
) -> ConfiguredStore {
    let file = config.with_file_name(FILE_NAME);
    let git = match options {
        StoreOptions::File => {
            let cache = cache_folder(&surroundings.env);
            return ConfiguredStore::File(JsonLines::new(file).with_cache(cache.as_deref()));
        }
        StoreOptions::Postgres(postgres) => {
            let GitRefContext {
                env,
                clock,
                is_offline,
                ..
            } = surroundings;
            let surroundings = PostgresContext::new(env, clock, is_offline);
            return ConfiguredStore::Postgres(Postgres::open(postgres, surroundings));
        }
        StoreOptions::Git(git) => git,
    };
    let folder = config
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    match GitRef::open(git, folder.unwrap_or(Path::new(".")), surroundings) {
        Ok(store) => ConfiguredStore::Git(store),
        Err(error) => {
            let fault = Diagnostic::from_error(&error, Code::LedgerUnreachable);
            ConfiguredStore::Unusable(Diagnostics(vec![fault]))
        }
    }
}

/// Combines `store` with this machine's journal.
pub(super) fn with_journal(
    store: ConfiguredStore,
    config: &Path,
    context: &AppContext,
) -> JournaledStore<ConfiguredStore> {
    let folder = state_folder(&context.cx.env).map(|folder| folder.join("journals"));
    let journals = Arc::new(Journals::new(folder));
    let file = config.with_file_name(FILE_NAME);
    match &store {
        ConfiguredStore::Git(git) => {
            let (path, name) = (git.journal_path(), git.name().to_owned());
            let ledger = JournaledStore::new(store, journals, &path).with_name(name);
            ledger.with_copies(move |_, of_ref| file_beside_ref(&file, of_ref))
        }
        ConfiguredStore::Postgres(postgres) => {
            let (path, name) = (postgres.journal_path(config), postgres.name().to_owned());
            JournaledStore::new(store, journals, &path).with_name(name)
        }
        ConfiguredStore::File(_) | ConfiguredStore::Unusable(_) => {
            let ledger = JournaledStore::new(store, journals, &file);
            ledger.with_copies(|path, _| other_copies(path))
        }
    }
}
