-- The statements of one delivery, as a worker sends them: it claims the delivery, records the intent under the locks of
-- the sink and the ledger, and records the outcome. Other clients do the same with other deliveries. What a worker sends
-- together is one pipeline here.
\set delivery random(1, 100000)
WITH free AS (
        SELECT delivery FROM syndicate.claim
        WHERE ledger = 1 AND delivery = 'd' || :delivery AND (run IS NULL OR lease_until <= clock_timestamp())
        LIMIT 1 FOR UPDATE SKIP LOCKED)
    UPDATE syndicate.claim AS claim SET run = 'r' || :client_id, host = 'host', fence = claim.fence + 1,
        since = clock_timestamp(), lease_until = clock_timestamp() + make_interval(secs => 600)
    FROM free WHERE claim.ledger = 1 AND claim.delivery = free.delivery RETURNING claim.fence;

\startpipeline
BEGIN;
SET LOCAL lock_timeout = '45s';
SELECT pg_advisory_xact_lock(1);
SELECT last_at, system_identifier, timeline FROM syndicate.ledger WHERE number = 1 FOR UPDATE;
SELECT seq, line FROM syndicate.event
    WHERE ledger = 1 AND seq > (SELECT last_seq FROM syndicate.ledger WHERE number = 1) - 2 * :clients ORDER BY seq;
SELECT clock_timestamp(), (SELECT system_identifier FROM pg_control_system());
\endpipeline
\startpipeline
UPDATE syndicate.claim SET lease_until = clock_timestamp() + make_interval(secs => 900)
    WHERE ledger = 1 AND delivery = 'd' || :delivery AND lease_until > clock_timestamp();
INSERT INTO syndicate.event (ledger, seq, id, line)
    SELECT 1, last_seq + 1, 'i' || (last_seq + 1), repeat('x', 700) FROM syndicate.ledger WHERE number = 1;
UPDATE syndicate.ledger SET last_seq = last_seq + 1 WHERE number = 1;
\endpipeline
COMMIT;

\startpipeline
BEGIN;
SET LOCAL lock_timeout = '45s';
SELECT last_at, system_identifier, timeline FROM syndicate.ledger WHERE number = 1 FOR UPDATE;
SELECT seq, line FROM syndicate.event
    WHERE ledger = 1 AND seq > (SELECT last_seq FROM syndicate.ledger WHERE number = 1) - 2 * :clients ORDER BY seq;
SELECT clock_timestamp(), (SELECT system_identifier FROM pg_control_system());
\endpipeline
\startpipeline
INSERT INTO syndicate.event (ledger, seq, id, line)
    SELECT 1, last_seq + 1, 'o' || (last_seq + 1), repeat('x', 500) FROM syndicate.ledger WHERE number = 1;
UPDATE syndicate.ledger SET last_seq = last_seq + 1 WHERE number = 1;
UPDATE syndicate.claim SET run = NULL, host = NULL, since = NULL, lease_until = NULL
    WHERE ledger = 1 AND delivery = 'd' || :delivery;
\endpipeline
COMMIT;
