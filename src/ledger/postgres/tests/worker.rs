//! A worker of the model: a session, and what it knows.

use std::sync::Arc;
use std::time::Duration;

use crate::ledger::tests::{attempt, event, failed, intent, sent};
use crate::ledger::{
    Attempt, DeliveryState, Event, EventKind, LedgerError, LedgerSession, LedgerState, LedgerStore,
    OfferedDelivery,
};

/// The sink of all deliveries of a history.
pub(super) const SINK: &str = "s";

/// Returns the id of the item `number`.
pub(super) fn item(number: usize) -> String {
    format!("k{number}")
}

/// Returns the state of the delivery of the item `number`.
pub(super) fn state_of(ledger_state: &LedgerState, number: usize) -> DeliveryState {
    ledger_state.state(&[item(number)], SINK)
}

/// A worker.
pub(super) struct Worker {
    pub(super) session: Box<dyn LedgerSession>,
    pub(super) run: String,
    /// The attempt whose request it has sent without recording the outcome, with its item.
    pub(super) open: Option<(usize, Arc<Attempt>)>,
    count: i64,
}

impl Worker {
    pub(super) async fn start(store: &dyn LedgerStore, run: String) -> Self {
        let mut session = store.lock(Duration::ZERO).await.unwrap();
        session.begin_plan();
        Self {
            session,
            run,
            open: None,
            count: 0,
        }
    }

    /// Claims the first of the first `items` items. Returns it.
    pub(super) async fn claim(&mut self, items: usize) -> Option<usize> {
        let names: Vec<String> = (0..items).map(item).collect();
        let offered: Vec<OfferedDelivery<'_>> = names
            .iter()
            .map(|item| OfferedDelivery { item, sink: SINK })
            .collect();
        let work = self.session.claim(&self.run, &offered).await.unwrap();
        work.taken
    }

    fn event(&mut self, kind: EventKind) -> Event {
        self.count += 1;
        let mut event = event(self.count, kind);
        event.id = format!("{}-{}", self.run, self.count);
        event
    }

    /// Writes an intent for the item `number`, if that is allowed. Returns `true` if it was.
    pub(super) async fn intend(&mut self, number: usize) -> bool {
        let id = format!("{}-{}", self.run, self.count);
        let attempt = Arc::new(attempt(&id, &[&item(number)], SINK));
        let event = self.event(intent(Arc::clone(&attempt)));
        let is_free = |ledger_state: &LedgerState, _| {
            let state = state_of(ledger_state, number);
            matches!(state, DeliveryState::New | DeliveryState::Failed { .. })
        };
        let written = self.session.append_decided(vec![event], &is_free).await;
        match written {
            Ok(Some(_)) => {
                self.open = Some((number, attempt));
                true
            }
            Ok(None) | Err(LedgerError::Overtaken { .. }) => false,
            Err(error) => panic!("{error}"),
        }
    }

    /// Records the outcome of the open attempt.
    pub(super) async fn record(&mut self, is_sent: bool) -> Option<usize> {
        let (number, attempt) = self.open.take()?;
        let kind = if is_sent {
            sent(attempt)
        } else {
            failed(attempt)
        };
        let event = self.event(kind);
        self.session.append_now(vec![event]).await.unwrap();
        Some(number)
    }
}
