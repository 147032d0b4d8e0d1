//! The ledger in a ref of the repository's remote, for CI runners and for several machines.
//!
//! The ref has a history of its own with only the ledger's file, so it needs no checkout and no branch.
//! With `commit:` the ledger is instead a file in a branch of the user. In both cases the user's `git`
//! reads and writes objects by plumbing commands, and never the work tree, the index or `HEAD`.
//!
//! The lock between machines is the push: of two commits with the same parent, the remote accepts one.

mod commit;
mod context;
mod fetch;
mod options;
mod proof;
mod push;
mod rewrite;
mod session;
mod shared;
mod store;
mod target;
#[cfg(test)]
mod tests;

pub(crate) use context::GitRefContext;
pub(crate) use options::{GitLedger, GitLedgerForm};
pub(crate) use proof::PushProof;
pub(crate) use store::GitRef;
