//! `limit-walk-stat FOLDER…` lists all files and reads the metadata of each, on one thread.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

#[expect(clippy::disallowed_methods, reason = "a limit prints its result")]
fn main() -> io::Result<()> {
    let mut size = 0;
    for folder in std::env::args().skip(1) {
        size += walk(Path::new(&folder))?;
    }
    writeln!(io::stdout(), "{size} bytes")
}

fn walk(folder: &Path) -> io::Result<u64> {
    let mut size = 0;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        size += match entry.file_type()?.is_dir() {
            true => walk(&entry.path())?,
            false => entry.metadata()?.len(),
        };
    }
    Ok(size)
}
