//! The form in which tables are kept in a file: lists of numbers and bytes, each after its length, with a hash of all
//! at the end.
//!
//! Nothing of such a file is used before its hash was checked, so that a damaged one is like a missing one.

use std::io::{self, Read, Write};

use twox_hash::XxHash3_128;

/// Number of bytes that are converted at once.
const PIECE: usize = 64 * 1024;

/// Hashes the bytes of a file piece by piece.
#[derive(Clone, Default)]
pub struct FileHash(XxHash3_128);

impl FileHash {
    /// Adds the next bytes.
    pub fn add(&mut self, bytes: &[u8]) {
        self.0.write(bytes);
    }

    /// Returns the hash of the bytes that were added.
    #[must_use]
    pub fn value(&self) -> u128 {
        self.0.finish_128()
    }
}

impl std::fmt::Debug for FileHash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("FileHash").field(&self.value()).finish()
    }
}

/// Writes tables.
#[derive(Debug)]
pub struct FoldWriter<W> {
    out: W,
    hash: FileHash,
}

impl<W: Write> FoldWriter<W> {
    /// Starts to write to `out`.
    pub fn new(out: W) -> Self {
        Self {
            out,
            hash: FileHash::default(),
        }
    }

    /// Writes one number.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn number(&mut self, number: u64) -> io::Result<()> {
        self.raw(&number.to_le_bytes())
    }

    /// Writes a list of bytes.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn bytes(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.number(bytes.len() as u64)?;
        bytes.chunks(PIECE).try_for_each(|piece| self.raw(piece))
    }

    /// Writes a list of numbers.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn u32s(&mut self, numbers: &[u32]) -> io::Result<()> {
        self.list(numbers, |number| number.to_le_bytes())
    }

    /// Writes a list of numbers.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn u64s(&mut self, numbers: &[u64]) -> io::Result<()> {
        self.list(numbers, |number| number.to_le_bytes())
    }

    fn list<T: Copy, const N: usize>(
        &mut self,
        numbers: &[T],
        to_bytes: impl Fn(T) -> [u8; N],
    ) -> io::Result<()> {
        self.number(numbers.len() as u64)?;
        let mut piece = Vec::with_capacity(PIECE);
        for numbers in numbers.chunks(PIECE / N) {
            piece.clear();
            numbers
                .iter()
                .for_each(|number| piece.extend_from_slice(&to_bytes(*number)));
            self.raw(&piece)?;
        }
        Ok(())
    }

    fn raw(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.hash.add(bytes);
        self.out.write_all(bytes)
    }

    /// Writes the hash of everything that was written.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn finish(mut self) -> io::Result<W> {
        self.out.write_all(&self.hash.value().to_le_bytes())?;
        self.out.flush()?;
        Ok(self.out)
    }
}

/// Reads tables.
#[derive(Debug)]
pub struct FoldReader<R> {
    input: R,
    /// Number of bytes that are left.
    left: u64,
    hash: FileHash,
}

impl<R: Read> FoldReader<R> {
    /// Starts to read `input`, which has `length` bytes.
    pub fn new(input: R, length: u64) -> Self {
        Self {
            input,
            left: length,
            hash: FileHash::default(),
        }
    }

    /// Reads one number.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn number(&mut self) -> io::Result<u64> {
        let mut bytes = [0; 8];
        self.raw(&mut bytes)?;
        Ok(u64::from_le_bytes(bytes))
    }

    /// Reads a list of bytes.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn bytes(&mut self) -> io::Result<Vec<u8>> {
        let mut bytes = vec![0; self.count(1)?];
        bytes
            .chunks_mut(PIECE)
            .try_for_each(|piece| self.raw(piece))?;
        Ok(bytes)
    }

    /// Reads a list of numbers.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn u32s(&mut self) -> io::Result<Vec<u32>> {
        self.list(u32::from_le_bytes)
    }

    /// Reads a list of numbers.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn u64s(&mut self) -> io::Result<Vec<u64>> {
        self.list(u64::from_le_bytes)
    }

    fn list<T, const N: usize>(&mut self, of_bytes: impl Fn([u8; N]) -> T) -> io::Result<Vec<T>> {
        let mut left = self.count(N as u64)?;
        let mut numbers = Vec::with_capacity(left);
        let mut piece = vec![0; (left * N).min(PIECE)];
        while left > 0 {
            let count = left.min(PIECE / N);
            let bytes = &mut piece[..count * N];
            self.raw(bytes)?;
            let (chunks, _) = bytes.as_chunks();
            numbers.extend(chunks.iter().map(|chunk| of_bytes(*chunk)));
            left -= count;
        }
        Ok(numbers)
    }

    /// Reads the length of a list of values of `size` bytes each.
    fn count(&mut self, size: u64) -> io::Result<usize> {
        let count = self.number()?;
        let is_possible = count
            .checked_mul(size)
            .is_some_and(|length| length <= self.left);
        let count = usize::try_from(count).ok().filter(|_| is_possible);
        count.ok_or_else(damaged)
    }

    fn raw(&mut self, bytes: &mut [u8]) -> io::Result<()> {
        let left = self.left.checked_sub(bytes.len() as u64);
        self.left = left.ok_or_else(damaged)?;
        self.input.read_exact(bytes)?;
        self.hash.add(bytes);
        Ok(())
    }

    /// Checks the hash of everything that was read.
    ///
    /// # Errors
    /// If it is another one, or something is left.
    pub fn finish(mut self) -> io::Result<()> {
        let expected = self.hash.value();
        let mut hash = [0; 16];
        self.input.read_exact(&mut hash)?;
        match self.left == 16 && u128::from_le_bytes(hash) == expected {
            true => Ok(()),
            false => Err(damaged()),
        }
    }
}

/// Returns the error for tables that are not as they were written.
#[must_use]
pub fn damaged() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "the tables are damaged")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write() -> Vec<u8> {
        let mut writer = FoldWriter::new(Vec::new());
        writer.number(7).unwrap();
        writer.bytes(b"abc").unwrap();
        writer.u32s(&(0..50_000).collect::<Vec<_>>()).unwrap();
        writer.u64s(&[u64::MAX, 0]).unwrap();
        writer.u64s(&[]).unwrap();
        writer.finish().unwrap()
    }

    fn read(bytes: &[u8]) -> io::Result<()> {
        let mut reader = FoldReader::new(bytes, bytes.len() as u64);
        let is_same = reader.number()? == 7
            && reader.bytes()? == b"abc"
            && reader.u32s()? == (0..50_000).collect::<Vec<_>>()
            && reader.u64s()? == [u64::MAX, 0]
            && reader.u64s()?.is_empty();
        reader.finish()?;
        assert!(is_same);
        Ok(())
    }

    #[test]
    fn tables_are_read_as_written() {
        read(&write()).unwrap();
    }

    #[test]
    fn damaged_tables_are_refused() {
        let bytes = write();
        for place in (0..bytes.len())
            .step_by(997)
            .chain([8, 15, bytes.len() - 1])
        {
            let mut damaged = bytes.clone();
            damaged[place] ^= 0x40;
            assert!(read(&damaged).is_err(), "{place}");
            assert!(read(&bytes[..place]).is_err(), "{place}");
        }
        assert!(read(&[&bytes[..], b"x"].concat()).is_err());
    }
}
