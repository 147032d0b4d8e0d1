//! Claims deliveries for a worker, with a lease by the server's clock and a fencing number.
//!
//! A claim is one short transaction. A worker that stops loses its claim when the lease ends, and a worker that wakes
//! later finds another fencing number, so that it cannot write an intent.

use std::collections::HashSet;
use std::sync::Arc;

use deadpool_postgres::Transaction;
use tokio_postgres::Client;
use tokio_postgres::types::Type;

use super::connection::{Parameter, begin, within};
use super::error::QueryError;
use super::held_claim::{HeldClaim, delivery_key};
use super::retry::Retry;
use super::session::PostgresSession;
use crate::ledger::{ClaimedWork, LedgerError, OfferedDelivery};

/// The length of a lease before the intent, in seconds. Pictures are uploaded meanwhile.
const LEASE: i32 = 10 * 60;

/// The length of a lease from the intent, in seconds: longer than the deadline of its request.
const REQUEST_LEASE: i32 = 15 * 60;

/// Number of deliveries that one statement chooses from.
const WINDOW: usize = 64;

/// Place in a window from which the finished deliveries before it are looked up.
const MANY: i64 = 16;

const OFFER: &str = "INSERT INTO syndicate.claim (ledger, delivery, item, sink) \
    SELECT $1, offered.delivery, offered.item, offered.sink \
    FROM unnest($2::text[], $3::text[], $4::text[]) AS offered(delivery, item, sink) \
    ORDER BY offered.delivery ON CONFLICT DO NOTHING";

const TAKE: &str = "WITH free AS (\
        SELECT claim.delivery, offered.place FROM syndicate.claim AS claim \
        JOIN unnest($2::text[]) WITH ORDINALITY AS offered(delivery, place) \
            ON offered.delivery = claim.delivery \
        WHERE claim.ledger = $1 AND claim.released_seq <= $3 \
            AND (claim.run IS NULL OR claim.run = $4 OR claim.lease_until <= clock_timestamp()) \
        ORDER BY offered.place LIMIT 1 FOR UPDATE OF claim SKIP LOCKED) \
    UPDATE syndicate.claim AS claim SET run = $4, host = $5, fence = claim.fence + 1, \
        since = clock_timestamp(), lease_until = clock_timestamp() + make_interval(secs => $6) \
    FROM free WHERE claim.ledger = $1 AND claim.delivery = free.delivery \
    RETURNING claim.delivery, claim.fence, free.place";

const FINISHED: &str = "SELECT delivery FROM syndicate.claim \
    WHERE ledger = $1 AND delivery = ANY($2) AND released_seq > $3";

const EXTEND: &str = "UPDATE syndicate.claim \
    SET lease_until = clock_timestamp() + make_interval(secs => $4) \
    WHERE ledger = $1 AND delivery = $2 AND fence = $3 AND lease_until > clock_timestamp()";

const RELEASE: &str = "UPDATE syndicate.claim SET run = NULL, host = NULL, since = NULL, lease_until = NULL, \
        released_seq = greatest(released_seq, $4) \
    WHERE ledger = $1 AND delivery = $2 AND fence = $3";

const RELEASE_RUNS: &str = "UPDATE syndicate.claim SET run = NULL, host = NULL, since = NULL, lease_until = NULL \
    WHERE ledger = $1 AND run = ANY($2)";

impl PostgresSession {
    /// Claims the first of `offered` that no other worker has, for `run`.
    pub(super) async fn claim_one(
        &mut self,
        run: &str,
        offered: &[OfferedDelivery<'_>],
    ) -> Result<ClaimedWork, LedgerError> {
        let mut work = ClaimedWork::default();
        for first in (0..offered.len()).step_by(WINDOW) {
            let found = self.claim_in(run, &offered[first..]).await?;
            let place = |index: usize| first + index;
            work.finished.extend(found.finished.into_iter().map(place));
            work.taken = found.taken.map(place);
            if work.taken.is_some() {
                break;
            }
        }
        Ok(work)
    }

    async fn claim_in(
        &mut self,
        run: &str,
        offered: &[OfferedDelivery<'_>],
    ) -> Result<ClaimedWork, LedgerError> {
        let mut retry = Retry::new(&self.shared);
        loop {
            let error = match within(self.try_claim(run, offered)).await {
                Ok(work) => return Ok(work),
                Err(error) => error,
            };
            if let Err(error) = retry.wait(&self.shared, error).await {
                return Err(self.shared.error(error));
            }
        }
    }

    async fn try_claim(
        &mut self,
        run: &str,
        offered: &[OfferedDelivery<'_>],
    ) -> Result<ClaimedWork, QueryError> {
        let keys = delivery_keys(&offered[..offered.len().min(WINDOW)]);
        let shared = Arc::clone(&self.shared);
        let client = shared.database().await?.client().await?;
        let number = self.snapshot.number;
        if !keys.iter().all(|key| self.offered.contains(key)) {
            // More than the window, so that few claims begin with an offer.
            self.offer(&client, offered).await?;
        }
        let host = shared.context.host.as_deref();
        let parameters: [Parameter<'_>; 6] = [
            (&number, Type::INT8),
            (&keys, Type::TEXT_ARRAY),
            (&self.planned_seq, Type::INT8),
            (&run, Type::TEXT),
            (&host, Type::TEXT),
            (&f64::from(LEASE), Type::FLOAT8),
        ];
        let taken = client.query_typed_opt(TAKE, &parameters).await?;
        let place = taken.as_ref().map(|row| row.get::<_, i64>(2));
        let mut work = ClaimedWork::default();
        if let Some(row) = &taken {
            let delivery: String = row.get(0);
            work.taken = keys.iter().position(|key| *key == delivery);
            self.held = Some(HeldClaim {
                delivery,
                fence: row.get(1),
                written_seq: 0,
            });
        }
        if place.is_none_or(|place| place > MANY) {
            let parameters: [Parameter<'_>; 3] = [
                (&number, Type::INT8),
                (&keys, Type::TEXT_ARRAY),
                (&self.planned_seq, Type::INT8),
            ];
            let finished = client.query_typed(FINISHED, &parameters).await?;
            let finished: HashSet<String> = finished.iter().map(|row| row.get(0)).collect();
            let places = keys.iter().enumerate();
            let places = places.filter(|(_, key)| finished.contains(*key));
            work.finished = places.map(|(place, _)| place).collect();
        }
        Ok(work)
    }

    /// Adds the rows of `offered` that are missing.
    async fn offer(
        &mut self,
        client: &Client,
        offered: &[OfferedDelivery<'_>],
    ) -> Result<(), QueryError> {
        let keys = delivery_keys(offered);
        let items: Vec<&str> = offered.iter().map(|offered| offered.item).collect();
        let sinks: Vec<&str> = offered.iter().map(|offered| offered.sink).collect();
        let parameters: [Parameter<'_>; 4] = [
            (&self.snapshot.number, Type::INT8),
            (&keys, Type::TEXT_ARRAY),
            (&items, Type::TEXT_ARRAY),
            (&sinks, Type::TEXT_ARRAY),
        ];
        client.execute_typed(OFFER, &parameters).await?;
        self.offered.extend(keys);
        Ok(())
    }

    /// For an event before a creating request (`is_claim`), checks that this session still has the delivery, and extends
    /// the lease until after the request's deadline. The row stays locked until the transaction ends.
    pub(super) async fn extend_claim(
        &self,
        transaction: &Transaction<'_>,
        is_claim: bool,
    ) -> Result<(), QueryError> {
        let Some(held) = self.held.as_ref().filter(|_| is_claim) else {
            return Ok(());
        };
        let parameters: [Parameter<'_>; 4] = [
            (&self.snapshot.number, Type::INT8),
            (&held.delivery, Type::TEXT),
            (&held.fence, Type::INT8),
            (&f64::from(REQUEST_LEASE), Type::FLOAT8),
        ];
        match transaction.execute_typed(EXTEND, &parameters).await? {
            0 => Err(self.overtaken().into()),
            _ => Ok(()),
        }
    }

    /// Releases the claim in `transaction`, if `is_over`. Plans made before the event `seq`, or before the last one that
    /// this session wrote about the delivery, do not claim it again.
    pub(super) async fn release_in(
        &self,
        transaction: &Transaction<'_>,
        seq: i64,
        is_over: bool,
    ) -> Result<(), QueryError> {
        let Some(held) = self.held.as_ref().filter(|_| is_over) else {
            return Ok(());
        };
        let seq = seq.max(held.written_seq);
        let parameters: [Parameter<'_>; 4] = [
            (&self.snapshot.number, Type::INT8),
            (&held.delivery, Type::TEXT),
            (&held.fence, Type::INT8),
            (&seq, Type::INT8),
        ];
        transaction.execute_typed(RELEASE, &parameters).await?;
        Ok(())
    }

    /// Releases the claim without an outcome. An error does not matter: the lease ends.
    pub(super) async fn release_held(&mut self) {
        let retry = Retry::short(&self.shared);
        if let Err(error) = retry.run(&self.shared, || self.try_release()).await {
            tracing::info!(?error, "claim not released");
        }
        self.held = None;
    }

    async fn try_release(&self) -> Result<(), QueryError> {
        let mut client = self.shared.database().await?.client().await?;
        let transaction = begin(&mut client).await?;
        self.release_in(&transaction, 0, true).await?;
        Ok(transaction.commit().await?)
    }

    /// Releases all claims of `runs`, which have ended.
    pub(super) async fn release_claims_of(&self, runs: &[String]) -> Result<(), QueryError> {
        let retry = Retry::short(&self.shared);
        let release = || self.try_release_claims_of(runs);
        retry.run(&self.shared, release).await
    }

    async fn try_release_claims_of(&self, runs: &[String]) -> Result<(), QueryError> {
        let client = self.shared.database().await?.client().await?;
        let parameters: [Parameter<'_>; 2] = [
            (&self.snapshot.number, Type::INT8),
            (&runs, Type::TEXT_ARRAY),
        ];
        client.execute_typed(RELEASE_RUNS, &parameters).await?;
        Ok(())
    }
}

fn delivery_keys(offered: &[OfferedDelivery<'_>]) -> Vec<String> {
    let key = |offered: &OfferedDelivery<'_>| delivery_key(offered.item, offered.sink);
    offered.iter().map(key).collect()
}
