//! Changes that `status` makes to the ledger before it prints.

use syndicate_api::text::plural;

use super::options::StatusOptions;
use crate::cli::failure::CliError;
use crate::cli::output::eprint_status;
use crate::session::Session;

/// Compacts or restores the ledger, or forgets the journal, as the options request.
pub(super) async fn change_ledger(
    session: &Session,
    options: &StatusOptions,
) -> Result<(), CliError> {
    let (ledger, now) = (session.ledger(), session.cx().now());
    let timeout = options.lock_timeout;
    if options.compact {
        let (was, is) = ledger.store().compact(now, timeout).await?;
        eprint_status(&format!(
            "the ledger had {} and has {is}",
            plural(was, "line")
        ))?;
    }
    if options.restore {
        let restored = ledger.restore(now, timeout).await?;
        let what = match restored.is_new {
            true => "wrote the ledger",
            false => "restored",
        };
        eprint_status(&format!("{what}: {}", plural(restored.events, "event")))?;
    }
    if options.forget {
        let forgotten = ledger.forget(timeout).await?;
        eprint_status(&format!(
            "forgot {} of this machine",
            plural(forgotten, "event")
        ))?;
    }
    Ok(())
}
