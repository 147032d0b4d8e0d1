//! `limit-read-all EXTENSION FOLDER…` reads every byte of the files with this extension, on one thread and with
//! one buffer.

use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::Path;

#[expect(clippy::disallowed_methods, reason = "a limit prints its result")]
fn main() -> io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let extension = arguments.next().unwrap_or_default();
    let mut buffer = vec![0; 1 << 17];
    let mut bytes = 0;
    for folder in arguments {
        bytes += read_folder(Path::new(&folder), &extension, &mut buffer)?;
    }
    writeln!(io::stdout(), "{bytes} bytes")
}

fn read_folder(folder: &Path, extension: &str, buffer: &mut [u8]) -> io::Result<usize> {
    let mut bytes = 0;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = entry.path();
        if entry.file_type()?.is_dir() {
            bytes += read_folder(&path, extension, buffer)?;
        } else if path.extension().is_some_and(|found| found == extension) {
            bytes += read_file(&path, buffer)?;
        }
    }
    Ok(bytes)
}

fn read_file(path: &Path, buffer: &mut [u8]) -> io::Result<usize> {
    let mut file = File::open(path)?;
    let mut bytes = 0;
    loop {
        let count = file.read(buffer)?;
        bytes += count;
        // A short read is the end of a regular file; it saves one call of the system.
        if count < buffer.len() {
            return Ok(bytes);
        }
    }
}
