//! The contract kit: what every plugin must keep, checked in one line of its tests. It panics with
//! the rule that was broken, as test code does.

mod compose;
mod declaration;
mod delivery;
mod trials;

pub use compose::check_compose;
pub use declaration::{check_sink, check_source, check_transform};
pub use delivery::{TestPlatform, check_delivery};
pub use trials::trials;
