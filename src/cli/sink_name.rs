//! Checks `--sink` of commands about recorded posts, which also accept the name of a removed sink.

use std::collections::BTreeSet;

use syndicate_api::suggest;

use super::failure::CliError;
use crate::ledger::LedgerState;
use crate::session::Session;

/// Checks that pipeline.yaml or the ledger has a sink `name`. If the pipeline cannot be loaded,
/// every name is accepted, because these commands work without it.
pub(super) fn check_sink_name(
    name: Option<&str>,
    session: &Session,
    ledger_state: &LedgerState,
) -> Result<(), CliError> {
    let Some(name) = name else {
        return Ok(());
    };
    let Ok(pipeline) = session.pipeline() else {
        return Ok(());
    };
    let histories = ledger_state.histories();
    let deliveries = histories.iter().flat_map(|history| &history.deliveries);
    let recorded = deliveries.filter_map(|delivery| delivery.sink);
    let present = pipeline.sinks.iter().map(|sink| sink.name.as_str());
    let known: BTreeSet<&str> = present.chain(recorded).collect();
    if known.contains(name) {
        return Ok(());
    }
    let known: Vec<&str> = known.into_iter().collect();
    let hint = suggest(name, &known).unwrap_or_else(|| "remove `--sink`".to_owned());
    let message = format!("neither pipeline.yaml nor the ledger has a sink `{name}`");
    Err(CliError::usage(message, hint))
}
