//! Lists all items one by one, so that the histories of a large ledger are never in memory at once.

use std::sync::Arc;

use jiff::Timestamp;
use packed_events::{Kind, index};

use super::event_table::EventTable;
use super::history;
use super::{Event, History, LedgerState};

/// An item of the ledger.
pub(crate) enum ListedItem<'l> {
    /// A post that was sent by one attempt, without more to say.
    Sent(SentPost<'l>),
    /// Any other item.
    Other(History<'l>),
}

/// A post that was sent by one attempt.
pub(crate) struct SentPost<'l> {
    /// The item's id.
    pub item: &'l str,
    pub sink: &'l str,
    /// When it was sent.
    pub at: Timestamp,
    /// When the last event was recorded.
    pub last: Timestamp,
    /// The post's URL, or its identifier if it has none.
    pub link: &'l str,
}

impl LedgerState {
    /// Calls `visit` with each item, in the order in which the items were first recorded.
    pub(crate) fn for_each_item<E>(
        &self,
        mut visit: impl FnMut(ListedItem<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        let events = self.event_table();
        let mut is_listed = vec![false; self.group_number_limit()];
        let mut link = String::new();
        for place in events.places_in_time_order() {
            let Some(group) = self.group_of_event(place as usize) else {
                continue;
            };
            if std::mem::replace(&mut is_listed[group.number()], true) {
                continue;
            }
            let members = || self.places_in(group);
            if let Some(post) = sent_post(events, members(), &mut link) {
                visit(ListedItem::Sent(post))?;
                continue;
            }
            let members: Vec<Arc<Event>> = members().map(|place| events.read(place)).collect();
            let members = members.iter().map(Arc::as_ref).collect();
            if let Some(history) = history::of(members, self, group) {
                visit(ListedItem::Other(history))?;
            }
        }
        Ok(())
    }
}

/// Returns the post of the item with the events at `places`, if the kinds of the events are enough to know it. `link` is space for
/// its link.
fn sent_post<'l>(
    events: &'l EventTable,
    places: impl Iterator<Item = usize>,
    link: &'l mut String,
) -> Option<SentPost<'l>> {
    let packed = events.packed();
    let (mut sent, mut attempt, mut last) = (None, None, i64::MIN);
    for place in places {
        let place = index(place);
        match packed.kind(place) {
            Kind::Sent if sent.is_none() && packed.is_short(place) => sent = Some(place),
            Kind::Intent | Kind::Probed | Kind::Unknown if !packed.is_line(place) => {}
            _ => return None,
        }
        let of = packed.attempt(place)?;
        if *attempt.get_or_insert(of) != of {
            return None;
        }
        last = last.max(packed.at(place));
    }
    let sent = sent?;
    let subject = packed.subject(sent);
    let text = |number| packed.texts().get(number);
    link.clear();
    packed.push_link(sent, link);
    Some(SentPost {
        item: text(subject.item?),
        sink: text(subject.sink?),
        at: Timestamp::from_millisecond(packed.at(sent)).ok()?,
        last: Timestamp::from_millisecond(last).ok()?,
        link,
    })
}
