//! Workers that share a ledger in PostgreSQL, straight and through PgBouncer: they race, are killed, lose their
//! connection and their server, and wake after an hour. Each post is sent once in every case.

mod clocks;
mod crash;
mod cuts;
mod errors;
mod failover;
mod fleet;
mod moved_clock;
mod race;
mod team;
mod verbs;
