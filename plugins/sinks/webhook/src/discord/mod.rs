//! The dialect `discord`: a webhook of a channel. Its messages can be read, changed and deleted by their ID with the
//! same URL.

mod errors;
mod locate;
mod markdown;
mod message;
#[cfg(test)]
mod tests;
mod webhook;

pub(crate) use self::webhook::Discord;
