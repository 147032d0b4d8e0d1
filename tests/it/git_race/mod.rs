//! Machines that share a ledger in a git ref, as CI runners do: they race, are killed and vanish, and their
//! pushes are refused or lose their answer. Each post is sent once in every case.

mod race;
mod refused;
mod remote;
mod runner;
