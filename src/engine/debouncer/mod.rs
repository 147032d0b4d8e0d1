//! The debouncer of `watch`: delays each delivery by `policy.grace`, so that the author can still change
//! the post.
//!
//! The delay starts when the plan first sends the delivery, for any reason, and restarts when its payload
//! changes or the post's files are saved. After a failure the delivery also pauses; the pause doubles
//! with each failure.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, SystemTime};

use syndicate_api::Code;
use tokio::time::Instant;

use super::{Action, Due, Outcome, Plan, PlanEntry, PlanUpdate};

/// The pause after the first failure. It doubles with each further failure.
const FIRST_PAUSE: Duration = Duration::from_secs(15);

/// Maximum length of a pause.
const LONGEST_PAUSE: Duration = Duration::from_secs(15 * 60);

/// The timers of all deliveries.
#[derive(Debug)]
pub(crate) struct Debouncer {
    length: Duration,
    /// The deliveries that the plan sends, and others that are held back or have failed.
    pending: BTreeMap<DeliveryKey, Pending>,
}

/// The identity of a delivery: the id of its item, its sink, and all keys of its item. The id alone is not
/// unique, because two posts with different ids may share a URL.
type DeliveryKey = (String, String, Vec<String>);

/// The timer of a delivery.
#[derive(Clone, Debug)]
struct Pending {
    seen: Seen,
    /// The end of the delay or pause; `None` if the delivery is held back until the next change.
    end: Option<Instant>,
    /// The number of failed attempts.
    failures: u32,
    /// The reason why the page was not live at the last attempt.
    not_live: Option<String>,
}

/// The timer of a delivery that will be sent.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Countdown<'a> {
    /// The item's id.
    pub(crate) item: &'a str,
    pub(crate) sink: &'a str,
    pub(crate) end: Instant,
    /// `true` if an earlier attempt did not succeed.
    pub(crate) is_retry: bool,
}

/// The state of a delivery that can restart its timer.
#[derive(Clone, Debug)]
struct Seen {
    /// The last modification time of the item's files.
    saved: Option<SystemTime>,
    /// The last known hash of the payload. A plan encodes only the payloads that it sends.
    hash: Option<String>,
    /// `true` if the plan sends or updates the delivery.
    is_sendable: bool,
}

impl Debouncer {
    /// Creates a debouncer with a delay of `length`.
    #[must_use]
    pub(crate) fn new(length: Duration) -> Self {
        Self {
            length,
            pending: BTreeMap::new(),
        }
    }

    /// Sets the length of delays that start from now on.
    pub(crate) fn set_length(&mut self, length: Duration) {
        self.length = length;
    }

    /// Compares `plan` with the previous one and restarts the timers of changed deliveries. The items'
    /// paths are relative to `base`.
    pub(crate) fn observe(&mut self, plan: &Plan, base: &Path, now: Instant) {
        let known = std::mem::take(&mut self.pending);
        self.observe_entries(plan.entries.iter(), known, base, now);
    }

    /// Does what [`Debouncer::observe`] does, for a plan of which only the entries in `update` differ from the previous one.
    pub(crate) fn observe_update(
        &mut self,
        plan: &Plan,
        update: &PlanUpdate,
        base: &Path,
        now: Instant,
    ) {
        let mut known = BTreeMap::new();
        for entry in &update.replaced {
            let before = self.pending.remove_entry(&delivery(entry));
            known.extend(before);
        }
        let planned = update.planned.iter().map(|index| &plan.entries[*index]);
        self.observe_entries(planned, known, base, now);
    }

    /// Compares `entries` with the deliveries that were `known`, and keeps the timers of those that are gone if necessary.
    fn observe_entries<'p>(
        &mut self,
        entries: impl Iterator<Item = &'p PlanEntry>,
        mut known: BTreeMap<DeliveryKey, Pending>,
        base: &Path,
        now: Instant,
    ) {
        let end = now + self.length;
        for entry in entries {
            let delivery = delivery(entry);
            let before = known.remove(&delivery);
            let before = before.or_else(|| self.pending.remove(&delivery));
            // The delay of a delivery that the plan does not send starts once it does.
            if before.is_none() && !is_sendable(entry) {
                continue;
            }
            let seen = Seen::of(entry, base);
            let pending = match before {
                Some(pending) => pending.observe(seen, end),
                None => Pending::new(seen, end),
            };
            if pending.seen.is_sendable || pending.outlives_entry() {
                self.pending.insert(delivery, pending);
            }
        }
        // A temporarily missing folder must not shorten a pause or release a held delivery.
        known.retain(|_, pending| pending.outlives_entry());
        for pending in known.values_mut() {
            pending.seen.is_sendable = false;
        }
        self.pending.append(&mut known);
    }

    /// Records the outcomes of a run. A failed delivery pauses if a retry can succeed; otherwise it is held
    /// back until it changes.
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
                // The platform would refuse the same payload again.
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

    /// Returns the deliveries of a run that wait because their page is not live, except those that already waited for
    /// the same reason at the last attempt.
    pub(crate) fn take_not_live<'p>(&mut self, plan: &'p Plan) -> Vec<&'p PlanEntry> {
        let attempted = plan.entries.iter().filter(|entry| entry.outcome.is_none());
        let waits = attempted.filter(|entry| entry.code == Code::NotLive);
        let is_new = |entry: &&PlanEntry| {
            let pending = self.pending.get_mut(&delivery(entry));
            pending.is_some_and(|pending| pending.set_not_live(&entry.reason))
        };
        waits.filter(is_new).collect()
    }

    /// Holds back every delivery whose timer runs, until it changes. Returns their number.
    pub(crate) fn cancel(&mut self, now: Instant) -> usize {
        let pending = self.pending.values_mut();
        let counting = pending.filter(|pending| pending.sendable_at().is_some_and(|end| end > now));
        counting.map(|pending| pending.end = None).count()
    }

    /// Returns the deliveries that can be sent now.
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

    /// Returns the timers that run, in order of their ends.
    #[must_use]
    pub(crate) fn countdowns(&self, now: Instant) -> Vec<Countdown<'_>> {
        let sendable = self
            .pending
            .iter()
            .filter_map(|((item, sink, _), pending)| {
                Some(Countdown {
                    item,
                    sink,
                    end: pending.sendable_at()?,
                    is_retry: pending.failures > 0,
                })
            });
        let mut counting: Vec<_> = sendable.filter(|countdown| countdown.end > now).collect();
        counting.sort_by_key(|countdown| countdown.end);
        counting
    }

    /// Returns the deliveries that are held back until they change, as item and sink.
    #[must_use]
    pub(crate) fn held_deliveries(&self) -> Vec<(String, String)> {
        let held = self.pending.iter();
        let held = held.filter(|(_, pending)| pending.end.is_none());
        held.map(|((item, sink, _), _)| (item.clone(), sink.clone()))
            .collect()
    }

    /// Returns the number of sendable deliveries that are held back until they change.
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
            not_live: None,
        }
    }

    /// Updates the timer with the state in a new plan. A delay that starts now ends at `end`.
    fn observe(self, seen: Seen, end: Instant) -> Self {
        let is_saved = self.seen.saved != seen.saved;
        if is_saved || self.seen.has_other_payload(&seen) {
            return Self::new(seen, end);
        }
        let becomes_sendable = seen.is_sendable && !self.seen.is_sendable;
        Self {
            // A pause may end later than the delay, and a held delivery stays held.
            end: self.end.map(|before| match becomes_sendable {
                true => before.max(end),
                false => before,
            }),
            seen: Seen {
                hash: seen.hash.or(self.seen.hash),
                ..seen
            },
            failures: self.failures,
            not_live: self.not_live,
        }
    }

    /// Records why the page is not live. Returns `false` if the reason is the same as before.
    fn set_not_live(&mut self, reason: &str) -> bool {
        let before = self.not_live.replace(reason.to_owned());
        before.as_deref() != Some(reason)
    }

    /// Returns `true` if the timer is kept while the plan does not send the delivery.
    fn outlives_entry(&self) -> bool {
        self.end.is_none() || self.failures > 0
    }

    /// Returns the time from which the delivery can be sent, or `None` if the plan does not send it or it
    /// is held back.
    fn sendable_at(&self) -> Option<Instant> {
        self.end.filter(|_| self.seen.is_sendable)
    }
}

impl Seen {
    fn of(entry: &PlanEntry, base: &Path) -> Self {
        let hash = entry.composed.as_deref().map(|composed| &composed.hash);
        Self {
            saved: saved(entry, base),
            hash: hash.cloned(),
            is_sendable: is_sendable(entry),
        }
    }

    /// Returns `true` if both payloads are known and differ.
    fn has_other_payload(&self, other: &Self) -> bool {
        let pair = self.hash.as_ref().zip(other.hash.as_ref());
        pair.is_some_and(|(before, now)| before != now)
    }
}

/// Returns `true` if the plan sends or updates the delivery.
fn is_sendable(entry: &PlanEntry) -> bool {
    matches!(entry.action, Action::Send | Action::Update)
}

fn delivery(entry: &PlanEntry) -> DeliveryKey {
    (
        entry.item.id().to_owned(),
        entry.sink.clone(),
        entry.item.keys.clone(),
    )
}

/// Returns the latest modification time of an item's files.
fn saved(entry: &PlanEntry, base: &Path) -> Option<SystemTime> {
    let files = entry.item.path.iter().chain(&entry.item.page);
    files
        .filter_map(|file| std::fs::metadata(base.join(file)).ok()?.modified().ok())
        .max()
}

#[cfg(test)]
mod tests;
