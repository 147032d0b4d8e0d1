//! The ledger in a ref of the repository's remote, for CI runners and for several machines.

mod options;

pub(crate) use options::{GitLedger, GitLedgerForm};
