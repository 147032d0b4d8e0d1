//! The options of the ledger: facts about its storage that the program cannot detect.

use schemars::JsonSchema;
use serde::Deserialize;
use syndicate_api::Diagnostic;

use crate::ledger::{GitLedger, GitLedgerForm, PostgresLedger, PostgresLedgerForm, StoreOptions};

/// The options of the ledger.
#[derive(Clone, Debug, Default, Deserialize, Eq, JsonSchema, PartialEq)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct LedgerOptions {
    /// Sends on a CI runner, too, where the ledger file is lost unless the job commits and pushes it
    /// after each run.
    pub ci: bool,
    /// Keeps the ledger in a ref of the repository's remote instead of a file, for CI runners and for
    /// several machines. `true` for `refs/syndicate/ledger`, or a mapping of options.
    #[serde(deserialize_with = "GitLedger::from_option")]
    #[schemars(with = "GitLedgerForm")]
    pub git: Option<GitLedger>,
    /// Keeps the ledger in a PostgreSQL database, for many workers on any number of machines. The URL of the database,
    /// such as `${DATABASE_URL}`, or a mapping of options.
    #[serde(deserialize_with = "PostgresLedger::from_option")]
    #[schemars(with = "PostgresLedgerForm")]
    pub postgres: Option<PostgresLedger>,
}

impl LedgerOptions {
    /// Returns the options of the store.
    #[must_use]
    pub(crate) fn store(&self) -> StoreOptions {
        match (&self.git, &self.postgres) {
            (_, Some(postgres)) => StoreOptions::Postgres(postgres.clone()),
            (Some(git), None) => StoreOptions::Git(git.clone()),
            (None, None) => StoreOptions::File,
        }
    }

    /// Returns errors that the types cannot express.
    pub(super) fn faults(&self) -> Vec<Diagnostic> {
        let mut faults = self.git.as_ref().map(GitLedger::faults).unwrap_or_default();
        if let Some(postgres) = &self.postgres {
            faults.extend(postgres.faults());
            if self.git.is_some() {
                let message = "`git` and `postgres` exclude each other";
                let fault = Diagnostic::option(&["postgres"], message);
                faults.push(
                    fault.with_hint("remove one of them; `syndicate ledger move` moves the ledger"),
                );
            }
        }
        faults
    }
}
