//! Settings of a Python file that is never run: assignments of literals, of names assigned before,
//! and of what `+` and `os.path.join` make of them. Any other value is not known.

mod assignments;
mod reader;
#[cfg(test)]
mod tests;

pub use assignments::{Assignments, NotLiteral};
