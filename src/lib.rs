//! `syndicate` watches a folder of posts and publishes each one, once, as the post you previewed.
//!
//! [`cli`] parses the command line, opens a session and prints what it returns. The session puts the
//! other modules together: [`config`] turns pipeline.yaml into a typed pipeline, [`engine`] takes it from
//! scan to receipt and knows no platform, [`ledger`] records what was sent, [`preview`] draws a plan,
//! [`auth`] signs in and keeps tokens, `env` is the clock, the caches and the signals of this process, and
//! [`registry`] names the built-in plugins.

pub mod auth;
pub mod cli;
pub mod config;
pub mod engine;
mod env;
pub mod ledger;
pub mod preview;
pub mod registry;
mod session;
