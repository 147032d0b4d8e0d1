//! Moves the ledger of a session to another store.

use std::time::Duration;

use jiff::Timestamp;
use syndicate_api::{Code, Diagnostic, Diagnostics};

use super::error::SessionError;
use super::open::Session;
use super::store::{open_store, with_journal};
use crate::engine::open_attempts;
use crate::ledger::{
    ConfiguredStore, GitRefContext, JournaledStore, LedgerError, LedgerState, LedgerStore as _,
    StoreOptions,
};

/// The result of moving the ledger.
pub(crate) struct MovedLedger {
    /// The name of the store that was closed; `None` if there was no other store.
    pub(crate) from: Option<String>,
    /// The name of the store that is open.
    pub(crate) to: String,
    /// Number of events appended to it.
    pub(crate) events: usize,
    /// `true` if the closed store is a file, which is to be committed.
    pub(crate) is_from_file: bool,
    /// `true` if the open store is a file, which is to be committed.
    pub(crate) is_to_file: bool,
}

impl Session {
    /// Moves the ledger to the store `target`. `source` is the store to move from if pipeline.yaml names the target
    /// already. Does not change pipeline.yaml. Repeating an interrupted move completes it.
    pub(crate) async fn move_ledger(
        &self,
        target: &StoreOptions,
        source: &StoreOptions,
        timeout: Duration,
    ) -> Result<MovedLedger, SessionError> {
        let configured = self.chosen.store_options()?;
        let to = self.store_at(target);
        let to_name = to.recorded_name()?.to_owned();
        let is_configured = self.ledger().store().is_same(&to);
        let other = match is_configured {
            false => configured,
            true => source.clone(),
        };
        let from = with_journal(self.store_at(&other), &self.file, &self.context);
        if is_configured && !from.exists().await? {
            // Without a ledger on either side, nothing was moved before.
            self.ledger().read().await?;
            return Ok(MovedLedger {
                from: None,
                to: to_name,
                events: 0,
                is_from_file: false,
                is_to_file: *target == StoreOptions::File,
            });
        }
        let from_name = from
            .store()
            .recorded_name()
            .map_err(without_store)?
            .to_owned();
        if from_name == to_name {
            return Err(SessionError::usage(
                format!("both stores have the name `{to_name}`, by which the old one is closed"),
                "name another store, for example with `--ref refs/syndicate/NAME` or `--name NAME`",
            ));
        }
        let mut session = from.lock(timeout).await?;
        match session.verify() {
            Err(LedgerError::Moved { to, .. }) if to == to_name => {}
            verified => verified?,
        }
        refuse_claimed(session.ledger_state(), self.cx().now())?;
        let env = (self.cx().now(), self.ids() as _);
        let is_new_file = *target == StoreOptions::File && !to.exists().await?;
        let moved = JournaledStore::<ConfiguredStore>::relocate(
            session.as_mut(),
            (&to, &to_name),
            env,
            timeout,
        );
        let moved = moved.await;
        if let (true, Err(LedgerError::PushRefused { .. })) = (is_new_file, &moved) {
            // The old store stays open, and a later move copies it again.
            drop(std::fs::remove_file(self.ledger_file()));
        }
        Ok(MovedLedger {
            events: moved?,
            from: Some(from_name),
            to: to_name,
            is_from_file: other == StoreOptions::File,
            is_to_file: *target == StoreOptions::File,
        })
    }

    /// Returns the store with these options, whether or not it exists.
    fn store_at(&self, options: &StoreOptions) -> ConfiguredStore {
        open_store(options, &self.file, GitRefContext::new(self.cx()))
    }
}

/// Adds the remedy to the error of a store that cannot be opened. A repository without a remote does not have the ledger
/// that is to be moved.
fn without_store(error: LedgerError) -> SessionError {
    let LedgerError::Unconfigured(Diagnostics(faults)) = error else {
        return error.into();
    };
    let with_remedy = |fault: Diagnostic| {
        match fault.code {
        Code::LedgerUnreachable => fault.with_hint(
            "add the remote that has the ledger with `git remote add origin URL`; if the ledger was never created, \
             remove the section `ledger` from pipeline.yaml and run `syndicate build`",
        ),
        _ => fault,
    }
    };
    Diagnostics(faults.into_iter().map(with_remedy).collect()).into()
}

/// Refuses to move a ledger while another machine may be sending: that machine would record the outcome in
/// the closed store.
fn refuse_claimed(ledger_state: &LedgerState, now: Timestamp) -> Result<(), SessionError> {
    let open = open_attempts(ledger_state, None, None);
    let claimed = open
        .iter()
        .find_map(|open| Some((open, open.claimed_until(ledger_state, now)?)));
    let Some((open, until)) = claimed else {
        return Ok(());
    };
    let until = until.strftime("%Y-%m-%d %H:%M UTC");
    Err(SessionError::hinted(
        format!(
            "another run is sending `{}`, until {until} at the latest",
            open.attempt.item
        ),
        "run this command again when that run has ended",
    ))
}
