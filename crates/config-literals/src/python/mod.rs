//! Reads the settings in a Python file without running it: assignments of literals, of names assigned
//! before, and of their combinations by `+` and `os.path.join`. Any other value is unknown.

mod assignments;
mod reader;
#[cfg(test)]
mod tests;

pub use assignments::{Assignments, NotLiteral};
