//! The options of the ledger: facts about its storage that the program cannot detect.

use schemars::JsonSchema;
use serde::Deserialize;

/// The options of the ledger.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, JsonSchema, PartialEq)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct LedgerOptions {
    /// Sends on a CI runner, too, where the ledger file is lost unless the job commits and pushes it
    /// after each run.
    pub ci: bool,
}
