//! Prints one line: the least that a program costs.

use std::io::Write as _;

#[expect(clippy::disallowed_methods, reason = "a limit prints its result")]
fn main() -> std::io::Result<()> {
    writeln!(std::io::stdout(), "hello")
}
