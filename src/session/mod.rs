//! A session: one pipeline, from its file to the deliveries of its posts. Only this module connects
//! the parts of the program; a command opens a session, calls it and prints the results.
//!
//! ```text
//! open ─▶ load ─▶ scan ─▶ plan ─▶ deliver | watch
//! ```
//!
//! A [`Session`] holds the state that outlives a change of the pipeline: the context, the ledger
//! store, the converted images and, in [`Mode::Sandbox`], the sandbox. `open` reads only the section
//! `ledger` of the pipeline, so commands that only use the ledger work although the rest is broken. `load` and `scan` return
//! immutable values: the stages and a [`LoadedPipeline`]. After a file has changed, a caller loads
//! again and replaces its value only on success. The watch loop and the preview page therefore keep
//! the last valid pipeline while the new one is broken.
//!
//! [`Session::load_watched`] starts to watch every file of the pipeline before reading it. The
//! watch loop and the preview page both use it, and both read the sources again after
//! [`REREAD_INTERVAL`](crate::engine::watch::REREAD_INTERVAL), because a changed feed changes no
//! file.
//!
//! The sandbox runs from [`Session::start_sandbox`] to [`Session::close`] or the end of the
//! session. While it runs, the pipeline's waiting times are off, because a sandbox has no readers.
//! A plan that is only shown needs no running sandbox, and keeps the pipeline's own policy.
//!
//! A session prints nothing and does not depend on command-line options. Its errors are
//! [`SessionError`]s.

mod check_push;
mod ci_branch;
mod deliver;
mod error;
mod explain;
mod init;
mod ledger;
mod load;
mod move_ledger;
mod open;
mod plan;
mod reconcile;
mod sandbox_server;
mod settle;
mod sign_in;
mod store;
mod unchanged;
mod watch;
mod workflow;

pub(crate) use self::deliver::DeliveryRun;
pub(crate) use self::error::SessionError;
pub(crate) use self::init::{Initialized, LedgerPlace, ReplacedLedger};
pub(crate) use self::load::LoadedPipeline;
pub(crate) use self::move_ledger::MovedLedger;
pub(crate) use self::open::{Mode, Session};
pub(crate) use self::plan::format_unsendable;
pub(crate) use self::reconcile::Reconciliation;
pub(crate) use self::sandbox_server::SandboxServer;
pub(crate) use self::settle::{AttemptOutcome, sent_option_of};
pub(crate) use self::unchanged::IdleOutput;
pub(crate) use self::workflow::{CiFile, CiOptions};
