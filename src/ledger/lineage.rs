//! Identifies the versions of a ledger's state, so that what was derived from one version is updated with the events
//! appended since.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicU64, Ordering};

/// Maximum number of earlier versions that are remembered.
const MAX_EARLIER: usize = 64;

/// The version of a ledger's state. Two states of this process with the same version have the same events.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct StateVersion(u64);

impl StateVersion {
    /// Returns a version that no other state has.
    fn next() -> Self {
        // The default is the version of all states without events.
        static LAST: AtomicU64 = AtomicU64::new(0);
        Self(LAST.fetch_add(1, Ordering::Relaxed) + 1)
    }
}

/// The version of a state, and the earlier versions that it was made from by appending events.
#[derive(Clone, Debug, Default)]
pub(super) struct Lineage {
    version: StateVersion,
    /// The version that was changed last to get this one.
    previous: StateVersion,
    /// Earlier versions with their numbers of events, the latest last.
    earlier: VecDeque<(StateVersion, usize)>,
}

impl Lineage {
    pub(super) fn version(&self) -> StateVersion {
        self.version
    }

    pub(super) fn previous(&self) -> StateVersion {
        self.previous
    }

    /// Records that events are appended to a state of `count` events.
    pub(super) fn append(&mut self, count: usize) {
        self.earlier.push_back((self.version, count));
        if self.earlier.len() > MAX_EARLIER {
            self.earlier.pop_front();
        }
        self.previous = self.version;
        self.version = StateVersion::next();
    }

    /// Forgets the earlier versions, after a change that made their group numbers invalid.
    pub(super) fn forget_earlier(&mut self) {
        self.earlier.clear();
    }

    /// Returns the number of events of the earlier `version`; `None` if this state was not made from it by appending.
    pub(super) fn count_of(&self, version: StateVersion) -> Option<usize> {
        let mut earlier = self.earlier.iter();
        earlier
            .find(|(of, _)| *of == version)
            .map(|(_, count)| *count)
    }
}
