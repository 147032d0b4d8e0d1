//! The options of the ledger: facts about how the file is kept that the program cannot find out.

use schemars::JsonSchema;
use serde::Deserialize;

/// The options of the ledger.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, JsonSchema, PartialEq)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct LedgerOptions {
    /// Sends also on a CI runner, where the ledger's file is lost unless the job commits and pushes it
    /// after each run.
    pub ci: bool,
}
