//! Reads the events of a ledger, from the last known one.

use tokio_postgres::Client;
use tokio_postgres::types::Type;

use super::connection::Parameter;
use super::error::QueryError;
use super::server::{IDENTITY, ServerIdentity};
use super::shared::Shared;
use super::snapshot::Snapshot;

const FIND: &str = "SELECT number, last_seq, system_identifier, timeline, ";

/// Number of events of one statement. A connection that breaks loses no more of them.
const PAGE: i64 = 1000;

const NEXT_PAGE: &str =
    "SELECT seq, line FROM syndicate.event WHERE ledger = $1 AND seq > $2 ORDER BY seq LIMIT $3";

/// Reads the ledger of `shared`, continuing after `known` if that is an earlier state of it. If it fails, `known` has
/// what was read until then.
pub(super) async fn read(
    client: &Client,
    shared: &Shared,
    known: &mut Option<Snapshot>,
) -> Result<Snapshot, QueryError> {
    let find = format!("{FIND}{IDENTITY} FROM syndicate.ledger WHERE name = $1");
    let name = shared.options.ledger_name();
    let found = client.query_typed_opt(&find, &[(&name, Type::TEXT)]).await;
    let found = found.map_err(QueryError::from);
    let found = match found {
        Err(error) if error.is_missing_schema() => return Err(shared.missing().into()),
        found => found?,
    };
    let Some(found) = found else {
        return Err(shared.missing().into());
    };
    let (number, last_seq): (i64, i64) = (found.get(0), found.get(1));
    let (recorded, actual) = (ServerIdentity::of(&found, 2), ServerIdentity::of(&found, 4));
    let is_earlier = |known: &Snapshot| {
        known.number == number && known.seq <= last_seq && known.actual == actual
    };
    let earlier = known.take().filter(is_earlier).unwrap_or_default();
    let snapshot = known.insert(Snapshot {
        number,
        recorded,
        actual,
        ..earlier
    });
    loop {
        let parameters: [Parameter<'_>; 3] = [
            (&number, Type::INT8),
            (&snapshot.seq, Type::INT8),
            (&PAGE, Type::INT8),
        ];
        let page = client.query_typed(NEXT_PAGE, &parameters).await?;
        snapshot.add(&page, &shared.name)?;
        if i64::try_from(page.len()).is_ok_and(|count| count < PAGE) {
            break;
        }
    }
    if snapshot.ledger_state.event_count() == 0 {
        return Err(shared.missing().into());
    }
    Ok(known.take().unwrap_or_default())
}
