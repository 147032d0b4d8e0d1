//! Finds the lines of a journal that are lines of the ledger, without building their events. A journal has all events of
//! its ledger, so that these are most of them.

use packed_events::{Kind, LastText, NO_SLOTS, PackedEvents, TypedLine};

use crate::ledger::LedgerState;
use crate::ledger::event_table::EventTable;

/// The end of the line of an event of this machine.
pub(super) const OWN_END: &[u8] = br#","journal_own":true}"#;

/// The lines of a ledger.
pub(super) struct KnownLines<'s> {
    events: &'s EventTable,
    last_text: LastText,
    /// The number of the attempt with the last text, if the ledger has it.
    last: Option<u32>,
}

/// An acknowledged event that the ledger has.
pub(super) struct KnownEvent<'l> {
    pub(super) id: &'l str,
    /// The run of this machine that made the event's attempt.
    pub(super) own_run: Option<String>,
}

impl<'s> KnownLines<'s> {
    pub(super) fn new(ledger_state: &'s LedgerState) -> Self {
        Self {
            events: ledger_state.event_table(),
            last_text: LastText::default(),
            last: None,
        }
    }

    fn packed(&self) -> &'s PackedEvents {
        self.events.packed()
    }

    /// Returns the event of `line` if it is not pending, and the ledger has it unchanged.
    pub(super) fn find<'l>(&mut self, line: &'l [u8]) -> Option<KnownEvent<'l>> {
        let own = line.strip_suffix(OWN_END);
        let open = own.or_else(|| line.strip_suffix(b"}"))?;
        let typed = TypedLine::parse_open(open, &mut self.last_text)?;
        let packed = self.packed();
        let mut places = packed.of_id(typed.id);
        let place = places.find(|place| packed.is_event_of(*place, &typed, self.last));
        if typed.kind.has_attempt() && !typed.is_same_attempt {
            self.last = place.and_then(|place| packed.attempt(place));
        }
        let place = place?;
        let has_run = matches!(typed.kind, Kind::Intent | Kind::Probed) && typed.rest != NO_SLOTS;
        let own_run = own.filter(|_| has_run).and_then(|_| {
            let event = self.events.read(place as usize);
            event.kind.run().map(str::to_owned)
        });
        Some(KnownEvent {
            id: typed.id,
            own_run,
        })
    }
}
