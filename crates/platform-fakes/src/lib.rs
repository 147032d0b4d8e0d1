#![doc = include_str!("../README.md")]

mod answer;
mod broken_body;
mod clock;
pub mod devto;
pub mod discord;
mod fake;
mod faults;
pub mod mastodon;
mod params;
mod request;
mod serve;
mod shared;
pub mod slack;
pub mod telegram;
#[cfg(test)]
mod tests;
mod throttle;
pub mod webhook;

pub use self::answer::Answer;
pub use self::clock::ManualClock;
pub use self::fake::Fake;
pub use self::faults::Fault;
pub use self::request::{Part, Request};
pub use self::shared::{Exchange, Platform};
