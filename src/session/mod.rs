//! A session: one pipeline, from its file to what becomes of its posts. It is the only place that puts
//! the parts of the program together; a verb opens a session, calls it and prints what it returns.
//!
//! ```text
//! open ─▶ load ─▶ scan ─▶ plan ─▶ deliver | watch
//! ```
//!
//! A [`Session`] holds what outlives a change of the pipeline: the context, the ledger's store, the
//! converted pictures and, in [`Mode::Sandbox`], the sandbox. `open` reads nothing of the pipeline, so
//! that verbs about the ledger alone work with a broken one. `load` and `scan` return values that never
//! change, the stages and a [`LoadedPipeline`]. After a change of its files a caller loads again, and
//! replaces the value it has only if that succeeds: so the watch loop keeps the old pipeline in force,
//! and the preview page keeps the old plan, while the new one is broken.
//!
//! [`Session::load_watched`] watches every file that the pipeline is made from before it is read. The
//! watch loop and the page both load with it, and both read again after
//! [`REREAD_INTERVAL`](crate::engine::watch::REREAD_INTERVAL), since no file changes when a feed does.
//!
//! The sandbox runs from [`Session::start_sandbox`] to [`Session::close`] or the end of the session.
//! From then on the pipeline's policy is calm: nothing in a sandbox has to wait for readers. A plan
//! that is only shown needs no sandbox that runs, and keeps the pipeline's own policy.
//!
//! A session prints nothing and knows no option of the command line. Its errors are [`SessionError`]s.

mod deliver;
mod error;
mod explain;
mod init;
mod ledger;
mod load;
mod open;
mod plan;
mod sandbox_server;
mod settle;
mod sign_in;
mod watch;

pub(crate) use self::deliver::DeliveryRun;
pub(crate) use self::error::SessionError;
pub(crate) use self::init::{Initialized, StartedOver};
pub(crate) use self::load::LoadedPipeline;
pub(crate) use self::open::{Mode, Session};
pub(crate) use self::plan::unsendable;
pub(crate) use self::sandbox_server::SandboxServer;
pub(crate) use self::settle::AttemptOutcome;
