//! Servers of other projects on loopback, so that tests do not trust only what this project believes about a
//! platform. `tests/run` installs them. Each one has its data in a temporary folder and ends with the test
//! process.
//!
//! A test that needs one is ignored by default, and is in a module named like the server's set of tools, such
//! as `bluesky::pds`: `tests/run` finds it by this name.

pub(crate) mod pds;
mod process;
pub(crate) mod snac;
pub(crate) mod synapse;

pub(crate) use pds::{Pds, PdsAccount};
pub(crate) use snac::Snac;
pub(crate) use synapse::Synapse;
