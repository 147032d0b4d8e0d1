//! Builds the diagnostics for edits that are refused.

use syndicate_api::{Code, Diagnostic};

/// Refuses to edit a key whose notation is not supported.
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

/// Refuses an edit and asks the author to make it in an editor.
pub(super) fn by_hand(message: impl Into<String>) -> Diagnostic {
    let hint = "write it into the front matter yourself, below `syndicate:`; the page shows it once it is saved";
    Diagnostic::new(Code::CommandFailed, message).with_hint(hint)
}
