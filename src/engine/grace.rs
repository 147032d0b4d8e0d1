//! Grace: how long a post rests after its last save before `watch` sends it, so that a second thought
//! comes in time. Each save begins it anew, and so does any other change of what would be sent. What
//! was tried in vain rests longer each time.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, SystemTime};

use syndicate_api::Code;
use tokio::time::Instant;

use super::{Action, Entry, Outcome, Plan};

/// How long a delivery rests that was tried in vain, the first time; each later time is twice as long.
const FIRST_REST: Duration = Duration::from_secs(15);

/// The longest rest.
const LONGEST_REST: Duration = Duration::from_secs(15 * 60);

/// The rests of all deliveries.
#[derive(Debug)]
pub struct Grace {
    length: Duration,
    rests: BTreeMap<Delivery, Rest>,
}

/// A delivery by the ids of its item and its sink.
type Delivery = (String, String);

#[derive(Clone, Debug)]
struct Rest {
    /// When the item's files were last written.
    saved: Option<SystemTime>,
    /// What would be sent, once that is known.
    hash: Option<String>,
    /// When it is over; `None` until the next save, as somebody or something said no.
    end: Option<Instant>,
    /// How often it was tried in vain.
    tries: u32,
    /// Whether the plan sends it.
    wanted: bool,
}

impl Grace {
    /// No rests yet; each will be as long as `length`.
    #[must_use]
    pub fn new(length: Duration) -> Self {
        Self {
            length,
            rests: BTreeMap::new(),
        }
    }

    /// Another length for what is saved from now on.
    pub fn set_length(&mut self, length: Duration) {
        self.length = length;
    }

    /// Takes in what is to be sent now. `base` is where the items' paths begin.
    pub fn hear(&mut self, plan: &Plan, base: &Path, now: Instant) {
        let mut known = std::mem::take(&mut self.rests);
        for entry in &plan.entries {
            let delivery = delivery(entry);
            let saved = saved(entry, base);
            let hash = entry.composed.as_ref().map(|composed| &composed.hash);
            let wanted = matches!(entry.action, Action::Send | Action::Update);
            let rest = match known.remove(&delivery) {
                Some(rest) if rest.saved == saved && rest.is_of(hash) => Rest {
                    hash: hash.cloned().or(rest.hash),
                    wanted,
                    ..rest
                },
                _ => Rest {
                    saved,
                    hash: hash.cloned(),
                    end: Some(now + self.length),
                    tries: 0,
                    wanted,
                },
            };
            self.rests.insert(delivery, rest);
        }
    }

    /// Takes in what came of the deliveries that were tried.
    pub fn learn(&mut self, plan: &Plan, now: Instant) {
        for entry in &plan.entries {
            let Some(rest) = self.rests.get_mut(&delivery(entry)) else {
                continue;
            };
            let later = match (entry.outcome, entry.code) {
                (Some(Outcome::Failed), Code::Unavailable | Code::LedgerUnwritable)
                | (Some(Outcome::Waiting), _)
                | (None, Code::NotLive) => true,
                // The same would be refused again.
                (Some(Outcome::Failed), _) => false,
                _ => continue,
            };
            let pause = FIRST_REST.saturating_mul(1 << rest.tries.min(16));
            rest.end = later.then(|| now + pause.min(LONGEST_REST));
            rest.tries += 1;
        }
    }

    /// Holds back what rests now, until it is saved again. Returns how many those are.
    pub fn cancel(&mut self, now: Instant) -> usize {
        let resting = self.rests.values_mut();
        let resting = resting.filter(|rest| rest.wanted && rest.end.is_some_and(|end| end > now));
        resting.map(|rest| rest.end = None).count()
    }

    /// The payloads whose rest is over.
    #[must_use]
    pub fn ready(&self, now: Instant) -> Vec<String> {
        let over = |rest: &&Rest| rest.wanted && rest.end.is_some_and(|end| end <= now);
        let ready = self.rests.values().filter(over);
        ready.filter_map(|rest| rest.hash.clone()).collect()
    }

    /// What rests, and until when, the next first.
    #[must_use]
    pub fn resting(&self, now: Instant) -> Vec<(&str, &str, Instant)> {
        let mut resting: Vec<_> = self
            .rests
            .iter()
            .filter(|(_, rest)| rest.wanted)
            .filter_map(|((item, sink), rest)| Some((item.as_str(), sink.as_str(), rest.end?)))
            .filter(|(.., end)| *end > now)
            .collect();
        resting.sort_by_key(|(.., end)| *end);
        resting
    }

    /// How many are held back until they are saved again.
    #[must_use]
    pub fn held(&self) -> usize {
        let held = |rest: &&Rest| rest.wanted && rest.end.is_none();
        self.rests.values().filter(held).count()
    }
}

impl Rest {
    /// Whether it is the rest of this payload. What is not known yet is no other one.
    fn is_of(&self, hash: Option<&String>) -> bool {
        match (&self.hash, hash) {
            (Some(known), Some(now)) => known == now,
            _ => true,
        }
    }
}

fn delivery(entry: &Entry) -> Delivery {
    (entry.item.id().to_owned(), entry.sink.clone())
}

/// When the files of an item were last written.
fn saved(entry: &Entry, base: &Path) -> Option<SystemTime> {
    let files = entry.item.path.iter().chain(&entry.item.page);
    files
        .filter_map(|file| std::fs::metadata(base.join(file)).ok()?.modified().ok())
        .max()
}
