//! `syndicate preview --diff`: what has changed of each post since it was sent or approved.

use super::super::world::World;
use super::super::{Failure, Global, print};
use crate::engine::{Entry, Plan, Scanned, Selection, Stages};
use crate::ledger::{Book, LedgerError, Store as _};
use crate::preview::{Changes, Earlier, draw_changes, entry_line};

/// Prints what has changed of the deliveries of `plan`, and of those that are out.
pub(super) async fn show(
    global: &Global,
    world: &World,
    (stages, scanned): (&Stages, &Scanned),
    selection: &Selection,
    plan: &Plan,
) -> Result<(), Failure> {
    let book = match world.ledger(global).survey().await {
        Err(LedgerError::Missing { .. }) => Book::default(),
        survey => survey?.book,
    };
    // What is out is encoded anew only where somebody asks for its changes.
    let out = selection.clone().changes_only();
    let out = super::plan(global, world, (stages, scanned), &out, false).await?;
    let mut entries: Vec<&Entry> = plan.entries.iter().collect();
    for entry in &mut entries {
        let same = |other: &&Entry| {
            (other.item.id(), other.sink_index) == (entry.item.id(), entry.sink_index)
        };
        if let Some(changed) = out.entries.iter().find(same) {
            *entry = changed;
        }
    }
    let mut told = 0;
    for entry in entries {
        let earlier = Earlier::of(entry, &book, &world.cx);
        let changes = earlier.and_then(|earlier| Changes::of(entry, &earlier));
        if let Some(changes) = changes {
            told += 1;
            let drawn = draw_changes(&changes);
            print::drawing(&format!("{}\n{drawn}", entry_line(entry)))?;
        }
    }
    super::remarks(plan)?;
    print::talk(&match told {
        0 => "nothing has changed since it was sent or approved".to_owned(),
        _ => format!("{told} changed since"),
    })
}
