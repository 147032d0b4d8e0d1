//! The findings of `syndicate check`.

use crate::Diagnostic;

/// One finding of `syndicate check`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// A check that passed.
    Passed(String),
    /// A condition that works now but needs attention.
    Warning {
        /// The condition.
        message: String,
        /// The next step, in the imperative.
        hint: String,
    },
    /// An error.
    Failed(Diagnostic),
}
