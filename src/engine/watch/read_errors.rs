//! Remembers reported errors, so that `watch` reports each of them once.

use std::time::Duration;

use tokio::time::Instant;

/// The time after which a pipeline that cannot be loaded is loaded again before its error is reported. A program that
/// writes the file slowly, such as a command whose output is redirected into it, leaves it empty or incomplete meanwhile.
const CONFIRM_AFTER: Duration = Duration::from_secs(1);

/// The reported errors of the last read. Every save reads all files again, and an unchanged error is not
/// reported twice.
#[derive(Default)]
pub(super) struct ReadErrors {
    pub(super) load: Option<String>,
    pub(super) scan: Option<String>,
    /// The time at which an error of the pipeline that was not reported yet is to be confirmed.
    confirm_at: Option<Instant>,
}

impl ReadErrors {
    /// Returns `true` if the last read succeeded.
    pub(super) fn is_empty(&self) -> bool {
        self.load.is_none() && self.scan.is_none() && self.confirm_at.is_none()
    }

    /// Records that the pipeline was loaded. Returns `true` if an error was reported before.
    pub(super) fn record_load(&mut self) -> bool {
        self.confirm_at = None;
        self.load.take().is_some()
    }

    /// Records an error of the pipeline. Returns `true` if it is to be reported: it is not the reported one, and lasts.
    pub(super) fn record_load_error(&mut self, error: &anyhow::Error, now: Instant) -> bool {
        if self.load.is_none() {
            let confirm_at = *self.confirm_at.get_or_insert(now + CONFIRM_AFTER);
            if now < confirm_at {
                return false;
            }
        }
        self.confirm_at = None;
        is_new(&mut self.load, error)
    }

    /// Returns the time at which the pipeline has to be loaded again.
    pub(super) fn confirm_at(&self) -> Option<Instant> {
        self.confirm_at
    }
}

/// The reported error of the last run that could not use the ledger.
#[derive(Default)]
pub(super) struct RunErrors(Option<String>);

impl RunErrors {
    /// Records that a run ended without an error.
    pub(super) fn clear(&mut self) {
        self.0 = None;
    }

    /// Records the error of a run. Returns `true` if it differs from that of the run before.
    pub(super) fn record(&mut self, error: &dyn std::error::Error) -> bool {
        let text = error.to_string();
        self.0.replace(text.clone()) != Some(text)
    }
}

/// Stores `error` in `last`. Returns `true` if it differs from the previous one.
pub(super) fn is_new(last: &mut Option<String>, error: &anyhow::Error) -> bool {
    let text = format!("{error:#}");
    last.replace(text.clone()) != Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(text: &'static str) -> anyhow::Error {
        anyhow::anyhow!(text)
    }

    #[test]
    fn load_error_is_reported_if_it_lasts() {
        let mut errors = ReadErrors::default();
        let start = Instant::now();
        assert!(!errors.record_load_error(&error("missing `sources`"), start));
        assert!(!errors.is_empty());
        let later = start + CONFIRM_AFTER / 2;
        assert!(!errors.record_load_error(&error("unclosed bracket"), later));
        let end = errors.confirm_at().unwrap();
        assert_eq!(end, start + CONFIRM_AFTER);
        assert!(errors.record_load_error(&error("unclosed bracket"), end));
        assert!(!errors.record_load_error(&error("unclosed bracket"), end));
        assert!(errors.record_load_error(&error("unknown key"), end));
        assert!(errors.record_load());
    }

    #[test]
    fn short_load_error_is_not_reported() {
        let mut errors = ReadErrors::default();
        let start = Instant::now();
        assert!(!errors.record_load_error(&error("missing `sources`"), start));
        assert!(!errors.record_load());
        assert!(errors.is_empty());
        let later = start + CONFIRM_AFTER;
        assert!(!errors.record_load_error(&error("missing `sources`"), later));
    }

    #[test]
    fn run_error_is_reported_once() {
        let mut errors = RunErrors::default();
        let (one, two) = (std::fmt::Error, std::io::Error::other("full"));
        assert!(errors.record(&one));
        assert!(!errors.record(&one));
        assert!(errors.record(&two));
        errors.clear();
        assert!(errors.record(&two));
    }
}
