//! Refusals of edits that this program does not make in front matter.

use syndicate_api::{Code, Diagnostic};

/// Refuses to edit what could be read.
pub(super) fn unclear(key: &str) -> Diagnostic {
    by_hand(format!(
        "`{key}` is written in its front matter in a way that cannot be edited"
    ))
}

/// Refuses an edit that would lose a comment.
pub(super) fn remarked(key: &str) -> Diagnostic {
    by_hand(format!(
        "a comment stands behind `{key}`, which would be lost"
    ))
}

/// Refuses an edit that would change another value.
pub(super) fn entangled() -> Diagnostic {
    by_hand("its front matter is written in a way that cannot be edited without touching the rest")
}

/// Refuses an edit; the remedy is always the same.
pub(super) fn by_hand(message: impl Into<String>) -> Diagnostic {
    let hint = "write it into the front matter yourself, below `syndicate:`; the page shows it once it is saved";
    Diagnostic::new(Code::CommandFailed, message).with_hint(hint)
}
