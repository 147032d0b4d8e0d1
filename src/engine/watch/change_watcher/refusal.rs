//! What the system says when it watches no more files: on Linux the watches of all programs of a user
//! are counted, and an editor or a bundler may have taken the last one.

use std::time::Duration;

use notify::{Error, ErrorKind};
use tokio::time::Instant;

/// How long the system is not asked again.
const ASK_AGAIN_AFTER: Duration = Duration::from_secs(60);

/// A refusal to watch files.
pub(super) struct Refusal {
    reason: String,
    ask_again: Instant,
}

impl Refusal {
    pub(super) fn of(error: &Error, now: Instant) -> Self {
        Self {
            reason: reason(error),
            ask_again: now + ASK_AGAIN_AFTER,
        }
    }

    /// Returns the reason, and what to do about it.
    pub(super) fn reason(&self) -> &str {
        &self.reason
    }

    /// Returns whether the system may be asked again.
    pub(super) fn is_over(&self, now: Instant) -> bool {
        self.ask_again <= now
    }
}

fn reason(error: &Error) -> String {
    match &error.kind {
        ErrorKind::MaxFilesWatch => "the system watches no more files for you (raise \
                                     `fs.inotify.max_user_watches` with `sysctl`, or close programs \
                                     that watch files)"
            .to_owned(),
        // EMFILE: one more program than may watch files at all.
        ErrorKind::Io(error) if error.raw_os_error() == Some(24) => {
            "the system lets no more programs watch files for you (raise \
             `fs.inotify.max_user_instances` with `sysctl`, or close programs that watch files)"
                .to_owned()
        }
        _ => format!("the system does not watch all files ({error})"),
    }
}
