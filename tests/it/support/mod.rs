//! The harness: a project in a temporary folder and the real program run in it, with an environment
//! of its own and the clock stopped.

pub mod platform;
pub mod project;

pub use platform::Platform;
pub use project::{Project, Run};
