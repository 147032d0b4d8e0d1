//! The debouncer of `watch`: a delivery is sent once it has rested for `policy.grace`, so that a second
//! thought comes in time. The rest begins when the plan begins to send the delivery, whatever the
//! cause, and again when its payload changes or the post's own files are saved. A delivery that was
//! tried in vain pauses in addition, twice as long each time.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, SystemTime};

use syndicate_api::Code;
use tokio::time::Instant;

use super::{Action, Due, Outcome, Plan, PlanEntry};

/// The pause after the first failure; each later one is twice as long.
const FIRST_PAUSE: Duration = Duration::from_secs(15);

/// The longest pause.
const LONGEST_PAUSE: Duration = Duration::from_secs(15 * 60);

/// The timers of all deliveries.
#[derive(Debug)]
pub(crate) struct Debouncer {
    length: Duration,
    pending: BTreeMap<DeliveryKey, Pending>,
}

/// A delivery by the id of its item, its sink, and all keys of its item: two posts with ids of their own
/// may have one address.
type DeliveryKey = (String, String, Vec<String>);

/// The timer of a delivery.
#[derive(Clone, Debug)]
struct Pending {
    seen: Seen,
    /// When the rest ends; `None` until the next change, after a refusal or `cancel`.
    end: Option<Instant>,
    /// How often it was tried in vain.
    failures: u32,
}

/// The facts about a delivery whose change restarts its timer.
#[derive(Clone, Debug)]
struct Seen {
    /// When the item's files were last written.
    saved: Option<SystemTime>,
    /// The payload's hash, as last known: a plan encodes only what it sends.
    hash: Option<String>,
    /// Whether the plan sends or updates it.
    is_sendable: bool,
}

impl Debouncer {
    /// Creates a debouncer whose rests last for `length`.
    #[must_use]
    pub(crate) fn new(length: Duration) -> Self {
        Self {
            length,
            pending: BTreeMap::new(),
        }
    }

    /// Sets the length of rests that begin from now on.
    pub(crate) fn set_length(&mut self, length: Duration) {
        self.length = length;
    }

    /// Compares `plan` with the last one and restarts the timers of deliveries that changed. The
    /// items' paths are relative to `base`.
    pub(crate) fn observe(&mut self, plan: &Plan, base: &Path, now: Instant) {
        let end = now + self.length;
        let mut known = std::mem::take(&mut self.pending);
        for entry in &plan.entries {
            let delivery = delivery(entry);
            let seen = Seen::of(entry, base);
            let pending = match known.remove(&delivery) {
                Some(pending) => pending.observe(seen, end),
                None => Pending::new(seen, end),
            };
            self.pending.insert(delivery, pending);
        }
        // A folder that is gone for a moment must neither shorten a pause nor lift a `cancel`.
        known.retain(|_, pending| pending.end.is_none() || pending.failures > 0);
        for pending in known.values_mut() {
            pending.seen.is_sendable = false;
        }
        self.pending.append(&mut known);
    }

    /// Takes in the outcomes of a run: a delivery that failed pauses if another try can help, and
    /// otherwise waits for its next change.
    pub(crate) fn record_outcome(&mut self, plan: &Plan, now: Instant) {
        for entry in &plan.entries {
            let Some(pending) = self.pending.get_mut(&delivery(entry)) else {
                continue;
            };
            let can_retry = match (entry.outcome, entry.code) {
                (
                    Some(Outcome::Failed),
                    Code::Unavailable | Code::LedgerUnwritable | Code::Throttled,
                )
                | (Some(Outcome::Waiting), _)
                | (None, Code::NotLive | Code::Throttled) => true,
                // The same would be refused again.
                (Some(Outcome::Failed), _) => false,
                (Some(Outcome::Sent | Outcome::Updated), _) => {
                    pending.failures = 0;
                    continue;
                }
                _ => continue,
            };
            let pause = FIRST_PAUSE.saturating_mul(1 << pending.failures.min(16));
            pending.end = can_retry.then(|| now + pause.min(LONGEST_PAUSE));
            pending.failures += 1;
        }
    }

    /// Holds back every delivery that counts down, until it changes. Returns their number.
    pub(crate) fn cancel(&mut self, now: Instant) -> usize {
        let pending = self.pending.values_mut();
        let counting = pending.filter(|pending| pending.sendable_at().is_some_and(|end| end > now));
        counting.map(|pending| pending.end = None).count()
    }

    /// Returns the deliveries that may be sent now.
    #[must_use]
    pub(crate) fn due(&self, now: Instant) -> Vec<Due> {
        let due = self
            .pending
            .iter()
            .filter_map(|((item, sink, _), pending)| {
                let end = pending.sendable_at()?;
                let hash = pending.seen.hash.clone()?;
                (end <= now).then(|| Due {
                    item: item.clone(),
                    sink: sink.clone(),
                    hash,
                })
            });
        due.collect()
    }

    /// Returns the deliveries that count down, by item and sink, with the end of the rest; the next
    /// one first.
    #[must_use]
    pub(crate) fn pending_deliveries(&self, now: Instant) -> Vec<(&str, &str, Instant)> {
        let ends = self
            .pending
            .iter()
            .filter_map(|((item, sink, _), pending)| {
                Some((item.as_str(), sink.as_str(), pending.sendable_at()?))
            });
        let mut resting: Vec<_> = ends.filter(|(.., end)| *end > now).collect();
        resting.sort_by_key(|(.., end)| *end);
        resting
    }

    /// Returns the deliveries that wait for their next change, by item and sink.
    #[must_use]
    pub(crate) fn held_deliveries(&self) -> Vec<(String, String)> {
        let held = self.pending.iter();
        let held = held.filter(|(_, pending)| pending.end.is_none());
        held.map(|((item, sink, _), _)| (item.clone(), sink.clone()))
            .collect()
    }

    /// Returns the number of deliveries that wait for their next change.
    #[must_use]
    pub(crate) fn held_count(&self) -> usize {
        let held = |pending: &&Pending| pending.seen.is_sendable && pending.end.is_none();
        self.pending.values().filter(held).count()
    }
}

impl Pending {
    fn new(seen: Seen, end: Instant) -> Self {
        Self {
            seen,
            end: Some(end),
            failures: 0,
        }
    }

    /// Takes in what a new plan says; a rest that begins now ends at `end`.
    fn observe(self, seen: Seen, end: Instant) -> Self {
        let is_saved = self.seen.saved != seen.saved;
        if is_saved || self.seen.has_other_payload(&seen) {
            return Self::new(seen, end);
        }
        let becomes_sendable = seen.is_sendable && !self.seen.is_sendable;
        Self {
            // A pause after a failure may last longer than the rest, and a refusal stays one.
            end: self.end.map(|before| match becomes_sendable {
                true => before.max(end),
                false => before,
            }),
            seen: Seen {
                hash: seen.hash.or(self.seen.hash),
                ..seen
            },
            failures: self.failures,
        }
    }

    /// Returns when it may be sent, if the plan sends it and nothing holds it back.
    fn sendable_at(&self) -> Option<Instant> {
        self.end.filter(|_| self.seen.is_sendable)
    }
}

impl Seen {
    fn of(entry: &PlanEntry, base: &Path) -> Self {
        let hash = entry.composed.as_ref().map(|composed| &composed.hash);
        Self {
            saved: saved(entry, base),
            hash: hash.cloned(),
            is_sendable: matches!(entry.action, Action::Send | Action::Update),
        }
    }

    /// Returns whether both payloads are known and differ.
    fn has_other_payload(&self, other: &Self) -> bool {
        let pair = self.hash.as_ref().zip(other.hash.as_ref());
        pair.is_some_and(|(before, now)| before != now)
    }
}

fn delivery(entry: &PlanEntry) -> DeliveryKey {
    (
        entry.item.id().to_owned(),
        entry.sink.clone(),
        entry.item.keys.clone(),
    )
}

/// Returns when the files of an item were last written.
fn saved(entry: &PlanEntry, base: &Path) -> Option<SystemTime> {
    let files = entry.item.path.iter().chain(&entry.item.page);
    files
        .filter_map(|file| std::fs::metadata(base.join(file)).ok()?.modified().ok())
        .max()
}

#[cfg(test)]
mod tests;
