-- The statements of one delivery, as a worker sends them: it claims the delivery, records the intent under the locks of
-- the sink and the ledger, and records the outcome. Other clients do the same with other deliveries.
\set delivery random(1, 9000000000000000000)
INSERT INTO syndicate.claim (ledger, delivery, item, sink)
    VALUES (1, 'd' || :delivery, 'https://example.org/' || :delivery, 'linkedin') ON CONFLICT DO NOTHING;
WITH free AS (
        SELECT delivery FROM syndicate.claim
        WHERE ledger = 1 AND delivery = 'd' || :delivery AND (run IS NULL OR lease_until <= clock_timestamp())
        LIMIT 1 FOR UPDATE SKIP LOCKED)
    UPDATE syndicate.claim AS claim SET run = 'r' || :client_id, host = 'host', fence = claim.fence + 1,
        since = clock_timestamp(), lease_until = clock_timestamp() + make_interval(secs => 600)
    FROM free WHERE claim.ledger = 1 AND claim.delivery = free.delivery RETURNING claim.fence;

BEGIN;
SET LOCAL lock_timeout = '45s';
SELECT pg_advisory_xact_lock(1);
SELECT last_seq AS seq FROM syndicate.ledger WHERE number = 1 FOR UPDATE \gset
SELECT seq, line FROM syndicate.event WHERE ledger = 1 AND seq > :seq - 2 * :clients ORDER BY seq;
SELECT clock_timestamp(), (SELECT system_identifier FROM pg_control_system());
UPDATE syndicate.claim SET lease_until = clock_timestamp() + make_interval(secs => 900)
    WHERE ledger = 1 AND delivery = 'd' || :delivery AND lease_until > clock_timestamp();
INSERT INTO syndicate.event (ledger, seq, id, line) VALUES (1, :seq + 1, 'i' || :delivery, repeat('x', 700));
UPDATE syndicate.ledger SET last_seq = :seq + 1 WHERE number = 1;
COMMIT;

BEGIN;
SET LOCAL lock_timeout = '45s';
SELECT last_seq AS seq FROM syndicate.ledger WHERE number = 1 FOR UPDATE \gset
SELECT seq, line FROM syndicate.event WHERE ledger = 1 AND seq > :seq - 2 * :clients ORDER BY seq;
SELECT clock_timestamp(), (SELECT system_identifier FROM pg_control_system());
INSERT INTO syndicate.event (ledger, seq, id, line) VALUES (1, :seq + 1, 'o' || :delivery, repeat('x', 500));
UPDATE syndicate.ledger SET last_seq = :seq + 1 WHERE number = 1;
UPDATE syndicate.claim SET run = NULL, host = NULL, since = NULL, lease_until = NULL, released_seq = :seq + 1
    WHERE ledger = 1 AND delivery = 'd' || :delivery;
COMMIT;
