//! Sinks that are other programs: what they publish, how they search and change it, and how they fail.

mod credentials;
mod delivery;
mod hostile;
mod journal;
mod logins;
mod matrix;
mod own_send;
mod page;
mod published;
