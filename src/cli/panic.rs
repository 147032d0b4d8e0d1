//! Reports a panic, which is a bug of the program, as a diagnostic. The message is escaped and
//! masked, because it may contain untrusted values.

use std::panic::{Location, set_hook};

use super::output::{eprint_lines, format_diagnostics};
use syndicate_api::{Code, Diagnostic, Panic};

/// Installs a hook that prints panics of all threads as errors, also those that end only a call of a plugin.
pub(super) fn report_panics() {
    set_hook(Box::new(|info| {
        let diagnostic = diagnostic(&Panic::of(info.payload()), info.location());
        let text = format_diagnostics(&[diagnostic], "".as_ref());
        drop(eprint_lines(&text));
    }));
}

fn diagnostic(panic: &Panic, location: Option<&Location<'_>>) -> Diagnostic {
    let text = panic.message();
    let place = location.map_or_else(String::new, |place| {
        format!(" at {}:{}", place.file(), place.line())
    });
    Diagnostic::new(
        Code::CommandFailed,
        format!("internal error{place}: {text}"),
    )
    .with_hint(
        "report this message as a bug; run `syndicate status` to see whether an outcome is unknown",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn panic_becomes_diagnostic() {
        let panic = Panic::of(&"index 3 of\n2".to_owned());
        let diagnostic = diagnostic(&panic, Some(Location::caller()));
        let text = format_diagnostics(&[diagnostic], "".as_ref());
        assert!(text.contains("panic.rs:"), "{text}");
        assert!(text.contains("index 3 of\\n2"), "{text}");
        assert!(text.contains("hint: report this message"), "{text}");
    }
}
