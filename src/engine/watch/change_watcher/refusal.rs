//! Explains errors of the system's file watcher. Linux limits the watches per user over all programs, and
//! an editor or a bundler may have used them up.

use std::time::Duration;

use notify::{Error, ErrorKind};
use tokio::time::Instant;

/// The pause before the system is asked again.
const RETRY_PAUSE: Duration = Duration::from_secs(60);

/// A refusal to watch files.
pub(super) struct Refusal {
    reason: String,
    retry_at: Instant,
}

impl Refusal {
    pub(super) fn of(error: &Error, now: Instant) -> Self {
        Self {
            reason: reason(error),
            retry_at: now + RETRY_PAUSE,
        }
    }

    /// Returns the reason with a hint.
    pub(super) fn reason(&self) -> &str {
        &self.reason
    }

    /// Returns `true` if the system may be asked again.
    pub(super) fn is_over(&self, now: Instant) -> bool {
        self.retry_at <= now
    }
}

fn reason(error: &Error) -> String {
    match &error.kind {
        ErrorKind::MaxFilesWatch => "the system watches no more files for you (raise \
                                     `fs.inotify.max_user_watches` with `sysctl`, or close programs \
                                     that watch files)"
            .to_owned(),
        // EMFILE: the limit of inotify instances per user is reached.
        ErrorKind::Io(error) if error.raw_os_error() == Some(24) => {
            "the system lets no more programs watch files for you (raise \
             `fs.inotify.max_user_instances` with `sysctl`, or close programs that watch files)"
                .to_owned()
        }
        _ => format!("the system does not watch all files ({error})"),
    }
}
