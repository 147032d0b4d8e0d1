//! The options of the ledger: facts about its storage that the program cannot detect.

use schemars::JsonSchema;
use serde::Deserialize;
use syndicate_api::Diagnostic;

use crate::ledger::{GitLedger, GitLedgerForm};

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
}

impl LedgerOptions {
    /// Returns errors that the types cannot express.
    pub(super) fn faults(&self) -> Vec<Diagnostic> {
        self.git.as_ref().map(GitLedger::faults).unwrap_or_default()
    }
}
