//! The contract kit: what every plugin must keep, checked in one line of its tests. It panics with
//! the rule that was broken, as test code does.

mod declaration;

pub use declaration::{check_sink, check_source, check_transform};
