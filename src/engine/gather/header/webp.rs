//! Counts the frames of a WebP (RFC 9649): a RIFF file in which each `ANMF` chunk is a frame.

use super::reader::ByteReader;

/// Returns the number of frames, or `None` if the file is truncated.
pub(super) fn frames(bytes: &[u8]) -> Option<usize> {
    let mut reader = ByteReader(bytes);
    reader.take(4)?;
    let length = u32::from_le_bytes(reader.array()?);
    let mut reader = ByteReader(reader.take(usize::try_from(length).ok()?)?);
    reader.take(4)?;
    let mut frames = 0;
    while !reader.0.is_empty() {
        let kind: [u8; 4] = reader.array()?;
        let length = u32::from_le_bytes(reader.array()?);
        reader.take(usize::try_from(length).ok()?)?;
        // A chunk of odd length is followed by a padding byte, which may be missing after the last chunk.
        if length % 2 == 1 && !reader.0.is_empty() {
            reader.take(1)?;
        }
        frames += usize::from(&kind == b"ANMF");
    }
    Some(frames.max(1))
}
