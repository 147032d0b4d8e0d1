//! Remembers reported errors, so that `watch` reports each of them once.

/// The reported errors of the last read. Every save reads all files again, and an unchanged error is not
/// reported twice.
#[derive(Default)]
pub(super) struct ReadErrors {
    pub(super) load: Option<String>,
    pub(super) scan: Option<String>,
}

impl ReadErrors {
    /// Returns `true` if the last read succeeded.
    pub(super) fn is_empty(&self) -> bool {
        self.load.is_none() && self.scan.is_none()
    }
}

/// Stores `error` in `last`. Returns `true` if it differs from the previous one.
pub(super) fn is_new(last: &mut Option<String>, error: &anyhow::Error) -> bool {
    let text = format!("{error:#}");
    last.replace(text.clone()) != Some(text)
}
