//! Index of the posts sent to each sink, by time. It is updated with each event, so that a plan does not read all
//! events for the limits of the policy. The result is the same as that of [`SendHistory`](super::SendHistory).

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Bound;
use std::sync::Arc;

use jiff::Timestamp;
use packed_events::PackedEvents;

use super::event_table::EventTable;
use super::order::in_time;
use super::send_history::{sent_at, simply_left};
use super::{Event, EventKind};

/// The posts sent to each sink.
#[derive(Clone, Debug, Default)]
pub(super) struct SendIndex(HashMap<String, SinkSends>);

/// The posts sent to one sink.
#[derive(Clone, Debug, Default)]
pub(super) struct SinkSends {
    /// Number of attempts that sent or may have sent a post, by their times.
    out: BTreeMap<Timestamp, usize>,
    /// Answers that the platform accepts no further post: their times, the end of that period, and their messages.
    throttles: BTreeSet<(Timestamp, Timestamp, String)>,
}

impl SendIndex {
    /// Indexes all events.
    pub(super) fn of(events: &EventTable) -> Self {
        let packed = events.packed();
        let mut simple: BTreeMap<u32, Vec<Timestamp>> = BTreeMap::new();
        let mut others: Vec<Vec<u32>> = Vec::new();
        let mut places: Vec<u32> = Vec::new();
        for attempt in packed.attempts() {
            places.clear();
            places.extend(attempt);
            match simple_time(packed, &places) {
                Some((sink, at)) => simple.entry(sink).or_default().push(at),
                None => others.push(places.clone()),
            }
        }
        let mut index = Self::default();
        for (sink, times) in simple {
            let sends = SinkSends::of(times);
            index.0.insert(packed.texts().get(sink).to_owned(), sends);
        }
        for places in others {
            let attempt = places.iter().map(|place| events.read(*place as usize));
            let attempt: Vec<Arc<Event>> = attempt.collect();
            let attempt: Vec<&Event> = attempt.iter().map(Arc::as_ref).collect();
            attempt.iter().for_each(|event| index.add_throttle(event));
            for (sink, at) in times(&attempt) {
                index.change(sink, |sends| sends.add(at));
            }
        }
        index
    }

    /// Adds the last one of `attempt`, the events of an attempt in the order in which they were added.
    pub(super) fn add_last(&mut self, attempt: &[&Event]) {
        let Some((last, before)) = attempt.split_last() else {
            return;
        };
        self.add_throttle(last);
        for (sink, at) in times(before) {
            self.change(sink, |sends| sends.remove(at));
        }
        for (sink, at) in times(attempt) {
            self.change(sink, |sends| sends.add(at));
        }
    }

    /// Returns the posts sent to `sink`, if there are any.
    pub(super) fn get(&self, sink: &str) -> Option<&SinkSends> {
        self.0.get(sink)
    }

    fn add_throttle(&mut self, event: &Event) {
        if let (
            Some(sink),
            EventKind::Failed {
                until: Some(until),
                message,
                ..
            },
        ) = (event.sink(), &event.kind)
        {
            let throttle = (event.at, *until, message.clone());
            self.change(sink, |sends| {
                sends.throttles.insert(throttle);
            });
        }
    }

    fn change(&mut self, sink: &str, change: impl FnOnce(&mut SinkSends)) {
        match self.0.get_mut(sink) {
            Some(sends) => change(sends),
            None => change(self.0.entry(sink.to_owned()).or_default()),
        }
    }
}

impl SinkSends {
    fn of(mut times: Vec<Timestamp>) -> Self {
        times.sort();
        let same = times.chunk_by(|a, b| a == b);
        Self {
            out: same.map(|same| (same[0], same.len())).collect(),
            throttles: BTreeSet::new(),
        }
    }

    /// Returns the time of the last attempt that sent or may have sent a post.
    pub(super) fn last(&self) -> Option<Timestamp> {
        self.out.last_key_value().map(|(at, _)| *at)
    }

    /// Returns the number of attempts after `instant`.
    pub(super) fn after(&self, instant: Timestamp) -> usize {
        let later = self.out.range((Bound::Excluded(instant), Bound::Unbounded));
        later.map(|(_, count)| count).sum()
    }

    /// Returns the time before which the platform accepts no further post, with its message. Returns `None` once a
    /// later request succeeded.
    pub(super) fn throttled(&self) -> Option<(Timestamp, String)> {
        let (at, until, message) = self.throttles.last()?;
        let is_last = self.last().is_none_or(|last| last <= *at);
        is_last.then(|| (*until, message.clone()))
    }

    fn add(&mut self, at: Timestamp) {
        *self.out.entry(at).or_default() += 1;
    }

    fn remove(&mut self, at: Timestamp) {
        if let Some(count) = self.out.get_mut(&at) {
            *count -= 1;
            if *count == 0 {
                self.out.remove(&at);
            }
        }
    }
}

/// Returns the sink of an attempt with these events, and when it sent or may have sent a post, if the kinds of the events
/// alone show this.
fn simple_time(packed: &PackedEvents, places: &[u32]) -> Option<(u32, Timestamp)> {
    let first = *places.first()?;
    let attempt = packed.attempt(first);
    let is_one = places.iter().all(|place| packed.attempt(*place) == attempt);
    let at = simply_left(packed, places).filter(|_| is_one)?;
    Some((packed.subject(first).sink?, at))
}

/// Returns when an attempt with these events sent or may have sent a post, by sink.
fn times<'a>(attempt: &[&'a Event]) -> Vec<(&'a str, Timestamp)> {
    let sinks: BTreeSet<&str> = attempt.iter().filter_map(|event| event.sink()).collect();
    let time = |sink: &'a str| {
        let own = attempt.iter().filter(|event| event.sink() == Some(sink));
        let mut own: Vec<&Event> = own.copied().collect();
        own.sort_by(|a, b| in_time(a, b));
        Some((sink, sent_at(&own)?))
    };
    sinks.into_iter().filter_map(time).collect()
}
