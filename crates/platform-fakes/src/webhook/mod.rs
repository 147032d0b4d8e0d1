//! A receiver of webhooks that keeps their headers and bodies as they came, from the specification
//! "Standard Webhooks" 1.0 (spec/standard-webhooks.md of that project).
//!
//! It checks the form of the three headers, and that the timestamp is near the time by its clock. It does
//! not check the signature: a test does that with a library of the project, so that the same mistake
//! cannot be on both sides.

mod fake;
mod receiver;
#[cfg(test)]
mod tests;

pub use self::receiver::{Delivery, Receiver};
