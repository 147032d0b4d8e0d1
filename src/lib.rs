//! `syndicate` watches a folder of posts of a static site and publishes each one, once, as the post
//! you previewed.
//!
//! `config` parses pipeline.yaml, `engine` runs a pipeline from scan to receipt and contains
//! nothing specific to a platform, `auth` signs in and stores tokens, `ledger` records what was
//! sent, `preview` renders a plan for display, `terminal` makes text safe to print, `env` provides
//! the process environment, `host` runs plugins that are other programs, `ci` detects the CI service, `workflow` writes CI configurations,
//! `registry` lists the built-in plugins, `release` knows the version of the program, `session` connects
//! these parts, and `cli` is the command line.
//!
//! Only items that the binary and the tests use are public, so that the compiler reports dead code.

mod auth;
mod ci;
mod cli;
mod config;
mod engine;
mod env;
mod host;
mod ledger;
mod preview;
mod registry;
mod release;
mod session;
mod terminal;
mod workflow;

pub use self::cli::{command, run};
pub use self::config::pipeline_schema;
pub use self::host::launch_plugin;
pub use self::registry::BUILT_IN;
