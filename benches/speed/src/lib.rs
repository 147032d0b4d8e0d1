//! Sites and ledgers for benchmarks.

pub mod corpus;
