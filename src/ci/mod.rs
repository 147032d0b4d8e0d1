//! Detects the CI service that runs the program, with the branch and the address of the run.
//!
//! Only variables that the service documents are read, and only from the environment that the caller
//! passes in. [`mod@detect`] has a table of the services with their sources. Nothing here contacts a
//! server, and nothing here decides what is sent: `policy.branches` is a rule of the engine.

pub(crate) mod detect;

pub(crate) use self::detect::{CiRun, RunRef, detect_run, runs_in_ci};
