//! Builds the diagnostics for edits that are refused.

use syndicate_api::{Code, Diagnostic};

/// Refuses to edit a key whose notation is not supported.
pub(super) fn unsupported(key: &str) -> Diagnostic {
    edit_by_hand(format!(
        "cannot edit `{key}`: its notation is not supported"
    ))
}

/// Refuses an edit that would lose a comment.
pub(super) fn loses_comment(key: &str) -> Diagnostic {
    edit_by_hand(format!(
        "cannot edit `{key}`: the comment after it would be lost"
    ))
}

/// Refuses an edit whose value contains a line that ends the front matter.
pub(super) fn ends_early(key: &str) -> Diagnostic {
    edit_by_hand(format!(
        "cannot write `{key}`: one of its lines would end the front matter"
    ))
}

/// Refuses an edit that would change another value.
pub(super) fn changes_others() -> Diagnostic {
    edit_by_hand("cannot edit the front matter without changing other values")
}

/// Refuses an edit and asks the author to make it in an editor.
pub(super) fn edit_by_hand(message: impl Into<String>) -> Diagnostic {
    let hint = "set it in the front matter yourself, below `syndicate:`, and save the file";
    Diagnostic::new(Code::CommandFailed, message).with_hint(hint)
}
