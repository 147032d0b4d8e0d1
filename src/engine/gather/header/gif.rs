//! Reads the structure of a GIF (CompuServe, version 89a): blocks up to the trailer. Each image block is
//! a frame. Nothing is decompressed, because a small animation can expand to gigabytes.

use super::reader::{ByteReader, Header};

const EXTENSION: u8 = 0x21;
const IMAGE: u8 = 0x2c;
const TRAILER: u8 = 0x3b;

pub(super) fn header(bytes: &[u8]) -> Option<Header> {
    let mut reader = ByteReader(bytes);
    reader.take(6)?;
    let width = u16::from_le_bytes(reader.array()?);
    let height = u16::from_le_bytes(reader.array()?);
    let [flags, _background, _aspect] = reader.array()?;
    skip_colours(&mut reader, flags)?;

    let mut frames = 0;
    loop {
        match reader.byte() {
            Some(EXTENSION) => {
                reader.byte()?;
                skip_blocks(&mut reader)?;
            }
            Some(IMAGE) => {
                frames += 1;
                let descriptor: [u8; 9] = reader.array()?;
                skip_colours(&mut reader, descriptor[8])?;
                reader.byte()?;
                skip_blocks(&mut reader)?;
            }
            // Some programs omit the trailer, and all viewers accept that.
            Some(TRAILER) | None if frames > 0 => break,
            _ => return None,
        }
    }
    Some(Header {
        pixels: (width.into(), height.into()),
        frames,
        is_cmyk: false,
    })
}

/// Skips a colour table if `flags` declare one.
pub(in crate::engine::gather) fn skip_colours(
    reader: &mut ByteReader<'_>,
    flags: u8,
) -> Option<()> {
    if flags & 0x80 != 0 {
        reader.take(3 << ((flags & 0x07) + 1))?;
    }
    Some(())
}

/// Skips data blocks up to an empty one.
pub(in crate::engine::gather) fn skip_blocks(reader: &mut ByteReader<'_>) -> Option<()> {
    loop {
        match reader.byte()? {
            0 => return Some(()),
            length => reader.take(length.into())?,
        };
    }
}
