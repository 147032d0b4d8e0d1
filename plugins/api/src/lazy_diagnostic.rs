//! A diagnostic that is made when it is asked for, because that takes time and most are never shown.

use std::fmt;
use std::sync::Arc;

use crate::Diagnostic;

/// A diagnostic that is made when it is asked for, each time again.
#[derive(Clone)]
pub struct LazyDiagnostic(Arc<dyn Fn() -> Diagnostic + Send + Sync>);

impl LazyDiagnostic {
    /// Returns the diagnostic that `make` makes.
    #[must_use]
    pub fn new(make: impl Fn() -> Diagnostic + Send + Sync + 'static) -> Self {
        Self(Arc::new(make))
    }

    /// Makes the diagnostic.
    #[must_use]
    pub fn get(&self) -> Diagnostic {
        (self.0)()
    }
}

impl From<Diagnostic> for LazyDiagnostic {
    fn from(diagnostic: Diagnostic) -> Self {
        Self::new(move || diagnostic.clone())
    }
}

impl fmt::Debug for LazyDiagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.get().fmt(f)
    }
}

impl PartialEq for LazyDiagnostic {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.get() == other.get()
    }
}

impl Eq for LazyDiagnostic {}
