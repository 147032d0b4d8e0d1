//! `syndicate preview --diff`: what has changed of each post since it was sent or approved.

use crate::cli::failure::CliError;
use crate::cli::output::{eprint_remarks, eprint_status, print_card};
use crate::engine::{Plan, PlanEntry, Selection};
use crate::ledger::{LedgerError, LedgerState, LedgerStore as _};
use crate::preview::{Changes, PreviousVersion, entry_line, render_changes};
use crate::session::{LoadedPipeline, Session};

/// Prints what has changed of the deliveries of `plan`, and of those that are out.
pub(super) async fn print(
    session: &Session,
    pipeline: &LoadedPipeline,
    selection: &Selection,
    plan: &Plan,
) -> Result<(), CliError> {
    let ledger_state = match session.ledger().view().await {
        Err(LedgerError::Missing { .. }) => LedgerState::default(),
        survey => survey?.ledger_state,
    };
    // A post that is out is composed again only for a selection of changes.
    let out = selection.clone().changes_only();
    let out = session.plan(pipeline, &out).await?;
    let mut entries: Vec<&PlanEntry> = plan.entries.iter().collect();
    for entry in &mut entries {
        let is_same = |other: &&PlanEntry| {
            (other.item.id(), other.sink_index) == (entry.item.id(), entry.sink_index)
        };
        if let Some(changed) = out.entries.iter().find(is_same) {
            *entry = changed;
        }
    }
    let mut count = 0;
    for entry in entries {
        let earlier = PreviousVersion::of(entry, &ledger_state, session.cx());
        let changes = earlier.and_then(|earlier| Changes::of(entry, &earlier));
        if let Some(changes) = changes {
            count += 1;
            let drawn = render_changes(&changes);
            print_card(&format!("{}\n{drawn}", entry_line(entry)))?;
        }
    }
    eprint_remarks(plan)?;
    Ok(eprint_status(&match count {
        0 => "nothing has changed since it was sent or approved".to_owned(),
        _ => format!("{count} changed since"),
    })?)
}
