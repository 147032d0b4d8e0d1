//! `syndicate` watches a folder of posts and publishes each one, once, as the post you previewed.
//!
//! The rooms: [`config`] turns pipeline.yaml into a typed pipeline, [`engine`] takes it from scan to
//! receipt and knows no platform, [`auth`] signs in and keeps tokens, [`ledger`] remembers what was sent, [`preview`] draws a plan for
//! the eye, [`registry`] names the built-in plugins and
//! [`cli`] is the command line over all of them.

pub mod auth;
pub mod cli;
pub mod config;
pub mod engine;
mod env;
pub mod ledger;
pub mod preview;
pub mod registry;
mod session;
