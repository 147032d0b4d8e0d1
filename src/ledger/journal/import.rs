//! Imports lines into a ledger. The events keep their ids, so that a second import adds nothing.

use std::time::Duration;

use syndicate_api::{Code, Diagnostic, Diagnostics};

use super::JournaledStore;
use super::store::ids;
use crate::ledger::{
    Event, EventKind, Import, LedgerError, LedgerSession, LedgerStore, NumberedEvent, plan_import,
};

/// Maximum number of times that an import is planned again because another run appended first.
const MAX_ATTEMPTS: usize = 10;

impl<S: LedgerStore> JournaledStore<S> {
    /// Appends the events that the ledger lacks. `name` is the file that they were read from. Creates a
    /// missing ledger if the events have its `created` event.
    ///
    /// # Errors
    /// The outer error if the ledger cannot be read or written or was moved, the inner one if an event must
    /// not be imported.
    pub(crate) async fn import(
        &self,
        name: &str,
        events: &[NumberedEvent],
        timeout: Duration,
    ) -> Result<Result<Import, Diagnostics>, LedgerError> {
        if !self.store().exists().await? && created_ids(events).next().is_some() {
            return self.import_all(events).await;
        }
        let session = self.store().lock(timeout).await;
        let mut session = session.map_err(|error| self.missed(error))?;
        let ids = ids(session.ledger_state());
        let (_locks, _) = self.lock_journals(&ids, timeout).await?;
        for _ in 0..MAX_ATTEMPTS {
            self.check_open(session.as_ref())?;
            let import = match plan_import(name, events, session.ledger_state()) {
                Ok(import) => import,
                Err(faults) => return Ok(Err(faults)),
            };
            if import.new.is_empty() {
                return Ok(Ok(import));
            }
            match session.append_all(import.new.clone()).await {
                // Another run appended first, which may change what may be imported.
                Err(LedgerError::Overtaken { .. }) => {}
                Err(error) => return Err(error),
                Ok(()) => {
                    session.finish().await?;
                    return Ok(Ok(import));
                }
            }
        }
        Err(LedgerError::Overtaken {
            ledger: self.display_name(),
        })
    }

    /// Returns an error if the ledger was moved to another store, which must get the events instead.
    fn check_open(&self, session: &dyn LedgerSession) -> Result<(), LedgerError> {
        let memory = self.recall(&ids(session.ledger_state()));
        self.checks().check_open(session.ledger_state(), &memory)
    }

    /// Creates the ledger with all `events`, as they were exported.
    async fn import_all(
        &self,
        events: &[NumberedEvent],
    ) -> Result<Result<Import, Diagnostics>, LedgerError> {
        if let Some(id) = self.remembered_id()
            && created_ids(events).all(|created| created != id)
        {
            let message = format!("this machine has used the ledger `{id}` here, which is missing");
            let hint = "restore that ledger with `syndicate status --restore`, or start a new one with \
                        `syndicate init --fresh`";
            let fault = Diagnostic::new(Code::LedgerForeign, message).with_hint(hint);
            return Ok(Err(Diagnostics(vec![fault])));
        }
        let mut new: Vec<Event> = Vec::new();
        // A ledger begins with its `created` event.
        for is_created in [true, false] {
            for NumberedEvent { event, .. } in events {
                if matches!(event.kind, EventKind::Created { .. }) == is_created
                    && !new.contains(event)
                {
                    new.push(event.clone());
                }
            }
        }
        self.store().create_all(new.clone()).await?;
        Ok(Ok(Import {
            known: events.len() - new.len(),
            new,
            closed: 0,
        }))
    }
}

fn created_ids(events: &[NumberedEvent]) -> impl Iterator<Item = &str> {
    let created =
        |numbered: &&NumberedEvent| matches!(numbered.event.kind, EventKind::Created { .. });
    let created = events.iter().filter(created);
    created.map(|numbered| numbered.event.id.as_str())
}
