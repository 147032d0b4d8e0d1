//! The state that all request handlers share.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;

use crate::settings::Settings;
use crate::state::SandboxState;

/// The settings and the state of the sandbox, and its own base URL.
#[derive(Clone, Debug)]
pub(crate) struct AppState {
    pub(crate) settings: Settings,
    pub(crate) base_url: Arc<str>,
    state: SharedState,
}

/// The state of a sandbox, shared by its clones and its handlers.
#[derive(Clone, Debug, Default)]
pub(crate) struct SharedState(Arc<Mutex<SandboxState>>);

impl AppState {
    pub(crate) fn new(settings: Settings, state: SharedState, base_url: &str) -> Self {
        Self {
            settings,
            base_url: Arc::from(base_url),
            state,
        }
    }

    /// Returns the current time by the sandbox's clock.
    pub(crate) fn now(&self) -> Timestamp {
        self.settings.clock.now()
    }

    /// Locks the state. The guard is never held across an await.
    pub(crate) fn state(&self) -> MutexGuard<'_, SandboxState> {
        self.state.lock()
    }
}

impl SharedState {
    /// Locks the state. The guard is never held across an await.
    pub(crate) fn lock(&self) -> MutexGuard<'_, SandboxState> {
        // No change takes several steps, so the state is consistent even after a panic.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
