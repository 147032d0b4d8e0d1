//! Reads the structure of a PNG (W3C, third edition): chunks from `IHDR` to `IEND`. The chunk `acTL`
//! contains the number of frames of an animation.

use super::reader::{ByteReader, Header};

pub(super) fn header(bytes: &[u8]) -> Option<Header> {
    let mut reader = ByteReader(bytes);
    let mut header = Header {
        pixels: (0, 0),
        frames: 1,
        is_cmyk: false,
    };
    reader.take(8)?;
    loop {
        let length = u32::from_be_bytes(reader.array()?);
        let kind: [u8; 4] = reader.array()?;
        let mut data = ByteReader(reader.take(usize::try_from(length).ok()?)?);
        let _checksum = reader.take(4)?;
        match &kind {
            b"IHDR" => {
                let width = u32::from_be_bytes(data.array()?);
                header.pixels = (width, u32::from_be_bytes(data.array()?));
            }
            b"acTL" => {
                header.frames = usize::try_from(u32::from_be_bytes(data.array()?)).ok()?;
            }
            b"IEND" => return Some(header),
            _ => {}
        }
    }
}
