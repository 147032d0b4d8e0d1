//! `limit-append FILE COUNT` appends lines, each followed by `fdatasync`, and prints the median time in microseconds.

use std::fs::OpenOptions;
use std::io::{self, Write as _};
use std::time::Instant;

#[expect(clippy::disallowed_methods, reason = "a limit prints its result")]
fn main() -> io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [path, count] = &arguments[..] else {
        return Err(io::Error::other("usage: limit-append FILE COUNT"));
    };
    let count = count.parse().map_err(io::Error::other)?;
    let mut file = OpenOptions::new().append(true).create(true).open(path)?;
    let line = vec![b'x'; 450];
    let mut times = Vec::new();
    for _ in 0..count {
        let start = Instant::now();
        file.write_all(&line)?;
        file.sync_data()?;
        times.push(start.elapsed().as_micros());
    }
    times.sort_unstable();
    writeln!(io::stdout(), "{}", times.get(times.len() / 2).unwrap_or(&0))
}
