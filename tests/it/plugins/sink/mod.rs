//! Sinks that are other programs: what they publish, how they search and change it, and how they fail.

mod delivery;
mod hostile;
mod journal;
mod matrix;
mod page;
mod published;
