CREATE SCHEMA IF NOT EXISTS syndicate;

-- One row: the version of these tables.
CREATE TABLE syndicate.version (version integer NOT NULL);
INSERT INTO syndicate.version VALUES (0);

-- One row for each ledger. Writers lock it, so that event numbers are committed in order.
CREATE TABLE syndicate.ledger (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL UNIQUE,
    -- The number of the last event.
    last_seq bigint NOT NULL DEFAULT 0,
    -- The time of the last event that this server dated, in milliseconds since 1970.
    last_at bigint NOT NULL DEFAULT 0,
    -- The server that has the ledger; another one may lack events.
    system_identifier text NOT NULL,
    timeline text NOT NULL
);

-- The events, as lines of a ledger file without the line feed.
CREATE TABLE syndicate.event (
    ledger bigint NOT NULL REFERENCES syndicate.ledger ON DELETE CASCADE,
    seq bigint NOT NULL,
    id text NOT NULL,
    line text NOT NULL,
    PRIMARY KEY (ledger, seq)
);
CREATE INDEX event_id ON syndicate.event (ledger, id);

-- The deliveries that workers have taken. A row stays after its outcome, so that a plan made before does not take the
-- delivery again.
CREATE TABLE syndicate.claim (
    ledger bigint NOT NULL REFERENCES syndicate.ledger ON DELETE CASCADE,
    delivery text NOT NULL,
    item text NOT NULL,
    sink text NOT NULL,
    -- The run that has it, or NULL.
    run text,
    host text,
    -- Increases with each claim. A worker with an older number has lost the delivery.
    fence bigint NOT NULL DEFAULT 0,
    since timestamptz,
    lease_until timestamptz,
    -- The number of the last event when it was released.
    released_seq bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (ledger, delivery)
);
