//! Collects the invalid values of one file, so that all of them are reported at once.

use syndicate_api::Diagnostic;

/// The invalid values that were found so far.
#[derive(Debug, Default)]
pub(super) struct FieldFaults(Vec<Diagnostic>);

impl FieldFaults {
    /// Returns the value that was read, or an empty one in place of an invalid one.
    pub(super) fn take<T: Default>(&mut self, read: Result<T, Diagnostic>) -> T {
        read.unwrap_or_else(|fault| {
            // Two fields may be read from the same key.
            if !self.0.contains(&fault) {
                self.0.push(fault);
            }
            T::default()
        })
    }

    /// Succeeds if all values are valid.
    ///
    /// # Errors
    /// Returns the invalid values in the order of their lines.
    pub(super) fn into_result(mut self) -> Result<(), Vec<Diagnostic>> {
        if self.0.is_empty() {
            return Ok(());
        }
        self.0.sort_by_key(Diagnostic::line);
        Err(self.0)
    }
}
