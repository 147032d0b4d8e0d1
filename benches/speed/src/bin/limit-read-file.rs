//! `limit-read-file FILE` reads a file whole and counts its lines.

use std::io::{self, Write as _};

#[expect(clippy::disallowed_methods, reason = "a limit prints its result")]
fn main() -> io::Result<()> {
    let path = std::env::args().nth(1).unwrap_or_default();
    let bytes = std::fs::read(path)?;
    let lines = bytes.iter().filter(|byte| **byte == b'\n').count();
    writeln!(io::stdout(), "{lines} lines")
}
