//! Contains panics: an error in a plugin's code ends the call or the file that met it, and not the whole run.

use std::any::Any;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::{Code, Diagnostic};

/// A panic that was caught.
#[derive(Debug, thiserror::Error)]
#[error("panicked: {0}")]
pub struct Panic(String);

impl Panic {
    /// Returns the panic with this payload.
    #[must_use]
    pub fn of(payload: &(dyn Any + Send)) -> Self {
        let text = payload.downcast_ref::<&str>().copied();
        let text = text.or_else(|| payload.downcast_ref::<String>().map(String::as_str));
        Self(text.unwrap_or("without a message").to_owned())
    }

    /// Returns the message of the panic.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.0
    }

    /// Returns the diagnostic of a panic of `plugin`, such as ``sink `blog` ``.
    #[must_use]
    pub fn diagnostic(&self, plugin: impl fmt::Display) -> Diagnostic {
        Diagnostic::new(Code::PluginPanicked, format!("{plugin} {self}"))
    }
}

/// Calls `call` and returns its panic as an error. What `call` borrows must still be usable after a panic: plugins
/// borrow options, which do not change, and caches, whose locks recover.
///
/// # Errors
/// [`Panic`] with the message of the panic.
pub fn contain<T>(call: impl FnOnce() -> T) -> Result<T, Panic> {
    catch_unwind(AssertUnwindSafe(call)).map_err(|payload| Panic::of(&*payload))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn panic_becomes_diagnostic() {
        assert_eq!(contain(|| 1).unwrap(), 1);
        for (payload, expected) in [
            (contain(|| panic!("static")), "it panicked: static"),
            (contain(|| panic!("{}", 1)), "it panicked: 1"),
            (
                contain(|| std::panic::panic_any(1)),
                "it panicked: without a message",
            ),
        ] {
            let panic: Result<(), Panic> = payload;
            let diagnostic = panic.unwrap_err().diagnostic("it");
            assert_eq!(
                (diagnostic.code, &*diagnostic.message),
                (Code::PluginPanicked, expected)
            );
        }
    }
}
