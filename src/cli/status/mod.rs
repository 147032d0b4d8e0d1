//! `syndicate status`: prints the state of the ledger.

mod change;
mod ci;
mod fleet;
mod json;
mod location;
mod options;
mod reconcile;
mod state;
mod text;

use serde_json::{Value, json};

use self::change::change_ledger;
use self::fleet::{fleet_json, format_fleet};
use self::json::history_json;
use self::location::{format_location, location_json};
pub(super) use self::options::StatusOptions;
use self::state::RunStatus;
use super::output::{OutputFormat, eprint_status, eprint_warning, print_json};
use super::sink_name::check_sink_name;
use super::{CliError, ExitStatus, GlobalOptions, open_session};
use crate::engine::live_posts;
use crate::ledger::{ConfiguredStore, LedgerError};
use crate::session::format_unsendable;

pub(super) async fn run(
    global: &GlobalOptions,
    options: &StatusOptions,
) -> Result<ExitStatus, CliError> {
    let session = open_session(global, false)?;
    if options.reconcile {
        return reconcile::run(global.json, &session, options).await;
    }
    change_ledger(&session, options).await?;
    let survey = session.store().view().await;
    let ledger_state = match (session.store().read().await, &survey) {
        // The last fetched state is better than none.
        (Err(LedgerError::Unreachable { .. }), Ok(survey)) => survey.ledger_state.clone(),
        (read, _) => read?,
    };
    let survey = survey?;
    check_sink_name(options.sink.as_deref(), &session, &ledger_state)?;
    let runs = RunStatus {
        live: survey.ledger_state.live().clone(),
        now: session.cx().now(),
    };
    if let Some(trouble) = survey.trouble {
        eprint_status(&format!("warning: {}", format_unsendable(&trouble)))?;
    }
    for note in &survey.notes {
        eprint_status(&format!("note: {note}"))?;
    }
    for (message, hint) in live_posts(&ledger_state) {
        eprint_warning(&message, &hint)?;
    }
    let zone = &session.cx().zone;
    let histories = || {
        let mut histories = ledger_state.histories();
        for history in &mut histories {
            let is_wanted = |delivery: &_| options.wants_delivery(delivery, zone);
            history.deliveries.retain(is_wanted);
        }
        histories.retain(|history| !history.deliveries.is_empty());
        histories
    };
    let fleet = match session.ledger().store() {
        ConfiguredStore::Postgres(postgres) => Some(postgres.fleet().await?),
        _ => None,
    };
    if global.json {
        let histories = histories();
        let items = histories.iter().map(|history| history_json(history, &runs));
        let items: Vec<Value> = items.collect();
        let ledger = location_json(session.ledger().store());
        let mut status = json!({"v": 1, "ledger": ledger, "items": items});
        if let Some(fleet) = &fleet {
            status["fleet"] = fleet_json(fleet, &ledger_state);
        }
        print_json(&status)?;
    } else {
        text::print(&ledger_state, &runs, (options, zone), &session.cx().env)?;
        if let Some(location) = format_location(session.ledger().store()) {
            eprint_status(&location)?;
        }
        for line in fleet
            .iter()
            .flat_map(|fleet| format_fleet(fleet, &ledger_state))
        {
            eprint_status(&line)?;
        }
    }
    match options.format.format {
        OutputFormat::Text => Ok(ExitStatus::Success),
        format => ci::show(format, &session, &histories(), &runs),
    }
}
