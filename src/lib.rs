//! `syndicate` watches a folder of posts and publishes each one, once, as the post you previewed.
//!
//! `config` turns pipeline.yaml into a typed pipeline, `engine` takes it from scan to receipt and knows
//! no platform, `auth` signs in and keeps tokens, `ledger` remembers what was sent, `preview` draws a
//! plan for the eye, `terminal` makes text safe to print, `env` is what comes in from outside, `registry`
//! names the built-in plugins, `session` assembles them, and `cli` is the command line over it.
//!
//! Only what the program and its tests call is public, so that the compiler reports dead code.

mod auth;
mod cli;
mod config;
mod engine;
mod env;
mod ledger;
mod preview;
mod registry;
mod session;
mod terminal;

pub use self::cli::{command, run};
pub use self::config::pipeline_schema;
pub use self::registry::BUILT_IN;
